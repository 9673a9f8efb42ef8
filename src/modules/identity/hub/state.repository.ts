// Queries on the hub's protocol state. They see keys and sealed content only; what these mean is the adapter's business.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { HubStateTable, RevokedTokensTable } from './state.tables.ts';

type Tables = { 'identity.hub_state': HubStateTable; 'identity.revoked_tokens': RevokedTokensTable };

/** A row to be kept. */
export type StateRow = Omit<HubStateTable, 'consumed_at'>;

/** What is found again. */
export interface FoundState {
  readonly key: Buffer;
  readonly content: Buffer;
  readonly consumedAt: Date | null;
}

const tables = (db: Db) => db.withTables<Tables>();

/**
 * Whether a statement waits until its row is on the disk. `lasting`: it does. `passing`: what is lost when PostgreSQL is
 * killed in the next half second is something that a person then begins anew (an interaction, a code, a short-lived
 * token): nothing that was acknowledged to last, and nothing that forbids (PostgreSQL, "Asynchronous Commit").
 */
export type Durability = 'lasting' | 'passing';

// Set inside the statement, for the statement: its own transaction ends with it.
const commitOf = (durability: Durability) =>
  sql`(select set_config('synchronous_commit', ${durability === 'lasting' ? 'on' : 'off'}, true)) as commit`;

/** Keeps a row, or writes it anew under the same key. */
export function saveState(db: Db, row: StateRow, durability: Durability): Promise<void> {
  return saveStates(db, { rows: [row], removed: [], durability });
}

/** Keeps rows, or writes them anew under their keys, and removes others: in one statement, all or nothing. */
export async function saveStates(
  db: Db,
  change: { rows: readonly StateRow[]; removed: readonly Buffer[]; durability: Durability },
): Promise<void> {
  const { rows, removed, durability } = change;
  const commit = commitOf(durability);
  const removal = sql`delete from identity.hub_state using ${commit} where key in (${sql.join(removed)})`;
  if (rows.length === 0) {
    if (removed.length > 0) await removal.execute(db);
    return;
  }
  const values = rows.map(
    (row) => sql`(${row.key}::bytea, ${row.realm}, ${row.model}, ${row.uid}, ${row.grant_id},
      ${row.grant_key}::bytea, ${row.account_id}::uuid, ${row.client_id}, ${row.content}::bytea,
      ${row.expires_at}::timestamptz)`,
  );
  await sql`
    ${removed.length > 0 ? sql`with removal as (${removal})` : sql``}
    insert into identity.hub_state
      (key, realm, model, uid, grant_id, grant_key, account_id, client_id, content, expires_at)
    select v.* from (values ${sql.join(values)}) v, ${commit}
    on conflict (key) do update set uid = excluded.uid, grant_id = excluded.grant_id,
      grant_key = excluded.grant_key, account_id = excluded.account_id, content = excluded.content,
      expires_at = excluded.expires_at`.execute(db);
}

/**
 * Keeps each row under whose key none is there, in one statement. @returns the keys kept, in hexadecimal.
 * Of rows with the same key, among these or of another process at the same moment, one is kept.
 */
export async function insertStatesOnce(db: Db, rows: readonly StateRow[]): Promise<Set<string>> {
  const kept = await tables(db)
    .insertInto('identity.hub_state')
    .values(rows.map((row) => ({ ...row, consumed_at: null })))
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .execute();
  return new Set(kept.map(({ key }) => key.toString('hex')));
}

