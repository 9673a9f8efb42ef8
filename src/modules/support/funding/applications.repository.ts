// Queries on applications, instalments, conflicts and points. Whose somebody sees is the `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type {
  Application,
  ApplicationState,
  ApplicationText,
  Conflict,
  Instalment,
  NewInstalment,
  Score,
} from './funding.types.ts';
import type { ApplicationReach } from './funding-access.rules.ts';

const within = (reach: ApplicationReach): RawBuilder<unknown> =>
  reach === 'all' ? sql`a.state <> 'draft'` : sql`a.organisation_id = any (${[...reach]}::uuid[])`;

const APPLICATION = sql`
  a.id, a.window_id as "windowId", w.title as "windowTitle", w.state as "windowState", a.jury_id as "juryId",
  a.organisation_id as "organisationId", o.name as "organisationName", a.applicant_id as "applicantId", a.title, a.subject,
  a.subject_ref as "subjectRef", a.change, a.plan, a.contract_id as "contractId", a.asked_cents as "askedCents",
  a.awarded_cents as "awardedCents", a.committed_cents as "committedCents", a.paid_cents as "paidCents", a.state, a.reason,
  a.outcome, a.created_at as "createdAt"
  from support.applications a join support.windows w on w.id = a.window_id
  join identity.organisations o on o.id = a.organisation_id`;

/** The applications of `reach`, the newest first, from after the one with the id `after` on. */
export async function listApplications(
  db: Db,
  reach: ApplicationReach,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<Application[]> {
  const { rows } = await sql<Application>`
    select ${APPLICATION} where ${within(reach)}
      and (${after}::uuid is null or (a.created_at, a.id) <
        (select created_at, id from support.applications where id = ${after}::uuid))
    order by a.created_at desc, a.id desc limit ${limit}`.execute(db);
  return rows;
}

/** At most 1,000 applications of a window, without drafts: those financed alone, for the public, or all. */
export async function listApplicationsOf(
  db: Db,
  windowId: string,
  which: 'financed' | 'all',
): Promise<Application[]> {
  const { rows } = await sql<Application>`
    select ${APPLICATION} where a.window_id = ${windowId} and a.state <> 'draft'
      and (${which === 'all'} or a.awarded_cents > 0)
    order by a.awarded_cents desc, a.created_at, a.id limit 1000`.execute(db);
  return rows;
}

/** The application with this id (a UUID), when `reach` holds it. */
export async function findApplication(
  db: Db,
  reach: ApplicationReach,
  id: string,
): Promise<Application | undefined> {
  const { rows } =
    await sql<Application>`select ${APPLICATION} where a.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
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
  const { rows } = await sql<Application>`
    select ${APPLICATION} where a.id = ${id} and ${within(reach)} for update of a`.execute(trx);
  return rows[0];
}

const ON_JURY = (personId: string) => sql`
  exists (select 1 from support.jury_members m where m.jury_id = a.jury_id and m.person_id = ${personId})`;

/** At most 200 applications that juries of this person score now. */
export async function listApplicationsToScore(db: Db, personId: string): Promise<Application[]> {
  const { rows } = await sql<Application>`
    select ${APPLICATION} where ${ON_JURY(personId)} and a.state = 'eligible' and w.state = 'in-jury'
    order by w.title, a.title, a.id limit 200`.execute(db);
  return rows;
}

/** The application with this id (a UUID), when a jury of this person scores it or scored it. */
export async function findApplicationOfJury(
  db: Db,
  personId: string,
  id: string,
): Promise<Application | undefined> {
  const { rows } = await sql<Application>`
    select ${APPLICATION} where a.id = ${id} and ${ON_JURY(personId)}`.execute(db);
  return rows[0];
}

/** The same, and nobody else changes it or its window until `trx` ends. */
export async function lockApplicationOfJury(
  trx: Trx,
  personId: string,
  id: string,
): Promise<Application | undefined> {
  await lockWindowOf(trx, id);
  const { rows } = await sql<Application>`
    select ${APPLICATION} where a.id = ${id} and ${ON_JURY(personId)} for update of a`.execute(trx);
  return rows[0];
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

/** Records a conflict, once, and takes away the points that the member had given. */
export async function insertConflict(
  trx: Trx,
  now: Date,
  conflict: Conflict & { readonly reason: string },
): Promise<void> {
  await sql`
    insert into support.conflicts (application_id, person_id, reason, declared_at)
    values (${conflict.applicationId}, ${conflict.personId}, ${conflict.reason}, ${now})
    on conflict do nothing`.execute(trx);
  await sql`
    delete from support.scores where application_id = ${conflict.applicationId} and person_id = ${conflict.personId}`.execute(
    trx,
  );
}

/** The conflicts declared on these applications. */
export async function listConflicts(db: Db, applicationIds: readonly string[]): Promise<Conflict[]> {
  const { rows } = await sql<Conflict>`
    select application_id as "applicationId", person_id as "personId" from support.conflicts
    where application_id = any (${[...applicationIds]}::uuid[])`.execute(db);
  return rows;
}

/** The points given to these applications. */
export async function listScores(db: Db, applicationIds: readonly string[]): Promise<Score[]> {
  const { rows } = await sql<Score>`
    select application_id as "applicationId", person_id as "personId", position, points, comment from support.scores
    where application_id = any (${[...applicationIds]}::uuid[])`.execute(db);
  return rows;
}

/** Records points; those that the member gave before are replaced. */
export async function upsertScores(trx: Trx, now: Date, scores: readonly Score[]): Promise<void> {
  await sql`
    insert into support.scores (application_id, person_id, position, points, comment, scored_at)
    select s.*, ${now}::timestamptz from unnest(${scores.map(({ applicationId }) => applicationId)}::uuid[],
      ${scores.map(({ personId }) => personId)}::uuid[], ${scores.map(({ position }) => position)}::int[],
      ${scores.map(({ points }) => points)}::int[], ${scores.map(({ comment }) => comment)}::text[]) as s
    on conflict (application_id, person_id, position) do update
      set points = excluded.points, comment = excluded.comment, scored_at = excluded.scored_at`.execute(trx);
}

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

/** Records the instalments of an agreement, in their order. */
export async function insertInstalments(
  trx: Trx,
  applicationId: string,
  instalments: readonly NewInstalment[],
): Promise<void> {
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
