// The forecast of one project's final cost and duration, from a reference class and where the project stands. Pure.
// The present ratio is taken as it is; what may still come is the class, scaled by the time that remains: its middle
// by the share of a life, its spread by the root of that share. docs/decisions/0019-how-forecasts-are-made.md.
import { PHASES, type Phase } from '../panorama/editions.types.ts';
import { type LifeClass, lifeClassOf } from './life-class.rules.ts';
import type {
  FanPoint,
  KnownOutcome,
  Lever,
  ProjectForecast,
  ProjectStanding,
  RatioForecast,
  TailSensitivity,
} from './outcomes.types.ts';
import { PRIOR_LIFE_MONTHS, PRIOR_MOVES_PER_MONTH } from './priors.rules.ts';
import { RATE_SHAPE } from './rates.rules.ts';

/** The version of this model. A change takes a new name, so that scores stay with what made them. */
export const OUTCOME_MODEL = 'outcomes/1';

/** What is shown stops here: no reader is served by a ratio beyond it, and the tail goes on. */
export const DISPLAY_CAP = 10;

/** A project that has not ended has some time before it, whatever its plan says. */
const LEAST_REMAINING_MONTHS = 3;
const LARGEST_SHARE = 2.5;
const STORED_QUANTILES = 40;
/** From infinite mean to finite variance. */
const TAIL_EXPONENTS = [1, 1.2, 1.378, 1.6, 2] as const;
/** How often figures move in a phase, against all phases: before anything is learned, the plan settles as it is built. */
const PHASE_FACTORS: Readonly<Record<Phase, number>> = {
  scoping: 1.25,
  build: 1,
  pilot: 1,
  rollout: 0.8,
  finished: 0.25,
};

/** The classes that forecasts are made from: those of cost and duration, and the cost's under other tails. */
export interface OutcomeClasses {
  readonly cost: LifeClass;
  readonly duration: LifeClass;
  readonly costByExponent: readonly { readonly exponent: number; readonly lifeClass: LifeClass }[];
}

/** The classes that a history gives. Made once for many projects. */
export function outcomeClassesOf(history: readonly KnownOutcome[]): OutcomeClasses {
  return {
    cost: lifeClassOf('cost', history),
    duration: lifeClassOf('duration', history),
    costByExponent: TAIL_EXPONENTS.map((exponent) => ({
      exponent,
      lifeClass: lifeClassOf('cost', history, exponent),
    })),
  };
}

/**
 * The share of a life's moves that is still to come: the time that remains, by the phase and by how often this project
 * was already re-baselined (a gamma prior on its own rate, met with what was seen of it).
 */
export function shareToCome(standing: ProjectStanding): number {
  const remaining = Math.max(LEAST_REMAINING_MONTHS, standing.remainingMonths);
  const expected = PRIOR_MOVES_PER_MONTH * Math.max(0, standing.elapsedMonths) * REBASELINED_SHARE;
  const own = (RATE_SHAPE + standing.rebaselines) / (RATE_SHAPE + expected);
  const share = (remaining / PRIOR_LIFE_MONTHS) * PHASE_FACTORS[standing.phase] * own;
  return Math.min(LARGEST_SHARE, share);
}

/** One re-estimate in four is taken as large enough to be approved as a new baseline. */
const REBASELINED_SHARE = 0.25;

/**
 * A class seen from where a project stands: ln of the final ratio is `shift + scale × draw`. Draws before `from` are those
 * that can no longer be.
 */
interface View {
  readonly draws: Float64Array;
  readonly from: number;
  readonly shift: number;
  readonly scale: number;
}

function viewOf(lifeClass: LifeClass, ratio: number, share: number): View {
  const scale = Math.sqrt(share);
  return {
    draws: lifeClass.draws,
    from: 0,
    shift: Math.log(ratio) + (share - scale) * lifeClass.median,
    scale,
  };
}

/** The ratio not exceeded with probability `p`. The view rises with its draws, so that none has to be made. */
function ratioAt({ draws, from, shift, scale }: View, p: number): number {
  const left = draws.length - from;
  const index = from + Math.min(left - 1, Math.max(0, Math.ceil(p * left) - 1));
  return Math.exp(shift + scale * (draws[index] ?? 0));
}

