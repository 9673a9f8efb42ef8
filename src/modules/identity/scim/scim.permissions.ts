// What the routes of provisioning ask of whoever calls them.
import { definePermissions } from '#platform/access.ts';

/**
 * Directories have no session: their token is checked by the routes themselves, before a body is read. Directors see
 * their own organisation and what stands under it: the queries hold that.
 */
export const scimPermissions = definePermissions('identity', {
  provision: 'everyone',
  manageProvisioning: ['administrator', 'digital-director'],
});
