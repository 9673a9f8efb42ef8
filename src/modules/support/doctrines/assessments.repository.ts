// Queries on subjects, their assessments, declarations and evidence. What a reader may see is the `reach`.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { searchPattern } from '#platform/typed-text.ts';
import type { AssessmentReach } from './assessment-access.rules.ts';
import type { Declaration, Evidence, ListedAssessment, NewEvidence, Outcome } from './assessments.types.ts';

const LISTED = sql`
  a.id, s.id as "subjectId", s.name as "subjectName", s.reference as "subjectRef",
  s.organisation_id as "organisationId", o.name as "organisationName", v.word,
  jsonb_build_object('fr', d.title_fr, 'en', d.title_en) as "doctrineTitle", v.id as "versionId",
  v.number as "versionNumber", v.replaced_at as "versionReplacedAt", a.published_at as "publishedAt",
  a.created_at as "createdAt", a.changed_at as "changedAt"
  from support.assessments a join support.assessed_subjects s on s.id = a.subject_id
  join identity.organisations o on o.id = s.organisation_id
  join support.doctrine_versions v on v.id = a.version_id join support.doctrines d on d.word = v.word`;

/** What lists are narrowed by. */
export interface AssessmentFilter {
  readonly doctrine?: string | undefined;
  readonly organisationId?: string | undefined;
  readonly search?: string | undefined;
  readonly subjectId?: string | undefined;
}

/** Whose assessments are read: those within reach, or those that were published. */
export type Readable = { readonly reach: AssessmentReach } | 'published';

function readable(who: Readable): RawBuilder<unknown> {
  if (who === 'published') return sql`a.published_at is not null`;
  return who.reach === 'all' ? sql`true` : sql`s.organisation_id = any (${[...who.reach]}::uuid[])`;
}

function narrowed({ doctrine, organisationId, search, subjectId }: AssessmentFilter): RawBuilder<unknown> {
  const parts = [sql`true`];
  if (doctrine) parts.push(sql`v.word = ${doctrine}`);
  if (organisationId) parts.push(sql`s.organisation_id = ${organisationId}`);
  if (subjectId) parts.push(sql`s.id = ${subjectId}`);
  if (search) parts.push(sql`lower(s.name) like ${searchPattern(search)}`);
  return sql.join(parts, sql` and `);
}

