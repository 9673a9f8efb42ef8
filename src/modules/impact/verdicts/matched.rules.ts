// The effect between matched pairs: a mean with Student's interval, or a median that stray pairs cannot move. Pure.
import {
  type Estimate,
  isNoVariation,
  type Lack,
  meanOf,
  squaresAround,
  studentEstimate,
} from './estimates.rules.ts';
import type { Counted, MatchedPair } from './verdicts.types.ts';

/** Fewest pairs. */
export const LEAST_PAIRS = 5;

/** Above this many pairs the mean is close enough to normal, whatever strays. */
const MOST_RANKED = 100;

/**
 * The effect between pairs: the mean difference with Student's paired t interval (Student 1908), or, where up to a
 * hundred pairs hold a difference far out (three times the quartiles' distance beyond a quartile; Tukey 1977), the
 * Hodges–Lehmann estimate with its signed-rank interval.
 */
export function matchedEffect(pairs: readonly MatchedPair[], confidence: number): Estimate | Lack {
  if (pairs.length < LEAST_PAIRS) return { reason: 'too-few-pairs', needed: LEAST_PAIRS, had: pairs.length };
  const differences = pairs.map(({ treated, control }) => treated - control);
  const error = Math.sqrt(squaresAround(differences) / (pairs.length - 1) / pairs.length);
  if (
    isNoVariation(
      error,
      pairs.flatMap(({ treated, control }) => [treated, control]),
    )
  ) {
    return { reason: 'no-variation' };
  }
  const n = { before: 0, after: 2 * pairs.length, units: pairs.length, independent: pairs.length };
  if (pairs.length <= MOST_RANKED && hasFarOut(differences)) return hodgesLehmann(differences, confidence, n);
  const figures = { effect: meanOf(differences), error, df: pairs.length - 1 };
  return studentEstimate('paired-t', figures, confidence, n);
}

function hasFarOut(values: readonly number[]): boolean {
  const sorted = values.toSorted((a, b) => a - b);
  const low = quantile(sorted, 0.25);
  const high = quantile(sorted, 0.75);
  const fence = 3 * (high - low);
  return (sorted[0] ?? low) < low - fence || (sorted.at(-1) ?? high) > high + fence;
}

/** The quantile of sorted values, by linear interpolation (definition 7 of Hyndman and Fan 1996). */
function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  return below + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? below) - below);
}

/**
 * The median of all means of two differences (Hodges and Lehmann 1963) with the exact interval of Wilcoxon's signed
 * rank test (Hollander, Wolfe and Chicken 2014, section 3.3), which is at least as confident as asked. P(effect >= x)
 * is its confidence distribution (Xie and Singh 2013): the one-sided p-value, half of the observed rank sum counted.
 */
export function hodgesLehmann(
  differences: readonly number[],
  confidence: number,
  n: Counted,
): Estimate | Lack {
  const rankSums = signedRankProbabilities(differences.length);
  const outside = (1 - confidence) / 2;
  if ((rankSums[0] ?? 1) > outside) {
    return { reason: 'too-few-pairs', needed: Math.ceil(-Math.log2(outside)), had: differences.length };
  }
  const means: number[] = [];
  for (const [i, a] of differences.entries()) {
    for (const b of differences.slice(i)) means.push((a + b) / 2);
  }
  means.sort((a, b) => a - b);
  let cut = 0;
  for (let below = rankSums[0] ?? 0; below < outside; below += rankSums[cut] ?? 1) cut += 1;
  cut = Math.max(cut, 1);
  return {
    estimator: 'hodges-lehmann',
    effect: quantile(means, 0.5),
    low: means[cut - 1] ?? Number.NaN,
    high: means[means.length - cut] ?? Number.NaN,
    n,
    atLeast: (x) => {
      let twice = 0;
      for (const mean of means) twice += mean > x ? 2 : mean === x ? 1 : 0;
      // Ties make the sum fall between two ranks: the two are weighed alike.
      return (
        (midProbability(rankSums, Math.floor(twice / 2)) + midProbability(rankSums, Math.ceil(twice / 2))) / 2
      );
    },
  };
}

/** P(sum < k) and half of P(sum = k). */
function midProbability(probabilities: Float64Array, k: number): number {
  let below = 0;
  for (let i = 0; i < k; i += 1) below += probabilities[i] ?? 0;
  return Math.min(1, below + (probabilities[k] ?? 0) / 2);
}

/** The probability of each signed rank sum from 0 to n(n+1)/2, each sign as likely as the other. */
function signedRankProbabilities(n: number): Float64Array {
  const chances = new Float64Array((n * (n + 1)) / 2 + 1);
  chances[0] = 1;
  for (let rank = 1; rank <= n; rank += 1) {
    for (let sum = chances.length - 1; sum >= 0; sum -= 1) {
      chances[sum] = ((chances[sum] ?? 0) + (sum >= rank ? (chances[sum - rank] ?? 0) : 0)) / 2;
    }
  }
  return chances;
}
