// Queries on what people ask about accesses to their data. What a reader may see is the `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Question, QuestionReach } from './people.types.ts';

const COLUMNS = sql`
  q.id, q.number, q.at, q.log, q.index, q.api_id as "apiId", a.name as "apiName",
  q.producer_id as "producerId", p.name as "producerName", q.organisation_id as "organisationId",
  o.name as "organisationName", q.purpose, q.kind, q.text, q.asked_by as "askedBy", q.asked_at as "askedAt",
  q.due_at as "dueAt", q.answered_at as "answeredAt", q.answer
  from exchange.questions q
  join exchange.apis a on a.id = q.api_id
  join identity.organisations p on p.id = q.producer_id
  left join identity.organisations o on o.id = q.organisation_id`;

function within(reach: QuestionReach): RawBuilder<unknown> {
  if ('askedBy' in reach) return sql`q.asked_by = ${reach.askedBy}`;
  return 'producers' in reach
    ? sql`q.producer_id = any (${[...reach.producers]}::uuid[])`
    : sql`q.organisation_id = any (${[...reach.consumers]}::uuid[])`;
}

/** The question with this id, when `reach` holds it. */
export async function findQuestion(
  db: Db | Trx,
  reach: QuestionReach,
  id: string,
): Promise<Question | undefined> {
  const { rows } = await sql<Question>`select ${COLUMNS} where q.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** The same, and nobody else answers it until `trx` ends. */
export async function lockQuestion(
  trx: Trx,
  reach: QuestionReach,
  id: string,
): Promise<Question | undefined> {
  const { rows } = await sql<Question>`
    select ${COLUMNS} where q.id = ${id} and ${within(reach)} for update of q`.execute(trx);
  return rows[0];
}

/** At most `limit` questions, the latest first, after the one with the id `after`. */
export async function listQuestions(
  db: Db,
  reach: QuestionReach,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<Question[]> {
  const older =
    after === null
      ? sql`true`
      : sql`(q.asked_at, q.id) < (select b.asked_at, b.id from exchange.questions b where b.id = ${after})`;
  const { rows } = await sql<Question>`
    select ${COLUMNS} where ${within(reach)} and ${older}
    order by q.asked_at desc, q.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Questions that wait for an answer of these producers: the `limit` due first, and how many there are. */
export async function listWaitingQuestions(
  db: Db,
  producers: readonly string[],
  limit: number,
): Promise<{ items: Question[]; total: number }> {
  const waiting = sql`q.producer_id = any (${[...producers]}::uuid[]) and q.answered_at is null`;
  const [items, counted] = await Promise.all([
    sql<Question>`select ${COLUMNS} where ${waiting} order by q.due_at, q.id limit ${limit}`.execute(db),
    sql<{ total: number }>`select count(*)::int as total from exchange.questions q where ${waiting}`.execute(
      db,
    ),
  ]);
  return { items: items.rows, total: counted.rows[0]?.total ?? 0 };
}

/** Questions asked or answered since a moment, at most `limit`, the latest asked first. */
export async function listQuestionsSince(
  db: Db,
  reach: QuestionReach,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<Question[]> {
  const { rows } = await sql<Question>`
    select ${COLUMNS} where ${within(reach)} and (q.asked_at >= ${since} or q.answered_at >= ${since})
    order by q.asked_at desc, q.id desc limit ${limit}`.execute(db);
  return rows;
}

/** How many questions of a person wait for an answer. */
export async function countWaitingOf(trx: Trx, personId: string): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from exchange.questions
    where asked_by = ${personId} and answered_at is null`.execute(trx);
  return rows[0]?.total ?? 0;
}

/** The person's latest question on an access; undefined when they asked none. */
export async function findQuestionOnAccess(
  db: Db,
  personId: string,
  { log, index }: { readonly log: string; readonly index: number },
): Promise<Pick<Question, 'id' | 'answeredAt'> | undefined> {
  const { rows } = await sql<Pick<Question, 'id' | 'answeredAt'>>`
    select id, answered_at as "answeredAt" from exchange.questions
    where asked_by = ${personId} and log = ${log} and index = ${index}
    order by asked_at desc limit 1`.execute(db);
  return rows[0];
}

/** Records a question. @returns its id; null when one on the same access waits for its answer. */
export async function insertQuestion(
  trx: Trx,
  question: Pick<
    Question,
    | 'at'
    | 'log'
    | 'index'
    | 'apiId'
    | 'producerId'
    | 'organisationId'
    | 'purpose'
    | 'kind'
    | 'text'
    | 'askedBy'
    | 'askedAt'
    | 'dueAt'
  >,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into exchange.questions (at, log, index, api_id, producer_id, organisation_id, purpose, kind, text, asked_by,
      asked_at, due_at)
    values (${question.at}, ${question.log}, ${question.index}, ${question.apiId}, ${question.producerId},
      ${question.organisationId}, ${question.purpose}, ${question.kind}, ${question.text}, ${question.askedBy},
      ${question.askedAt}, ${question.dueAt})
    on conflict (asked_by, log, index) where answered_at is null do nothing returning id`.execute(trx);
  return rows[0]?.id ?? null;
}

/** Writes the answer of a question. */
export async function updateAnswer(
  trx: Trx,
  id: string,
  { answer, by, at }: { readonly answer: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await sql`
    update exchange.questions set answer = ${answer}, answered_by = ${by}, answered_at = ${at}
    where id = ${id}`.execute(trx);
}
