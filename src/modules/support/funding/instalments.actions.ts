// Intentions on instalments: evidence, verification, payment. Each is one transaction with its entry in the ledger; whoever
// applied never verifies or pays.

import { findContract, findIndicator, latestVerdictOf, readSeries } from '#modules/impact/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { move } from './agreements.actions.ts';
import { lockedByApplicant, lockedForDecision, recordOnApplication } from './applications.actions.ts';
import { conditionDoesNotHold, notInThisState } from './funding.errors.ts';
import type { Application, Instalment } from './funding.types.ts';
import { findInstalment, updateEvidence, updatePaid, updateVerified } from './instalments.repository.ts';
import { checkedReason } from './typed-funding.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

async function instalmentOf(trx: Trx, application: Application, id: string): Promise<Instalment> {
  const found = isUuid(id) ? await findInstalment(trx, application.id, id) : undefined;
  if (!found) throw notFound();
  if (application.state !== 'agreed') throw notInThisState();
  return found;
}

/** Which instalment of which application. */
export interface InstalmentKey {
  readonly applicationId: string;
  readonly instalmentId: string;
}

/** The organisation hands in what shows that a milestone is reached. Throws `not-found`, `invalid-input`. */
export async function handInEvidence(
  { db, clock }: Needs,
  actor: Actor,
  { applicationId, instalmentId }: InstalmentKey,
  typed: string,
): Promise<void> {
  const { value: evidence, faults } = checkedReason(typed, 'evidence');
  if (faults) throw invalidInput({ fields: faults });
  await db.transaction().execute(async (trx) => {
    const application = await lockedByApplicant(trx, actor, applicationId);
    const instalment = await instalmentOf(trx, application, instalmentId);
    if (!['waiting', 'evidenced'].includes(instalment.state)) throw notInThisState();
    await updateEvidence(trx, instalmentId, { evidence, personId: actor.personId });
    await recordOnApplication(trx, clock.now(), actor, application, {
      kind: 'instalment-evidenced',
      data: { instalmentId },
    });
  });
}

async function holds(
  trx: Trx,
  { contractId }: Application,
  { instalment, today }: { readonly instalment: Instalment; readonly today: string },
): Promise<boolean> {
  if (instalment.condition === 'milestone') return instalment.state === 'evidenced';
  if (instalment.condition === 'measure') return indicatorReaches(trx, contractId, { instalment, today });
  const review = contractId === null ? null : await latestVerdictOf(trx, contractId);
  return review !== null && !review.hadNoMeasure && review.judgement?.decision === 'scale';
}

/** By months, so that one good day does not pay: the last one up to the instalment's day decides. */
async function indicatorReaches(
  trx: Trx,
  contractId: string | null,
  { instalment: { dueOn, threshold }, today }: { readonly instalment: Instalment; readonly today: string },
): Promise<boolean> {
  const terms = contractId === null ? undefined : (await findContract(trx, contractId))?.terms;
  if (!terms || threshold === null) return false;
  const { indicatorId, baselineOn: from } = terms;
  const until = dueOn < today ? dueOn : today;
  const [indicator, series] = await Promise.all([
    findIndicator(trx, indicatorId),
    readSeries(trx, { indicatorId, origin: 'measured', from, until, by: 'month' }),
  ]);
  const last = series.at(-1);
  if (!indicator || !last) return false;
  return indicator.direction === 'up' ? last.value >= threshold : last.value <= threshold;
}

/**
 * Verifies the condition of an instalment: a milestone's evidence is accepted, a verdict was judged and says to scale, the
 * contract's indicator as it is measured reaches its value.
 * Throws `not-found`, `support.applicant-may-not-verify`, `support.condition-does-not-hold`.
 */
export async function verifyInstalment(
  { db, clock, config }: Needs & Pick<Kernel, 'config'>,
  actor: Actor,
  { applicationId, instalmentId }: InstalmentKey,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const application = await lockedForDecision(trx, actor, applicationId);
    const instalment = await instalmentOf(trx, application, instalmentId);
    if (!['waiting', 'evidenced'].includes(instalment.state)) throw notInThisState();
    const now = clock.now();
    const today = dayIn(now, config.timeZone);
    if (!(await holds(trx, application, { instalment, today }))) throw conditionDoesNotHold();
    await updateVerified(trx, now, instalmentId, { personId: actor.personId });
    await recordOnApplication(trx, now, actor, application, {
      kind: 'instalment-verified',
      data: { instalmentId, condition: instalment.condition },
    });
  });
}

/** Pays a verified instalment, once. Throws `not-found`, `support.condition-does-not-hold`, `support.money-is-not-there`. */
export async function payInstalment(
  { db, clock }: Needs,
  actor: Actor,
  { applicationId, instalmentId }: InstalmentKey,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const application = await lockedForDecision(trx, actor, applicationId);
    const instalment = await instalmentOf(trx, application, instalmentId);
    if (instalment.state !== 'verified') throw conditionDoesNotHold();
    const now = clock.now();
    const cents = instalment.amountCents;
    await move(trx, now, application, { kind: 'paid', cents });
    await updatePaid(trx, now, instalmentId);
    await recordOnApplication(trx, now, actor, application, {
      kind: 'instalment-paid',
      data: { instalmentId, cents },
    });
  });
}
