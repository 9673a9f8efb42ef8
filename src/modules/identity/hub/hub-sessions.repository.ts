// Queries on the sessions at the hub, as their owners see them and as an upstream's logout names them.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { HubSessionsTable } from './connections.tables.ts';
import type { Realm } from './realms.ts';

type Tables = { 'identity.hub_sessions': HubSessionsTable };

/** A sign-in to a service as it is written down. */
export interface SignIn {
  readonly uid: string;
  readonly realm: Realm;
  readonly accountId: string;
  readonly clientId: string;
  readonly acr: string | null;
  /** Null where the session was there before: the provider was not asked again. */
  readonly upstream: {
    readonly id: string;
    readonly sealedIdToken: Buffer;
    readonly sid: string | null;
  } | null;
  readonly userAgent: string;
}

/** Writes a sign-in down, in one statement: its line of history, its session as used, its account as seen. */
export async function insertSignIn(db: Db | Trx, signIn: SignIn, now: Date): Promise<void> {
  const { uid, realm, accountId, clientId, acr, upstream, userAgent } = signIn;
  await sql`
    with session as (
      insert into identity.hub_sessions as s
        (uid, realm, account_id, sealed_id_token, upstream_sid, user_agent, started_at, last_seen_at)
      values (${uid}, ${realm}, ${accountId}, ${upstream?.sealedIdToken ?? null}, ${upstream?.sid ?? null},
        ${userAgent.slice(0, 300)}, ${now}, ${now})
      on conflict (uid) do update set last_seen_at = excluded.last_seen_at, ended_at = null,
        account_id = excluded.account_id,
        sealed_id_token = coalesce(excluded.sealed_id_token, s.sealed_id_token),
        upstream_sid = coalesce(excluded.upstream_sid, s.upstream_sid)
    ), account as (
      update identity.accounts set last_sign_in_at = ${now} where id = ${accountId} and ${upstream !== null}::boolean
    )
    insert into identity.connections (at, realm, client_id, account_id, upstream_id, acr, outcome)
    select ${now}, ${realm}, ${clientId}, id, upstream_id, ${acr}, 'signed-in'
    from identity.accounts where id = ${accountId}`.execute(db);
}

/** What the upstream needs to end its own session, and whose session it was. */
export async function findHubSession(
  db: Db,
  uid: string,
): Promise<{ accountId: string; sealedIdToken: Buffer | null } | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.hub_sessions')
    .select(['account_id as accountId', 'sealed_id_token as sealedIdToken'])
    .where('uid', '=', uid)
    .executeTakeFirst();
}

/** Marks sessions as ended. */
export async function endHubSessionRows(trx: Db | Trx, uids: readonly string[], now: Date): Promise<void> {
  if (uids.length === 0) return;
  await trx
    .withTables<Tables>()
    .updateTable('identity.hub_sessions')
    .set({ ended_at: now, sealed_id_token: null })
    .where('uid', 'in', [...uids])
    .where('ended_at', 'is', null)
    .execute();
}

/** The live sessions that an upstream's logout token names: by its own session, else all those of the account. */
export async function sessionsOfUpstream(
  db: Db,
  { upstreamId, sid, subject }: { upstreamId: string; sid: string | null; subject: string | null },
): Promise<{ uid: string; accountId: string }[]> {
  const { rows } = await sql<{ uid: string; accountId: string }>`
    select s.uid, s.account_id as "accountId"
    from identity.hub_sessions s join identity.accounts a on a.id = s.account_id
    where a.upstream_id = ${upstreamId} and s.ended_at is null
      and (${sid}::text is null or s.upstream_sid = ${sid})
      and (${subject}::text is null or a.subject = ${subject})
      and (${sid}::text is not null or ${subject}::text is not null)
    limit 1000`.execute(db);
  return rows;
}

/** Removes sessions that began before `before`. @returns how many. */
export async function sweepHubSessions(db: Db, before: Date): Promise<number> {
  const result = await db
    .withTables<Tables>()
    .deleteFrom('identity.hub_sessions')
    .where('started_at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
