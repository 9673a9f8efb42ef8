// The way into the module, as a part of it.
import type { Part } from '#platform/parts.ts';
import { impactEntryPermissions } from './entry.permissions.ts';
import { impactEntryRoutes } from './entry.routes.ts';

/** The entry page. */
export const impactEntryPart: Part = {
  permissions: Object.values(impactEntryPermissions),
  routes: impactEntryRoutes,
};
