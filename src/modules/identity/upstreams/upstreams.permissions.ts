// What the routes of sign-in providers ask of whoever calls them.
import { definePermissions } from '#platform/access.ts';

/** How providers fare is public; their settings are the administrators'. */
export const upstreamsPermissions = definePermissions('identity', {
  readSignInProviders: 'everyone',
  manageSignInProviders: ['administrator'],
});
