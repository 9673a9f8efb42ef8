// Who may call the routes of requests for accreditation. Which requests they then see is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** The permissions of requests. */
export const requestsPermissions = definePermissions('exchange', {
  readRequestTimes: 'everyone',
  readRequests: ['api-consumer', 'product-team', 'data-producer', 'auditor', 'administrator'],
  writeRequests: ['api-consumer', 'product-team', 'auditor', 'administrator'],
  applyForAccreditation: ['api-consumer', 'product-team'],
  instructRequests: ['auditor', 'administrator'],
});
