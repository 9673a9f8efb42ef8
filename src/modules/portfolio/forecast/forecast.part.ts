// The forecasts as the portfolio's list of parts takes them.
import type { Part } from '#platform/parts.ts';
import { forecastCommands } from './forecast.commands.ts';
import { loadDemonstrationForecasts } from './forecast.demonstration.ts';
import { forecastPermissions } from './forecast.permissions.ts';
import { forecastRoutes } from './forecast.routes.ts';
import { forecastsJob } from './forecasts.jobs.ts';

/** Forecasts of projects, kept and scored, and the backtest of their model. */
export const forecastPart: Part = {
  permissions: Object.values(forecastPermissions),
  routes: forecastRoutes,
  jobs: [forecastsJob],
  commands: forecastCommands,
  demonstration: loadDemonstrationForecasts,
};
