// What an edition of the panorama and its rows are. Figures computed from them are in averages.types.ts.
import type { Translated } from '#platform/i18n/locale.ts';

/** Where an edition comes from: really published, or of the fictitious demonstration State. Never mixed. */
export const ORIGINS = ['published', 'demonstration'] as const;
/** Where an edition comes from. */
export type Origin = (typeof ORIGINS)[number];

/** The phases of a project, in the order in which it goes through them. */
export const PHASES = ['scoping', 'build', 'pilot', 'rollout', 'finished'] as const;
/** Scoping (cadrage), design and build, pilot (expérimentation), roll-out (déploiement), finished (terminé). */
export type Phase = (typeof PHASES)[number];

/** The cost bands of the published table, from the lowest. Bounds in M€. */
export const BANDS = ['under-5', '5-9', '9-20', '20-100', 'over-100'] as const;
/** A cost band in M€. */
export type Band = (typeof BANDS)[number];

/** An edition held: an immutable snapshot of the published table. */
export interface Edition {
  readonly id: number;
  readonly origin: Origin;
  /** YYYY-MM. */
  readonly month: string;
  /** The day that the table itself gives as its publication (YYYY-MM-DD); null where it gives none. */
  readonly publishedOn: string | null;
  readonly shape: 'table' | 'panel';
  readonly sourceName: string;
  /** SHA-256 of the file that it came from, in hexadecimal. */
  readonly sourceSha256: string;
  readonly rowCount: number;
  /** Rows of the file that could not be kept, with the reason of each. */
  readonly leftOut: readonly LeftOut[];
  readonly importedAt: Date;
}

/** Something of a file that was not imported: where (`line 12`, `edition 2016-11`) and why. */
export interface LeftOut {
  readonly where: Translated;
  readonly reason: Translated;
}

/** Why a cell of a kept row gave no value, or which doubt there is about it. */
export interface RowNote {
  readonly field:
    | 'cost'
    | 'duration'
    | 'start'
    | 'phase'
    | 'band'
    | 'interministerial'
    | 'publishedOn'
    | 'name';
  /** `status`: a status stood where a value goes; `unreadable`: kept as text only; `duplicate`: the name is there twice. */
  readonly code: 'status' | 'unreadable' | 'duplicate';
  /** The cell's own words, shortened to 300 characters. */
  readonly text: string;
}

/** The typed values of one row, as read from a file. */
export interface RowValues {
  readonly name: string;
  readonly ministryShort: string | null;
  readonly ministry: string | null;
  readonly interministerial: boolean | null;
  readonly description: string | null;
  /** Address or text that the table gives to know more; may hold several addresses. */
  readonly link: string | null;
  /** YYYY-MM-DD; the first of the month where only the month is known. */
  readonly startedOn: string | null;
  /** Planned duration in years. */
  readonly durationYears: number | null;
  readonly phase: Phase | null;
  /** Full cost in M€; null in scoping or where it is not published. */
  readonly costMeur: number | null;
  /** As published, else computed from the cost. */
  readonly band: Band | null;
  readonly zone: string | null;
  readonly programmes: string | null;
  readonly programmeLink: string | null;
  readonly publishedOn: string | null;
  readonly notes: readonly RowNote[];
}

/** Shape of an edition's month. */
export const MONTH = /^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])$/;
