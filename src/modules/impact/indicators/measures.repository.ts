// Queries on measures: many written in one statement, months kept up as they come in, series read for a chart or a file.
import { type RawBuilder, sql } from 'kysely';
import { dayAfter, nextMonth } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Measure, MeasureOrigin, SeriesPoint } from './indicators.types.ts';
import type { GoodLine } from './measures.rules.ts';

/** What the lines of one intake have in common. */
export interface IntakeOf {
  readonly indicatorId: string;
  readonly origin: MeasureOrigin;
  readonly sourceId: string | null;
  readonly personId: string | null;
  readonly evidence: string;
}

const columnsOf = (lines: readonly GoodLine[]) => sql`
  unnest(${lines.map(({ day }) => day)}::date[], ${lines.map(({ segment }) => segment)}::text[],
    ${lines.map(({ value }) => value)}::float8[])`;

/**
 * Writes lines (each day and segment once) and keeps the months up: what is new is added to them, and the months in which a
 * value was corrected are counted again from the days. `mayBeKnown` is false where the caller knows that the series has no
 * measure on these days. The indicator must be locked.
 */
export async function writeMeasures(
  trx: Trx,
  of: IntakeOf,
  lines: readonly GoodLine[],
  { now, mayBeKnown }: { readonly now: Date; readonly mayBeKnown: boolean },
): Promise<{ taken: number; corrected: number }> {
  const { indicatorId, origin, sourceId, personId, evidence } = of;
  // The lock stands for `on conflict`, which writes a third more to the log; and the value is looked up row by row, since
  // a join would sometimes be planned as a reading of the whole series.
  const added = await sql<{ taken: number; others: number[] | null }>`
    with given as materialized (
      select g.*, case when ${mayBeKnown} then (
        select m.value from impact.measures m where m.indicator_id = ${indicatorId}::uuid and m.origin = ${origin}
          and m.day = g.day and m.segment = g.segment) end as known
      from ${columnsOf(lines)} with ordinality as g(day, segment, value, at)
    ), fresh as (
      insert into impact.measures
        (indicator_id, origin, day, segment, value, source_id, declared_by, evidence, received_at)
      select ${indicatorId}::uuid, ${origin}, day, segment, value, ${sourceId}::uuid, ${personId}::uuid, ${evidence},
        ${now}::timestamptz
      from given where known is null
    ), days as (
      select day, count(*) as count, sum(value) as sum, min(value) as min, max(value) as max
      from given where known is null group by day
    ), months as (
      select date_trunc('month', day)::date as month, sum(count) as count, sum(sum) as sum, min(min) as min, max(max) as max,
        max(day) as last_day, (array_agg(sum order by day desc))[1] as last_value
      from days group by 1
    ), added as (
      insert into impact.measure_months as k
        (indicator_id, origin, month, count, sum, min, max, last_day, last_value)
      select ${indicatorId}::uuid, ${origin}, month, count, sum, min, max, last_day, last_value from months
      on conflict (indicator_id, origin, month) do update set
        count = k.count + excluded.count, sum = k.sum + excluded.sum,
        min = least(k.min, excluded.min), max = greatest(k.max, excluded.max),
        last_day = greatest(k.last_day, excluded.last_day),
        last_value = case when excluded.last_day > k.last_day then excluded.last_value
          when excluded.last_day = k.last_day then k.last_value + excluded.last_value else k.last_value end
    )
    select count(*) filter (where known is null) as taken,
      array_agg(at::integer) filter (where known <> value) as others
    from given`.execute(trx);
  const { taken = 0, others = null } = added.rows[0] ?? {};
  if (others === null) return { taken, corrected: 0 };
  const changed = others.map((at) => lines[at - 1] as GoodLine);
  return { taken, corrected: await correctMeasures(trx, of, changed, now) };
}

/** Writes other values over known ones, keeps those that were, and counts their months again. @returns how many. */
async function correctMeasures(
  trx: Trx,
  { indicatorId, origin, sourceId, personId, evidence }: IntakeOf,
  lines: readonly GoodLine[],
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ corrected: number; months: string[] | null }>`
    with changed as (
      update impact.measures m set value = g.value, source_id = ${sourceId}::uuid, declared_by = ${personId}::uuid,
        evidence = ${evidence}, received_at = ${now}
      from ${columnsOf(lines)} as g(day, segment, value)
      where m.indicator_id = ${indicatorId} and m.origin = ${origin} and m.day = g.day and m.segment = g.segment
      returning m.day, m.segment, old.value as was, new.value as became
    ), kept as (
      insert into impact.measure_corrections
        (indicator_id, origin, day, segment, was, became, source_id, by_person, evidence, corrected_at)
      select ${indicatorId}::uuid, ${origin}, day, segment, was, became, ${sourceId}::uuid, ${personId}::uuid, ${evidence},
        ${now}::timestamptz
      from changed returning day
    )
    select count(*) as corrected, array_agg(distinct date_trunc('month', day)::date::text) as months from kept`.execute(
    trx,
  );
  const { corrected = 0, months = null } = rows[0] ?? {};
  if (months !== null) await recountMonths(trx, indicatorId, origin, months);
  return corrected;
}

