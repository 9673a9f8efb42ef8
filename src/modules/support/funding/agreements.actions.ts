// Intentions on agreements: signed by both sides, taken back in part, ended. Each is one transaction with its entry in the
// ledger; whoever applied never decides on their own.
import { contractIsSigned, findContract } from '#modules/impact/public.ts';
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { lockedByApplicant, lockedForDecision, recordOnApplication } from './applications.actions.ts';
import { updateApplication, updateSignature } from './applications.repository.ts';
import { contractMustBeSigned, moneyIsNotThere, notInThisState } from './funding.errors.ts';
import type { Application, MoveKind } from './funding.types.ts';
import { releaseInstalments, replaceInstalments } from './instalments.repository.ts';
import { checkedAmount, checkedInstalments, checkedReason } from './typed-funding.rules.ts';
import { moveMoney } from './windows.repository.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** Moves money of a locked application. Throws `support.money-is-not-there`. */
export async function move(
  trx: Trx,
  now: Date,
  { id, windowId }: Application,
  { kind, cents, reason = '' }: { readonly kind: MoveKind; readonly cents: number; readonly reason?: string },
): Promise<void> {
  const isThere = await moveMoney(trx, now, { windowId, applicationId: id, kind, cents, reason });
  if (!isThere) throw moneyIsNotThere();
}

/**
 * Signs the agreement of an awarded application for the directorate, whose success contract both parties signed; `typed`
 * holds one instalment a line. Until the organisation signs, the directorate may sign other instalments in their place.
 * Throws `not-found`, `invalid-input`, `support.contract-must-be-signed`, `support.funding-not-in-this-state`.
 */
export async function signAgreement(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const application = await lockedForDecision(trx, actor, id);
    if (application.state !== 'awarded') throw notInThisState();
    const contract =
      application.contractId === null ? undefined : await findContract(trx, application.contractId);
    if (!contract || !contractIsSigned(contract)) throw contractMustBeSigned();
    const { value, faults } = checkedInstalments(typed, application.awardedCents);
    if (faults) throw invalidInput({ fields: faults });
    await replaceInstalments(trx, id, value);
    const now = clock.now();
    await updateSignature(trx, now, id, { side: 'state', personId: actor.personId });
    await recordOnApplication(trx, now, actor, application, {
      kind: 'agreement-signed',
      data: {
        by: 'state',
        contractId: contract.id,
        instalments: value.map(({ amountCents }) => amountCents),
      },
    });
  });
}

/**
 * Signs the agreement for the organisation, as the directorate signed it at the moment `read` (ISO 8601): what was changed
 * since then was not read, and is not signed. From here on the instalments wait for their conditions.
 * Throws `not-found`, `support.contract-must-be-signed`, `support.funding-not-in-this-state`.
 */
export async function countersignAgreement(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  read: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const application = await lockedByApplicant(trx, actor, id);
    const { state, stateSigned, contractId } = application;
    if (state !== 'awarded' || stateSigned?.at.toISOString() !== read) throw notInThisState();
    const contract = contractId === null ? undefined : await findContract(trx, contractId);
    if (!contract || !contractIsSigned(contract)) throw contractMustBeSigned();
    const now = clock.now();
    await updateSignature(trx, now, id, { side: 'organisation', personId: actor.personId });
    await updateApplication(trx, id, { state: 'agreed' });
    await recordOnApplication(trx, now, actor, application, {
      kind: 'agreement-signed',
      data: { by: 'organisation', contractId },
    });
  });
}

/** Takes back part of what was paid, with the reason. Throws `not-found`, `invalid-input`, `support.money-is-not-there`. */
export async function clawBack(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: { readonly amount: string; readonly reason: string },
): Promise<void> {
  const [amount, reason] = [checkedAmount(typed.amount), checkedReason(typed.reason)];
  if (amount.faults || reason.faults) {
    throw invalidInput({ fields: [...(amount.faults ?? []), ...(reason.faults ?? [])] });
  }
  await db.transaction().execute(async (trx) => {
    const application = await lockedForDecision(trx, actor, id);
    if (!['agreed', 'closed'].includes(application.state)) throw notInThisState();
    const now = clock.now();
    await move(trx, now, application, { kind: 'clawed-back', cents: amount.value, reason: reason.value });
    await recordOnApplication(trx, now, actor, application, {
      kind: 'payment-clawed-back',
      data: { cents: amount.value },
    });
  });
}

/**
 * Ends an award before its agreement (cancelled), or an agreement (closed), with what it brought: what was committed and
 * not paid goes back to the window. Throws `not-found`, `invalid-input`, `support.funding-not-in-this-state`.
 */
export async function endFunding(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: string,
): Promise<void> {
  const { value: outcome, faults } = checkedReason(typed, 'outcome');
  if (faults) throw invalidInput({ fields: faults });
  await db.transaction().execute(async (trx) => {
    const application = await lockedForDecision(trx, actor, id);
    if (!['awarded', 'agreed'].includes(application.state)) throw notInThisState();
    const now = clock.now();
    const cents = application.committedCents;
    await move(trx, now, application, { kind: 'released', cents });
    await releaseInstalments(trx, id);
    const isAgreed = application.state === 'agreed';
    await updateApplication(trx, id, { state: isAgreed ? 'closed' : 'cancelled', outcome });
    await recordOnApplication(trx, now, actor, application, {
      kind: isAgreed ? 'agreement-closed' : 'award-cancelled',
      data: { releasedCents: cents },
    });
  });
}
