// Queries on what a consumer's organisations use of the exchange. Each takes the organisations whose it is.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import {
  type CallableApi,
  MOST_LOOKED_AT,
  type OwnStop,
  type PeakMinute,
  type RecentRefusal,
  type UsageDay,
} from './consumers.types.ts';

/** What is needed to call these APIs. */
export async function listCallableApis(db: Db, apiIds: readonly string[]): Promise<CallableApi[]> {
  const { rows } = await sql<CallableApi>`
    select a.id as "apiId", a.resource, a.default_quota_per_minute as "quotaPerMinute", v.name as version,
      v.id as "versionId"
    from exchange.apis a left join lateral (
      select v.id, v.name from exchange.api_versions v where v.api_id = a.id and v.state <> 'retired'
      order by substr(v.name, 2)::int desc limit 1) v on true
    where a.id = any (${[...apiIds]}::uuid[])`.execute(db);
  return rows;
}

/** How these clients prove themselves at the hub, by client id. */
export async function findAuthentications(
  db: Db,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ clientId: string; authentication: string }>`
    select client_id as "clientId", client_authentication as authentication
    from identity.services where client_id = any (${[...clientIds]}::text[])`.execute(db);
  return new Map(rows.map(({ clientId, authentication }) => [clientId, authentication]));
}

/** Calls of these organisations per day since `since`, both environments, days without any left out. */
export async function listUsageDays(
  db: Db,
  organisations: readonly string[],
  { since, timeZone }: { readonly since: Date; readonly timeZone: string },
): Promise<UsageDay[]> {
  const { rows } = await sql<UsageDay>`
    select to_char(hour at time zone ${timeZone}, 'YYYY-MM-DD') as day,
      sum(allowed)::bigint as allowed, sum(denied)::bigint as denied
    from exchange.access_hours
    where organisation_id = any (${[...organisations]}::uuid[]) and hour >= ${since}
    group by 1 order by 1`.execute(db);
  return rows;
}

/** The refusals since `since` among the latest calls of these organisations, the most frequent first, at most 50. */
export async function listRecentRefusals(
  db: Db,
  organisations: readonly string[],
  since: Date,
): Promise<RecentRefusal[]> {
  const { rows } = await sql<RecentRefusal>`
    select r.verdict as code, a.name as "apiName", count(*) as calls, max(r.at) as "lastAt",
      (array_agg(r.trace_id order by r.at desc))[1] as "traceId"
    from (
      select at, verdict, api_id, trace_id from exchange.access_records
      where organisation_id = any (${[...organisations]}::uuid[]) and at >= ${since}
      order by at desc limit ${MOST_LOOKED_AT}) r
    left join exchange.apis a on a.id = r.api_id
    where r.verdict <> 'allowed'
    group by r.verdict, a.name order by count(*) desc, r.verdict, a.name limit 50`.execute(db);
  return rows;
}

/** The busiest minute since `since` of each accreditation on each API, among the latest calls. */
export async function listPeakMinutes(
  db: Db,
  organisations: readonly string[],
  since: Date,
): Promise<PeakMinute[]> {
  const { rows } = await sql<PeakMinute>`
    select "accreditationId", "apiId", max(calls) as calls from (
      select accreditation_id as "accreditationId", api_id as "apiId", count(*) as calls
      from (
        select at, accreditation_id, api_id from exchange.access_records
        where organisation_id = any (${[...organisations]}::uuid[]) and at >= ${since}
        order by at desc limit ${MOST_LOOKED_AT}) r
      where accreditation_id is not null and api_id is not null
      group by accreditation_id, api_id, date_trunc('minute', at)) m
    group by 1, 2 limit 1000`.execute(db);
  return rows;
}

/** The stops in force that close a flow of these organisations, the newest first, at most 100. */
export async function listStopsOn(db: Db, organisations: readonly string[], now: Date): Promise<OwnStop[]> {
  const own = sql`c.organisation_id = any (${[...organisations]}::uuid[])`;
  const { rows } = await sql<OwnStop>`
    select s.id, a.name as "apiName", a.slug as "apiSlug", k.title as "scopeTitle",
      (select c.number from exchange.accreditations c where c.id = s.accreditation_id) as "accreditationNumber",
      s.reason, s.ordered_at as "orderedAt", s.ends_at as "endsAt"
    from exchange.stops s join exchange.apis a on a.id = s.api_id
    left join exchange.api_scopes k on k.id = s.scope_id
    where s.resumed_at is null and (s.ends_at is null or s.ends_at > ${now})
      and (s.organisation_id is null or s.organisation_id = any (${[...organisations]}::uuid[]))
      and exists (
        select from exchange.accreditations c join exchange.grants g on g.accreditation_id = c.id
        where ${own} and c.state = 'active' and g.api_id = s.api_id
          and (s.accreditation_id is null or s.accreditation_id = c.id)
          and (s.scope_id is null or s.scope_id = g.scope_id))
    order by s.ordered_at desc, s.id limit 100`.execute(db);
  return rows;
}
