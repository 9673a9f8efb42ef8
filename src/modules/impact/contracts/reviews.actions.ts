// Intentions on what was measured: review, judge, and the daily look at deadlines. Each is one transaction with its line
// in the ledger; modules above are told within it.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { invalidInput } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { tidied } from '#platform/typed-text.ts';
import { isLowReview, proposalOf } from '../verdicts/proposal.rules.ts';
import { verdictOf } from '../verdicts/verdict.rules.ts';
import type { Verdict } from '../verdicts/verdicts.types.ts';
import { contractActorOf, reviewsContract } from './contract-access.rules.ts';
import { lockedContractAt } from './contract-at.ts';
import { recordContractEvent } from './contract-events.ts';
import { listContractIndicators, readContractSeries } from './contract-indicators.ts';
import { contractIsElsewhere, reviewedToday } from './contracts.errors.ts';
import { listDueIds, lockContract, updateContractState, withdrawProposed } from './contracts.repository.ts';
import {
  faultsOfJudgement,
  isRunning,
  mayBeJudged,
  mayBeReviewed,
  stateOnceJudged,
} from './contracts.rules.ts';
import { type Contract, type Decision, GUARDRAILS, type NamedContract } from './contracts.types.ts';
import { insertJudgement, insertReview, listReviews } from './reviews.repository.ts';
import type { ContractReview } from './reviews.types.ts';
import { areWords } from './terms.rules.ts';
import { type ContractSeries, lastDayOf, stepOf, verdictInputOf } from './verdict-input.rules.ts';
import { tellVerdict } from './verdict-watchers.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** A contract's measures until `day` (never beyond its deadline), and the verdict that they give. */
export async function measureContract(
  db: Db,
  contract: Pick<Contract, 'terms' | 'deadline'>,
  day: string,
): Promise<{ series: ContractSeries; step: 'month' | 'week'; verdict: Verdict }> {
  const { terms } = contract;
  const until = lastDayOf(contract, day);
  const step = stepOf(terms, until);
  const [[indicator], series] = await Promise.all([
    listContractIndicators(db, [terms.indicatorId]),
    readContractSeries(db, terms, { until, step }),
  ]);
  const direction = indicator?.direction ?? 'up';
  return { series, step, verdict: verdictOf(verdictInputOf(terms, direction, step, series)) };
}

/** What one unit of effect cost, in euros; null where no effect was told, or none in the wanted direction. */
export function costPerOutcomeOf(verdict: Verdict, costEuros: number): number | null {
  return verdict.kind === 'told' && verdict.effect > 0 ? costEuros / verdict.effect : null;
}

async function recordReview(
  { db, config }: Needs,
  trx: Trx,
  now: Date,
  contract: NamedContract,
  actor: LedgerActor,
): Promise<void> {
  const today = dayIn(now, config.timeZone);
  const { id, terms, version } = contract;
  const earlier = await listReviews(trx, id);
  const { series, verdict } = await measureContract(trx, contract, today);
  const isPast = contract.deadline < today;
  const measured = [...series.after, ...[...series.compared.values()].flat()];
  const hadNoMeasure = isPast && !measured.some(({ day }) => day > terms.baselineOn);
  const { proposal, because } = proposalOf({
    verdict,
    rule: terms.rule,
    costPerOutcome: costPerOutcomeOf(verdict, terms.costEuros),
    ceiling: terms.costCeilingEuros,
    earlierLowReviews: earlier.filter((one) => isLowReview(one.verdict, terms.rule)).length,
    alreadyExtended: contract.wasExtended,
    guardrailsKept: GUARDRAILS.every((one) => contract.guardrails[one]?.state === 'kept'),
  });
  const review = {
    contractId: id,
    version,
    occasion: isPast ? 'deadline' : 'interim',
    at: now,
    verdict,
    hadNoMeasure,
    proposal,
    because,
  } as const;
  const reviewId = await insertReview(trx, review);
  if (isPast) {
    // An amendment that nobody signed in time comes too late.
    await withdrawProposed(trx, id);
    const change = hadNoMeasure ? { state: 'unmeasured', noMeasureAt: now } : { state: 'measured' };
    await updateContractState(trx, now, id, change as Parameters<typeof updateContractState>[3]);
  }
  await recordContractEvent(trx, now, id, {
    kind: hadNoMeasure ? 'found-without-measure' : 'reviewed',
    actor,
    data: { reviewId, version, occasion: review.occasion, verdict: { ...verdict }, proposal, because },
  });
  const news = { ...review, id: reviewId, judgement: null, organisationId: contract.organisationId };
  await tellVerdict(db, trx, now, news);
}

