// What the desk reads of many series at once, in two queries however many there are.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { Cadence, MeasureOrigin, SeriesPoint } from './indicators.types.ts';

/** The open indicators of organisations, by title, at most `limit`. */
export async function listWatched(
  db: Db,
  organisations: readonly string[],
  limit: number,
): Promise<{ id: string; title: string; cadence: Cadence }[]> {
  const { rows } = await sql<{ id: string; title: string; cadence: Cadence }>`
    select id, title, cadence from impact.indicators
    where organisation_id = any(${[...organisations]}::uuid[]) and state = 'open' order by title, id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** The whole-day values of several indicators since a day, by indicator and origin, oldest first. */
export async function readRecent(
  db: Db,
  ids: readonly string[],
  from: string,
): Promise<Map<string, Map<MeasureOrigin, SeriesPoint[]>>> {
  const { rows } = await sql<SeriesPoint & { indicatorId: string; origin: MeasureOrigin }>`
    select m.indicator_id as "indicatorId", m.origin, m.day,
      case when i.aggregation = 'mean' then avg(m.value) else sum(m.value) end as value
    from impact.measures m join impact.indicators i on i.id = m.indicator_id
    where m.indicator_id = any(${[...ids]}::uuid[]) and m.origin in ('declared', 'measured') and m.day >= ${from}::date
    group by m.indicator_id, m.origin, m.day, i.aggregation order by m.day`.execute(db);
  const found = new Map<string, Map<MeasureOrigin, SeriesPoint[]>>();
  for (const { indicatorId, origin, day, value } of rows) {
    const of = found.get(indicatorId) ?? new Map<MeasureOrigin, SeriesPoint[]>();
    found.set(indicatorId, of);
    of.set(origin, [...(of.get(origin) ?? []), { day, value }]);
  }
  return found;
}
