// Success contracts as a part of the module.
import type { Part } from '#platform/parts.ts';
import { contractsApi } from './contracts.api.ts';
import { loadDemonstrationContracts } from './contracts.demonstration.ts';
import { contractDeskItems } from './contracts.desk.ts';
import { contractDeadlinesJob } from './contracts.jobs.ts';
import { contractsPermissions } from './contracts.permissions.ts';
import { contractsRoutes } from './contracts.routes.ts';

/** What was promised, what was measured, what was decided. */
export const contractsPart: Part = {
  permissions: Object.values(contractsPermissions),
  jobs: [contractDeadlinesJob],
  routes(app, kernel) {
    contractsRoutes(app, kernel);
    contractsApi(app, kernel);
  },
  desk: contractDeskItems,
  demonstration: loadDemonstrationContracts,
};