/** Assessments that changed last first; at most `limit`, after the one with this id (a UUID) or from the start. */
export async function listAssessments(
  db: Db,
  who: Readable,
  filter: AssessmentFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<ListedAssessment[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(a.changed_at, a.id) < (select b.changed_at, b.id from support.assessments b where b.id = ${after})`;
  const { rows } = await sql<ListedAssessment>`
    select ${LISTED} where ${readable(who)} and ${narrowed(filter)} and ${later}
    order by a.changed_at desc, a.id desc limit ${limit}`.execute(db);
  return rows;
}

/** The assessment with this id (a UUID), when it may be read. */
export async function findAssessment(
  db: Db,
  who: Readable,
  id: string,
): Promise<ListedAssessment | undefined> {
  const { rows } = await sql<ListedAssessment>`
    select ${LISTED} where a.id = ${id} and ${readable(who)}`.execute(db);
  return rows[0];
}

/** The same, and nobody else changes it until `trx` ends. */
export async function lockAssessment(
  trx: Trx,
  reach: AssessmentReach,
  id: string,
): Promise<ListedAssessment | undefined> {
  const { rows } = await sql<ListedAssessment>`
    select ${LISTED} where a.id = ${id} and ${readable({ reach })} for update of a`.execute(trx);
  return rows[0];
}

/** The newest assessment of each doctrine for subjects with this reference, of one organisation or of any. */
export async function listNewestOfReference(
  db: Db,
  reference: string,
  organisationId: string | null,
): Promise<ListedAssessment[]> {
  const { rows } = await sql<ListedAssessment>`
    select distinct on (v.word) ${LISTED} where s.reference = ${reference}
      and ${organisationId === null ? sql`true` : sql`s.organisation_id = ${organisationId}`}
    order by v.word, v.number desc, a.changed_at desc`.execute(db);
  return rows;
}

/** What was said and found of one assessment, oldest first. */
export interface Said {
  readonly declarations: readonly Declaration[];
  readonly evidence: readonly Evidence[];
}

/** What was said and found of each of these assessments, the newest of each criterion alone. */
export async function readSaid(
  db: Db,
  assessments: readonly Pick<ListedAssessment, 'id'>[],
): Promise<ReadonlyMap<string, Said>> {
  const ids = assessments.map(({ id }) => id);
  const [declared, found] = await Promise.all([
    sql<Declaration & { assessmentId: string }>`
      select distinct on (x.assessment_id, x.code) x.assessment_id as "assessmentId", x.code as criterion, x.outcome,
        x.reason, p.name as "byName", x.declared_at as at
      from support.declarations x left join identity.people p on p.id = x.declared_by
      where x.assessment_id = any (${ids}::uuid[])
      order by x.assessment_id, x.code, x.id desc`.execute(db),
    sql<Evidence & { assessmentId: string }>`
      select distinct on (a.id, e.code) a.id as "assessmentId", e.id, e.code as criterion, e.outcome, e.source, e.url,
        e.detail, e.found_at as at
      from support.assessments a join support.assessed_subjects s on s.id = a.subject_id
      join support.doctrine_versions v on v.id = a.version_id
      join support.evidence e on e.reference = s.reference and e.word = v.word
        and (e.organisation_id is null or e.organisation_id = s.organisation_id)
      where a.id = any (${ids}::uuid[])
      order by a.id, e.code, e.found_at desc, e.received_at desc`.execute(db),
  ]);
  const said = new Map<string, { declarations: Declaration[]; evidence: Evidence[] }>(
    ids.map((id) => [id, { declarations: [], evidence: [] }]),
  );
  for (const { assessmentId, ...declaration } of declared.rows)
    said.get(assessmentId)?.declarations.push(declaration);
  for (const { assessmentId, ...evidence } of found.rows) said.get(assessmentId)?.evidence.push(evidence);
  return said;
}

/** A subject. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
  readonly organisationId: string;
}

/** The subjects of these organisations, by name, for a choice; at most 500. */
export async function listSubjects(db: Db, organisationIds: readonly string[]): Promise<Subject[]> {
  const { rows } = await sql<Subject>`
    select id, name, reference, organisation_id as "organisationId" from support.assessed_subjects
    where organisation_id = any (${[...organisationIds]}::uuid[]) order by name, id limit 500`.execute(db);
  return rows;
}

/** The subject of an organisation with this reference; a new one when there is none. Null makes a reference for it. */
export async function subjectFor(
  trx: Trx,
  now: Date,
  { name, organisationId, reference }: { name: string; organisationId: string; reference: string | null },
): Promise<Subject> {
  const { rows } = await sql<Subject>`
    with made as (select gen_random_uuid() as id)
    insert into support.assessed_subjects (id, organisation_id, name, reference, created_at)
    select id, ${organisationId}, ${name}, coalesce(${reference}::text, 'support/subject/' || id), ${now} from made
    on conflict (organisation_id, reference) do update set reference = excluded.reference
    returning id, name, reference, organisation_id as "organisationId"`.execute(trx);
  return rows[0] as Subject;
}

/** Records an assessment. @returns its id; null when the subject has one against this version. */
export async function insertAssessment(
  trx: Trx,
  now: Date,
  { subjectId, versionId }: { subjectId: string; versionId: string },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into support.assessments (subject_id, version_id, created_at, changed_at)
    values (${subjectId}, ${versionId}, ${now}, ${now}) on conflict do nothing returning id`.execute(trx);
  return rows[0]?.id ?? null;
}

/** Marks an assessment as changed, and as everyone's to read or not. */
export async function updateAssessment(
  trx: Trx,
  now: Date,
  id: string,
  { publishedAt }: { publishedAt?: Date | null } = {},
): Promise<void> {
  const published = publishedAt === undefined ? sql`` : sql`, published_at = ${publishedAt}`;
  await sql`update support.assessments set changed_at = ${now}${published} where id = ${id}`.execute(trx);
}

/** Marks the assessments that evidence under this reference is about as changed. */
export async function touchAssessments(
  trx: Trx,
  now: Date,
  { reference, word }: { reference: string; word: string },
): Promise<void> {
  await sql`
    update support.assessments a set changed_at = greatest(a.changed_at, ${now})
    from support.assessed_subjects s, support.doctrine_versions v
    where s.id = a.subject_id and v.id = a.version_id and s.reference = ${reference} and v.word = ${word}`.execute(
    trx,
  );
}

/** What is declared of a criterion. */
export interface NewDeclaration {
  readonly criterion: string;
  readonly outcome: Outcome;
  readonly reason: string;
}

/** Appends declarations. */
export async function insertDeclarations(
  trx: Trx,
  now: Date,
  { assessmentId, byPerson }: { assessmentId: string; byPerson: string | null },
  declarations: readonly NewDeclaration[],
): Promise<void> {
  await sql`
    insert into support.declarations (assessment_id, code, outcome, reason, declared_by, declared_at)
    select ${assessmentId}, criterion, outcome, reason, ${byPerson}::uuid, ${now}
    from jsonb_to_recordset(${JSON.stringify(declarations)}::jsonb) as r (criterion text, outcome text, reason text)`.execute(
    trx,
  );
}

/** Appends evidence; `organisationId` is whose people handed it in, null for a module or an auditor. @returns its id. */
export async function insertEvidence(
  trx: Trx,
  { now, organisationId }: { now: Date; organisationId: string | null },
  evidence: NewEvidence,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into support.evidence (reference, word, code, organisation_id, outcome, source, url, detail, found_at, received_at)
    values (${evidence.subjectRef}, ${evidence.doctrine}, ${evidence.criterion}, ${organisationId}, ${evidence.outcome},
      ${evidence.source}, ${evidence.url}, ${evidence.detail}, ${evidence.at}, ${now})
    returning id`.execute(trx);
  return rows[0]?.id as string;
}
