// Queries on indicators and their measures. They decide nothing.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Indicator, SeriesPoint } from './indicators.types.ts';

/** The indicators with these ids (UUIDs), by title. */
export async function findIndicators(db: Db, ids: readonly string[]): Promise<Indicator[]> {
  const { rows } = await sql<Indicator>`
    select id, title, unit, direction, organisation_id as "organisationId" from impact.indicators
    where id = any (${[...ids]}::uuid[]) order by title, id`.execute(db);
  return rows;
}

/** At most 500 indicators, by title. */
export async function listIndicators(db: Db): Promise<Indicator[]> {
  const { rows } = await sql<Indicator>`
    select id, title, unit, direction, organisation_id as "organisationId" from impact.indicators
    order by title, id limit 500`.execute(db);
  return rows;
}

/** The means of an indicator's measures of one origin by step, from the first day to the last, both included. */
export async function readSeries(
  db: Db,
  asked: {
    readonly indicatorId: string;
    readonly origin: 'measured' | 'declared';
    readonly from: string;
    readonly until: string;
    readonly by: 'day' | 'week' | 'month';
  },
): Promise<SeriesPoint[]> {
  const { rows } = await sql<SeriesPoint>`
    select date_trunc(${asked.by}, day)::date as day, avg(value) as value from impact.measures
    where indicator_id = ${asked.indicatorId} and origin = ${asked.origin}
      and day between ${asked.from}::date and ${asked.until}::date
    group by 1 order by 1`.execute(db);
  return rows;
}

/** Records that something stands on an indicator, which is then not deleted. */
export async function registerIndicatorUse(
  trx: Trx,
  { indicatorId, user }: { readonly indicatorId: string; readonly user: string },
): Promise<void> {
  await sql`
    insert into impact.indicator_uses (indicator_id, user_name) values (${indicatorId}, ${user})
    on conflict do nothing`.execute(trx);
}

/** Records an indicator. @returns its id. */
export async function insertIndicator(
  trx: Trx,
  now: Date,
  indicator: Omit<Indicator, 'id'> & { readonly id?: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into impact.indicators (id, title, unit, direction, organisation_id, created_at)
    values (coalesce(${indicator.id ?? null}::uuid, gen_random_uuid()), ${indicator.title}, ${indicator.unit},
      ${indicator.direction}, ${indicator.organisationId}, ${now}) returning id`.execute(trx);
  return (rows[0] as { id: string }).id;
}

/** Records measures of one origin; a day that is there already is written anew. */
export async function insertMeasures(
  trx: Trx,
  indicatorId: string,
  origin: 'measured' | 'declared',
  points: readonly SeriesPoint[],
): Promise<void> {
  await sql`
    insert into impact.measures (indicator_id, origin, day, value)
    select ${indicatorId}, ${origin}, day, value
    from jsonb_to_recordset(${JSON.stringify(points)}::jsonb) as e (day date, value double precision)
    on conflict (indicator_id, origin, day) do update set value = excluded.value`.execute(trx);
}
