// Queries on the live sessions at the hub of some accounts, with the sealed state that says which services they led to.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { PeopleRealm } from '../hub/realms.ts';
import type { FoundState } from '../hub/state.repository.ts';
import type { OwnHubSession } from './own-connections.types.ts';

/** A live session with its state, still sealed. */
export type SealedHubSession = Omit<OwnHubSession, 'isPresent'> & FoundState;

/** The live sessions of accounts, the latest used first; 100 at most. */
export async function liveHubSessions(
  db: Db,
  accountIds: readonly string[],
  now: Date,
): Promise<SealedHubSession[]> {
  if (accountIds.length === 0) return [];
  const { rows } = await sql<SealedHubSession>`
    select s.uid, s.realm, s.account_id as "accountId", a.upstream_id as "upstreamId", u.name as "upstreamName",
      s.user_agent as "userAgent", s.started_at as "startedAt", s.last_seen_at as "lastSeenAt",
      h.key, h.content, h.consumed_at as "consumedAt"
    from identity.hub_sessions s
    join identity.hub_state h
      on h.uid = s.uid and h.realm = s.realm and h.model = 'Session' and h.expires_at > ${now}
    join identity.accounts a on a.id = s.account_id
    join identity.upstreams u on u.id = a.upstream_id
    where s.account_id = any(${[...accountIds]}::uuid[]) and s.ended_at is null
    order by s.last_seen_at desc, s.uid limit 100`.execute(db);
  return rows;
}

/** Every session of accounts that the protocol still keeps, whether or not it is in its owner's list. */
export async function sessionsKept(
  db: Db,
  accountIds: readonly string[],
): Promise<{ uid: string; realm: PeopleRealm }[]> {
  if (accountIds.length === 0) return [];
  const { rows } = await sql<{ uid: string; realm: PeopleRealm }>`
    select distinct uid, realm from identity.hub_state
    where account_id = any(${[...accountIds]}::uuid[]) and model = 'Session' and uid is not null`.execute(db);
  return rows;
}

/** Marks every live session of accounts as ended, and forgets what would end it at the provider. */
export async function endHubSessionRowsOf(trx: Trx, accountIds: readonly string[], now: Date): Promise<void> {
  await sql`
    update identity.hub_sessions set ended_at = ${now}, sealed_id_token = null
    where account_id = any(${[...accountIds]}::uuid[]) and ended_at is null`.execute(trx);
}
