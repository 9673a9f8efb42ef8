// A panel of editions as the forecasts read it, and the transitions of its projects. Values only.
import type { LeftOut, Phase } from '../panorama/editions.types.ts';

/** The two figures of a project that are forecast. */
export const FORECAST_FIGURES = ['cost', 'duration'] as const;
/** The full cost in M€, or the planned duration in years. */
export type ForecastFigure = (typeof FORECAST_FIGURES)[number];

/** A project as one edition shows it. */
export interface PanelState {
  /** What makes it the same project in another edition: the panel's `key`, else the key of its name. */
  readonly project: string;
  readonly phase: Phase | null;
  /** YYYY-MM-DD. */
  readonly startedOn: string | null;
  /** In M€. */
  readonly cost: number | null;
  /** Planned, in years. */
  readonly duration: number | null;
}

/** One edition of a panel. */
export interface PanelEdition {
  /** YYYY-MM. */
  readonly month: string;
  readonly states: ReadonlyMap<string, PanelState>;
}

/** A panel: its editions from the oldest, and what could not be read. */
export interface Panel {
  readonly editions: readonly PanelEdition[];
  readonly rows: number;
  readonly leftOut: readonly LeftOut[];
}

/** What is known of a project when the next edition's figure is forecast. */
export interface Standing {
  readonly project: string;
  /** The figure as the latest edition gives it; above 0. */
  readonly value: number;
  /** From that edition to the one that is forecast, in months; above 0. */
  readonly months: number;
  readonly phase: Phase | null;
  /** Share of the planned duration that will have passed when the forecast edition comes; null where it is not known. */
  readonly elapsedShare: number | null;
}

/** A project's figure in two editions that follow each other. */
export interface Transition extends Standing {
  /** The months of the two editions. */
  readonly from: string;
  readonly to: string;
  /** ln(later / earlier). */
  readonly logRatio: number;
}
