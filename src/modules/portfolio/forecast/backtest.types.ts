// What a backtest of the forecasts on a panel gives. Values only; the names are those of its JSON.

/** A 95 % interval by bootstrap over projects: its lower and upper end. */
export type Interval = readonly [low: number, high: number];

/** The scores of one figure over all forecasts of a backtest, or of a part of them. CRPS in ln of the ratio. */
export interface BacktestScores {
  /** How many forecasts were scored. */
  readonly n: number;
  readonly crps: number;
  /** The same of a forecast that says "no change", and of the plain pool of all earlier transitions. */
  readonly crps_no_change: number;
  readonly crps_empirical_class: number;
  /** The share of outcomes in the central 80 % interval, ends included; and of the plain pool's. */
  readonly coverage80: number;
  readonly coverage80_empirical_class: number;
  /** The share of outcomes in the highest tenth of their forecast, drawn at ties: .1 when it is neither sure nor shy. */
  readonly pit_above_90: number;
  readonly pit_below_10: number;
}

/** The scores of one edition's forecasts, and what they had learned from. */
export interface EditionScores extends BacktestScores {
  /** The month forecast, and the months since the edition that it was forecast from. */
  readonly edition: string;
  readonly months: number;
  /** The last edition that the forecast had seen, and the transitions that it had learned from. */
  readonly from: string;
  readonly trained_on: number;
}

/** What a figure's backtest gives. */
export interface FigureBacktest extends BacktestScores {
  readonly projects: number;
  readonly intervals: {
    readonly crps: Interval;
    /** CRPS minus the peer's: below 0 the forecast is better. */
    readonly crps_minus_no_change: Interval;
    readonly crps_minus_empirical_class: Interval;
    readonly coverage80: Interval;
    readonly pit_above_90: Interval;
  };
  readonly editions: readonly EditionScores[];
}

/** The least, the quartiles and the most of what repeated backtests gave. */
export type Spread = readonly [
  least: number,
  quarter: number,
  median: number,
  threeQuarters: number,
  most: number,
];

/** How the scores of a figure hold on parts of the panel. */
export interface Robustness {
  /** Backtests that had at least one forecast. */
  readonly runs: number;
  /** CRPS over the CRPS of the plain pool, minus 1: below 0 the forecast is better. */
  readonly vs_empirical_class: Spread;
  readonly coverage80: Spread;
}

/** A backtest of a panel; a figure that no two editions give is null. */
export interface Backtest {
  readonly model: string;
  readonly seed: number;
  readonly cost: FigureBacktest | null;
  readonly duration: FigureBacktest | null;
}

/** Backtests on random halves of the projects, and on the panel without each of its editions. */
export interface PartsBacktest {
  readonly halves: { readonly cost: Robustness | null; readonly duration: Robustness | null };
  readonly without_an_edition: { readonly cost: Robustness | null; readonly duration: Robustness | null };
}
