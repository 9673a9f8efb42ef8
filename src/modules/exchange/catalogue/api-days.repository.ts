// Queries on the availability of APIs, day by day, as the watch and the gateways' records measure it.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { ApiDay } from './catalogue.types.ts';

/** What the watch adds to a day of an API. */
export interface MeasuredDay extends Pick<ApiDay, 'day' | 'checks' | 'checksUp'> {
  readonly apiId: string;
}

/** The days of an API since `from` (YYYY-MM-DD) that were measured, the oldest first. */
export async function listApiDays(db: Db, apiId: string, from: string): Promise<ApiDay[]> {
  const { rows } = await sql<ApiDay>`
    select day, checks, checks_up as "checksUp", calls, calls_failed as "callsFailed"
    from exchange.api_days where api_id = ${apiId} and day >= ${from}::date order by day`.execute(db);
  return rows;
}

/** Adds looks to days, at most one item for each API and day; those of an API that is gone are left out. */
export async function addMeasuredDays(trx: Trx, days: readonly MeasuredDay[]): Promise<void> {
  await sql`
    insert into exchange.api_days as d (api_id, day, checks, checks_up)
    select n.api_id, n.day, n.checks, n.checks_up
    from unnest(${days.map(({ apiId }) => apiId)}::uuid[], ${days.map(({ day }) => day)}::date[],
      ${days.map(({ checks }) => checks)}::int[], ${days.map(({ checksUp }) => checksUp)}::int[])
      as n (api_id, day, checks, checks_up)
    where exists (select from exchange.apis a where a.id = n.api_id)
    on conflict (api_id, day) do update
      set checks = d.checks + excluded.checks, checks_up = d.checks_up + excluded.checks_up`.execute(trx);
}

/** Where the watch looks for an API. */
export interface WatchedServer {
  readonly apiId: string;
  readonly url: string;
}

/**
 * The servers of open APIs: of each, that of the newest version in service; at most 2,000. Those that ask for a client
 * certificate are left out: whoever has none learns nothing of them.
 */
export async function listWatchedServers(db: Db): Promise<WatchedServer[]> {
  const { rows } = await sql<WatchedServer>`
    select a.id as "apiId", v.upstream_url as url
    from exchange.apis a cross join lateral (
      select n.upstream_url, n.upstream_proof from exchange.api_versions n
      where n.api_id = a.id and n.state <> 'retired' and n.upstream_url is not null
      order by substr(n.name, 2)::int desc limit 1) v
    where a.state = 'open' and v.upstream_proof <> 'mtls' order by a.id limit 2000`.execute(db);
  return rows;
}

/** Calls of the API with this slug on the days from `from` to before `to`, as gateways counted them; null without any day. */
export async function countCallsOfApi(
  db: Db,
  slug: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<number | null> {
  const { rows } = await sql<{ calls: number | null }>`
    select sum(d.calls)::float8 as calls from exchange.api_days d join exchange.apis a on a.id = d.api_id
    where a.slug = ${slug} and d.day >= ${from.toISOString()}::date and d.day < ${to.toISOString()}::date`.execute(
    db,
  );
  return rows[0]?.calls ?? null;
}
