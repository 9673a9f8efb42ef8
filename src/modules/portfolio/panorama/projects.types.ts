// What the public sees of a project: as a row of an edition, and through all its editions.
import type { Band, Origin, Phase, RowNote, RowValues } from './editions.types.ts';
import type { MatchProposal } from './matches.types.ts';

/** A change of cost or duration since the project was first published. It is NOT the official slip. */
export interface ChangeSinceFirst {
  /** The edition in which the value was first known. */
  readonly month: string;
  readonly first: number;
  readonly latest: number;
  /** latest / first − 1; null when the first is 0. */
  readonly share: number | null;
}

/** One project of an edition's list. */
export interface ProjectInEdition {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly ministryShort: string | null;
  readonly ministry: string | null;
  readonly interministerial: boolean | null;
  readonly description: string | null;
  readonly startedOn: string | null;
  readonly durationYears: number | null;
  readonly phase: Phase | null;
  readonly costMeur: number | null;
  readonly band: Band | null;
  readonly zone: string | null;
  readonly programmes: string | null;
  readonly notes: readonly RowNote[];
  /** Null while there is no earlier edition with a known value. */
  readonly costChange: ChangeSinceFirst | null;
  readonly durationChange: ChangeSinceFirst | null;
}

/** The columns that a list of projects can be sorted by. */
export const PROJECT_SORTS = ['name', 'ministry', 'phase', 'start', 'duration', 'cost'] as const;
/** A column to sort by. */
export type ProjectSort = (typeof PROJECT_SORTS)[number];

/** Which projects of an edition to list. */
export interface ProjectFilter {
  /** Words to find in name, description, ministry, zone and programmes; accents and case do not count. */
  readonly search?: string;
  /** A ministry's full name or short name, as the edition writes it. */
  readonly ministry?: string;
  /** `unknown`: the table gives none. */
  readonly phase?: Phase | 'unknown';
  readonly zone?: string;
  readonly band?: Band | 'unknown';
  readonly interministerial?: boolean;
}

/** How to sort and cut a list of projects. */
export interface ProjectOrder {
  readonly sort?: ProjectSort;
  readonly direction?: 'asc' | 'desc';
  /** 1 to 200; 50 unless told. */
  readonly limit?: number;
}

/** A page of projects, with how many there are in all. */
export interface ProjectPage {
  readonly items: readonly ProjectInEdition[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** The values that a list's filters can take in an edition, each with its number of projects. */
export interface FilterChoices {
  readonly ministries: readonly {
    readonly value: string;
    readonly short: string | null;
    readonly count: number;
  }[];
  readonly phases: readonly { readonly value: Phase | 'unknown'; readonly count: number }[];
  readonly zones: readonly { readonly value: string; readonly count: number }[];
  readonly bands: readonly { readonly value: Band | 'unknown'; readonly count: number }[];
}

/** One edition in a project's history. */
export interface ProjectState extends Omit<RowValues, 'link'> {
  readonly month: string;
  readonly editionId: number;
  /** The line of the source file. */
  readonly line: number;
  /** `founded`: the name was new; `exact`: the same name as before. */
  readonly link: 'founded' | 'exact';
  /** Address or text that the table gives to know more. */
  readonly moreLink: string | null;
  /** The cells as they stood in the file, in the order of `headers`. */
  readonly raw: readonly string[];
  readonly headers: readonly string[];
}

/** A name that a project had, and the editions that used it. */
export interface ProjectName {
  readonly name: string;
  readonly firstMonth: string;
  readonly lastMonth: string;
}

/** A project with all that is held about it. */
export interface Project {
  readonly id: string;
  readonly slug: string;
  readonly origin: Origin;
  /** The name in the latest edition that holds it. */
  readonly name: string;
  /** True when the latest edition of its origin no longer holds it. */
  readonly hasLeft: boolean;
  /** Oldest first; at least one. */
  readonly states: readonly ProjectState[];
  /** Oldest first. */
  readonly names: readonly ProjectName[];
  /** Months of editions held between its first and its last that do not hold it. */
  readonly missingMonths: readonly string[];
  readonly costChange: ChangeSinceFirst | null;
  readonly durationChange: ChangeSinceFirst | null;
  /** Accepted matches that made it one, newest last. */
  readonly matches: readonly MatchProposal[];
}

/** One state of one project, for the export of a project's history or of all histories. */
export interface HistoryRow {
  readonly projectId: string;
  readonly slug: string;
  readonly month: string;
  readonly name: string;
  readonly ministry: string | null;
  readonly phase: Phase | null;
  readonly costMeur: number | null;
  readonly durationYears: number | null;
  readonly startedOn: string | null;
  readonly zone: string | null;
}
