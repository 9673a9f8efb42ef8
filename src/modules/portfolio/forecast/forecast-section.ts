// What the page of a file shows of its forecast: the latest one kept.
import type { FileSection } from '../files/file-sections.ts';
import { forecastSummary } from './forecast.pages.ts';
import { latestForecastOf } from './kept-forecasts.repository.ts';

/** The section; null while no forecast is kept. */
export const forecastSection: FileSection = async ({ db }, _actor, file, locale) => {
  const forecast = await latestForecastOf(db, file.id);
  return forecast ? forecastSummary(locale, forecast) : null;
};
