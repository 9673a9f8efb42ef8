// How a figure moves from one edition to the next: learned from the pairs of editions that have ended, and forecast
// for a project where it stands. A forecast is a mixture: the figure repeated (exactly, or rounded anew), or moved by
// the State's own past moves and the published prior, scaled by the time that passes. Pure.
// docs/decisions/0019-how-forecasts-are-made.md gives the reason of each part.
import { type Ensemble, ensembleOf, type WeightedValue } from './ensembles.rules.ts';
import type { ForecastFigure, Standing, Transition } from './panels.types.ts';
import { priorCostMove, priorDurationMove } from './priors.rules.ts';
import { chanceOfMove, learnRates, type MoveRates, movesOfMover, rateOf } from './rates.rules.ts';

/** Editions publish some figures to the tenth (M€, year): a change within it is a rounding, unless it exceeds 5 %. */
const GRAIN = 0.1;
const LARGEST_ROUNDING = 0.05;

/** The prior of the moves counts as much as this many moves seen: the weight of the State's own is n / (n + 10). */
const PRIOR_MOVES = 10;
/** In how many evenly spaced quantiles the prior is taken. */
const PRIOR_QUANTILES = 199;

/** One change of method is known in the panorama's first ten editions (June 2017); it counts as much as four pairs. */
const PRIOR_ROUNDED_SHARE = 0.1;
const PRIOR_ROUNDED_PAIRS = 4;
const ROUNDING_QUANTILES = 20;

/** The spread of the log scale of moves between pairs of editions, before any is seen; it counts as three pairs. */
const PRIOR_SCALE_VARIANCE = 0.25;
const PRIOR_SCALE_PAIRS = 3;
/** Variance of |move| over its squared mean within a pair: 1 for an exponential, more for a heavier tail. */
const MOVE_VARIATION = 1.5;
/** Three points and weights that stand for a normal distribution (Gauss and Hermite). */
const NORMAL_POINTS = [
  { z: -Math.sqrt(3), weight: 1 / 6 },
  { z: 0, weight: 2 / 3 },
  { z: Math.sqrt(3), weight: 1 / 6 },
] as const;

/** What the past pairs of editions teach about a figure. */
export interface MoveModel {
  readonly rates: MoveRates;
  /** Changes of rounding, in the figure's own unit, with their weights; they sum to 1. */
  readonly roundings: readonly WeightedValue[];
  /** One move (ln of the ratio), at the scale of a common pair of editions; the weights sum to 1. */
  readonly moves: readonly WeightedValue[];
  /** The mean of `moves`. */
  readonly meanMove: number;
  /** How far the log scale of moves of a new pair may be from the common one (standard deviation). */
  readonly scaleSpread: number;
  /** How many transitions and moves it has learned from. */
  readonly transitions: number;
  readonly moved: number;
}

/** Tells whether a figure stands where it stood, but for the rounding with which editions publish it. */
export function isRepeat({ value, logRatio }: Pick<Transition, 'value' | 'logRatio'>): boolean {
  return Math.abs(changeOf({ value, logRatio })) <= GRAIN + 1e-9 && Math.abs(logRatio) <= LARGEST_ROUNDING;
}

function changeOf({ value, logRatio }: Pick<Transition, 'value' | 'logRatio'>): number {
  return value * Math.expm1(logRatio);
}

/** Learns how a figure moves from past pairs of editions, each the transitions of one pair. None at all is borne. */
export function learnMoves(figure: ForecastFigure, pairs: readonly (readonly Transition[])[]): MoveModel {
  const all = pairs.flat();
  const rates = learnRates(all.map((one) => ({ standing: one, moved: !isRepeat(one) })));
  const jumps = pairs
    .map((pair) => pair.filter((one) => !isRepeat(one)).map((one) => oneMoveOf(rates, one)))
    .filter((pair) => pair.length > 0);
  const prior = evenQuantiles(PRIOR_QUANTILES, figure === 'cost' ? priorCostMove : priorDurationMove);
  const { levelled, scaleSpread } = levelScales(jumps, mean(prior.map(Math.abs)));
  const weight = 1 / (levelled.length + PRIOR_MOVES);
  const moves = [
    ...levelled.map((value) => ({ value, weight })),
    ...prior.map((value) => ({ value, weight: (weight * PRIOR_MOVES) / PRIOR_QUANTILES })),
  ];
  return {
    rates,
    roundings: learnRoundings(pairs.map((pair) => pair.filter(isRepeat))),
    moves,
    meanMove: moves.reduce((sum, { value, weight }) => sum + value * weight, 0),
    scaleSpread,
    transitions: all.length,
    moved: levelled.length,
  };
}

