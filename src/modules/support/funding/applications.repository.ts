// Queries on applications, instalments, conflicts and points. Whose somebody sees is the `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Application, ApplicationState, ApplicationText, Signature } from './funding.types.ts';
import type { ApplicationReach } from './funding-access.rules.ts';

const within = (reach: ApplicationReach): RawBuilder<unknown> =>
  reach === 'all' ? sql`a.state <> 'draft'` : sql`a.organisation_id = any (${[...reach]}::uuid[])`;

const APPLICATION = sql`
  a.id, a.window_id as "windowId", w.title as "windowTitle", w.state as "windowState", a.jury_id as "juryId",
  a.organisation_id as "organisationId", o.name as "organisationName", a.applicant_id as "applicantId", a.title, a.subject,
  a.subject_ref as "subjectRef", a.change, a.plan, a.contract_id as "contractId", a.asked_cents as "askedCents",
  a.awarded_cents as "awardedCents", a.committed_cents as "committedCents", a.paid_cents as "paidCents", a.state, a.reason,
  a.outcome, a.created_at as "createdAt", a.state_signed_at as "stateSignedAt", sp.name as "stateSignedBy",
  a.organisation_signed_at as "organisationSignedAt", op.name as "organisationSignedBy"
  from support.applications a join support.windows w on w.id = a.window_id
  join identity.organisations o on o.id = a.organisation_id
  left join identity.people sp on sp.id = a.state_signed_by
  left join identity.people op on op.id = a.organisation_signed_by`;

interface Row extends Omit<Application, 'stateSigned' | 'organisationSigned'> {
  readonly stateSignedAt: Date | null;
  readonly stateSignedBy: string | null;
  readonly organisationSignedAt: Date | null;
  readonly organisationSignedBy: string | null;
}

function applicationOf(row: Row): Application {
  const { stateSignedAt, stateSignedBy, organisationSignedAt, organisationSignedBy, ...application } = row;
  return {
    ...application,
    stateSigned: signatureOf(stateSignedAt, stateSignedBy),
    organisationSigned: signatureOf(organisationSignedAt, organisationSignedBy),
  };
}

function signatureOf(at: Date | null, name: string | null): Signature | null {
  return at === null ? null : { at, name: name ?? '' };
}

