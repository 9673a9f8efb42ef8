// What the demonstration's identity providers ask of whoever calls them: nothing, they are the ones who know people.
import { definePermissions } from '#platform/access.ts';

/** The providers' permission: browsers of anybody and the hub itself come to them. */
export const demonstrationProviderPermissions = definePermissions('identity', {
  demonstrationProviders: 'everyone',
});
