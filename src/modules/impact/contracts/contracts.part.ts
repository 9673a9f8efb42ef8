// Success contracts as a part of the module.
import type { Part } from '#platform/parts.ts';
import { loadDemonstrationContracts } from './contracts.demonstration.ts';
import { contractDeadlinesJob } from './contracts.jobs.ts';
import { contractsPermissions } from './contracts.permissions.ts';
import { contractsRoutes } from './contracts.routes.ts';

/** What was promised, what was measured, what was decided. */
export const contractsPart: Part = {
  permissions: Object.values(contractsPermissions),
  jobs: [contractDeadlinesJob],
  routes(app, kernel) {
    contractsRoutes(app, kernel);
  },
  demonstration: loadDemonstrationContracts,
};
