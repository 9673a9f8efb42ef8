// What a project file is, as the ministry that keeps it, the directorate and the public see it. No query and no page.
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Baseline, Slippage } from '../baselines/baselines.types.ts';
import type { Phase } from '../panorama/editions.types.ts';

/** The states of a file: a draft is the ministry's own; it runs from its first baseline on. */
export const FILE_STATES = ['draft', 'submitted', 'running', 'suspended', 'finished', 'exited'] as const;
/** A state of a file. */
export type FileState = (typeof FILE_STATES)[number];

/** States in which a project still goes on. */
export const LIVE_STATES = ['submitted', 'running', 'suspended'] as const satisfies readonly FileState[];

/** A project file. Amounts in cents incl. VAT, days YYYY-MM-DD. */
export interface ProjectFile {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  /** The organisation above it: a ministry's own people keep the files of its directorates and bodies. */
  readonly organisationParentId: string | null;
  /** `ministry`, `directorate`, `public-body`, ...: whether an opinion binds follows from it. */
  readonly organisationKind: string;
  /** The panorama's project; null where the file has none there. */
  readonly projectId: string | null;
  readonly projectSlug: string | null;
  /** The file that this one was split from. */
  readonly parentId: string | null;
  readonly mergedInto: string | null;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly name: string;
  readonly description: string;
  readonly objectives: string;
  readonly policyPriorities: readonly string[];
  /** Budget programmes: P129. */
  readonly programmes: readonly string[];
  readonly internalFte: number;
  /** 0 to 1. */
  readonly outsourcedShare: number;
  readonly phase: Phase;
  readonly state: FileState;
  readonly startedOn: string;
  readonly plannedEndOn: string;
  /** Build and the first 24 months of running, staff included: the sum of the cost table. */
  readonly fullCostCents: number;
  readonly oneTimeCents: number;
  readonly recurringCents: number;
  readonly classified: boolean;
  readonly firstBaselineAt: Date | null;
  /** Optimistic lock: an edit names the version that it read. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly lastNewsAt: Date;
}

/**
 * Which files a query may read: those of these organisations (and of those below them), whatever their state, and beside
 * them `published` ones (a first baseline, not classified), every `submitted` one, or `none`.
 */
export interface FileReach {
  readonly organisationIds: readonly string[];
  readonly beside: 'published' | 'submitted' | 'none';
}

/** How a list of files is narrowed. */
export interface FileFilter {
  readonly search?: string;
  readonly state?: FileState;
  readonly phase?: Phase;
  readonly organisationId?: string;
}

/** A milestone: its weight counts in earned value, 0 until it is reached and all of it from then on. */
export interface Milestone {
  readonly id: string;
  readonly title: string;
  readonly plannedOn: string;
  readonly reachedOn: string | null;
  readonly weight: number;
}

/** A minimum objective of impact: an indicator, where it stands, where it must be, by when. */
export interface Objective {
  readonly id: string;
  readonly indicatorId: string;
  readonly indicatorTitle: string;
  readonly indicatorUnit: string;
  readonly contractId: string | null;
  readonly baselineValue: number;
  readonly targetValue: number;
  readonly dueOn: string;
}

/** What the ministry holds to be true of the project at a moment, and why. */
export interface Estimate {
  readonly at: Date;
  readonly costCents: number;
  readonly endOn: string;
  /** 1 is all of the first scope. */
  readonly scopeShare: number;
  /** Really paid so far; null where it is not said. */
  readonly spentCents: number | null;
  readonly reason: string;
}

/** Kinds of events of a file. */
export const FILE_EVENT_KINDS = [
  'scope-cut',
  'split',
  'merge',
  'suspension',
  'resumption',
  'exit',
  'finish',
  'reorientation',
  'support',
  'stop',
] as const;
/** A kind of event. */
export type FileEventKind = (typeof FILE_EVENT_KINDS)[number];

/** Something that happened to a project, with its reason. */
export interface FileEvent {
  readonly id: number;
  readonly kind: FileEventKind;
  readonly happenedOn: string;
  readonly recordedAt: Date;
  readonly reason: string;
  /** An exit or stop of a project that was in difficulty. */
  readonly inDifficulty: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}

/** An event to record with `recordFileEvent`. */
export interface NewFileEvent {
  readonly fileId: string;
  readonly kind: FileEventKind;
  /** YYYY-MM-DD. */
  readonly happenedOn: string;
  readonly reason: string;
  readonly actor: LedgerActor;
  readonly at: Date;
  readonly details?: Readonly<Record<string, unknown>>;
  /** The new share of the first scope (1: all of it): scope cuts only. */
  readonly scopeShare?: number;
  /** Said by a person; else it follows from the slippage. Exits and stops only. */
  readonly inDifficulty?: boolean;
}

/** The facts of a file that the watch, forecasts and opinions reason on: all of them in one query. */
export interface FileFacts
  extends Pick<
    ProjectFile,
    | 'id'
    | 'organisationId'
    | 'organisationName'
    | 'organisationParentId'
    | 'organisationKind'
    | 'projectId'
    | 'projectSlug'
    | 'parentId'
    | 'name'
    | 'phase'
    | 'state'
    | 'startedOn'
    | 'plannedEndOn'
    | 'fullCostCents'
    | 'oneTimeCents'
    | 'recurringCents'
    | 'outsourcedShare'
    | 'internalFte'
    | 'classified'
    | 'programmes'
    | 'createdAt'
    | 'lastNewsAt'
    | 'ownerId'
    | 'ownerName'
    | 'firstBaselineAt'
  > {
  readonly objectivesCount: number;
  readonly milestones: readonly Milestone[];
  /** Null while the file is a draft. */
  readonly latestEstimate: Estimate | null;
  readonly firstBaseline: Baseline | null;
  readonly latestBaseline: Baseline | null;
  /** Null without a first baseline and an estimate. */
  readonly slippage: { readonly first: Slippage; readonly latest: Slippage } | null;
}

/** Why a file may not be asked an opinion on. */
export type OpinionObstacle = 'is-draft' | 'has-ended' | 'no-objective' | 'no-cost';
