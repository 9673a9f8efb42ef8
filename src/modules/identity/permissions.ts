// What the routes of this module ask of whoever calls them.
import { definePermissions } from '#platform/access.ts';

/** The module's permissions. Organisations are public reference data; people are seen by administrators alone. */
export const permissions = definePermissions('identity', {
  signIn: 'everyone',
  readOrganisations: 'everyone',
  manageOrganisations: ['administrator'],
  managePeople: ['administrator'],
  ownAccount: 'signed-in',
});
