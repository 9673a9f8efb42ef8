// What the routes of accreditations ask of whoever calls them. Which ones somebody sees is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** Consumers, producers and the distributor read; the distributor decides; consumers keep their clients. */
export const accreditationsPermissions = definePermissions('exchange', {
  readAccreditations: ['api-consumer', 'product-team', 'data-producer', 'auditor', 'administrator'],
  decideAccreditations: ['auditor', 'administrator'],
  manageClients: ['api-consumer', 'product-team', 'administrator'],
  revokeClients: ['api-consumer', 'product-team', 'auditor', 'administrator'],
  readOpenData: 'everyone',
});
