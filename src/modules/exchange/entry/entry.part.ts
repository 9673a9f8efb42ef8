// The way in and the words of refusals, as a part of the module.

import type { Part } from '#platform/parts.ts';
import { errorsRoutes } from '../errors/errors.routes.ts';
import { entryPermissions } from './entry.permissions.ts';
import { entryRoutes } from './entry.routes.ts';

/** The entry page of the exchange, and a page for each refusal of the gateway. */
export const entryPart: Part = {
  permissions: Object.values(entryPermissions),
  routes(app, kernel) {
    entryRoutes(app, kernel);
    errorsRoutes(app, kernel);
  },
};
