// What a verdict is computed from and what it says; the decision rule and what it proposes. No computation lives here.

/** How the contract says what would have happened without the project. */
export const METHODS = ['before-after', 'staggered', 'matched', 'none'] as const;

/** One of the methods that a contract may register. */
export type Method = (typeof METHODS)[number];

/** Whether the primary indicator should rise or fall. */
export type Direction = 'up' | 'down';

/** What the contract promised about its primary indicator, in the indicator's unit. */
export interface Objective {
  readonly direction: Direction;
  /** The indicator's value before, as the contract states it. */
  readonly baseline: number;
  /** The value to reach: above the baseline where the direction is up, below it where it is down. */
  readonly target: number;
  /** The smallest effect that is worth having: a difference, never a value; above 0 in either direction. */
  readonly minimum: number;
  /** The confidence of the interval, between 0.5 and 0.999; 0.95 unless told. */
  readonly confidence?: number;
}

/** One series, measured at regular steps, before the project took effect and after. Oldest first. */
export interface SeriesInput extends Objective {
  readonly method: 'before-after';
  readonly before: readonly number[];
  /** Follows `before` without a gap. */
  readonly after: readonly number[];
  /** Steps in one cycle of a seasonal series (12 for months, 7 for days of the week); absent where there is no season. */
  readonly cycle?: number;
}

/** Without a counterfactual: what was measured after is held against the stated baseline alone. */
export interface BaselineInput extends Objective {
  readonly method: 'none';
  readonly after: readonly number[];
}

/** One place, office or service of a staggered start. */
export interface StaggeredUnit {
  /** Index in `series` of the first step under the project; null where it had not started by the last step. */
  readonly start: number | null;
  /** The unit's measures, one a step, the same steps for every unit. */
  readonly series: readonly number[];
}

/** Units that start one after another, those that have not yet started being the comparison. */
export interface StaggeredInput extends Objective {
  readonly method: 'staggered';
  readonly units: readonly StaggeredUnit[];
}

/** One unit under the project and its like outside it: two values, or two changes, of the indicator. */
export interface MatchedPair {
  readonly treated: number;
  readonly control: number;
}

/** Units paired with their like before anything was measured. */
export interface MatchedInput extends Objective {
  readonly method: 'matched';
  readonly pairs: readonly MatchedPair[];
}

/** All that a verdict is computed from. */
export type VerdictInput = SeriesInput | BaselineInput | StaggeredInput | MatchedInput;

/** The computation that was done; each is described, with its source, where it is written. */
export const ESTIMATORS = [
  'welch',
  'same-season',
  'segmented',
  'against-baseline',
  'group-time',
  'paired-t',
  'hodges-lehmann',
] as const;

/** One of the computations. */
export type Estimator = (typeof ESTIMATORS)[number];

/** Why no honest verdict can be given. */
export const REASONS = [
  'no-measure',
  'too-few-measures',
  'too-few-units',
  'too-few-pairs',
  'not-finite',
  'objective-unsound',
  'no-variation',
  'too-correlated',
  'season-not-covered',
  'trend-before',
  'unequal-series',
  'nobody-started',
  'no-comparison',
  'not-parallel',
] as const;

/** One of the reasons. */
export type Reason = (typeof REASONS)[number];

/** How much a verdict rests on; 0 where a method has none of it. */
export interface Counted {
  /** Measures before, those of all units together. */
  readonly before: number;
  /** Measures after, those of all units together. */
  readonly after: number;
  /** Units or pairs. */
  readonly units: number;
  /** How many independent observations all that is worth (measures that resemble their neighbours say less). */
  readonly independent: number;
}

/** A verdict that could be told. Effects are in the indicator's unit and positive in the wanted direction. */
export interface ToldVerdict {
  readonly kind: 'told';
  readonly method: Method;
  readonly estimator: Estimator;
  readonly direction: Direction;
  readonly effect: number;
  /** The interval's end that is worse for the project. */
  readonly low: number;
  /** The interval's end that is better for the project. */
  readonly high: number;
  /** The confidence of the interval, 0.95 for 95 %. */
  readonly confidence: number;
  /** The effect that the target asks for. */
  readonly targetEffect: number;
  /** The smallest effect that is worth having. */
  readonly minimum: number;
  /** Probability that the effect reaches the target. */
  readonly pTarget: number;
  /** Probability that the effect reaches the minimum. */
  readonly pMinimum: number;
  readonly n: Counted;
}

/** A verdict that nobody could tell honestly, and why. */
export interface UntoldVerdict {
  readonly kind: 'cannot-be-told';
  readonly method: Method;
  readonly reason: Reason;
  /** How many were needed and how many there were, where the reason is a number that falls short; else null. */
  readonly needed: number | null;
  readonly had: number | null;
}

/** What the measures say of a contract. Plain data: it can be kept as JSON and read back. */
export type Verdict = ToldVerdict | UntoldVerdict;

/** The decision rule, registered with the contract before measuring. */
export interface DecisionRule {
  /** Scale where P(effect >= minimum) is at least this. */
  readonly pScale: number;
  /** A review is low where P(effect >= minimum) is at most this; below `pScale`. */
  readonly pStop: number;
  /** Stop at this many low reviews. */
  readonly reviewsToStop: number;
}

/** What a proposal is drawn from. */
export interface Review {
  readonly verdict: Verdict;
  readonly rule: DecisionRule;
  /** What one outcome costs, in euros; null where nobody could tell. */
  readonly costPerOutcome: number | null;
  /** The most that one outcome may cost, in euros; null where the contract sets no ceiling. */
  readonly ceiling: number | null;
  /** Low reviews of this contract before this one. */
  readonly earlierLowReviews: number;
  readonly alreadyExtended: boolean;
  /** Whether every guardrail (accessibility, eco-design, security, total cost) was kept. */
  readonly guardrailsKept: boolean;
}

/** What a verdict may propose. */
export const PROPOSALS = ['scale', 'extend-once', 'reorient', 'stop'] as const;

/** Why it is proposed. */
export const GROUNDS = [
  'minimum-reached',
  'minimum-out-of-reach',
  'low-this-time',
  'uncertain',
  'cannot-be-told',
  'guardrail-broken',
  'cost-over-ceiling',
  'cost-unknown',
] as const;

/** A proposal to whoever decides, and its ground. */
export interface Proposal {
  readonly proposal: (typeof PROPOSALS)[number];
  readonly because: (typeof GROUNDS)[number];
}
