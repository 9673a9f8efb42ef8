// The portfolio as the application mounts it: the sum of its parts, one line each.
import type { Module } from '#platform/module.ts';
import { type Part, sumOfParts } from '#platform/parts.ts';
import { auditsPart } from './audits/audits.part.ts';
import { baselinesPart } from './baselines/baselines.part.ts';
import { conferencesPart } from './conferences/conferences.part.ts';
import { costsPart } from './costs/costs.part.ts';
import { oversightPart } from './entry/entry.part.ts';
import { oversightPermissions } from './entry/entry.permissions.ts';
import { filesPart } from './files/files.part.ts';
import { forecastPart } from './forecast/forecast.part.ts';
import { opinionsPart } from './opinions/opinions.part.ts';
import { glance } from './panorama/glance.ts';
import { panoramaPart } from './panorama/panorama.part.ts';
import { panoramaPermissions } from './panorama/panorama.permissions.ts';
import { recommendationsPart } from './recommendations/recommendations.part.ts';
import { settingsPart } from './settings/settings.part.ts';
import { watchPart } from './watch/watch.part.ts';

const parts: readonly Part[] = [
  oversightPart,
  panoramaPart,
  filesPart,
  costsPart,
  baselinesPart,
  settingsPart,
  opinionsPart,
  auditsPart,
  // After opinions: what they said of projects that have ended is scored when the demonstration is loaded.
  forecastPart,
  recommendationsPart,
  watchPart,
  conferencesPart,
];

/** Major projects: the panorama's editions, projects across them, and the State's averages. */
export const portfolio: Module = {
  name: 'portfolio',
  imports: ['identity', 'impact', 'support'],
  migrations: new URL('./migrations/', import.meta.url),
  navigation: [
    { href: '/panorama', text: { fr: 'Panorama', en: 'Panorama' }, permission: panoramaPermissions.read },
    { href: '/projects', text: { fr: 'Projets', en: 'Projects' }, permission: panoramaPermissions.read },
    {
      href: '/oversight',
      text: { fr: 'Grands projets', en: 'Major projects' },
      permission: oversightPermissions.browseOversight,
    },
  ],
  glance,
  ...sumOfParts(parts),
};
