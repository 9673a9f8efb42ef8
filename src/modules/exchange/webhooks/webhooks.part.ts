// Webhooks as a part of the module.
import type { Part } from '#platform/parts.ts';
import { webhooksApi } from './webhooks.api.ts';
import { webhookJobs } from './webhooks.jobs.ts';
import { webhooksPermissions } from './webhooks.permissions.ts';
import { webhooksRoutes } from './webhooks.routes.ts';

/** What organisations are told of by their own servers' addresses. */
export const webhooksPart: Part = {
  permissions: Object.values(webhooksPermissions),
  jobs: webhookJobs,
  routes(app, kernel) {
    webhooksRoutes(app, kernel);
    webhooksApi(app, kernel);
  },
};
