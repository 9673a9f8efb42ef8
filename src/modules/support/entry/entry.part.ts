// The way into the module, as a part of it.
import type { Part } from '#platform/parts.ts';
import { supportEntryPermissions } from './entry.permissions.ts';
import { supportEntryRoutes } from './entry.routes.ts';

/** The entry page. */
export const supportEntryPart: Part = {
  permissions: Object.values(supportEntryPermissions),
  routes: supportEntryRoutes,
};