/** The applications of `reach`, the newest first, from after the one with the id `after` on. */
export async function listApplications(
  db: Db,
  reach: ApplicationReach,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<Application[]> {
  const { rows } = await sql<Row>`
    select ${APPLICATION} where ${within(reach)}
      and (${after}::uuid is null or (a.created_at, a.id) <
        (select created_at, id from support.applications where id = ${after}::uuid))
    order by a.created_at desc, a.id desc limit ${limit}`.execute(db);
  return rows.map(applicationOf);
}

/** At most 1,000 applications of a window, without drafts: those financed alone, for the public, or all. */
export async function listApplicationsOf(
  db: Db,
  windowId: string,
  which: 'financed' | 'all',
): Promise<Application[]> {
  const { rows } = await sql<Row>`
    select ${APPLICATION} where a.window_id = ${windowId} and a.state <> 'draft'
      and (${which === 'all'} or a.awarded_cents > 0)
    order by a.awarded_cents desc, a.created_at, a.id limit 1000`.execute(db);
  return rows.map(applicationOf);
}

/** The application with this id (a UUID), when `reach` holds it. */
export async function findApplication(
  db: Db,
  reach: ApplicationReach,
  id: string,
): Promise<Application | undefined> {
  const { rows } = await sql<Row>`select ${APPLICATION} where a.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0] && applicationOf(rows[0]);
}

/** Locks the window of an application before the application itself: all take them in this order, so none waits in a circle. */
async function lockWindowOf(trx: Trx, id: string): Promise<void> {
  await sql`
    select 1 from support.windows where id = (select window_id from support.applications where id = ${id}) for update`.execute(
    trx,
  );
}

/** The same, and nobody else changes it or its window until `trx` ends. */
export async function lockApplication(
  trx: Trx,
  reach: ApplicationReach,
  id: string,
): Promise<Application | undefined> {
  await lockWindowOf(trx, id);
  const { rows } = await sql<Row>`
    select ${APPLICATION} where a.id = ${id} and ${within(reach)} for update of a`.execute(trx);
  return rows[0] && applicationOf(rows[0]);
}

const ON_JURY = (personId: string) => sql`
  exists (select 1 from support.jury_members m where m.jury_id = a.jury_id and m.person_id = ${personId})`;

/** At most 200 applications that juries of this person score now. */
export async function listApplicationsToScore(db: Db, personId: string): Promise<Application[]> {
  const { rows } = await sql<Row>`
    select ${APPLICATION} where ${ON_JURY(personId)} and a.state = 'eligible' and w.state = 'in-jury'
    order by w.title, a.title, a.id limit 200`.execute(db);
  return rows.map(applicationOf);
}

/** The application with this id (a UUID), when a jury of this person scores it or scored it. */
export async function findApplicationOfJury(
  db: Db,
  personId: string,
  id: string,
): Promise<Application | undefined> {
  const { rows } = await sql<Row>`
    select ${APPLICATION} where a.id = ${id} and ${ON_JURY(personId)}`.execute(db);
  return rows[0] && applicationOf(rows[0]);
}

/** The same, and nobody else changes it or its window until `trx` ends. */
export async function lockApplicationOfJury(
  trx: Trx,
  personId: string,
  id: string,
): Promise<Application | undefined> {
  await lockWindowOf(trx, id);
  const { rows } = await sql<Row>`
    select ${APPLICATION} where a.id = ${id} and ${ON_JURY(personId)} for update of a`.execute(trx);
  return rows[0] && applicationOf(rows[0]);
}

/** Records a draft. @returns its id. */
export async function insertApplication(
  trx: Trx,
  now: Date,
  application: ApplicationText & {
    readonly windowId: string;
    readonly organisationId: string;
    readonly applicantId: string | null;
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into support.applications (window_id, organisation_id, applicant_id, title, subject, subject_ref, change, plan,
      contract_id, asked_cents, created_at)
    values (${application.windowId}, ${application.organisationId}, ${application.applicantId}, ${application.title},
      ${application.subject}, ${application.subjectRef}, ${application.change}, ${application.plan},
      ${application.contractId}, ${application.askedCents}, ${now})
    returning id`.execute(trx);
  return rows[0]?.id ?? '';
}

/** Writes what a draft says anew. */
export async function updateDraft(trx: Trx, id: string, text: ApplicationText): Promise<void> {
  await sql`
    update support.applications set title = ${text.title}, subject = ${text.subject}, subject_ref = ${text.subjectRef},
      change = ${text.change}, plan = ${text.plan}, contract_id = ${text.contractId}, asked_cents = ${text.askedCents}
    where id = ${id}`.execute(trx);
}

/** Names the contract of an application; one that names no assessment is assessed under the contract's reference. */
export async function updateContract(trx: Trx, id: string, contractId: string): Promise<void> {
  await sql`
    update support.applications set contract_id = ${contractId}::uuid,
      subject_ref = case when subject_ref = '' then ${`impact/contract/${contractId}`} else subject_ref end
    where id = ${id}`.execute(trx);
}

/** Puts an application in a state, with what is said of it. */
export async function updateApplication(
  trx: Trx,
  id: string,
  change: {
    readonly state: ApplicationState;
    readonly reason?: string;
    readonly outcome?: string;
    readonly juryId?: string | null;
    readonly submittedAt?: Date;
  },
): Promise<void> {
  await sql`
    update support.applications set state = ${change.state}, reason = coalesce(${change.reason ?? null}, reason),
      outcome = coalesce(${change.outcome ?? null}, outcome), jury_id = coalesce(${change.juryId ?? null}::uuid, jury_id),
      submitted_at = coalesce(${change.submittedAt ?? null}, submitted_at)
    where id = ${id}`.execute(trx);
}

/** Records a side's signature of the agreement: the directorate's waits for the organisation's. */
export async function updateSignature(
  trx: Trx,
  now: Date,
  id: string,
  { side, personId }: { readonly side: 'state' | 'organisation'; readonly personId: string | null },
): Promise<void> {
  const [at, by] =
    side === 'state'
      ? [sql.ref('state_signed_at'), sql.ref('state_signed_by')]
      : [sql.ref('organisation_signed_at'), sql.ref('organisation_signed_by')];
  await sql`update support.applications set ${at} = ${now}, ${by} = ${personId} where id = ${id}`.execute(
    trx,
  );
}

/** Puts all applications of a window that are in one state in another. */
export async function updateApplicationsOf(
  trx: Trx,
  windowId: string,
  { from, to }: { readonly from: ApplicationState; readonly to: ApplicationState },
): Promise<void> {
  await sql`
    update support.applications set state = ${to} where window_id = ${windowId} and state = ${from}`.execute(
    trx,
  );
}

/** Which jury of a window has the fewest applications; null when it has no jury. */
export async function findLightestJury(trx: Trx, windowId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select j.id from support.juries j left join support.applications a on a.jury_id = j.id
    where j.window_id = ${windowId} group by j.id order by count(a.id), j.name limit 1`.execute(trx);
  return rows[0]?.id ?? null;
}
