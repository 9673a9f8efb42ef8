// What is wrong with a kept series: its last two years, judged.
import { daysBefore } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Indicator, MeasureOrigin } from './indicators.types.ts';
import { readSeries } from './measures.repository.ts';
import { faultsOf, type SeriesFault } from './series-faults.rules.ts';

const LOOKED_AT_DAYS = 731;

/** The faults of one origin's series over its last two years, newest first. */
export async function seriesFaults(
  db: Db,
  { id, cadence, state }: Indicator,
  origin: MeasureOrigin,
  today: string,
): Promise<SeriesFault[]> {
  const from = daysBefore(today, LOOKED_AT_DAYS);
  const points = await readSeries(db, { indicatorId: id, origin, from, until: today, by: 'day' });
  return faultsOf(points, { cadence, isOpen: state === 'open', today });
}
