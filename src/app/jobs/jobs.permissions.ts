// Who may look at jobs. Whose runs a person then sees is in run-view.rules.ts.
import { definePermissions } from '#platform/access.ts';

/** Permissions of the pages and API on jobs. */
export const jobPermissions = definePermissions('jobs', { read: 'signed-in' });
