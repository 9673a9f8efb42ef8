// Baselines and slippage as a part of the module.
import type { Part } from '#platform/parts.ts';
import { baselinesApi } from './baselines.api.ts';
import { baselinesRoutes } from './baselines.routes.ts';

/** What was first approved, what was approved since, and how far projects are from both. */
export const baselinesPart: Part = {
  permissions: [],
  routes(app, kernel) {
    baselinesRoutes(app, kernel);
    baselinesApi(app, kernel);
  },
};
