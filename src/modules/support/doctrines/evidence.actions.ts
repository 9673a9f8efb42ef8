// Evidence that is handed in: by another module through the public door, or by a person over the API.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput } from '#platform/errors.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { ledgerActorOf, oversees } from './assessment-access.rules.ts';
import { assessmentAt, readableBy } from './assessment-at.ts';
import { insertEvidence, touchAssessments } from './assessments.repository.ts';
import type { NewEvidence } from './assessments.types.ts';
import { hasCriterion } from './doctrines.repository.ts';
import { evidenceAsTyped } from './typed-assessment.rules.ts';

const BY_MODULE: LedgerActor = { kind: 'system', name: 'support.record-evidence' };

async function keep(
  trx: Trx,
  given: NewEvidence,
  { now, by, organisationId }: { now: Date; by: LedgerActor; organisationId: string | null },
): Promise<string> {
  const { value, faults } = evidenceAsTyped(given, now);
  const all = [...faults];
  if (!(await hasCriterion(trx, value.doctrine, value.criterion)))
    all.push({
      field: 'criterion',
      text: {
        fr: 'Cette doctrine n’a pas de critère de ce code.',
        en: 'This doctrine has no criterion with this code.',
      },
    });
  if (all.length > 0) throw invalidInput({ fields: all });
  const id = await insertEvidence(trx, { now, organisationId }, value);
  await touchAssessments(trx, now, { reference: value.subjectRef, word: value.doctrine });
  await appendToLedger(trx, now, {
    kind: 'support.evidence-recorded',
    subject: `support/evidence/${id}`,
    actor: by,
    data: {
      reference: value.subjectRef,
      doctrine: value.doctrine,
      criterion: value.criterion,
      outcome: value.outcome,
      source: value.source,
    },
  });
  await publicDataChanged(trx);
  return id;
}

/**
 * Hands in evidence about a subject's criterion in the caller's transaction; it waits for an assessment when there is none
 * yet. `now` is when it arrives: when it was found unless told. @returns its id. Throws `invalid-input` when the doctrine has
 * no such criterion, it is dated after `now` or a field is wrong.
 */
export async function recordEvidence(
  trx: Trx,
  evidence: NewEvidence,
  now: Date = evidence.at,
): Promise<string> {
  return keep(trx, evidence, { now, by: BY_MODULE, organisationId: null });
}

/**
 * Hands in evidence on an assessment that the actor sees. What an organisation hands in of itself names the address where
 * it can be checked and counts for its own subject alone. Throws `not-found` or `invalid-input`.
 */
export async function handInEvidence(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  actor: Actor,
  assessmentId: string,
  given: Omit<NewEvidence, 'subjectRef' | 'doctrine'>,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const assessment = await assessmentAt(trx, readableBy(actor), assessmentId);
    if (given.url === null && !oversees(actor))
      throw invalidInput({
        fields: [
          {
            field: 'url',
            text: {
              fr: 'Donnez l’adresse où la preuve se lit.',
              en: 'Give the address where the evidence can be read.',
            },
          },
        ],
      });
    const now = clock.now();
    const evidence = { ...given, subjectRef: assessment.subjectRef, doctrine: assessment.word };
    return keep(trx, evidence, {
      now,
      by: ledgerActorOf(actor, assessment.organisationId),
      organisationId: assessment.organisationId,
    });
  });
}
