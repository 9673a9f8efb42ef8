// What an indicator is, and what is measured of it.

/** Which way is better. */
export const DIRECTIONS = ['up', 'down'] as const;
/** Which way is better. */
export type Direction = (typeof DIRECTIONS)[number];

/** How the days of a period make its figure. */
export const AGGREGATIONS = ['sum', 'mean', 'last'] as const;
/** How the days of a period make its figure. */
export type Aggregation = (typeof AGGREGATIONS)[number];

/** How often a measure is expected. */
export const CADENCES = ['daily', 'weekly', 'monthly'] as const;
/** How often a measure is expected. */
export type Cadence = (typeof CADENCES)[number];

/** Where a measure comes from: said by a person with evidence, or read from a running service. Never mixed in one figure. */
export const MEASURE_ORIGINS = ['declared', 'measured'] as const;
/** Where a measure comes from. */
export type MeasureOrigin = (typeof MEASURE_ORIGINS)[number];

/** What of an indicator its owner says when it is created. */
export interface IndicatorInput {
  readonly title: string;
  /** The project or product that it is about, by its free name. */
  readonly subject: string;
  readonly organisationId: string;
  readonly unit: string;
  readonly direction: Direction;
  readonly population: string;
  readonly aggregation: Aggregation;
  readonly cadence: Cadence;
  readonly isPublic: boolean;
}

/** An indicator; a closed one takes no more measures and keeps those that it has. */
export interface Indicator extends IndicatorInput {
  readonly id: string;
  readonly state: 'open' | 'closed';
  readonly createdAt: Date;
  readonly closedAt: Date | null;
}

/** What an indicator counts, from a day on. */
export interface DefinitionVersion {
  readonly version: number;
  readonly text: string;
  /** First day for which it holds, YYYY-MM-DD. */
  readonly fromDay: string;
  /** Why it changed. */
  readonly reason: string;
  /** Null when the demonstration wrote it. */
  readonly byPerson: string | null;
  readonly createdAt: Date;
}

/** A measure as it comes in; `day` is YYYY-MM-DD, `segment` splits a day (a region, a channel), empty for the whole. */
export interface MeasureLine {
  readonly day: string;
  readonly value: number;
  readonly segment?: string;
}

/** A measure that is kept. */
export interface Measure {
  readonly day: string;
  readonly segment: string;
  readonly value: number;
  readonly origin: MeasureOrigin;
  readonly sourceId: string | null;
  readonly declaredBy: string | null;
  readonly evidence: string;
  readonly receivedAt: Date;
}

/** Why a line is refused. */
export type MeasureRefusal =
  | 'not-a-number'
  | 'too-large'
  | 'not-a-day'
  | 'future'
  | 'segment'
  | 'contradicts-another-line';

/** What became of the lines of one intake; `line` counts from 1 in the order given. */
export interface IntakeResult {
  /** New measures. */
  readonly taken: number;
  /** Already known with the same value. */
  readonly unchanged: number;
  /** Known with another value, which is kept in the history. */
  readonly corrected: number;
  /** The first thousand that were refused. */
  readonly refused: readonly { readonly line: number; readonly reason: MeasureRefusal }[];
  /** How many were refused in all. */
  readonly refusedCount: number;
}

/** A value of a series. For months, `day` is the first of the month. */
export interface SeriesPoint {
  readonly day: string;
  readonly value: number;
}

/** Whose indicators beside the public ones: all, or those of these organisations. */
export type IndicatorReach = 'all' | readonly string[];

/** What narrows a list of indicators. */
export interface IndicatorFilter {
  readonly reach: IndicatorReach;
  readonly search?: string;
  readonly organisationId?: string;
  readonly state?: 'open' | 'closed';
  /** The id of the last one seen. */
  readonly after?: string | null;
  /** At most this many. */
  readonly limit: number;
}
