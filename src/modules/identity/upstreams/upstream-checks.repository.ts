// Queries on what was watched of providers: single looks, days counted, states. They judge nothing.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { UpstreamChecksTable, UpstreamDaysTable, UpstreamsTable } from './upstreams.tables.ts';
import type { UpstreamCheck, UpstreamDay, UpstreamState } from './upstreams.types.ts';

type Tables = {
  'identity.upstreams': UpstreamsTable;
  'identity.upstream_checks': UpstreamChecksTable;
  'identity.upstream_days': UpstreamDaysTable;
};

/** States of those of `ids` that are in use, locked until `trx` ends. */
export async function lockedStates(
  trx: Trx,
  ids: readonly string[],
): Promise<{ id: string; state: UpstreamState }[]> {
  return trx
    .withTables<Tables>()
    .selectFrom('identity.upstreams')
    .select(['id', 'state'])
    .where('id', 'in', [...ids])
    .where('is_enabled', '=', true)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Records looks, counts them into their `day`, and writes the states that they show. */
export async function insertChecks(trx: Trx, day: string, checks: readonly UpstreamCheck[]): Promise<void> {
  if (checks.length === 0) return;
  const db = trx.withTables<Tables>();
  const recorded = await db
    .insertInto('identity.upstream_checks')
    .values(
      checks.map((check) => ({
        upstream_id: check.upstreamId,
        checked_at: check.checkedAt,
        is_up: check.isUp,
        milliseconds: check.milliseconds,
        fault: check.fault,
      })),
    )
    // Two rounds at one moment look at the same thing: it counts once.
    .onConflict((conflict) => conflict.columns(['upstream_id', 'checked_at']).doNothing())
    .returning(['upstream_id', 'is_up'])
    .execute();
  if (recorded.length === 0) return;
  await db
    .insertInto('identity.upstream_days')
    .values(recorded.map(({ upstream_id, is_up }) => ({ upstream_id, day, checks: 1, up: Number(is_up) })))
    .onConflict((conflict) =>
      conflict.columns(['upstream_id', 'day']).doUpdateSet({
        checks: sql`identity.upstream_days.checks + excluded.checks`,
        up: sql`identity.upstream_days.up + excluded.up`,
      }),
    )
    .execute();
  const ids = checks.map(({ upstreamId }) => upstreamId);
  await sql`
    update identity.upstreams u
    set state_since = case when u.state = seen.state then u.state_since else seen.checked_at end,
        state = seen.state, checked_at = seen.checked_at
    from unnest(
      ${ids}::uuid[],
      ${checks.map(({ isUp }) => (isUp ? 'up' : 'down'))}::text[],
      ${checks.map(({ checkedAt }) => checkedAt)}::timestamptz[]
    ) as seen (id, state, checked_at)
    where u.id = seen.id`.execute(trx);
}

/** Makes the provider's state unknown again: what was watched was of another. */
export async function forgetState(trx: Trx, id: string): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.upstreams')
    .set({ state: 'unknown', state_since: null, checked_at: null })
    .where('id', '=', id)
    .execute();
}

/** The days from `firstDay` on of those of `ids`, counted; at most ninety or so each. */
export async function daysSince(db: Db, ids: readonly string[], firstDay: string): Promise<UpstreamDay[]> {
  if (ids.length === 0) return [];
  return db
    .withTables<Tables>()
    .selectFrom('identity.upstream_days')
    .select(['upstream_id as upstreamId', 'day', 'checks', 'up'])
    .where('upstream_id', 'in', [...ids])
    .where('day', '>=', firstDay)
    .orderBy('day')
    .execute();
}

/** The last looks at which the provider did not answer as it should, latest first. */
export async function lastFaults(
  db: Db,
  id: string,
  limit: number,
): Promise<{ checkedAt: Date; milliseconds: number | null; fault: string | null }[]> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.upstream_checks')
    .select(['checked_at as checkedAt', 'milliseconds', 'fault'])
    .where('upstream_id', '=', id)
    .where('is_up', '=', false)
    .orderBy('checked_at', 'desc')
    .limit(limit)
    .execute();
}

/** Forgets looks before `moment` and days before `day`. @returns how many looks. */
export async function sweepChecks(trx: Trx, moment: Date, day: string): Promise<number> {
  const db = trx.withTables<Tables>();
  const swept = await db
    .deleteFrom('identity.upstream_checks')
    .where('checked_at', '<', moment)
    .executeTakeFirst();
  await db.deleteFrom('identity.upstream_days').where('day', '<', day).execute();
  return Number(swept.numDeletedRows);
}
