// The portfolio as the application mounts it.
import type { Module } from '#platform/module.ts';
import { loadDemonstration } from './demonstration.ts';
import { forecastCommands } from './forecast/forecast.commands.ts';
import { desk, glance } from './glance.ts';
import { importJob } from './import.jobs.ts';
import { permissions } from './permissions.ts';
import { portfolioCommands } from './portfolio.commands.ts';
import { portfolioRoutes } from './portfolio.routes.ts';

/** Major projects: the panorama's editions, projects across them, and the State's averages. */
export const portfolio: Module = {
  name: 'portfolio',
  imports: ['identity'],
  migrations: new URL('./migrations/', import.meta.url),
  navigation: [
    { href: '/panorama', text: { fr: 'Panorama', en: 'Panorama' }, permission: permissions.read },
    { href: '/projects', text: { fr: 'Projets', en: 'Projects' }, permission: permissions.read },
    {
      href: '/panorama/matches',
      text: { fr: 'Rapprochements', en: 'Matches' },
      permission: permissions.decideMatch,
    },
    {
      href: '/panorama/import',
      text: { fr: 'Importer', en: 'Import' },
      permission: permissions.importEdition,
    },
  ],
  permissions: Object.values(permissions),
  jobs: [importJob],
  routes: portfolioRoutes,
  glance,
  desk,
  commands: (socle, line) => {
    portfolioCommands(socle, line);
    forecastCommands(socle, line);
  },
  demonstration: loadDemonstration,
};
