// The figures of an edition and of the evolution over editions. How they are computed is in averages.rules.ts.
import type { Band, Edition, Origin, Phase } from './editions.types.ts';
import type { ChangeSinceFirst } from './projects.types.ts';

/** What the figures need of a row. */
export interface CountedRow {
  readonly projectId: string;
  readonly slug: string;
  readonly name: string;
  readonly ministry: string | null;
  readonly ministryShort: string | null;
  readonly phase: Phase | null;
  readonly costMeur: number | null;
  readonly band: Band | null;
  readonly zone: string | null;
  readonly durationYears: number | null;
}

/** The headline figures of an edition, under one version of their definition. */
export interface Headline {
  readonly definition: 'panorama/1';
  readonly projects: number;
  /** Sum of the known costs, M€. */
  readonly totalMeur: number;
  /** How many projects have no published cost. */
  readonly unknownCosts: number;
  /** Mean of the known planned durations, years; null when none is known. */
  readonly meanDurationYears: number | null;
  readonly unknownDurations: number;
}

/** A group of projects and its figures; `unknown` groups those whose table cell gives nothing. */
export interface GroupFigures<K extends string> {
  readonly key: K | 'unknown';
  readonly projects: number;
  readonly totalMeur: number;
  readonly unknownCosts: number;
}

/** A ministry's projects by phase. */
export interface MinistryFigures {
  /** Full name; `unknown` where the table gives none. */
  readonly ministry: string;
  readonly short: string | null;
  readonly projects: number;
  readonly totalMeur: number;
  readonly unknownCosts: number;
  readonly byPhase: Readonly<Record<Phase | 'unknown', number>>;
}

/** A project that entered or left. `lastState` is the row of the edition that still (or first) had it. */
export interface Movement {
  readonly lastState: CountedRow;
  /** True when it was already in an edition before the previous one (a return). */
  readonly returned: boolean;
}

/** What changed between an edition and the previous one of the same origin. */
export interface EditionChanges {
  readonly previousMonth: string;
  readonly entries: readonly Movement[];
  readonly exits: readonly Movement[];
  /** The largest rise in cost of a project held by both, in M€; null when none rose. */
  readonly largestRise: {
    readonly row: CountedRow;
    readonly fromMeur: number;
    readonly toMeur: number;
  } | null;
  readonly changedCosts: number;
  readonly changedPhases: number;
  readonly unchanged: number;
}

/** The figures that the directorate declared with an edition. Gaps are shares: 0.25 for 25 %. */
export interface DeclaredFigures {
  readonly month: string;
  readonly projects: number | null;
  readonly totalMeur: number | null;
  readonly meanDurationYears: number | null;
  readonly meanScheduleGap: number | null;
  readonly meanBudgetGap: number | null;
  readonly sourceName: string;
}

/** A declared figure that the table itself does not give. */
export interface Discrepancy {
  readonly figure: 'projects' | 'totalMeur' | 'meanDurationYears';
  readonly declared: number;
  readonly computed: number;
  /** computed − declared. */
  readonly difference: number;
}

/** All the figures of one edition. */
export interface Panorama {
  readonly edition: Edition;
  readonly headline: Headline;
  /** By ministry, the one with most projects first. */
  readonly byMinistry: readonly MinistryFigures[];
  readonly byPhase: readonly GroupFigures<Phase>[];
  readonly byBand: readonly GroupFigures<Band>[];
  /** The zone with most projects first. */
  readonly byZone: readonly GroupFigures<string>[];
  /** Null for the first edition held. */
  readonly changes: EditionChanges | null;
  readonly declared: DeclaredFigures | null;
  readonly discrepancies: readonly Discrepancy[];
  /** Largest changes of cost since first publication, largest share first; at most 10. */
  readonly costChanges: readonly { readonly row: CountedRow; readonly change: ChangeSinceFirst }[];
}

/** One point of the evolution: an edition held, a declared headline, or both. */
export interface EvolutionPoint {
  readonly month: string;
  readonly origin: Origin;
  /** Null where only the declared figures are held. */
  readonly computed: Headline | null;
  readonly declared: DeclaredFigures | null;
  readonly entries: number | null;
  readonly exits: number | null;
  readonly discrepancies: readonly Discrepancy[];
}
