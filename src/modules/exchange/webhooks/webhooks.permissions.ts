// What the routes of webhooks ask of whoever calls them. Whose webhooks they see is a parameter of each query.
import { definePermissions } from '#platform/access.ts';

/** Consumers keep the webhooks of their organisation. */
export const webhooksPermissions = definePermissions('exchange', {
  manageWebhooks: ['api-consumer', 'product-team', 'administrator'],
});
