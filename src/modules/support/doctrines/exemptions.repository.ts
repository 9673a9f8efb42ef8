// Queries on exemptions. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import type { Exemption } from './assessments.types.ts';

const EXEMPTION = sql`
  x.id, x.subject_id as "subjectId", x.word, x.reason, x.asked_until as "askedUntil", x.asked_by as "askedBy",
  p.name as "askedByName", x.asked_at as "askedAt", x.decision, x.until, q.name as "decidedByName",
  x.decided_at as "decidedAt", x.decision_reason as "decisionReason", x.withdrawn_at as "withdrawnAt",
  x.withdrawal_reason as "withdrawalReason"`;

const FROM = sql`support.exemptions x left join identity.people p on p.id = x.asked_by
  left join identity.people q on q.id = x.decided_by`;

/** Every exemption asked for these subjects, newest first; at most 1,000. */
export async function listExemptions(db: Db, subjectIds: readonly string[]): Promise<Exemption[]> {
  const { rows } = await sql<Exemption>`
    select ${EXEMPTION} from ${FROM} where x.subject_id = any (${[...subjectIds]}::uuid[])
    order by x.asked_at desc, x.id limit 1000`.execute(db);
  return rows;
}

/** The same for subjects with this reference, of one organisation or of any. */
export async function listExemptionsOfReference(
  db: Db,
  reference: string,
  organisationId: string | null,
): Promise<Exemption[]> {
  const { rows } = await sql<Exemption>`
    select ${EXEMPTION} from ${FROM} join support.assessed_subjects s on s.id = x.subject_id
    where s.reference = ${reference}
      and ${organisationId === null ? sql`true` : sql`s.organisation_id = ${organisationId}`}
    order by x.asked_at desc, x.id limit 1000`.execute(db);
  return rows;
}

/** The exemption of a subject with this id, and nobody else changes it until `trx` ends. */
export async function lockExemption(trx: Trx, subjectId: string, id: string): Promise<Exemption | undefined> {
  const { rows } = await sql<Exemption>`
    select ${EXEMPTION} from ${FROM} where x.id = ${id} and x.subject_id = ${subjectId} for update of x`.execute(
    trx,
  );
  return rows[0];
}

/** Records a request. @returns its id; null when one waits already. */
export async function insertExemption(
  trx: Trx,
  now: Date,
  asked: { subjectId: string; word: string; reason: string; until: string; by: string },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into support.exemptions (subject_id, word, reason, asked_until, asked_by, asked_at)
    values (${asked.subjectId}, ${asked.word}, ${asked.reason}, ${asked.until}, ${asked.by}, ${now})
    on conflict do nothing returning id`.execute(trx);
  return rows[0]?.id ?? null;
}

/** Records a decision. */
export async function updateExemption(
  trx: Trx,
  now: Date,
  id: string,
  decided: { decision: 'granted' | 'refused'; until: string | null; reason: string; by: string },
): Promise<void> {
  await sql`
    update support.exemptions set decision = ${decided.decision}, until = ${decided.until},
      decision_reason = ${decided.reason}, decided_by = ${decided.by}, decided_at = ${now} where id = ${id}`.execute(
    trx,
  );
}

/** Records that a granted exemption is taken back. */
export async function updateWithdrawn(
  trx: Trx,
  now: Date,
  id: string,
  { reason, by }: { readonly reason: string; readonly by: string },
): Promise<void> {
  await sql`
    update support.exemptions set withdrawn_at = ${now}, withdrawn_by = ${by}, withdrawal_reason = ${reason}
    where id = ${id}`.execute(trx);
}

/** An exemption as the desk tells of it. */
export interface ExemptionNews {
  readonly id: string;
  readonly assessmentId: string;
  readonly subjectName: string;
  readonly doctrineTitle: Translated;
  readonly organisationName: string;
  readonly askedAt: Date;
  readonly until: string | null;
}

const NEWS = sql`x.id, a.id as "assessmentId", s.name as "subjectName",
  jsonb_build_object('fr', d.title_fr, 'en', d.title_en) as "doctrineTitle", o.name as "organisationName",
  x.asked_at as "askedAt", x.until
  from support.exemptions x join support.assessed_subjects s on s.id = x.subject_id
  join support.doctrines d on d.word = x.word join identity.organisations o on o.id = s.organisation_id
  join lateral (select b.id from support.assessments b join support.doctrine_versions v on v.id = b.version_id
    where b.subject_id = s.id and v.word = x.word order by v.number desc limit 1) a on true`;

/** Requests that wait for a decision by somebody other than this person, oldest first; at most `limit`. */
export async function listWaitingExemptions(
  db: Db,
  personId: string,
  limit: number,
): Promise<ExemptionNews[]> {
  const { rows } = await sql<ExemptionNews>`
    select ${NEWS} where x.decision is null and x.asked_by <> ${personId}
    order by x.asked_at, x.id limit ${limit}`.execute(db);
  return rows;
}

/**
 * Exemptions of these organisations that end between the two days (YYYY-MM-DD, both included) and that no later one
 * covers, those that end first first; at most `limit`.
 */
export async function listEndingExemptions(
  db: Db,
  organisationIds: readonly string[],
  { from, to }: { from: string; to: string },
  limit: number,
): Promise<ExemptionNews[]> {
  const { rows } = await sql<ExemptionNews>`
    select ${NEWS} where x.decision = 'granted' and x.withdrawn_at is null and x.until between ${from} and ${to}
      and s.organisation_id = any (${[...organisationIds]}::uuid[])
      and not exists (select from support.exemptions y where y.subject_id = x.subject_id and y.word = x.word
        and y.decision = 'granted' and y.withdrawn_at is null and y.until > x.until)
    order by x.until, x.id limit ${limit}`.execute(db);
  return rows;
}
