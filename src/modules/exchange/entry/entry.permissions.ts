// What the entry page and the pages of refusals ask of whoever calls them.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads them. */
export const entryPermissions = definePermissions('exchange', { browseExchange: 'everyone' });
