// Queries on what consumers do compared with what they declared, and on the anomalies found. They judge nothing: rules do.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { StopReach } from '../stops/stops.types.ts';
import type { AccessPattern, Anomaly, FoundAnomaly } from './anomalies.types.ts';

/** Most records of one accreditation and hour of which people are counted. */
const MOST_COUNTED = 20_000;

/** Different people or companies of one hour of an accreditation on an API. `hour` is its beginning. */
function subjectsOf(
  apiId: RawBuilder<unknown>,
  accreditationId: RawBuilder<unknown>,
  hour: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`(select count(distinct s.subject_hash)::int from (
    select r.subject_hash from exchange.access_records r
    where r.accreditation_id = ${accreditationId} and r.api_id = ${apiId} and r.subject_hash is not null
      and r.at >= ${hour} and r.at < ${hour} + interval '1 hour' limit ${MOST_COUNTED}) s)`;
}

/** Measures how many people each hour concerned that ended before `before` and was not measured, going back a day. */
export async function measureSubjects(db: Db, before: Date): Promise<void> {
  await sql`
    update exchange.access_hours h
    set subjects = ${subjectsOf(sql`h.api_id`, sql`h.accreditation_id`, sql`h.hour`)}
    where h.subjects is null and h.accreditation_id is not null and h.environment = 'production'
      and h.hour >= ${before}::timestamptz - interval '1 day' and h.hour + interval '1 hour' <= ${before}`.execute(
    db,
  );
}

/**
 * What every accreditation that called an API since `today` (the State's midnight) has done, for the rules. `hour` is the
 * beginning of the hour that is looked at.
 */
export async function listPatterns(
  db: Db,
  { today, hour, timeZone }: { readonly today: Date; readonly hour: Date; readonly timeZone: string },
): Promise<AccessPattern[]> {
  const { rows } = await sql<AccessPattern>`
    with hours as (
      select h.producer_id, h.api_id, h.accreditation_id, h.hour, h.allowed + h.denied as calls, h.denied
      from exchange.access_hours h
      where h.hour >= ${today} and h.hour < ${today}::timestamptz + interval '25 hours'
        and h.environment = 'production' and h.accreditation_id is not null
    ), days as (
      select producer_id, api_id, accreditation_id, sum(calls)::int8 as calls,
        jsonb_object_agg(extract(hour from hour at time zone ${timeZone}), calls) as by_hour,
        coalesce(sum(calls) filter (where hour = ${hour}), 0)::int8 as calls_now,
        coalesce(sum(denied) filter (where hour = ${hour}), 0)::int8 as denied_now
      from hours group by 1, 2, 3
    )
    select d.producer_id as "producerId", d.api_id as "apiId", d.accreditation_id as "accreditationId",
      c.organisation_id as "organisationId", c.declared_calls_per_day as "declaredCallsPerDay",
      c.declared_from_hour as "declaredFromHour", c.declared_to_hour as "declaredToHour", d.calls as "callsToday",
      d.by_hour as "callsByHour", d.calls_now as "callsThisHour", d.denied_now as "deniedThisHour",
      coalesce(u.denied, 0)::float8 as "usualDeniedPerHour", u.subjects as "usualSubjectsPerHour",
      case when d.calls_now = 0 then 0
        else ${subjectsOf(sql`d.api_id`, sql`d.accreditation_id`, sql`${hour}::timestamptz`)} end as "subjectsThisHour"
    from days d join exchange.accreditations c on c.id = d.accreditation_id
    cross join lateral (
      select avg(h.denied) filter (where h.hour >= ${hour}::timestamptz - interval '7 days') as denied,
        max(h.subjects) as subjects
      from exchange.access_hours h
      where h.api_id = d.api_id and h.accreditation_id = d.accreditation_id and h.environment = 'production'
        and h.hour >= ${hour}::timestamptz - interval '14 days' and h.hour < ${hour}) u`.execute(db);
  return rows;
}