/** What one move of a project that moved is, the time between the editions laid aside. */
function oneMoveOf(rates: MoveRates, transition: Transition): number {
  return transition.logRatio / Math.sqrt(movesOfMover(rateOf(rates, transition), transition.months));
}

/**
 * Brings the moves of all pairs of editions to one scale, and says how far scales differ between pairs: a random effect
 * of the pair on the log scale, estimated by moments. A plain pool takes the scale of the next pair as known, and is
 * too sure of itself.
 */
function levelScales(
  pairs: readonly (readonly number[])[],
  priorScale: number,
): { levelled: number[]; scaleSpread: number } {
  const sizes = pairs.flat().map(Math.abs);
  const common =
    (PRIOR_MOVES * priorScale + sizes.reduce((sum, size) => sum + size, 0)) / (PRIOR_MOVES + sizes.length);
  // One move of the common size keeps the scale of a pair with a single small move within reason.
  const effects = pairs.map((pair) => ({
    pair,
    effect: Math.log((mean([...pair.map(Math.abs), common]) || common) / common),
    noise: MOVE_VARIATION / (pair.length + 1),
  }));
  const seen = effects.reduce((sum, { effect, noise }) => sum + effect ** 2 - noise, 0);
  const variance =
    Math.max(
      0.2 * PRIOR_SCALE_PAIRS * PRIOR_SCALE_VARIANCE,
      PRIOR_SCALE_PAIRS * PRIOR_SCALE_VARIANCE + seen,
    ) /
    (PRIOR_SCALE_PAIRS + effects.length);
  return {
    levelled: effects.flatMap(({ pair, effect, noise }) => {
      const believed = (variance / (variance + noise)) * effect;
      return pair.map((move) => move / Math.exp(believed));
    }),
    // The common scale itself is known from so many pairs only.
    scaleSpread: Math.sqrt(variance * (1 + 1 / (1 + effects.length))),
  };
}

/**
 * How figures that did not move are written the next time: exactly as before, or rounded anew. That is decided for an
 * edition as a whole, so that each pair of editions counts once, whatever its rows.
 */
function learnRoundings(pairs: readonly (readonly Transition[])[]): WeightedValue[] {
  const changes = pairs.filter((pair) => pair.length > 0).map((pair) => pair.map(changeOf));
  const shares = changes.map((pair) => pair.filter(isRounding).length / pair.length);
  const rounded =
    (PRIOR_ROUNDED_PAIRS * PRIOR_ROUNDED_SHARE + shares.reduce((sum, share) => sum + share, 0)) /
    (PRIOR_ROUNDED_PAIRS + shares.length);
  const own = changes.flat().filter(isRounding);
  const weight = rounded / (own.length + PRIOR_MOVES);
  return [
    { value: 0, weight: 1 - rounded },
    ...own.map((value) => ({ value, weight })),
    ...evenQuantiles(ROUNDING_QUANTILES, (p) => GRAIN * (p - 0.5)).map((value) => ({
      value,
      weight: (weight * PRIOR_MOVES) / ROUNDING_QUANTILES,
    })),
  ];
}

function isRounding(change: number): boolean {
  return Math.abs(change) > 1e-9;
}

/** The forecast of ln(next / present figure) of a project where it stands. */
export function forecastMove(model: MoveModel, standing: Standing): Ensemble {
  const rate = rateOf(model.rates, standing);
  const chance = chanceOfMove(rate, standing.months);
  const count = movesOfMover(rate, standing.months);
  // The spread of a sum of moves grows with the root of their number, its mean with the number itself.
  const spread = Math.sqrt(count);
  const drift = (count - spread) * model.meanMove;
  const points: WeightedValue[] = model.roundings.map(({ value, weight }) => ({
    value: Math.log1p(within(LARGEST_ROUNDING, value / standing.value)),
    weight: (1 - chance) * weight,
  }));
  for (const { z, weight: scaleWeight } of NORMAL_POINTS) {
    const scale = spread * Math.exp(model.scaleSpread * z);
    for (const { value, weight } of model.moves) {
      points.push({ value: value * scale + drift, weight: chance * scaleWeight * weight });
    }
  }
  return ensembleOf(points);
}

function within(limit: number, value: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The quantiles at the middles of `count` equal shares of probability. */
function evenQuantiles(count: number, quantile: (p: number) => number): number[] {
  return Array.from({ length: count }, (_, index) => quantile((index + 0.5) / count));
}
