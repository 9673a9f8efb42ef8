// Loads the forecasts that the demonstration State's directorate would have made as its projects went on, each from what
// was known on its day, scores those of projects that have ended, and makes today's. Called once, on an empty database.
import { inventedId } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import { forecastOf, keepAll, keepDueForecasts, scoreOutcomes } from './forecasts.actions.ts';
import { listPastStates } from './kept-forecasts.repository.ts';
import { outcomeClassesOf } from './outcomes.rules.ts';

/** Loads them. */
export async function loadDemonstrationForecasts(kernel: Kernel): Promise<void> {
  const { db, clock, config } = kernel;
  // The published prior alone: no history was known when the first of these projects began.
  const classes = outcomeClassesOf([]);
  const states = await listPastStates(db);
  const forecasts = states.flatMap(({ fileId, at, ...facts }, index) => {
    const forecast = forecastOf(
      classes,
      { ...facts, id: fileId },
      { at, timeZone: config.timeZone, occasion: 'schedule' },
    );
    return forecast ? [{ ...forecast, id: inventedId('forecast', `${fileId}/${index}`) }] : [];
  });
  await db.transaction().execute((trx) => keepAll(trx, clock.now(), forecasts));
  await scoreOutcomes(kernel);
  await keepDueForecasts(kernel, () => {});
}
