// Sources of measures as a part of the module.
import type { Part } from '#platform/parts.ts';
import { sourcesApi } from './sources.api.ts';
import { loadDemonstrationSources, runDemonstrationProducts } from './sources.demonstration.ts';
import { sourcesDesk } from './sources.desk.ts';
import { sourcesJobs } from './sources.jobs.ts';
import { sourcesPermissions } from './sources.permissions.ts';
import { sourcesRoutes } from './sources.routes.ts';

/** Where measures come from. */
export const sourcesPart: Part & Required<Pick<Part, 'background'>> = {
  permissions: Object.values(sourcesPermissions),
  jobs: sourcesJobs,
  routes(app, kernel) {
    sourcesRoutes(app, kernel);
    sourcesApi(app, kernel);
  },
  desk: sourcesDesk,
  demonstration: loadDemonstrationSources,
  background: runDemonstrationProducts,
};
