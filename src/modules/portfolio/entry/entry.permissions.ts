// What the entry page asks of whoever calls it.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads it. */
export const oversightPermissions = definePermissions('portfolio', { browseOversight: 'everyone' });
