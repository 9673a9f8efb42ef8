// What the entry page asks of whoever calls it.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads it. */
export const impactEntryPermissions = definePermissions('impact', { browseImpact: 'everyone' });