/** An anomaly on its way into the database. */
export type NewAnomaly = FoundAnomaly &
  Pick<AccessPattern, 'producerId' | 'apiId' | 'accreditationId' | 'organisationId'>;

/** Records anomalies of a day (YYYY-MM-DD). @returns those that were not there: one a day for each API, accreditation, kind. */
export async function insertAnomalies(
  trx: Trx,
  now: Date,
  day: string,
  found: readonly NewAnomaly[],
): Promise<Anomaly[]> {
  if (found.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    insert into exchange.anomalies (producer_id, api_id, accreditation_id, organisation_id, kind, day, found_at, observed,
      expected)
    select "producerId", "apiId", "accreditationId", "organisationId", kind, ${day}, ${now}, observed, expected
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as f ("producerId" uuid, "apiId" uuid, "accreditationId" uuid,
      "organisationId" uuid, kind text, observed bigint, expected bigint)
    on conflict do nothing returning id`.execute(trx);
  const ids = rows.map(({ id }) => id);
  return anomaliesWhere(trx, sql`n.id = any (${ids}::uuid[])`, ids.length);
}

async function anomaliesWhere(db: Db | Trx, wanted: RawBuilder<unknown>, limit: number): Promise<Anomaly[]> {
  const { rows } = await sql<Anomaly>`
    select n.id, n.kind, n.observed, n.expected, n.producer_id as "producerId", n.api_id as "apiId", a.slug as "apiSlug",
      a.name as "apiName", n.accreditation_id as "accreditationId", c.number as "accreditationNumber",
      n.organisation_id as "organisationId", o.name as "organisationName", n.found_at as "foundAt",
      n.acknowledged_at as "acknowledgedAt", n.note
    from exchange.anomalies n join exchange.apis a on a.id = n.api_id
    join exchange.accreditations c on c.id = n.accreditation_id join identity.organisations o on o.id = n.organisation_id
    where ${wanted} order by n.found_at desc, n.id desc limit ${limit}`.execute(db);
  return rows;
}

function within(reach: StopReach): RawBuilder<unknown> {
  return reach === 'all' ? sql`true` : sql`n.producer_id = any (${[...reach]}::uuid[])`;
}

/** At most `limit` anomalies, the newest first, that come after the one with the id `after` (a UUID). */
export function listAnomalies(
  db: Db,
  reach: StopReach,
  {
    producerId,
    waiting = false,
    after = null,
    limit,
  }: {
    readonly producerId?: string | undefined;
    /** True: those that nobody has acknowledged alone. */
    readonly waiting?: boolean;
    readonly after?: string | null;
    readonly limit: number;
  },
): Promise<Anomaly[]> {
  const earlier =
    after === null
      ? sql`true`
      : sql`(n.found_at, n.id) < (select b.found_at, b.id from exchange.anomalies b where b.id = ${after})`;
  const wanted = sql`${within(reach)} and ${earlier}
    and ${producerId === undefined ? sql`true` : sql`n.producer_id = ${producerId}`}
    and ${waiting ? sql`n.acknowledged_at is null` : sql`true`}`;
  return anomaliesWhere(db, wanted, limit);
}

/** One anomaly (`id` is a UUID), when `reach` has it. */
export async function findAnomaly(db: Db, reach: StopReach, id: string): Promise<Anomaly | undefined> {
  const [found] = await anomaliesWhere(db, sql`n.id = ${id} and ${within(reach)}`, 1);
  return found;
}

/** Writes that somebody has looked at an anomaly. @returns false when somebody had. */
export async function updateAcknowledged(
  trx: Trx,
  now: Date,
  id: string,
  { personId, note }: { readonly personId: string; readonly note: string },
): Promise<boolean> {
  const { rows } = await sql`
    update exchange.anomalies set acknowledged_at = ${now}, acknowledged_by = ${personId}, note = ${note}
    where id = ${id} and acknowledged_at is null returning id`.execute(trx);
  return rows.length === 1;
}
