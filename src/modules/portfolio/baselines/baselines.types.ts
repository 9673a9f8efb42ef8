// What a baseline is, and how far a project has slipped from one.
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';

/** One year of a plan, in cents. */
export interface PlanYear {
  readonly year: number;
  readonly oneTimeCents: number;
  readonly recurringCents: number;
}

/** What is kept with a baseline of its years and milestones. */
export interface BaselinePlan {
  readonly years: readonly PlanYear[];
  readonly milestones: readonly {
    readonly title: string;
    readonly plannedOn: string;
    readonly weight: number;
  }[];
}

/** What slippage is measured against. Days YYYY-MM-DD, scope 1 for all of the first scope. */
export interface Frame {
  readonly costCents: number;
  readonly startOn: string;
  readonly endOn: string;
  readonly scopeShare: number;
}

/** A baseline: proposed, approved (frozen for good) or refused. */
export interface Baseline extends Frame {
  readonly id: string;
  readonly fileId: string;
  /** 1 is the first; null until approved. */
  readonly number: number | null;
  readonly scopeText: string;
  readonly plan: BaselinePlan;
  readonly reason: string;
  readonly author: LedgerActor;
  /** Null where a job or the demonstration wrote it. */
  readonly authorName: string | null;
  readonly proposedAt: Date;
  readonly state: 'proposed' | 'approved' | 'refused';
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  readonly decisionReason: string | null;
  readonly opinionId: string | null;
}

/** How far an estimate is from a baseline; positive is dearer, later, more scope. */
export interface Slippage {
  readonly costCents: number;
  /** Estimate / baseline − 1. */
  readonly costShare: number;
  /** Months of the mean Gregorian year (365.2425 / 12 days). */
  readonly months: number;
  /** Against the planned duration; null where that is zero days. */
  readonly scheduleShare: number | null;
  /** Difference of shares of the first scope: −0.2 is a fifth of it cut. */
  readonly scopeShare: number;
}
