// What a proposed match between two names of a project is, and what is decided about it.
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Origin } from './editions.types.ts';

/** Where a proposal stands. A decision that is undone makes it wait again. */
export type MatchStatus = 'waiting' | 'accepted' | 'rejected';

/** How much each thing that can be compared speaks for the match: 0 (nothing) to 1 (the same); null where unknown. */
export interface MatchFeatures {
  readonly name: number;
  /** What made the names alike. */
  readonly nameReason: 'spelling' | 'words' | 'contained' | 'acronym' | 'none';
  readonly ministry: number | null;
  readonly start: number | null;
  readonly zone: number | null;
  readonly cost: number | null;
  /** Words that both descriptions share; null where one has none. */
  readonly description: number | null;
}

/** One side of a proposal: a row of an edition. */
export interface MatchSide {
  readonly projectId: string;
  readonly slug: string;
  readonly name: string;
  /** Month of the edition whose row it is. */
  readonly month: string;
  readonly ministry: string | null;
  readonly startedOn: string | null;
  readonly durationYears: number | null;
  readonly costMeur: number | null;
  readonly zone: string | null;
}

/** A decision taken on a proposal. */
export interface MatchDecision {
  readonly decision: 'accepted' | 'rejected' | 'undone';
  readonly decidedAt: Date;
  readonly decidedBy: LedgerActor;
  /** The ledger's entry of the decision. */
  readonly ledgerEntry: string;
}

/** Two rows that may be one project, with all that a person needs to decide. */
export interface MatchProposal {
  readonly id: number;
  readonly origin: Origin;
  readonly status: MatchStatus;
  /** 0 to 1. */
  readonly score: number;
  readonly features: MatchFeatures;
  /** The row whose name was new. */
  readonly row: MatchSide;
  /** The project that it may be. */
  readonly candidate: MatchSide;
  /** Oldest first. */
  readonly decisions: readonly MatchDecision[];
}
