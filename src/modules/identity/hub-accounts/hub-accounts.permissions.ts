// What these routes ask of whoever calls them. Whose links a decider sees is a parameter of the queries.
import { definePermissions } from '#platform/access.ts';

/** One's own sign-ins are one's own; links are decided by administrators and by those who answer for an organisation. */
export const hubAccountsPermissions = definePermissions('identity', {
  ownConnections: 'signed-in',
  useUnblockLink: 'everyone',
  decideOrganisationLinks: ['administrator', 'digital-director', 'hr-officer'],
});
