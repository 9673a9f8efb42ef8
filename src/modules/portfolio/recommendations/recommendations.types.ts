// What a recommendation is: issued by an opinion, an audit or a conference, followed to its end. No query and no page.
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { FileReach } from '../files/files.types.ts';

/** How a recommendation stands. The last three are its ends, `refused` among them: with a reason. */
export const RECOMMENDATION_STATES = [
  'issued',
  'accepted',
  'planned',
  'evidenced',
  'refused',
  'implemented',
  'not-implemented',
] as const;
/** One of them. */
export type RecommendationState = (typeof RECOMMENDATION_STATES)[number];

/** States in which the ministry has something to do. */
export const WAITING_STATES: readonly RecommendationState[] = ['issued', 'accepted', 'planned'];
/** States from which it still goes on. */
export const OPEN_STATES: readonly RecommendationState[] = [...WAITING_STATES, 'evidenced'];

/** Where recommendations come from. */
export const RECOMMENDATION_SOURCES = ['opinion', 'audit', 'conference'] as const;
/** One of them. */
export type RecommendationSource = (typeof RECOMMENDATION_SOURCES)[number];

/** What people do with a recommendation. */
export const RECOMMENDATION_STEPS = [
  'accept',
  'refuse',
  'plan',
  'give-evidence',
  'send-back',
  'hand-over',
  'close-implemented',
  'close-not-implemented',
] as const;
/** One of them. */
export type RecommendationStep = (typeof RECOMMENDATION_STEPS)[number];

/** To whom an overdue recommendation is told, one level after the other; level 1 is the first. */
export const ESCALATION_LEVELS = ['owner', 'digital-director', 'directorate', 'conference'] as const;

/** A recommendation to issue with `issueRecommendations`. */
export interface NewRecommendation {
  /** Its id where the caller gives one. */
  readonly id?: string;
  readonly sourceKind: RecommendationSource;
  /** The opinion, audit or conference. */
  readonly sourceId: string;
  readonly fileId: string;
  /** 10 to 4,000 characters. */
  readonly text: string;
  /** Who answers for it; null for the file's own responsible person. */
  readonly ownerId: string | null;
  /** YYYY-MM-DD: the day by which it must be implemented. */
  readonly dueOn: string;
}

/** A recommendation. Days YYYY-MM-DD. */
export interface Recommendation {
  readonly id: string;
  readonly number: number;
  readonly fileId: string;
  readonly fileName: string;
  readonly organisationId: string;
  readonly organisationName: string;
  /** The organisation above the file's. */
  readonly organisationParentId: string | null;
  readonly sourceKind: RecommendationSource;
  readonly sourceId: string;
  readonly text: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly dueOn: string;
  readonly state: RecommendationState;
  readonly plannedOn: string | null;
  readonly plannedById: string | null;
  readonly plannedByName: string | null;
  readonly evidencedById: string | null;
  /** The last level of escalation that was told; 0 is none. */
  readonly escalated: number;
  readonly version: number;
  readonly issuedAt: Date;
  readonly changedAt: Date;
  readonly closedAt: Date | null;
  readonly forecastBeforeId: string | null;
  readonly forecastAfterId: string | null;
}

/** A line of its history, which is never rewritten. */
export interface RecommendationEvent {
  readonly step: RecommendationStep | 'issue' | 'escalate';
  readonly at: Date;
  readonly actor: LedgerActor;
  /** Null where no person did it. */
  readonly byName: string | null;
  readonly text: string | null;
  readonly details: { readonly level?: number; readonly plannedOn?: string; readonly toName?: string };
}

/** Which recommendations a reader sees: those of the files in reach, and those that they own. */
export interface FollowUpReach {
  readonly files: FileReach;
  readonly personId: string;
}

/** How a list of recommendations is narrowed. */
export interface RecommendationFilter {
  readonly state?: RecommendationState;
  readonly source?: RecommendationSource;
  readonly organisationId?: string;
  readonly fileId?: string;
  /** Only those that are overdue on this day (YYYY-MM-DD). */
  readonly overdueOn?: string;
}

/** What became of a ministry's recommendations, in public figures. */
export interface RecommendationFigures {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly issued: number;
  /** Accepted at some time, whatever came later. */
  readonly accepted: number;
  readonly refused: number;
  readonly implemented: number;
  readonly notImplemented: number;
  readonly open: number;
  readonly overdue: number;
}
