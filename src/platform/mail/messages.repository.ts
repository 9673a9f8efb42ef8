// Reads and writes of outgoing mail. When a message is tried again is decided in messages.rules.ts.
import { sql } from 'kysely';
import type { Db, Trx } from '../database/connection.ts';
import type { MailMessage } from './mailer.ts';
import type { MailTables } from './messages.tables.ts';
import { MESSAGE_STATES, type MessageState, type OutboxMessage } from './messages.types.ts';

const mail = (db: Db) => db.withTables<MailTables>();

/** Writes a waiting message that is due at once. */
export async function insertMessage(trx: Trx, id: string, message: MailMessage, now: Date): Promise<void> {
  await mail(trx)
    .insertInto('mail.messages')
    .values({
      id,
      recipient: message.to,
      locale: message.locale,
      subject: message.subject,
      body: message.text,
      state: 'waiting',
      next_attempt_at: now,
      created_at: now,
    })
    .execute();
}

const shown = [
  'id',
  'recipient as to',
  'locale',
  'subject',
  'body as text',
  'state',
  'attempts',
  'last_error as lastError',
  'created_at as createdAt',
  'ended_at as endedAt',
] as const;

/**
 * Takes a due message for one attempt and holds it until `heldUntil`: nobody else gets it before.
 * @returns null when it is not waiting or not due.
 */
export async function claimMessage(
  db: Db,
  id: string,
  now: Date,
  heldUntil: Date,
): Promise<OutboxMessage | null> {
  const row = await mail(db)
    .updateTable('mail.messages')
    .set({ attempts: sql<number>`attempts + 1`, next_attempt_at: heldUntil })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<=', now)
    .returning(shown)
    .executeTakeFirst();
  return row ?? null;
}

/** The ids of messages that are due, the longest due first, at most `limit`. */
export async function dueMessages(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await mail(db)
    .selectFrom('mail.messages')
    .select('id')
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Keeps that the message was sent or abandoned. */
export async function endMessage(
  db: Db,
  id: string,
  end: { state: 'sent' | 'abandoned'; lastError: string | null; now: Date },
): Promise<void> {
  await mail(db)
    .updateTable('mail.messages')
    .set({ state: end.state, last_error: end.lastError, ended_at: end.now })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
}

/** Keeps why an attempt failed and when the next one is due. */
export async function delayMessage(
  db: Db,
  id: string,
  lastError: string,
  nextAttemptAt: Date,
): Promise<void> {
  await mail(db)
    .updateTable('mail.messages')
    .set({ last_error: lastError, next_attempt_at: nextAttemptAt })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
}

/** The message, or null. `id` must be a UUID. For the demonstration's outbox: a real one is nobody's to read. */
export async function findMessage(db: Db, id: string): Promise<OutboxMessage | null> {
  const row = await mail(db)
    .selectFrom('mail.messages')
    .select(shown)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Messages, newest first, at most `limit`, from after the message `after` where one is given. */
export async function listMessages(
  db: Db,
  { limit, after }: { limit: number; after?: string },
): Promise<OutboxMessage[]> {
  let query = mail(db)
    .selectFrom('mail.messages')
    .select(shown)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(created_at, id) < (select created_at, id from mail.messages where id = ${after}::uuid)`,
    );
  }
  return query.execute();
}

/** How many messages there are in each state, for the metrics. */
export async function mailCounts(db: Db): Promise<Record<MessageState, number>> {
  const rows = await mail(db)
    .selectFrom('mail.messages')
    .select(['state', sql<number>`count(*)`.as('count')])
    .groupBy('state')
    .execute();
  const counts = Object.fromEntries(MESSAGE_STATES.map((state) => [state, 0])) as Record<
    MessageState,
    number
  >;
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** Deletes at most `limit` messages that were sent or abandoned before `before`. @returns how many went. */
export async function deleteOldMessages(db: Db, before: Date, limit: number): Promise<number> {
  const old = mail(db).selectFrom('mail.messages').select('id').where('ended_at', '<', before).limit(limit);
  const gone = await mail(db).deleteFrom('mail.messages').where('id', 'in', old).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
