// Who may read what of the ledger.
import { definePermissions } from '#platform/access.ts';

/** Everyone may verify; who did what, and the content of decisions, is for auditors and administrators. */
export const ledgerPermissions = definePermissions('ledger', {
  read: 'everyone',
  audit: ['auditor', 'administrator'],
});
