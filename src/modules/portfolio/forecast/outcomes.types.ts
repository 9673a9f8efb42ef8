// What is forecast of one project: where it will end against what was first approved. Values only.
import type { Phase } from '../panorama/editions.types.ts';
import type { ForecastFigure } from './panels.types.ts';

/** A project of the State's own history: how its figure stood last, against the first one, after so many months. */
export interface KnownOutcome {
  readonly figure: ForecastFigure;
  /** Last / first; above 0. */
  readonly ratio: number;
  /** From the first figure to the last, in months. */
  readonly months: number;
}

/** Where a project stands against what was first approved. */
export interface ProjectStanding {
  /** Present / first approved: of the cost, and of the planned duration. Above 0. */
  readonly costRatio: number;
  readonly durationRatio: number;
  /** The first planned duration, in months; above 0. */
  readonly plannedMonths: number;
  /** From the first plan to today, and from today to the present planned end, in months; the latter may be below 0. */
  readonly elapsedMonths: number;
  readonly remainingMonths: number;
  /** Approved baselines after the first. */
  readonly rebaselines: number;
  /** Share of the first scope that is still to be delivered; 1 for all of it. */
  readonly scopeShare: number;
  readonly phase: Phase;
}

/** The forecast of a ratio of final to first approved. Never a mean: its tail has none that is worth showing. */
export interface RatioForecast {
  readonly median: number;
  readonly p80: number;
  /** Chances that it ends above +25 % and above +50 %. */
  readonly above25: number;
  readonly above50: number;
  /** The ratios at the middles of 40 equal shares of probability, ascending: what a later score is computed from. */
  readonly quantiles: readonly number[];
}

/** The cost as it may stand at a later moment: its ratio to the first approved, at five probabilities. */
export interface FanPoint {
  /** Months from today. */
  readonly months: number;
  readonly p10: number;
  readonly p20: number;
  readonly p50: number;
  readonly p80: number;
  readonly p90: number;
}

/** How the cost forecast depends on how heavy the tail is taken. */
export interface TailSensitivity {
  readonly exponent: number;
  readonly p80: number;
  readonly p95: number;
  readonly above25: number;
  readonly above50: number;
}

/** What would change the forecast: an input, and the P80 of the cost if it were so. */
export interface Lever {
  readonly input: 'phase' | 're-baseline' | 'scope' | 'elapsed-time';
  readonly p80: number;
  /** P80 then minus P80 now. */
  readonly change: number;
}

/** All that is said of one project. */
export interface ProjectForecast {
  readonly model: string;
  readonly cost: RatioForecast;
  readonly duration: RatioForecast;
  /** Today, then each year to the end. */
  readonly fan: readonly FanPoint[];
  readonly tail: readonly TailSensitivity[];
  /** The one that moves P80 most comes first. */
  readonly levers: readonly Lever[];
  /** How many projects of the State's own the class holds, and their weight against the published prior. */
  readonly ownProjects: number;
  readonly ownWeight: number;
}
