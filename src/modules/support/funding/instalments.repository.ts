// Queries on the instalments of agreements. Their application is locked by whoever changes one.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Instalment, NewInstalment } from './funding.types.ts';

const INSTALMENT = sql`
  id, position, amount_cents as "amountCents", condition, threshold, text, due_on as "dueOn", state, evidence,
  evidenced_by as "evidencedBy", verified_at as "verifiedAt", paid_at as "paidAt" from support.instalments`;

/** The instalments of an application, in their order. */
export async function listInstalments(db: Db, applicationId: string): Promise<Instalment[]> {
  const { rows } = await sql<Instalment>`
    select ${INSTALMENT} where application_id = ${applicationId} order by position`.execute(db);
  return rows;
}

/** The instalment with this id (a UUID) of an application, which is locked already. */
export async function findInstalment(
  trx: Trx,
  applicationId: string,
  id: string,
): Promise<Instalment | undefined> {
  const { rows } = await sql<Instalment>`
    select ${INSTALMENT} where application_id = ${applicationId} and id = ${id}`.execute(trx);
  return rows[0];
}

/** Records the instalments of an agreement, in their order, in the place of those before them. */
export async function replaceInstalments(
  trx: Trx,
  applicationId: string,
  instalments: readonly NewInstalment[],
): Promise<void> {
  await sql`delete from support.instalments where application_id = ${applicationId}`.execute(trx);
  await sql`
    insert into support.instalments (application_id, position, amount_cents, condition, threshold, text, due_on)
    select ${applicationId}, n, i.amount, i.condition, i.threshold, i.text, i.due
    from unnest(${instalments.map(({ amountCents }) => amountCents)}::bigint[],
      ${instalments.map(({ condition }) => condition)}::text[],
      ${instalments.map(({ threshold }) => threshold)}::float8[], ${instalments.map(({ text }) => text)}::text[],
      ${instalments.map(({ dueOn }) => dueOn)}::date[]) with ordinality as i (amount, condition, threshold, text, due, n)`.execute(
    trx,
  );
}

/** Records the evidence of an instalment. */
export async function updateEvidence(
  trx: Trx,
  id: string,
  { evidence, personId }: { readonly evidence: string; readonly personId: string },
): Promise<void> {
  await sql`
    update support.instalments set state = 'evidenced', evidence = ${evidence}, evidenced_by = ${personId}
    where id = ${id}`.execute(trx);
}

/** Records that the condition of an instalment holds. */
export async function updateVerified(
  trx: Trx,
  now: Date,
  id: string,
  { personId }: { readonly personId: string | null },
): Promise<void> {
  await sql`
    update support.instalments set state = 'verified', verified_by = ${personId}, verified_at = ${now}
    where id = ${id}`.execute(trx);
}

/** Records that an instalment is paid. */
export async function updatePaid(trx: Trx, now: Date, id: string): Promise<void> {
  await sql`update support.instalments set state = 'paid', paid_at = ${now} where id = ${id}`.execute(trx);
}

/** Releases the instalments of an application that were not paid. */
export async function releaseInstalments(trx: Trx, applicationId: string): Promise<void> {
  await sql`
    update support.instalments set state = 'released'
    where application_id = ${applicationId} and state <> 'paid'`.execute(trx);
}