/** The index of the first draw that ends above `ratio`. */
function firstAbove({ draws, from, shift, scale }: View, ratio: number): number {
  const limit = (Math.log(ratio) - shift) / scale;
  let low = from;
  let high = draws.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((draws[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function chanceAbove(view: View, ratio: number): number {
  return (view.draws.length - firstAbove(view, ratio)) / (view.draws.length - view.from);
}

/**
 * The duration seen from today: what has not ended ends later than today. A plan that lies in the past, or nearly, is
 * taken as ending when the least that remains has passed.
 */
function durationView(lifeClass: LifeClass, standing: ProjectStanding, share: number): View {
  const { plannedMonths, elapsedMonths, durationRatio } = standing;
  const soonest = (elapsedMonths + LEAST_REMAINING_MONTHS) / plannedMonths;
  const view = viewOf(lifeClass, Math.max(durationRatio, soonest), share);
  if (elapsedMonths <= 0) return view;
  const from = Math.min(view.draws.length - 1, firstAbove(view, elapsedMonths / plannedMonths));
  return { ...view, from };
}

function ratioForecastOf(view: View): RatioForecast {
  return {
    median: ratioAt(view, 0.5),
    p80: ratioAt(view, 0.8),
    above25: chanceAbove(view, 1.25),
    above50: chanceAbove(view, 1.5),
    quantiles: Array.from({ length: STORED_QUANTILES }, (_, index) =>
      ratioAt(view, (index + 0.5) / STORED_QUANTILES),
    ),
  };
}

/** All draws of a project's final cost ratio, ascending: for those who add projects up. */
export function costDrawsOf(classes: OutcomeClasses, standing: ProjectStanding): Float64Array {
  const { draws, shift, scale } = viewOf(classes.cost, standing.costRatio, shareToCome(standing));
  const ratios = new Float64Array(draws.length);
  for (let index = 0; index < draws.length; index += 1) {
    ratios[index] = Math.exp(shift + scale * (draws[index] ?? 0));
  }
  return ratios;
}

/** The forecast of a project where it stands. */
export function forecastProject(classes: OutcomeClasses, standing: ProjectStanding): ProjectForecast {
  const share = shareToCome(standing);
  const cost = ratioForecastOf(viewOf(classes.cost, standing.costRatio, share));
  return {
    model: OUTCOME_MODEL,
    cost,
    duration: ratioForecastOf(durationView(classes.duration, standing, share)),
    fan: fanOf(classes.cost, standing, share),
    tail: classes.costByExponent.map(({ exponent, lifeClass }): TailSensitivity => {
      const view = viewOf(lifeClass, standing.costRatio, share);
      return {
        exponent,
        p80: ratioAt(view, 0.8),
        p95: ratioAt(view, 0.95),
        above25: chanceAbove(view, 1.25),
        above50: chanceAbove(view, 1.5),
      };
    }),
    levers: leversOf(classes.cost, standing, cost.p80),
    ownProjects: classes.cost.ownProjects,
    ownWeight: classes.cost.ownWeight,
  };
}

/** The cost as it may stand today, after each year, and at the end; at most 12 points. */
function fanOf(lifeClass: LifeClass, standing: ProjectStanding, share: number): FanPoint[] {
  const remaining = Math.max(LEAST_REMAINING_MONTHS, standing.remainingMonths);
  const years = Array.from(
    { length: Math.min(10, Math.ceil(remaining / 12) - 1) },
    (_, year) => (year + 1) * 12,
  );
  return [0, ...years, remaining].map((months) => {
    const view = viewOf(lifeClass, standing.costRatio, share * (months / remaining));
    return {
      months,
      p10: ratioAt(view, 0.1),
      p20: ratioAt(view, 0.2),
      p50: ratioAt(view, 0.5),
      p80: ratioAt(view, 0.8),
      p90: ratioAt(view, 0.9),
    };
  });
}

/** The P80 of the cost if the project stood elsewhere: a phase on, re-baselined at its median, a tenth less, in a year. */
function leversOf(lifeClass: LifeClass, standing: ProjectStanding, p80: number): Lever[] {
  const p80If = (other: ProjectStanding) =>
    ratioAt(viewOf(lifeClass, other.costRatio, shareToCome(other)), 0.8);
  const median = ratioAt(viewOf(lifeClass, standing.costRatio, shareToCome(standing)), 0.5);
  const nextPhase = PHASES[Math.min(PHASES.length - 2, PHASES.indexOf(standing.phase) + 1)] ?? standing.phase;
  const levers: readonly [Lever['input'], ProjectStanding][] = [
    ['phase', { ...standing, phase: standing.phase === 'finished' ? 'finished' : nextPhase }],
    ['re-baseline', { ...standing, costRatio: median, rebaselines: standing.rebaselines + 1 }],
    ['scope', { ...standing, costRatio: standing.costRatio * 0.9, scopeShare: standing.scopeShare * 0.9 }],
    [
      'elapsed-time',
      {
        ...standing,
        elapsedMonths: standing.elapsedMonths + 12,
        remainingMonths: standing.remainingMonths - 12,
      },
    ],
  ];
  return levers
    .map(([input, other]) => ({ input, p80: p80If(other), change: p80If(other) - p80 }))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
}
