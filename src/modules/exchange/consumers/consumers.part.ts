// The consumer's room as a part of the module.
import type { Part } from '#platform/parts.ts';
import { consumerDeskItems } from './consumers.desk.ts';
import { consumersPermissions } from './consumers.permissions.ts';
import { consumersRoutes } from './consumers.routes.ts';

/** Keys, usage, errors and a first call that works. */
export const consumersPart: Part = {
  permissions: Object.values(consumersPermissions),
  routes: consumersRoutes,
  desk: consumerDeskItems,
};
