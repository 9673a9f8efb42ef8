// What an indicator and its series are. Data alone.

/** An indicator. */
export interface Indicator {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Which way is better. */
  readonly direction: 'up' | 'down';
  readonly organisationId: string | null;
}

/** A step of a series: its first day (YYYY-MM-DD) and the mean of what was measured in it. */
export interface SeriesPoint {
  readonly day: string;
  readonly value: number;
}
