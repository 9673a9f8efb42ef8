// Queries on exemptions that end soon, for the mail that says so. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Translated } from '#platform/i18n/locale.ts';

/** An exemption in force with what its holder is told. */
export interface HeldExemption {
  readonly id: string;
  readonly assessmentId: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly word: string;
  readonly doctrineTitle: Translated;
  readonly organisationId: string;
  readonly askedBy: string;
  /** YYYY-MM-DD. */
  readonly until: string;
  /** Of how many days before the end the last reminder was; null: none was sent. */
  readonly remindedDays: number | null;
}

const HELD = sql`
  select x.id, a.id as "assessmentId", s.id as "subjectId", s.name as "subjectName", x.word,
    jsonb_build_object('fr', d.title_fr, 'en', d.title_en) as "doctrineTitle", s.organisation_id as "organisationId",
    x.asked_by as "askedBy", x.until, x.reminded_days as "remindedDays"
  from support.exemptions x join support.assessed_subjects s on s.id = x.subject_id
  join support.doctrines d on d.word = x.word
  join lateral (select b.id from support.assessments b join support.doctrine_versions v on v.id = b.version_id
    where b.subject_id = s.id and v.word = x.word order by v.number desc limit 1) a on true
  where x.decision = 'granted' and x.withdrawn_at is null
    and not exists (select from support.exemptions y where y.subject_id = x.subject_id and y.word = x.word
      and y.decision = 'granted' and y.withdrawn_at is null and y.until > x.until)`;

/** Those in force that no later one covers and that end between two days (YYYY-MM-DD), by end, after `after`; at most 500. */
export async function listHeldExemptions(
  db: Db,
  { from, to, after }: { readonly from: string; readonly to: string; readonly after: HeldExemption | null },
): Promise<HeldExemption[]> {
  const later = after === null ? sql`true` : sql`(x.until, x.id) > (${after.until}::date, ${after.id}::uuid)`;
  const { rows } = await sql<HeldExemption>`
    ${HELD} and x.until between ${from} and ${to} and ${later} order by x.until, x.id limit 500`.execute(db);
  return rows;
}

/** The same with this id, and nobody else changes it until `trx` ends; undefined when it is in force no more. */
export async function lockHeldExemption(trx: Trx, id: string): Promise<HeldExemption | undefined> {
  const { rows } = await sql<HeldExemption>`${HELD} and x.id = ${id} for update of x`.execute(trx);
  return rows[0];
}

/** Remembers that the reminder of so many days was sent. */
export async function updateReminded(trx: Trx, id: string, days: number): Promise<void> {
  await sql`update support.exemptions set reminded_days = ${days} where id = ${id}`.execute(trx);
}
