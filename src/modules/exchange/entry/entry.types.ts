// What the entry page counts.

/** How many the data exchange holds at a moment. */
export interface ExchangeCounts {
  readonly openApis: number;
  readonly activeAccreditations: number;
  /** Calls of 24 hours and of the hour that runs, allowed and denied. */
  readonly calls: number;
}
