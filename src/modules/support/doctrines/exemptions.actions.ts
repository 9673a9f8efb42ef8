// Exemptions: asked by the organisation, granted for a time or refused by an auditor. Each is one transaction.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { ledgerActorOf, mayDecide } from './assessment-access.rules.ts';
import { assessmentAt, readableBy } from './assessment-at.ts';
import { lockOwnAssessment } from './assessments.actions.ts';
import { exemptionState } from './assessments.rules.ts';
import { exemptionIsElsewhere, exemptionIsNotInForce, ownExemption } from './doctrines.errors.ts';
import { tellHolders } from './exemption-mail.ts';
import { insertExemption, lockExemption, updateExemption, updateWithdrawn } from './exemptions.repository.ts';
import { decisionAsTyped, exemptionAsTyped, withdrawalAsTyped } from './typed-assessment.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config'>;

/**
 * Asks for an exemption of an assessment's subject from its doctrine. @returns its id. Throws as `lockOwnAssessment` does,
 * `invalid-input`, or `support.exemption-is-elsewhere` when one waits already.
 */
export async function askExemption(
  { db, clock, config }: Needs,
  actor: Actor,
  assessmentId: string,
  typed: { readonly reason: string; readonly until: string },
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const { subjectId, word, organisationId } = await lockOwnAssessment(trx, actor, assessmentId);
    const now = clock.now();
    const { value, faults } = exemptionAsTyped(typed, dayIn(now, config.timeZone));
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const id = await insertExemption(trx, now, { ...value, subjectId, word, by: actor.personId });
    if (id === null) throw exemptionIsElsewhere();
    await appendToLedger(trx, now, {
      kind: 'support.exemption-asked',
      subject: `support/exemption/${id}`,
      actor: ledgerActorOf(actor, organisationId),
      data: { subject: subjectId, doctrine: word, until: value.until },
    });
    return id;
  });
}

interface ExemptionKey {
  readonly assessmentId: string;
  readonly exemptionId: string;
}

async function lockToDecide(trx: Trx, actor: Actor, { assessmentId, exemptionId }: ExemptionKey) {
  const assessment = await assessmentAt(trx, readableBy(actor), assessmentId);
  const { subjectId, word } = assessment;
  const exemption = isUuid(exemptionId) ? await lockExemption(trx, subjectId, exemptionId) : undefined;
  if (!exemption || exemption.word !== word) throw notFound();
  if (!mayDecide(actor, exemption)) throw ownExemption();
  return { assessment, exemption, subjectId, word };
}

/**
 * Grants an exemption, for what was asked or a shorter time, or refuses it. Throws `not-found`, `support.own-exemption`,
 * `support.exemption-is-elsewhere` when it was decided, or `invalid-input`.
 */
export async function decideExemption(
  { db, clock, config }: Needs,
  actor: Actor,
  { assessmentId, exemptionId }: ExemptionKey,
  typed: { readonly decision: string; readonly reason: string; readonly until: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { exemption, subjectId, word } = await lockToDecide(trx, actor, { assessmentId, exemptionId });
    if (exemption.decision !== null) throw exemptionIsElsewhere();
    const now = clock.now();
    const { value, faults } = decisionAsTyped(typed, {
      today: dayIn(now, config.timeZone),
      askedUntil: exemption.askedUntil,
    });
    if (faults.length > 0) throw invalidInput({ fields: faults });
    await updateExemption(trx, now, exemption.id, { ...value, by: actor.personId });
    await appendToLedger(trx, now, {
      kind: value.decision === 'granted' ? 'support.exemption-granted' : 'support.exemption-refused',
      subject: `support/exemption/${exemption.id}`,
      actor: ledgerActorOf(actor, null),
      data: { subject: subjectId, doctrine: word, until: value.until },
    });
    await publicDataChanged(trx);
  });
}

/**
 * Takes back an exemption in force, with the reason, from this moment on; its holders are told by mail. Throws `not-found`,
 * `support.own-exemption`, `support.exemption-is-not-in-force`, or `invalid-input`.
 */
export async function withdrawExemption(
  { db, clock, config, mailer }: Needs & Pick<Kernel, 'mailer'>,
  actor: Actor,
  at: ExemptionKey,
  typed: string,
): Promise<void> {
  const { value: reason, faults } = withdrawalAsTyped(typed);
  await db.transaction().execute(async (trx) => {
    const { assessment, exemption, subjectId, word } = await lockToDecide(trx, actor, at);
    const now = clock.now();
    const { until } = exemption;
    if (until === null || exemptionState(exemption, dayIn(now, config.timeZone)) !== 'granted')
      throw exemptionIsNotInForce();
    if (faults.length > 0) throw invalidInput({ fields: faults });
    await updateWithdrawn(trx, now, exemption.id, { reason, by: actor.personId });
    await appendToLedger(trx, now, {
      kind: 'support.exemption-withdrawn',
      subject: `support/exemption/${exemption.id}`,
      actor: ledgerActorOf(actor, null),
      data: { subject: subjectId, doctrine: word, until },
    });
    const { subjectName, doctrineTitle, organisationId } = assessment;
    const { id, askedBy } = exemption;
    const told = { id, subjectId, word, subjectName, doctrineTitle, organisationId, askedBy, until };
    await tellHolders(
      { mailer, config, clock },
      trx,
      { ...told, assessmentId: at.assessmentId },
      {
        kind: 'withdrawn',
        reason,
      },
    );
    await publicDataChanged(trx);
  });
}
