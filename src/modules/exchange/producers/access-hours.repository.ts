// Calls per hour, API and accreditation: counted with the records themselves, so that rooms never count records.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { TakenEntries } from '../records/logs.types.ts';
import type { StopReach } from '../stops/stops.types.ts';

/**
 * Counts entries that `trx` has just put in. It is called once for each, in the transaction that moves the log's position:
 * the sums are those of the records, always.
 */
export async function addToAccessHours(trx: Trx, { log, from, end }: TakenEntries): Promise<void> {
  // In the order of the key: two logs that are taken over at once wait for each other, and never in a circle.
  await sql`
    insert into exchange.access_hours as h (producer_id, api_id, accreditation_id, organisation_id, environment, hour,
      allowed, denied, last_at)
    select r.producer_id, r.api_id, r.accreditation_id, r.organisation_id, r.environment, date_trunc('hour', r.at, 'UTC'),
      count(*) filter (where r.verdict = 'allowed'), count(*) filter (where r.verdict <> 'allowed'), max(r.at)
    from exchange.access_records r
    where r.log = ${log} and r.index >= ${from} and r.index < ${end}
      and r.producer_id is not null and r.api_id is not null
    group by 1, 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6, 1
    on conflict (producer_id, api_id, accreditation_id, organisation_id, environment, hour) do update
    set allowed = h.allowed + excluded.allowed, denied = h.denied + excluded.denied,
      last_at = greatest(h.last_at, excluded.last_at)`.execute(trx);
}

/** What the hours are narrowed by. */
export interface HoursFilter {
  readonly producerId?: string;
  readonly apiId?: string;
  readonly organisationId?: string;
  readonly accreditationId?: string;
}

function narrowed(
  reach: StopReach,
  { producerId, apiId, organisationId, accreditationId }: HoursFilter,
): RawBuilder<unknown> {
  return sql`${reach === 'all' ? sql`true` : sql`h.producer_id = any (${[...reach]}::uuid[])`}
    and ${producerId === undefined ? sql`true` : sql`h.producer_id = ${producerId}`}
    and ${apiId === undefined ? sql`true` : sql`h.api_id = ${apiId}`}
    and ${organisationId === undefined ? sql`true` : sql`h.organisation_id = ${organisationId}`}
    and ${accreditationId === undefined ? sql`true` : sql`h.accreditation_id = ${accreditationId}`}`;
}

/** Calls of one API over three spans, and who makes them. */
export interface ApiActivity {
  readonly apiId: string;
  readonly slug: string;
  readonly name: string;
  readonly producerName: string;
  readonly state: 'draft' | 'open' | 'closed';
  /** Since the State's midnight, over 7 and over 30 days, today included. */
  readonly today: number;
  readonly week: number;
  readonly month: number;
  /** Denied over 30 days, of those. */
  readonly denied: number;
  /** Different consumers over 30 days. */
  readonly consumers: number;
  readonly lastAt: Date | null;
  readonly stops: number;
  readonly anomalies: number;
}

/** The APIs of `reach` that were opened once, by name, at most 500, with what was called of each. */
export async function listActivity(
  db: Db,
  reach: StopReach,
  {
    producerId,
    today,
    now,
  }: { readonly producerId?: string | undefined; readonly today: Date; readonly now: Date },
): Promise<ApiActivity[]> {
  const back = (days: number) => new Date(today.getTime() - (days - 1) * 86_400_000);
  const calls = (since: Date) =>
    sql`coalesce(sum(h.allowed + h.denied) filter (where h.hour >= ${since}), 0)`;
  const { rows } = await sql<ApiActivity>`
    select a.id as "apiId", a.slug, a.name, p.name as "producerName", a.state, c.today::int8, c.week::int8, c.month::int8,
      c.denied::int8, c.consumers, c."lastAt",
      (select count(*) from exchange.stops s where s.api_id = a.id and s.resumed_at is null
        and (s.ends_at is null or s.ends_at > ${now})) as stops,
      (select count(*) from exchange.anomalies n where n.api_id = a.id and n.acknowledged_at is null) as anomalies
    from exchange.apis a join identity.organisations p on p.id = a.producer_id
    cross join lateral (
      select ${calls(today)} as today, ${calls(back(7))} as week, ${calls(back(30))} as month,
        coalesce(sum(h.denied), 0) as denied, count(distinct h.organisation_id) as consumers, max(h.last_at) as "lastAt"
      from exchange.access_hours h where h.api_id = a.id and h.hour >= ${back(30)}) c
    where a.state <> 'draft'
      and ${reach === 'all' ? sql`true` : sql`a.producer_id = any (${[...reach]}::uuid[])`}
      and ${producerId === undefined ? sql`true` : sql`a.producer_id = ${producerId}`}
    order by a.search_text, a.id limit 500`.execute(db);
  return rows;
}

/** Calls of one hour or day. */
export interface Volume {
  /** Its beginning. */
  readonly at: Date;
  readonly allowed: number;
  readonly denied: number;
}

/** Calls by hour or by day of the State between two moments, those that had none included; at most 1,000. */
export async function listVolumes(
  db: Db,
  reach: StopReach,
  filter: HoursFilter,
  { from, to, by, timeZone }: { from: Date; to: Date; by: 'hour' | 'day'; timeZone: string },
): Promise<Volume[]> {
  // Days are counted on the State's clocks, some of which have 23 or 25 hours; hours are counted by themselves.
  const spans =
    by === 'day'
      ? sql`select d at time zone ${timeZone} as at from generate_series(
          date_trunc('day', ${from}::timestamptz at time zone ${timeZone}), ${to}::timestamptz at time zone ${timeZone},
          interval '1 day') d`
      : sql`select d as at from generate_series(date_trunc('hour', ${from}::timestamptz, 'UTC'), ${to}::timestamptz,
          interval '1 hour') d`;
  const { rows } = await sql<Volume>`
    with calls as (
      select date_trunc(${by}, h.hour, ${by === 'day' ? timeZone : 'UTC'}) as at, sum(h.allowed)::int8 as allowed,
        sum(h.denied)::int8 as denied
      from exchange.access_hours h
      where ${narrowed(reach, filter)} and h.hour >= ${from} and h.hour < ${to}
      group by 1
    )
    select s.at, coalesce(c.allowed, 0)::int8 as allowed, coalesce(c.denied, 0)::int8 as denied
    from (${spans}) s left join calls c on c.at = s.at order by s.at limit 1000`.execute(db);
  return rows;
}