async function recountMonths(
  trx: Trx,
  indicatorId: string,
  origin: MeasureOrigin,
  months: readonly string[],
): Promise<void> {
  await sql`
    with days as (
      select a.month, m.day, count(*) as count, sum(m.value) as sum, min(m.value) as min, max(m.value) as max
      from unnest(${[...months]}::date[]) as a(month)
      join impact.measures m on m.indicator_id = ${indicatorId} and m.origin = ${origin}
        and m.day >= a.month and m.day < a.month + interval '1 month'
      group by 1, 2
    ), months as (
      select month, sum(count) as count, sum(sum) as sum, min(min) as min, max(max) as max, max(day) as last_day,
        (array_agg(sum order by day desc))[1] as last_value
      from days group by month
    )
    update impact.measure_months k set count = n.count, sum = n.sum, min = n.min, max = n.max, last_day = n.last_day,
      last_value = n.last_value
    from months n where k.indicator_id = ${indicatorId} and k.origin = ${origin} and k.month = n.month`.execute(
    trx,
  );
}

/** The whole months between two days, both included: the first day of the first, and the day after the last. */
function wholeMonths(from: string, until: string): { first: string; end: string } {
  const after = dayAfter(until);
  return {
    first: from.endsWith('-01') ? from : nextMonth(from),
    end: after.endsWith('-01') ? after : `${after.slice(0, 8)}01`,
  };
}

/**
 * A series of one origin from `from` to `until` (days from 1000 to 9998, both included), oldest first: each step (a day, a week
 * from its Monday, a month) under its first day, as the indicator aggregates. Whole months are read from what is kept of
 * them, so a month's figure costs the same whatever it holds; the days of a month cut short are read one by one.
 */
export async function readSeries(
  db: Db,
  asked: {
    readonly indicatorId: string;
    readonly origin: MeasureOrigin;
    readonly from: string;
    readonly until: string;
    readonly by: 'day' | 'week' | 'month';
  },
): Promise<SeriesPoint[]> {
  const { indicatorId, origin, from, until, by } = asked;
  const { first, end } = wholeMonths(from, until);
  const kept = by === 'month' && first < end;
  const raw = kept
    ? sql`(m.day >= ${from}::date and m.day < ${first}::date or m.day >= ${end}::date and m.day <= ${until}::date)`
    : sql`m.day between ${from}::date and ${until}::date`;
  const months = kept
    ? sql`union all select month, sum, count, last_value from impact.measure_months
        where indicator_id = ${indicatorId} and origin = ${origin} and month >= ${first}::date and month < ${end}::date`
    : sql``;
  const { rows } = await sql<SeriesPoint>`
    with days as (
      select m.day, sum(m.value) as sum, count(*) as count from impact.measures m
      where m.indicator_id = ${indicatorId} and m.origin = ${origin} and ${raw} group by m.day
    ), steps as (
      select date_trunc(${by}, day)::date as day, sum(sum) as sum, sum(count)::bigint as count,
        (array_agg(sum order by day desc))[1] as last_value
      from days group by 1 ${months}
    )
    select s.day, case i.aggregation when 'sum' then s.sum when 'mean' then s.sum / s.count else s.last_value end as value
    from steps s join impact.indicators i on i.id = ${indicatorId} order by s.day`.execute(db);
  return rows;
}

/** The first and the last day with a measure of one origin; null when there is none. Read from the months. */
export async function spanOf(
  db: Db,
  indicatorId: string,
  origin: MeasureOrigin,
): Promise<{ first: string; last: string; count: number } | null> {
  const { rows } = await sql<{ first: string | null; last: string; count: number }>`
    select min(month) as first, max(last_day) as last, sum(count)::bigint as count
    from impact.measure_months where indicator_id = ${indicatorId} and origin = ${origin}`.execute(db);
  const [row] = rows;
  return row?.first ? { first: row.first, last: row.last, count: row.count } : null;
}

const PIECE = 5_000;

/** Every measure of an indicator, one origin after the other, oldest first, read piece by piece. */
export async function* eachMeasure(db: Db, indicatorId: string): AsyncGenerator<Measure> {
  let after: Measure | null = null;
  for (;;) {
    const later: RawBuilder<unknown> =
      after === null
        ? sql`true`
        : sql`(origin, day, segment) > (${after.origin}, ${after.day}::date, ${after.segment})`;
    const { rows }: { rows: Measure[] } = await sql<Measure>`
      select day, segment, value, origin, source_id as "sourceId", declared_by as "declaredBy", evidence,
        received_at as "receivedAt"
      from impact.measures where indicator_id = ${indicatorId} and ${later}
      order by origin, day, segment limit ${PIECE}`.execute(db);
    yield* rows;
    after = rows.at(-1) ?? null;
    if (after === null || rows.length < PIECE) return;
  }
}

/** The correction of a measure. */
export interface Correction {
  readonly day: string;
  readonly segment: string;
  readonly origin: MeasureOrigin;
  readonly was: number;
  readonly became: number;
  readonly evidence: string;
  readonly correctedAt: Date;
}

/** The last corrections of an indicator's measures, newest first, and how many there are in all. */
export async function lastCorrections(
  db: Db,
  indicatorId: string,
  limit: number,
): Promise<{ corrections: Correction[]; total: number }> {
  const { rows } = await sql<Correction & { total: number }>`
    select day, segment, origin, was, became, evidence, corrected_at as "correctedAt", count(*) over () as total
    from impact.measure_corrections where indicator_id = ${indicatorId} order by id desc limit ${limit}`.execute(
    db,
  );
  return { corrections: rows.map(({ total, ...correction }) => correction), total: rows[0]?.total ?? 0 };
}

/** The last day with a measure of each indicator (UUIDs), whatever its origin; one that was never measured is left out. */
export async function lastMeasuresOf(db: Db, indicatorIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ indicatorId: string; day: string }>`
    select indicator_id as "indicatorId", max(last_day) as day from impact.measure_months
    where indicator_id = any (${[...new Set(indicatorIds)]}::uuid[]) group by indicator_id`.execute(db);
  return new Map(rows.map(({ indicatorId, day }) => [indicatorId, day]));
}
