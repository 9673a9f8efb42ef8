// What the forecasts' pages ask of whoever calls them.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads how good the forecasts were; who sees a project's forecast follows from who sees its file. */
export const forecastPermissions = definePermissions('portfolio', {
  readCalibration: 'everyone',
  readForecasts: 'everyone',
});
