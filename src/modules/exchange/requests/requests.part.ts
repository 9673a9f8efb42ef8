// Requests for accreditation as a part of the module.
import type { Part } from '#platform/parts.ts';
import { requestsApi } from './requests.api.ts';
import { requestDeskItems } from './requests.desk.ts';
import { remindOfRequestsJob } from './requests.jobs.ts';
import { requestsPermissions } from './requests.permissions.ts';
import { requestsRoutes } from './requests.routes.ts';

/** What is asked for, and what the distributor decides. */
export const requestsPart: Part = {
  permissions: Object.values(requestsPermissions),
  jobs: [remindOfRequestsJob],
  routes(app, kernel) {
    requestsRoutes(app, kernel);
    requestsApi(app, kernel);
  },
  desk: requestDeskItems,
};
