// What a verdict proposes under the decision rule that was registered with the contract. Pure.
import type { DecisionRule, Proposal, Review, Verdict } from './verdicts.types.ts';

/** The rule of a contract that registers no other: scale from 0.8, stop at two reviews of 0.2 or less. */
export const DEFAULT_RULE: DecisionRule = { pScale: 0.8, pStop: 0.2, reviewsToStop: 2 };

/** Tells whether a review counts as low: P(effect >= minimum) is at most `pStop`. An untold verdict never does. */
export function isLowReview(verdict: Verdict, rule: Pick<DecisionRule, 'pStop'>): boolean {
  return verdict.kind === 'told' && verdict.pMinimum <= rule.pStop;
}

/**
 * What a review proposes: scale where the minimum is reached with enough probability, every guardrail was kept and
 * an outcome costs no more than its ceiling; stop at the last of the low reviews; otherwise extend, but only once,
 * and then reorient. A broken guardrail never scales, and neither does a cost that nobody knows.
 */
export function proposalOf(review: Review): Proposal {
  const because = groundOf(review);
  if (because === 'minimum-reached') return { proposal: 'scale', because };
  if (because === 'minimum-out-of-reach') return { proposal: 'stop', because };
  return { proposal: review.alreadyExtended ? 'reorient' : 'extend-once', because };
}

function groundOf({ verdict, rule, ...review }: Review): Proposal['because'] {
  if (verdict.kind === 'cannot-be-told') return 'cannot-be-told';
  if (isLowReview(verdict, rule)) {
    return review.earlierLowReviews + 1 >= rule.reviewsToStop ? 'minimum-out-of-reach' : 'low-this-time';
  }
  if (!review.guardrailsKept) return 'guardrail-broken';
  if (verdict.pMinimum < rule.pScale) return 'uncertain';
  if (review.ceiling === null) return 'minimum-reached';
  if (review.costPerOutcome === null || !Number.isFinite(review.costPerOutcome)) return 'cost-unknown';
  return review.costPerOutcome <= review.ceiling ? 'minimum-reached' : 'cost-over-ceiling';
}
