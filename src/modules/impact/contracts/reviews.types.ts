// What a review of a contract is: the verdict as it was computed that day, what it proposes, and what was decided on it.
import type { Proposal, Verdict } from '../verdicts/verdicts.types.ts';
import type { Decision } from './contracts.types.ts';

/** A verdict as it was told one day. It never changes; the reviewer's judgement stands beside it. */
export interface ContractReview {
  readonly id: string;
  readonly contractId: string;
  /** The version of the terms that it was computed under. */
  readonly version: number;
  /** `deadline` when the daily job took it, `interim` when the reviewer asked for it. */
  readonly occasion: 'deadline' | 'interim';
  readonly at: Date;
  readonly verdict: Verdict;
  /** True when no measure counted at the deadline: an outcome of its own. */
  readonly hadNoMeasure: boolean;
  readonly proposal: Decision;
  /** Why that is proposed. */
  readonly because: Proposal['because'];
  readonly judgement: Judgement | null;
}

/** What the reviewer decided on a review. */
export interface Judgement {
  readonly decision: Decision;
  /** Why, which must be said where it departs from the proposal; else it may be empty. */
  readonly reason: string;
  /** YYYY-MM-DD, when the decision is to extend. */
  readonly extendedUntil: string | null;
  readonly personId: string;
  readonly personName: string;
  readonly at: Date;
}
