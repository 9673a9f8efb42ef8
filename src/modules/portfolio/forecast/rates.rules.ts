// How often a figure moves between two editions: a rate per month, and factors by phase and by elapsed time. Pure.
// Moves come one by one at a rate that differs between projects (a gamma mixture of Poisson processes), so that the
// chance of "no change" shrinks with time, but slower than if all projects were alike.
import type { Phase } from '../panorama/editions.types.ts';
import type { Standing } from './panels.types.ts';
import { PRIOR_MOVES_PER_MONTH } from './priors.rules.ts';

/** Where a project stands in its planned time when the next edition comes. Past its end it must be planned anew. */
type ElapsedClass = 'first-half' | 'second-half' | 'past-end' | 'unknown';

/** The rate of moves per month, and what multiplies it in each class; a class never seen has the factor 1. */
export interface MoveRates {
  readonly perMonth: number;
  readonly byPhase: ReadonlyMap<Phase | 'unknown', number>;
  readonly byElapsed: ReadonlyMap<ElapsedClass, number>;
}

/** Shape of the gamma mixture: rates differ between projects with a coefficient of variation of 1 / √2. */
export const RATE_SHAPE = 2;
/** The prior of the rate counts as much as this many transitions of six months. */
const PRIOR_TRANSITIONS = 10;
const PRIOR_MONTHS = 6;
/** A class is believed on its own by half when this many of its projects are expected to have moved. */
const PRIOR_CLASS_MOVES = 20;

/** The chance that a figure moves within `months` at `rate` per month. */
export function chanceOfMove(rate: number, months: number): number {
  return -Math.expm1(-RATE_SHAPE * Math.log1p((rate * months) / RATE_SHAPE));
}

/** How many moves are expected within `months` of a project that moves at least once. */
export function movesOfMover(rate: number, months: number): number {
  const chance = chanceOfMove(rate, months);
  return chance > 0 ? (rate * months) / chance : 1;
}

/** The rate of moves of a project where it stands. */
export function rateOf(rates: MoveRates, standing: Pick<Standing, 'phase' | 'elapsedShare'>): number {
  return (
    rates.perMonth *
    (rates.byPhase.get(phaseClassOf(standing)) ?? 1) *
    (rates.byElapsed.get(elapsedClassOf(standing)) ?? 1)
  );
}

function phaseClassOf({ phase }: Pick<Standing, 'phase'>): Phase | 'unknown' {
  return phase ?? 'unknown';
}

function elapsedClassOf({ elapsedShare }: Pick<Standing, 'elapsedShare'>): ElapsedClass {
  if (elapsedShare === null) return 'unknown';
  if (elapsedShare < 0.5) return 'first-half';
  return elapsedShare < 1 ? 'second-half' : 'past-end';
}

/** A project's standing, and whether its figure moved. */
export interface SeenMove {
  readonly standing: Standing;
  readonly moved: boolean;
}

/**
 * Learns the rates from what was seen. Each factor is (k + moved) / (k + expected to move), so that a class with few
 * projects stays near the rate of all.
 */
export function learnRates(seen: readonly SeenMove[]): MoveRates {
  const perMonth = commonRate(seen);
  const byPhase = factorsBy(
    seen,
    ({ standing }) => phaseClassOf(standing),
    () => perMonth,
  );
  const byElapsed = factorsBy(
    seen,
    ({ standing }) => elapsedClassOf(standing),
    ({ standing }) => perMonth * (byPhase.get(phaseClassOf(standing)) ?? 1),
  );
  return { perMonth, byPhase, byElapsed };
}

/** The rate at which as many moves are expected as were seen, the prior's included; by halving the interval. */
function commonRate(seen: readonly SeenMove[]): number {
  const moved =
    seen.filter((one) => one.moved).length +
    PRIOR_TRANSITIONS * chanceOfMove(PRIOR_MOVES_PER_MONTH, PRIOR_MONTHS);
  const expectedAt = (rate: number) =>
    seen.reduce((sum, { standing }) => sum + chanceOfMove(rate, standing.months), 0) +
    PRIOR_TRANSITIONS * chanceOfMove(rate, PRIOR_MONTHS);
  let low = 1e-5;
  let high = 10;
  for (let step = 0; step < 60; step += 1) {
    const middle = Math.sqrt(low * high);
    if (expectedAt(middle) < moved) low = middle;
    else high = middle;
  }
  return low;
}

function factorsBy<K>(
  seen: readonly SeenMove[],
  classOf: (one: SeenMove) => K,
  rateBefore: (one: SeenMove) => number,
): Map<K, number> {
  const factors = new Map<K, number>();
  for (const [key, group] of Map.groupBy(seen, classOf)) {
    const expected = group.reduce((sum, one) => sum + chanceOfMove(rateBefore(one), one.standing.months), 0);
    const moved = group.filter((one) => one.moved).length;
    factors.set(key, (PRIOR_CLASS_MOVES + moved) / (PRIOR_CLASS_MOVES + expected));
  }
  return factors;
}
