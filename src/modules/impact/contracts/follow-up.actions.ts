// Intentions on what surrounds a running contract: whether its guardrails hold, and what it saved. One transaction each.
import type { Actor } from '#platform/access.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { decimalAsTyped } from '#platform/typed-text.ts';
import { actsForTheState, contractActorOf, ownsContract, reviewsContract } from './contract-access.rules.ts';
import { lockedContractAt } from './contract-at.ts';
import { recordContractEvent } from './contract-events.ts';
import { contractIsSigned } from './contract-reads.ts';
import { contractIsElsewhere } from './contracts.errors.ts';
import { updateGuardrails } from './contracts.repository.ts';
import { mayBeReviewed } from './contracts.rules.ts';
import {
  type Contract,
  GUARDRAIL_STATES,
  GUARDRAILS,
  SAVING_KINDS,
  type SavingKind,
} from './contracts.types.ts';
import { insertSaving } from './reviews.repository.ts';
import { wordsAsTyped } from './typed-reason.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

function refuse(field: string, fr: string, en: string): never {
  const fault: FieldError = { field, text: { fr, en } };
  throw invalidInput({ fields: [fault] });
}

/** Which kinds of savings the actor may record: who owns the contract declares, who acts for the State audits. */
export function savingsRecordedBy(actor: Actor, contract: Contract): SavingKind[] {
  if (!contractIsSigned(contract)) return [];
  if (ownsContract(actor, contract)) return ['declared'];
  return actsForTheState(actor, contract) ? ['audited', 'cashed'] : [];
}

/** Tells whether the actor records the state of guardrails: the reviewer and the State do, who own the contract do not. */
export function checksGuardrails(actor: Actor, contract: Contract): boolean {
  return mayBeReviewed(contract) && (reviewsContract(actor, contract) || actsForTheState(actor, contract));
}

/** Records a figure of savings beside those before it. Throws `not-found`, `role-required`, `invalid-input`. */
export async function recordSaving(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: { readonly kind: string; readonly amountEuros: string; readonly evidence: string },
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const contract = await lockedContractAt(trx, actor, id);
    const kinds = savingsRecordedBy(actor, contract);
    if (kinds.length === 0) throw roleRequired();
    const kind = SAVING_KINDS.find((one) => one === typed.kind && kinds.includes(one));
    if (!kind) refuse('kind', 'Choisissez une des valeurs proposées.', 'Choose one of the values offered.');
    const amountEuros = decimalAsTyped(typed.amountEuros);
    if (!(amountEuros >= 0 && amountEuros <= 1e12)) {
      refuse('amountEuros', 'Saisissez un montant en euros.', 'Enter an amount in euros.');
    }
    const evidence = wordsAsTyped('evidence', typed.evidence);
    await insertSaving(trx, now, { contractId: id, kind, amountEuros, evidence, personId: actor.personId });
    await recordContractEvent(trx, now, id, {
      kind: `savings-${kind}`,
      actor: contractActorOf(actor, contract),
      data: { amountEuros, evidence },
    });
  });
}

/** Records whether a guardrail holds, with what proves it. Throws `not-found`, `role-required`, `invalid-input`. */
export async function recordGuardrail(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: { readonly guardrail: string; readonly state: string; readonly evidence: string },
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const contract = await lockedContractAt(trx, actor, id);
    if (!mayBeReviewed(contract)) throw contractIsElsewhere();
    if (!checksGuardrails(actor, contract)) throw roleRequired();
    const guardrail = GUARDRAILS.find((one) => one === typed.guardrail);
    const state = GUARDRAIL_STATES.find((one) => one === typed.state);
    if (!guardrail) refuse('guardrail', 'Choisissez un garde-fou.', 'Choose a guardrail.');
    if (!state) refuse('state', 'Choisissez une des valeurs proposées.', 'Choose one of the values offered.');
    const evidence = wordsAsTyped('evidence', typed.evidence);
    await updateGuardrails(trx, now, id, {
      ...contract.guardrails,
      [guardrail]: { state, evidence, at: now.toISOString() },
    });
    await recordContractEvent(trx, now, id, {
      kind: 'guardrail-checked',
      actor: contractActorOf(actor, contract),
      data: { guardrail, state, evidence },
    });
  });
}
