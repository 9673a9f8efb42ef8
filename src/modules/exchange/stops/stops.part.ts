// Stops as a part of the module.
import type { Part } from '#platform/parts.ts';
import { stopsApi } from './stops.api.ts';
import { endStopsJob, tellStopJob } from './stops.jobs.ts';
import { stopsPermissions } from './stops.permissions.ts';
import { stopsRoutes } from './stops.routes.ts';

/** Flows stopped by their producer or the distributor. */
export const stopsPart: Part = {
  permissions: Object.values(stopsPermissions),
  jobs: [tellStopJob, endStopsJob],
  routes(app, kernel) {
    stopsRoutes(app, kernel);
    stopsApi(app, kernel);
  },
};
