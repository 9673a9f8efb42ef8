// Exemptions: asked by the organisation, granted for a time or refused by an auditor. Each is one transaction.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { ledgerActorOf, mayDecide } from './assessment-access.rules.ts';
import { assessmentAt, readableBy } from './assessment-at.ts';
import { lockOwnAssessment } from './assessments.actions.ts';
import { exemptionIsElsewhere, ownExemption } from './doctrines.errors.ts';
import { insertExemption, lockExemption, updateExemption } from './exemptions.repository.ts';
import { decisionAsTyped, exemptionAsTyped } from './typed-assessment.rules.ts';

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

/**
 * Grants an exemption, for what was asked or a shorter time, or refuses it. Throws `not-found`, `support.own-exemption`,
 * `support.exemption-is-elsewhere` when it was decided, or `invalid-input`.
 */
export async function decideExemption(
  { db, clock, config }: Needs,
  actor: Actor,
  { assessmentId, exemptionId }: { readonly assessmentId: string; readonly exemptionId: string },
  typed: { readonly decision: string; readonly reason: string; readonly until: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { subjectId, word } = await assessmentAt(trx, readableBy(actor), assessmentId);
    const exemption = isUuid(exemptionId) ? await lockExemption(trx, subjectId, exemptionId) : undefined;
    if (!exemption || exemption.word !== word) throw notFound();
    if (!mayDecide(actor, exemption)) throw ownExemption();
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
