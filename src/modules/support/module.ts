// The support module, as the application mounts it: the sum of its parts, one line each.
import type { Module } from '#platform/module.ts';
import { type Part, sumOfParts } from '#platform/parts.ts';
import { brigadesPart } from './brigades/brigades.part.ts';
import { doctrinesPart } from './doctrines/doctrines.part.ts';
import { supportEntryPart } from './entry/entry.part.ts';
import { supportEntryPermissions } from './entry/entry.permissions.ts';
import { fundingPart } from './funding/funding.part.ts';

const parts: readonly Part[] = [supportEntryPart, brigadesPart, doctrinesPart, fundingPart];

/** What the directorate gives to projects: brigades, doctrines, funding windows. */
export const support: Module = {
  name: 'support',
  imports: ['identity', 'impact'],
  migrations: new URL('./migrations/', import.meta.url),
  navigation: [
    {
      href: '/support',
      text: { fr: 'Soutien', en: 'Support' },
      permission: supportEntryPermissions.browseSupport,
    },
  ],
  ...sumOfParts(parts),
  background: doctrinesPart.background,
};
