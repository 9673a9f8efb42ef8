// What the routes of the catalogue ask of whoever calls them. Which APIs a producer sees is a parameter of queries.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads the catalogue; producers write their part of it. */
export const cataloguePermissions = definePermissions('exchange', {
  browseApis: 'everyone',
  manageApis: ['data-producer', 'administrator'],
});
