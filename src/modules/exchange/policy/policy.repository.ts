// Queries on the policy's entries.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { PolicyEntry, PolicySnapshot } from './policy.types.ts';

/**
 * Takes the next version, which the transaction holds until its end: whoever else changes the policy waits, so that
 * versions become visible in their order.
 */
export async function takeNextVersion(trx: Trx): Promise<number> {
  const { rows } = await sql<{ version: string }>`
    update exchange.policy set version = version + 1 returning version`.execute(trx);
  return Number(rows[0]?.version);
}

/** Writes entries under a version. */
export async function upsertEntries(
  trx: Trx,
  version: number,
  entries: readonly PolicyEntry[],
): Promise<void> {
  await sql`
    insert into exchange.policy_entries (kind, id, version, body)
    select kind, id, ${version}, nullif(body, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e (kind text, id text, body jsonb)
    on conflict (kind, id) do update set version = excluded.version, body = excluded.body`.execute(trx);
}

/** Tells those who listen, when the transaction commits. */
export async function notifyPolicy(trx: Trx, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(trx);
}

/** The version that stands. */
export async function findPolicyVersion(db: Db): Promise<number> {
  const { rows } = await sql<{ version: string }>`select version from exchange.policy`.execute(db);
  return Number(rows[0]?.version ?? 0);
}

/** What changed after `version`, in one look; from 0, what is there. */
export async function getPolicySince(db: Db, version: number): Promise<PolicySnapshot> {
  const { rows } = await sql<{ version: string; entries: PolicyEntry[] }>`
    select version, coalesce((
      select jsonb_agg(jsonb_build_object('kind', kind, 'id', id, 'body', body) order by e.version, kind, id)
      from exchange.policy_entries e
      where e.version > ${version} and (${version} > 0 or body is not null)
    ), '[]') as entries
    from exchange.policy`.execute(db);
  return { version: Number(rows[0]?.version ?? 0), entries: rows[0]?.entries ?? [] };
}

/** The body of one entry; null where there is none. */
export async function findPolicyEntry(db: Db, kind: string, id: string): Promise<unknown> {
  const { rows } = await sql<{ body: unknown }>`
    select body from exchange.policy_entries where kind = ${kind} and id = ${id}`.execute(db);
  return rows[0]?.body ?? null;
}
