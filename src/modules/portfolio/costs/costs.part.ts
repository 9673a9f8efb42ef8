// Cost tables as a part of the module.
import type { Part } from '#platform/parts.ts';
import { costsApi } from './costs.api.ts';
import { costsRoutes } from './costs.routes.ts';

/** Years x activities x resources x nature, as the ministry writes them. */
export const costsPart: Part = {
  permissions: [],
  routes(app, kernel) {
    costsRoutes(app, kernel);
    costsApi(app, kernel);
  },
};
