// What the routes of the gateways' logs ask of whoever calls them.
import { definePermissions } from '#platform/access.ts';

/** Sizes, signatures and hashes are public; entries are their producer's. */
export const logsPermissions = definePermissions('exchange', {
  readLogs: 'everyone',
  exportSlice: ['data-producer'],
});
