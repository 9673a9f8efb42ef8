// Funding as a part of the module.
import type { Part } from '#platform/parts.ts';
import { applicationsRoutes } from './applications.routes.ts';
import { fundingApi } from './funding.api.ts';
import { loadDemonstrationFunding } from './funding.demonstration.ts';
import { fundingDeskItems } from './funding.desk.ts';
import { fundingPermissions } from './funding.permissions.ts';
import { juriesRoutes } from './juries.routes.ts';
import { windowsRoutes } from './windows.routes.ts';

/** Windows, applications, juries and agreements. */
export const fundingPart: Part = {
  permissions: Object.values(fundingPermissions),
  desk: fundingDeskItems,
  demonstration: loadDemonstrationFunding,
  routes(app, kernel) {
    windowsRoutes(app, kernel);
    applicationsRoutes(app, kernel);
    juriesRoutes(app, kernel);
    fundingApi(app, kernel);
  },
};
