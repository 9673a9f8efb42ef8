// Assessments: begun, declared criterion by criterion, published, done anew against a new version. Each is one transaction.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { assessesFor, assessmentsSeenBy, ledgerActorOf, mayAssess } from './assessment-access.rules.ts';
import { type WholeAssessment, withFindings } from './assessment-at.ts';
import {
  insertAssessment,
  insertDeclarations,
  listSubjects,
  lockAssessment,
  type Subject,
  subjectFor,
  updateAssessment,
} from './assessments.repository.ts';
import { alreadyAssessed } from './doctrines.errors.ts';
import { listDoctrines } from './doctrines.repository.ts';
import {
  type DeclarationInput,
  type SubjectInput,
  sayingsOf,
  subjectAsTyped,
} from './typed-assessment.rules.ts';
import { keptCodes } from './versions.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** What begins assessments: a known subject, or a new one of an organisation, and the doctrines. */
export interface NewAssessmentInput extends SubjectInput {
  /** The id of a known subject; empty for a new one. */
  readonly subjectId: string;
  readonly organisationId: string;
  readonly doctrines: readonly string[];
}

/**
 * The assessment with this id for a change by the actor, held until `trx` ends. Throws `not-found`, or `role-required`
 * when they see it and do not assess for its organisation.
 */
export async function lockOwnAssessment(trx: Trx, actor: Actor, id: string): Promise<WholeAssessment> {
  const found = isUuid(id) ? await lockAssessment(trx, assessmentsSeenBy(actor), id) : undefined;
  if (!found) throw notFound();
  if (!mayAssess(actor, found.organisationId)) throw roleRequired();
  const [whole] = await withFindings(trx, [found]);
  return whole as WholeAssessment;
}

async function subjectAsked(
  trx: Trx,
  now: Date,
  actor: Actor,
  input: NewAssessmentInput,
  faults: FieldError[],
): Promise<Subject | null> {
  if (input.subjectId !== '') {
    const known = await listSubjects(trx, assessesFor(actor));
    const subject = known.find(({ id }) => id === input.subjectId);
    if (subject) return subject;
    faults.push({
      field: 'subjectId',
      text: { fr: 'Choisissez un produit de la liste.', en: 'Choose a product of the list.' },
    });
    return null;
  }
  const typed = subjectAsTyped(input);
  faults.push(...typed.faults);
  if (!mayAssess(actor, input.organisationId))
    faults.push({
      field: 'organisationId',
      text: { fr: 'Choisissez votre organisation.', en: 'Choose your organisation.' },
    });
  if (faults.length > 0) return null;
  return subjectFor(trx, now, { ...typed.value, organisationId: input.organisationId });
}

/**
 * Begins the assessment of a subject against the versions in force of these doctrines. @returns the ids of the new
 * assessments, in the order of doctrines. Throws `invalid-input`, or `support.already-assessed` when all are there.
 */
export async function beginAssessments(
  { db, clock }: Needs,
  actor: Actor,
  input: NewAssessmentInput,
): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const asked = new Set(input.doctrines);
    const doctrines = (await listDoctrines(trx)).filter(({ word }) => asked.has(word));
    const faults: FieldError[] = [];
    if (doctrines.length === 0 || doctrines.length < asked.size)
      faults.push({
        field: 'doctrines',
        text: { fr: 'Choisissez au moins une doctrine.', en: 'Choose at least one doctrine.' },
      });
    const subject = await subjectAsked(trx, now, actor, input, faults);
    if (subject === null || faults.length > 0) throw invalidInput({ fields: faults });
    const begun: string[] = [];
    for (const { word, inForce } of doctrines) {
      if (inForce === null) continue;
      const id = await insertAssessment(trx, now, { subjectId: subject.id, versionId: inForce.id });
      if (id === null) continue;
      begun.push(id);
      await appendToLedger(trx, now, {
        kind: 'support.assessment-begun',
        subject: `support/assessment/${id}`,
        actor: ledgerActorOf(actor, subject.organisationId),
        data: { subject: subject.id, reference: subject.reference, doctrine: word, version: inForce.number },
      });
    }
    if (begun.length === 0) throw alreadyAssessed();
    return begun;
  });
}

/**
 * Declares what is new about criteria. Throws as `lockOwnAssessment` does, or `invalid-input` with a fault for each
 * criterion that is wrong: nothing is kept then.
 */
export async function declare(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: readonly DeclarationInput[],
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const assessment = await lockOwnAssessment(trx, actor, id);
    const { value, faults } = sayingsOf(assessment.findings.criteria, typed);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    if (value.length === 0) return 0;
    const now = clock.now();
    await insertDeclarations(trx, now, { assessmentId: id, byPerson: actor.personId }, value);
    await updateAssessment(trx, now, id);
    await appendToLedger(trx, now, {
      kind: 'support.conformity-declared',
      subject: `support/assessment/${id}`,
      actor: ledgerActorOf(actor, assessment.organisationId),
      data: { outcomes: Object.fromEntries(value.map(({ criterion, outcome }) => [criterion, outcome])) },
    });
    if (assessment.publishedAt !== null) await publicDataChanged(trx);
    return value.length;
  });
}

/** Shows an assessment to everyone, or takes it back to the organisation. Throws as `lockOwnAssessment` does. */
export async function showAssessment(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  isPublic: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const assessment = await lockOwnAssessment(trx, actor, id);
    if ((assessment.publishedAt !== null) === isPublic) return;
    const now = clock.now();
    await updateAssessment(trx, now, id, { publishedAt: isPublic ? now : null });
    await appendToLedger(trx, now, {
      kind: isPublic ? 'support.assessment-published' : 'support.assessment-withdrawn',
      subject: `support/assessment/${id}`,
      actor: ledgerActorOf(actor, assessment.organisationId),
      data: { conformity: assessment.findings.conformity },
    });
    await publicDataChanged(trx);
  });
}

/**
 * Assesses the subject anew against the version in force; what was declared of criteria that are word for word the same
 * is taken along. @returns the new assessment's id. Throws as `lockOwnAssessment` does, or `support.already-assessed`.
 */
export async function renewAssessment({ db, clock }: Needs, actor: Actor, id: string): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const before = await lockOwnAssessment(trx, actor, id);
    const now = clock.now();
    const doctrine = (await listDoctrines(trx)).find(({ word }) => word === before.word);
    const inForce = doctrine?.inForce ?? null;
    const renewed =
      inForce && (await insertAssessment(trx, now, { subjectId: before.subjectId, versionId: inForce.id }));
    if (inForce === null || renewed === null) throw alreadyAssessed();
    const after = await lockOwnAssessment(trx, actor, renewed);
    const kept = new Set(keptCodes(before.version.criteria, after.version.criteria));
    const taken = before.findings.criteria.flatMap(({ criterion, declaration }) =>
      declaration && kept.has(criterion.code)
        ? [{ criterion: criterion.code, outcome: declaration.outcome, reason: declaration.reason }]
        : [],
    );
    if (taken.length > 0)
      await insertDeclarations(trx, now, { assessmentId: renewed, byPerson: actor.personId }, taken);
    await appendToLedger(trx, now, {
      kind: 'support.assessment-renewed',
      subject: `support/assessment/${renewed}`,
      actor: ledgerActorOf(actor, before.organisationId),
      data: { before: id, version: inForce.number, taken: taken.map(({ criterion }) => criterion) },
    });
    return renewed;
  });
}
