// The impact module, as the application mounts it: the sum of its parts, one line each.
import type { Module } from '#platform/module.ts';
import { type Part, sumOfParts } from '#platform/parts.ts';
import { contractsPart } from './contracts/contracts.part.ts';
import { impactEntryPart } from './entry/entry.part.ts';
import { impactEntryPermissions } from './entry/entry.permissions.ts';
import { indicatorsPart } from './indicators/indicators.part.ts';
import { sourcesPart } from './sources/sources.part.ts';

const parts: readonly Part[] = [impactEntryPart, indicatorsPart, sourcesPart, contractsPart];

/** What the State's digital projects change, measured: indicators, success contracts, verdicts. */
export const impact: Module = {
  name: 'impact',
  imports: ['identity'],
  migrations: new URL('./migrations/', import.meta.url),
  navigation: [
    {
      href: '/impact',
      text: { fr: 'Impact', en: 'Impact' },
      permission: impactEntryPermissions.browseImpact,
    },
  ],
  ...sumOfParts(parts),
  background: sourcesPart.background,
};
