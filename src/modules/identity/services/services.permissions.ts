// What the routes of the partners' space ask of whoever calls them. Which services each sees is a parameter of queries.
import { definePermissions } from '#platform/access.ts';

/** Teams of partners, and those who decide on their services. */
export const servicesPermissions = definePermissions('identity', {
  readServices: [
    'product-team',
    'digital-director',
    'api-consumer',
    'data-producer',
    'auditor',
    'administrator',
  ],
  manageServices: ['product-team', 'digital-director', 'api-consumer', 'data-producer', 'administrator'],
  decideReviews: ['auditor', 'administrator'],
  suspendServices: ['auditor', 'administrator'],
  manageResources: ['data-producer', 'administrator'],
  grantResources: ['product-team', 'digital-director', 'data-producer', 'administrator'],
});
