// What a source of measures is, and what came of reading it.
/** Ways in which measures come. */
export const SOURCE_KINDS = ['address', 'push', 'file', 'module'] as const;
/** A way in which measures come. */
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** How statistics are written at an address. */
export const STATISTICS_FORMATS = ['json', 'csv'] as const;
/** How statistics are written at an address. */
export type StatisticsFormat = (typeof STATISTICS_FORMATS)[number];

/**
 * Where in a document the measures are. In JSON, `list` leads to the list and the others from an item on (JSON Pointers,
 * RFC 6901; empty is the whole); in CSV they are names of columns and `list` is empty. An empty `segment` is none.
 */
export interface StatisticsPlaces {
  readonly list: string;
  readonly day: string;
  readonly value: string;
  readonly segment: string;
}

/** What is set for a source; each kind uses its own part and leaves the others empty. */
export interface SourceSettings extends StatisticsPlaces {
  readonly url: string;
  readonly format: StatisticsFormat;
  readonly everyHours: number;
  /** Name of a measure that a module of Socle offers, and of what it is read. */
  readonly measure: string;
  readonly subject: string;
}

/** A source of measures of one indicator. */
export interface Source {
  readonly id: string;
  readonly indicatorId: string;
  readonly indicatorName: string;
  readonly organisationId: string;
  readonly kind: SourceKind;
  readonly settings: SourceSettings;
  readonly state: 'active' | 'paused';
  readonly hasToken: boolean;
  /** The validator of the last answer (RFC 9110, 8.8.3), sent with the next request. */
  readonly etag: string | null;
  /** Failures in a row. */
  readonly failures: number;
  readonly lastRunAt: Date | null;
  readonly nextRunAt: Date | null;
  readonly createdAt: Date;
}

/** What may come of a run; the first two are good. */
export const RUN_OUTCOMES = [
  'read',
  'not-modified',
  'address-refused',
  'timed-out',
  'too-long',
  'unreachable',
  'redirected',
  'bad-status',
  'wrong-type',
  'unreadable',
  'no-list',
  'no-column',
  'too-many-lines',
  'all-refused',
  'no-figure',
  'indicator-closed',
] as const;
/** What came of a run. */
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** A run of a source. */
export interface SourceRun {
  readonly id: string;
  readonly at: Date;
  readonly outcome: RunOutcome;
  /** The HTTP status, when there was an answer. */
  readonly status: number | null;
  readonly taken: number;
  readonly unchanged: number;
  readonly corrected: number;
  readonly refused: number;
  /** The first refused lines with their reasons, for the people who keep the source. */
  readonly detail: string;
}

/** Whose sources: all, or those of the indicators of these organisations. */
export type SourceReach = 'all' | readonly string[];
