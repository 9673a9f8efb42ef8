// Accreditations as a part of the module.
import type { Part } from '#platform/parts.ts';
import { accreditationsApi } from './accreditations.api.ts';
import { accreditationDeskItems } from './accreditations.desk.ts';
import { endAccreditationsJob } from './accreditations.jobs.ts';
import { accreditationsPermissions } from './accreditations.permissions.ts';
import { accreditationsRoutes } from './accreditations.routes.ts';

/** What was granted, to whom, and who calls under it. */
export const accreditationsPart: Part = {
  permissions: Object.values(accreditationsPermissions),
  jobs: [endAccreditationsJob],
  routes(app, kernel) {
    accreditationsRoutes(app, kernel);
    accreditationsApi(app, kernel);
  },
  desk: accreditationDeskItems,
};
