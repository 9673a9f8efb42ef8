// What each method hands back: an estimate with its interval and probabilities, or what it lacks. Pure.
import { studentCdf, studentQuantile } from './student.rules.ts';
import type { Counted, Estimator, Reason } from './verdicts.types.ts';

/** An effect with what is known of it. */
export interface Estimate {
  readonly estimator: Estimator;
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  readonly n: Counted;
  /** P(effect >= x). */
  readonly atLeast: (x: number) => number;
}

/** Why there is no estimate. */
export interface Lack {
  readonly reason: Reason;
  readonly needed?: number;
  readonly had?: number;
}

/** An effect, its standard error and the degrees of freedom of that error. */
export interface StudentFigures {
  readonly effect: number;
  readonly error: number;
  readonly df: number;
}

/**
 * The estimate whose error follows Student's t: effect ± t × error. P(effect >= x) is the probability of the t
 * distribution centred on the effect and scaled by the error: the posterior under a flat prior (Box and Tiao 1973,
 * section 2.5: for normal measures with a prior flat in the mean and in the log of the spread), which is the same
 * number as one minus the one-sided p-value of "the effect is below x".
 */
export function studentEstimate(
  estimator: Estimator,
  { effect, error, df }: StudentFigures,
  confidence: number,
  n: Counted,
): Estimate {
  const reach = studentQuantile((1 + confidence) / 2, df) * error;
  return {
    estimator,
    effect,
    low: effect - reach,
    high: effect + reach,
    n,
    atLeast: (x) => studentCdf((effect - x) / error, df),
  };
}

/** Tells whether an error is nothing but rounding beside the size of the values: no interval would be honest. */
export function isNoVariation(error: number, values: readonly number[]): boolean {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return !(error > 1e-12 * size);
}

/** The mean; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The sum of squared distances to the mean. */
export function squaresAround(values: readonly number[]): number {
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return sum;
}
