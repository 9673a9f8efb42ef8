// The panorama as a part of the module.
import type { Part } from '#platform/parts.ts';
import { loadDemonstration } from './demonstration.ts';
import { desk } from './glance.ts';
import { importJob } from './import.jobs.ts';
import { importRoutes } from './import.routes.ts';
import { matchRoutes } from './matches.routes.ts';
import { panoramaApi } from './panorama.api.ts';
import { panoramaCommands } from './panorama.commands.ts';
import { panoramaPermissions } from './panorama.permissions.ts';
import { panoramaRoutes } from './panorama.routes.ts';
import { projectRoutes } from './projects.routes.ts';

/** The editions of the published table, projects across them, and the State's averages. */
export const panoramaPart: Part = {
  permissions: Object.values(panoramaPermissions),
  jobs: [importJob],
  routes(app, kernel) {
    panoramaRoutes(app, kernel);
    projectRoutes(app, kernel);
    matchRoutes(app, kernel);
    importRoutes(app, kernel);
    panoramaApi(app, kernel);
  },
  desk,
  commands: panoramaCommands,
  demonstration: loadDemonstration,
};
