// What the hub's routes ask of whoever calls them.
import { definePermissions } from '#platform/access.ts';

/** The hub's permissions: its protocol and the pages of a sign-in are open, since nobody is signed in yet. */
export const hubPermissions = definePermissions('identity', {
  useTheHub: 'everyone',
});