/** The row with this key, unless it has expired. */
export async function findState(db: Db, key: Buffer, now: Date): Promise<FoundState | undefined> {
  return tables(db)
    .selectFrom('identity.hub_state')
    .select(['key', 'content', 'consumed_at as consumedAt'])
    .where('key', '=', key)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** A code or token with its session and its grant, which whoever shows it needs as well. */
export interface FoundWithKin {
  readonly self: FoundState | undefined;
  readonly uid: string | null;
  readonly session: FoundState | undefined;
  readonly grantKey: Buffer | null;
  readonly grant: FoundState | undefined;
}

/** The code or token with this key, with its session and its grant, each unless it has expired. */
export async function findStateWithKin(db: Db, key: Buffer, now: Date): Promise<FoundWithKin> {
  const { rows } = await sql<{
    part: 'self' | 'session' | 'grant';
    key: Buffer;
    content: Buffer;
    consumedAt: Date | null;
    uid: string | null;
    grantKey: Buffer | null;
  }>`
    with self as (
      select * from identity.hub_state where key = ${key} and expires_at > ${now}
    )
    select 'self' as part, key, content, consumed_at as "consumedAt", uid, grant_key as "grantKey" from self
    union all
    select 'session', s.key, s.content, s.consumed_at, null, null
    from self join identity.hub_state s on s.uid = self.uid and s.realm = self.realm and s.model = 'Session'
    where s.expires_at > ${now}
    union all
    select 'grant', g.key, g.content, g.consumed_at, null, null
    from self join identity.hub_state g on g.key = self.grant_key
    where g.expires_at > ${now}`.execute(db);
  const part = (name: string) => rows.find((row) => row.part === name);
  const self = part('self');
  return {
    self,
    uid: self?.uid ?? null,
    session: part('session'),
    grantKey: self?.grantKey ?? null,
    grant: part('grant'),
  };
}

/** The session with this uid in the realm, unless it has expired. */
export async function findStateByUid(
  db: Db,
  { realm, model, uid }: { realm: string; model: string; uid: string },
  now: Date,
): Promise<FoundState | undefined> {
  return tables(db)
    .selectFrom('identity.hub_state')
    .select(['key', 'content', 'consumed_at as consumedAt'])
    .where('uid', '=', uid)
    .where('realm', '=', realm)
    .where('model', '=', model)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Marks a row as used. @returns false when it was used before, or is gone: of two who try at once, one is first. */
export async function consumeState(db: Db, key: Buffer, now: Date): Promise<boolean> {
  const result = await tables(db)
    .updateTable('identity.hub_state')
    .set({ consumed_at: now })
    .where('key', '=', key)
    .where('consumed_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Takes a row away and gives it, so that only one who asks gets it; undefined when it is gone or has expired. */
export async function takeState(db: Db, key: Buffer, now: Date): Promise<FoundState | undefined> {
  const { rows } = await sql<FoundState>`
    delete from identity.hub_state using ${commitOf('passing')} where key = ${key} and expires_at > ${now}
    returning key, content, consumed_at as "consumedAt"`.execute(db);
  return rows[0];
}

/** Removes a row. */
export async function removeState(db: Db, key: Buffer, durability: Durability = 'lasting'): Promise<void> {
  await sql`delete from identity.hub_state using ${commitOf(durability)} where key = ${key}`.execute(db);
}

/** Removes every code and token of a grant. */
export async function removeStateOfGrant(db: Db, grantId: string): Promise<void> {
  await tables(db).deleteFrom('identity.hub_state').where('grant_id', '=', grantId).execute();
}

/** Removes sessions, grants, codes and tokens of accounts: whoever held them must sign in again. */
export async function removeStateOfAccounts(trx: Db | Trx, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return;
  await tables(trx)
    .deleteFrom('identity.hub_state')
    .where('account_id', 'in', [...accountIds])
    .execute();
}

/** Removes grants, codes and tokens of a client. */
export async function removeStateOfClient(trx: Db | Trx, clientId: string): Promise<void> {
  await tables(trx).deleteFrom('identity.hub_state').where('client_id', '=', clientId).execute();
}

/** Remembers that a JWT access token is no longer good, until it would have ended anyway. */
export async function insertRevokedToken(
  db: Db,
  { realm, jti, expiresAt }: { realm: string; jti: string; expiresAt: Date },
): Promise<void> {
  await tables(db)
    .insertInto('identity.revoked_tokens')
    .values({ realm, jti, expires_at: expiresAt })
    .onConflict((conflict) => conflict.columns(['realm', 'jti']).doNothing())
    .execute();
}

/** Tells whether a JWT access token was revoked. */
export async function isRevokedToken(db: Db, realm: string, jti: string): Promise<boolean> {
  const row = await tables(db)
    .selectFrom('identity.revoked_tokens')
    .select('jti')
    .where('realm', '=', realm)
    .where('jti', '=', jti)
    .executeTakeFirst();
  return row !== undefined;
}

const SWEPT_AT_ONCE = 10_000;

/** Removes what has expired, in bounded bites. @returns how many rows. */
export async function sweepState(db: Db, now: Date): Promise<number> {
  let swept = 0;
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      delete from identity.hub_state where key in (
        select key from identity.hub_state where expires_at <= ${now} limit ${SWEPT_AT_ONCE}
      )`.execute(db);
    swept += Number(numAffectedRows);
    if (numAffectedRows < BigInt(SWEPT_AT_ONCE)) break;
  }
  const result = await tables(db)
    .deleteFrom('identity.revoked_tokens')
    .where('expires_at', '<=', now)
    .executeTakeFirst();
  return swept + Number(result.numDeletedRows);
}
