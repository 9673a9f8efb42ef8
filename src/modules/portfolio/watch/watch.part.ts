// The watch as a part of the module.
import type { Part } from '#platform/parts.ts';
import { watchApi } from './watch.api.ts';
import { loadDemonstrationAlerts } from './watch.demonstration.ts';
import { watchDeskItems } from './watch.desk.ts';
import { watchJob } from './watch.jobs.ts';
import { watchPermissions } from './watch.permissions.ts';
import { watchRoutes } from './watch.routes.ts';

/** Rules that look at every project, and the decisions that their alerts ask for. */
export const watchPart: Part = {
  permissions: Object.values(watchPermissions),
  jobs: [watchJob],
  routes(app, kernel) {
    watchRoutes(app, kernel);
    watchApi(app, kernel);
  },
  desk: watchDeskItems,
  demonstration: loadDemonstrationAlerts,
};
