// Sessions in PostgreSQL, for @fastify/session: any process serves any session, and a restart ends none.
import { createHash } from 'node:crypto';
import type { SessionStore } from '@fastify/session';
import type { Session } from 'fastify';
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/connection.ts';

interface SessionsTable {
  id_hash: Buffer;
  person_id: string | null;
  data: string;
  user_agent: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
}

/** A session as its owner sees it in a list. */
export interface SessionSummary {
  /** Hexadecimal SHA-256 of the session's id: names it without giving it away. */
  readonly idHash: string;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

const SEEN_EVERY_MS = 60_000;

function tables(db: Db) {
  return db.withTables<{ 'http.sessions': SessionsTable }>();
}

/** SHA-256 of a session's id, the only form in which the database knows it. */
export function hashSessionId(sessionId: string): Buffer {
  return createHash('sha256').update(sessionId).digest();
}

/** Hands a promise's end to the callback that the session plugin gives. */
function answer<T>(work: Promise<T>, callback: (error: unknown, result?: T) => void): void {
  work.then(
    (result) => callback(null, result),
    (error: unknown) => callback(error),
  );
}

/** Makes the store. A session unused for `idleHours`, or older than `hours`, is as good as absent. */
export function sessionStore(
  db: Db,
  clock: Clock,
  { hours, idleHours = Math.min(hours, 4) }: { hours: number; idleHours?: number },
): SessionStore {
  async function get(sessionId: string): Promise<Session | null> {
    const now = clock.now();
    const idHash = hashSessionId(sessionId);
    const row = await tables(db)
      .selectFrom('http.sessions')
      .select(['data', 'last_seen_at'])
      .where('id_hash', '=', idHash)
      .where('expires_at', '>', now)
      .where('last_seen_at', '>', new Date(now.getTime() - idleHours * 3_600_000))
      .executeTakeFirst();
    if (!row) return null;
    // Not at each request: reading a page must not write a row each time.
    if (now.getTime() - row.last_seen_at.getTime() > SEEN_EVERY_MS) {
      await tables(db)
        .updateTable('http.sessions')
        .set({ last_seen_at: now })
        .where('id_hash', '=', idHash)
        .execute();
    }
    return row.data as unknown as Session;
  }

  async function set(sessionId: string, session: Session): Promise<void> {
    const now = clock.now();
    const { cookie, personId, userAgent = '' } = session;
    // The symbols that the plugin keeps on its object do not pass through JSON; what remains is ours.
    const data = JSON.stringify({ ...session, cookie });
    const expires = new Date(now.getTime() + hours * 3_600_000);
    await tables(db)
      .insertInto('http.sessions')
      .values({
        id_hash: hashSessionId(sessionId),
        person_id: personId ?? null,
        data,
        user_agent: userAgent.slice(0, 300),
        created_at: now,
        last_seen_at: now,
        expires_at: expires,
      })
      .onConflict((conflict) =>
        conflict.column('id_hash').doUpdateSet({ data, person_id: personId ?? null, last_seen_at: now }),
      )
      .execute();
  }

  async function destroy(sessionId: string): Promise<void> {
    await tables(db).deleteFrom('http.sessions').where('id_hash', '=', hashSessionId(sessionId)).execute();
  }

  return {
    get: (sessionId, callback) =>
      answer(get(sessionId), callback as (error: unknown, result?: unknown) => void),
    set: (sessionId, session, callback) => answer(set(sessionId, session), callback),
    destroy: (sessionId, callback) => answer(destroy(sessionId), callback),
  };
}

/** The live sessions of a person, the latest used first; 100 at most. */
export async function listSessionsOf(db: Db, personId: string, now: Date): Promise<SessionSummary[]> {
  const rows = await tables(db)
    .selectFrom('http.sessions')
    .select(['id_hash', 'user_agent', 'created_at', 'last_seen_at'])
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    idHash: row.id_hash.toString('hex'),
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  }));
}

/**
 * Ends one session of a person, by the hash that `listSessionsOf` gives, or all of them but `except`.
 * @returns how many ended.
 */
export async function endSessionsOf(
  db: Db,
  personId: string,
  which: { idHash: string } | { except: string | null },
): Promise<number> {
  let query = tables(db).deleteFrom('http.sessions').where('person_id', '=', personId);
  if ('idHash' in which) query = query.where('id_hash', '=', Buffer.from(which.idHash, 'hex'));
  else if (which.except !== null) query = query.where('id_hash', '<>', hashSessionId(which.except));
  const result = await query.executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Ends the sessions that stand on the hub's session `sid`. @returns how many ended. */
export async function endSessionsOfUpstream(db: Db, sid: string): Promise<number> {
  const result = await sql`delete from http.sessions where data -> 'hub' ->> 'sid' = ${sid}`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

/** Removes sessions that ended before `now`. @returns how many. */
export async function sweepSessions(db: Db, now: Date): Promise<number> {
  const result = await tables(db)
    .deleteFrom('http.sessions')
    .where('expires_at', '<=', now)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
