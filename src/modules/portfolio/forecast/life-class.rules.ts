// The reference class of a whole life: how final figures stand to first approved ones, from the State's own projects
// blended with the published prior. Pure.
import { ensembleOf, quantileOf, type WeightedValue } from './ensembles.rules.ts';
import type { KnownOutcome } from './outcomes.types.ts';
import type { ForecastFigure } from './panels.types.ts';
import { PRIOR_LIFE_MONTHS, priorCostQuantile, priorLifeDuration, TAIL_EXPONENT } from './priors.rules.ts';

/** How many equally likely values stand for a class. */
export const CLASS_DRAWS = 10_000;

/**
 * The prior counts as much as this many projects: the weight of the State's own is n / (n + 30). Thirty projects show
 * the part of the tail beyond +50 % about five times.
 */
const PRIOR_PROJECTS = 30;
/** A figure that was followed for less than this says little of a life. */
const LEAST_MONTHS = 12;
const PRIOR_QUANTILES = 2_000;

/** A reference class for lives of the common length. */
export interface LifeClass {
  readonly figure: ForecastFigure;
  /** `CLASS_DRAWS` equally likely values of ln(final / first approved), ascending. */
  readonly draws: Float64Array;
  readonly median: number;
  readonly ownProjects: number;
  /** From 0 (the prior alone) to 1. */
  readonly ownWeight: number;
}

/**
 * The class of a figure. What was followed for another time than the common life is scaled to it, as the spread of
 * independent moves grows with the root of time; a project that still goes on counts as far as it was followed.
 * @param exponent of the cost's tail above +50 %.
 */
export function lifeClassOf(
  figure: ForecastFigure,
  history: readonly KnownOutcome[],
  exponent: number = TAIL_EXPONENT,
): LifeClass {
  const own = history.filter((one) => one.figure === figure && one.months >= LEAST_MONTHS && one.ratio > 0);
  const ownWeight = own.length / (own.length + PRIOR_PROJECTS);
  const points: WeightedValue[] = own.map(({ ratio, months }) => ({
    value: Math.log(ratio) / Math.sqrt(Math.min(2, months / PRIOR_LIFE_MONTHS)),
    weight: ownWeight / own.length,
  }));
  for (let index = 0; index < PRIOR_QUANTILES; index += 1) {
    const p = (index + 0.5) / PRIOR_QUANTILES;
    points.push({
      value: figure === 'cost' ? priorCostQuantile(p, exponent) : priorLifeDuration(p),
      weight: (1 - ownWeight) / PRIOR_QUANTILES,
    });
  }
  const blend = ensembleOf(points);
  const draws = new Float64Array(CLASS_DRAWS);
  for (let index = 0; index < CLASS_DRAWS; index += 1) {
    draws[index] = quantileOf(blend, (index + 0.5) / CLASS_DRAWS);
  }
  return { figure, draws, median: quantileOf(blend, 0.5), ownProjects: own.length, ownWeight };
}
