// Indicators as a part of the module.
import type { Part } from '#platform/parts.ts';
import { indicatorsApi } from './indicators.api.ts';
import { loadIndicators } from './indicators.demonstration.ts';
import { indicatorsDesk } from './indicators.desk.ts';
import { indicatorsPermissions } from './indicators.permissions.ts';
import { indicatorsRoutes } from './indicators.routes.ts';

/** Indicators and their measures. */
export const indicatorsPart: Part = {
  permissions: Object.values(indicatorsPermissions),
  desk: indicatorsDesk,
  demonstration: loadIndicators,
  routes(app, kernel) {
    indicatorsRoutes(app, kernel);
    indicatorsApi(app, kernel);
  },
};
