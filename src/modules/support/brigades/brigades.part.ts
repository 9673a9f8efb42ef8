// Digital brigades as a part of the module: requests for help, people, missions.
import type { Part } from '#platform/parts.ts';
import { loadDemonstrationBrigades } from './brigades.demonstration.ts';
import { brigadeDeskItems } from './brigades.desk.ts';
import { brigadesPermissions } from './brigades.permissions.ts';
import { missionsApi } from './missions.api.ts';
import { missionsRoutes } from './missions.routes.ts';
import { brigadePeopleRoutes } from './people.routes.ts';
import { helpRequestsApi } from './requests.api.ts';
import { helpRequestsRoutes } from './requests.routes.ts';

/** What the directorate's experts do for projects. */
export const brigadesPart: Part = {
  permissions: Object.values(brigadesPermissions),
  routes(app, kernel) {
    helpRequestsRoutes(app, kernel);
    helpRequestsApi(app, kernel);
    brigadePeopleRoutes(app, kernel);
    missionsRoutes(app, kernel);
    missionsApi(app, kernel);
  },
  desk: brigadeDeskItems,
  demonstration: loadDemonstrationBrigades,
};
