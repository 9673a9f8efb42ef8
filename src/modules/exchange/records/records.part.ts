// Records and the logs that hold them, as a part of the module.
import type { Part } from '#platform/parts.ts';
import { logsPermissions } from './logs.permissions.ts';
import { logsRoutes } from './logs.routes.ts';
import { keepRecordsJob } from './retention.jobs.ts';

/** The gateways' logs, their proofs, and how long records are kept. */
export const recordsPart: Part = {
  permissions: Object.values(logsPermissions),
  jobs: [keepRecordsJob],
  routes: logsRoutes,
};