async function reviewedAt(trx: Trx, actor: Actor, id: string): Promise<NamedContract> {
  const contract = await lockedContractAt(trx, actor, id);
  if (!reviewsContract(actor, contract)) throw roleRequired();
  return contract;
}

/**
 * Takes a review: computes the verdict from what was measured so far, and what the registered rule proposes. Once a day,
 * by the reviewer alone. Throws `not-found`, `role-required`, `impact.contract-is-in-another-state`,
 * `impact.contract-reviewed-today`.
 */
export async function takeReview(needs: Needs, actor: Actor, id: string): Promise<void> {
  const { db, clock, config } = needs;
  const now = clock.now();
  const dayOf = (moment: Date) => dayIn(moment, config.timeZone);
  await db.transaction().execute(async (trx) => {
    const contract = await reviewedAt(trx, actor, id);
    if (!mayBeReviewed(contract)) throw contractIsElsewhere();
    const [latest] = await listReviews(trx, id);
    if (latest && dayOf(latest.at) === dayOf(now)) throw reviewedToday();
    await recordReview(needs, trx, now, contract, contractActorOf(actor, contract));
  });
}

/**
 * Judges the last review, whose id the reviewer read. Throws `not-found`, `role-required`,
 * `impact.contract-is-in-another-state` when it is another one or was judged, or `invalid-input`.
 */
export async function judgeContract(
  { db, clock, config }: Needs,
  actor: Actor,
  id: string,
  typed: {
    readonly reviewId: string;
    readonly decision: string;
    readonly reason: string;
    readonly extendedUntil: string;
  },
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const contract = await reviewedAt(trx, actor, id);
    const [latest] = await listReviews(trx, id);
    if (!latest || latest.id !== typed.reviewId || !mayBeJudged(contract, latest))
      throw contractIsElsewhere();
    const judgement = judgementAsTyped(typed, contract, latest, dayIn(now, config.timeZone));
    const { decision, reason, extendedUntil } = judgement;
    await insertJudgement(trx, latest.id, { ...judgement, personId: actor.personId, at: now });
    if (decision !== 'extend-once') await withdrawProposed(trx, id);
    await updateContractState(trx, now, id, {
      state: stateOnceJudged(decision),
      decision,
      ...(extendedUntil === null ? {} : { extendedUntil }),
    });
    await recordContractEvent(trx, now, id, {
      kind: 'judged',
      actor: contractActorOf(actor, contract),
      data: { reviewId: latest.id, proposal: latest.proposal, decision, reason, extendedUntil },
    });
    const told = { ...judgement, personId: actor.personId, personName: actor.name, at: now };
    await tellVerdict(db, trx, now, { ...latest, judgement: told, organisationId: contract.organisationId });
  });
}

function judgementAsTyped(
  typed: { readonly decision: string; readonly reason: string; readonly extendedUntil: string },
  contract: Contract,
  { proposal }: Pick<ContractReview, 'proposal'>,
  today: string,
): { decision: Decision; reason: string; extendedUntil: string | null } {
  const decision = typed.decision as Decision;
  const until = typed.extendedUntil.trim();
  const judgement = {
    decision,
    reason: tidied(typed.reason),
    extendedUntil: decision === 'extend-once' ? until : null,
  };
  const faults = faultsOfJudgement(judgement, contract, { proposal, today });
  if (judgement.reason !== '' && !areWords(judgement.reason, 1000)) {
    faults.push({
      field: 'reason',
      text: { fr: 'Écrivez 1\u00A0000 caractères au plus.', en: 'Write at most 1,000 characters.' },
    });
  }
  if (faults.length > 0) throw invalidInput({ fields: faults });
  return judgement;
}

/** Contracts of one look at deadlines; what is left waits for the next. */
const MOST_DUE = 1000;

/**
 * Records, for each contract whose deadline passed, what was measured by then, or that nothing was. Each in a transaction
 * of its own: a look that is cut short goes on at the next one.
 */
export async function recordDeadlines(
  needs: Needs,
  signal: AbortSignal,
): Promise<{ measured: number; unmeasured: number }> {
  const { db, clock, config } = needs;
  const today = dayIn(clock.now(), config.timeZone);
  const counted = { measured: 0, unmeasured: 0 };
  for (const id of await listDueIds(db, today, MOST_DUE)) {
    if (signal.aborted) break;
    await db.transaction().execute(async (trx) => {
      const contract = await lockContract(trx, 'all', id);
      if (!contract || !isRunning(contract) || contract.deadline >= today) return;
      await recordReview(needs, trx, clock.now(), contract, {
        kind: 'system',
        name: 'impact.contract-deadlines',
      });
      const after = await lockContract(trx, 'all', id);
      counted[after?.state === 'unmeasured' ? 'unmeasured' : 'measured'] += 1;
    });
  }
  return counted;
}
