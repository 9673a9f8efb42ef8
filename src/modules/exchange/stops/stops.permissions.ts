// What the routes of stops and of the producer's room ask of whoever calls them. What each sees is a parameter of queries.
import { definePermissions } from '#platform/access.ts';

/** Producers, for the APIs of their organisation, and the distributor, for all. */
export const stopsPermissions = definePermissions('exchange', {
  seeAccesses: ['data-producer', 'auditor'],
  stopFlows: ['data-producer', 'auditor'],
});
