// When what may be done to a contract. Pure: who may is in contract-access.rules.ts.
import { dayAfter } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { isDay } from '#platform/typed-text.ts';
import type { Contract, ContractSignature, ContractState, Decision, Party } from './contracts.types.ts';
import type { ContractReview } from './reviews.types.ts';

/** The states in which the terms bind and measures are awaited. */
const RUNNING: readonly ContractState[] = ['signed', 'amended', 'extended'];

/** Tells whether the contract runs: signed, not yet measured at its deadline. */
export function isRunning({ state }: Pick<Contract, 'state'>): boolean {
  return RUNNING.includes(state);
}

/** Tells whether a new version of the terms may be proposed: not once it was measured, or given more time. */
export function mayBeAmended({ state }: Pick<Contract, 'state'>): boolean {
  return state === 'signed' || state === 'amended';
}

/** Tells whether the contract may be given up. */
export function mayBeAbandoned({ state }: Pick<Contract, 'state'>): boolean {
  return state === 'draft' || isRunning({ state });
}

/** Tells whether its reviewer may take a review now. */
export function mayBeReviewed({ state }: Pick<Contract, 'state'>): boolean {
  return isRunning({ state }) || state === 'measured' || state === 'unmeasured';
}

/** Tells whether the last review may be judged: one at the deadline always, an earlier one as well, each once. */
export function mayBeJudged(
  { state }: Pick<Contract, 'state'>,
  latest: Pick<ContractReview, 'judgement'> | undefined,
): boolean {
  return mayBeReviewed({ state }) && latest !== undefined && latest.judgement === null;
}

/** The parties that signed a version, void signatures left out. */
export function partiesThatSigned(signatures: readonly ContractSignature[], version: number): Party[] {
  return signatures.filter((one) => one.version === version && one.voidAt === null).map(({ party }) => party);
}

/** The state into which the second signature of a version brings the contract. */
export function stateOnceSigned(version: number): ContractState {
  return version === 1 ? 'signed' : 'amended';
}

/** The state into which a decision brings the contract: more time makes it run on, all else ends it. */
export function stateOnceJudged(decision: Decision): ContractState {
  return decision === 'extend-once' ? 'extended' : 'judged';
}

/** Most days that an extension lasts: it is time-boxed. */
const LONGEST_EXTENSION_DAYS = 366;

/** What is wrong with a judgement; empty when it may be recorded. `today` is YYYY-MM-DD. */
export function faultsOfJudgement(
  typed: { readonly decision: Decision; readonly reason: string; readonly extendedUntil: string | null },
  contract: Pick<Contract, 'wasExtended' | 'deadline'>,
  { proposal, today }: { readonly proposal: Decision; readonly today: string },
): FieldError[] {
  const faults: FieldError[] = [];
  if (typed.reason === '' && typed.decision !== proposal) {
    faults.push({
      field: 'reason',
      text: {
        fr: 'Dites pourquoi vous décidez autre chose que ce que la règle propose.',
        en: 'Say why you decide something other than what the rule proposes.',
      },
    });
  }
  if (typed.decision !== 'extend-once') return faults;
  if (contract.wasExtended) {
    faults.push({
      field: 'decision',
      text: {
        fr: 'Choisissez autre chose\u00A0: ce contrat a déjà été prolongé, et on ne prolonge qu’une fois.',
        en: 'Choose something else: this contract was extended already, and that is done once.',
      },
    });
  }
  const from = contract.deadline > today ? contract.deadline : today;
  const until = typed.extendedUntil ?? '';
  const latest = dayAfter(from, LONGEST_EXTENSION_DAYS);
  if (!isDay(until) || until <= from || until > latest) {
    faults.push({
      field: 'extendedUntil',
      text: {
        fr: 'Fixez une nouvelle échéance, à venir et dans un an au plus.',
        en: 'Set a new deadline that is to come, within a year.',
      },
    });
  }
  return faults;
}
