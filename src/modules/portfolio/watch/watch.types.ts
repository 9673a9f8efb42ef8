// What the watch looks at and what an alert is: a rule that fired on a project, open until somebody decides.
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { FileFacts, FileState } from '../files/files.types.ts';
import type { Phase } from '../panorama/editions.types.ts';

/** The rules, those that weigh most first. */
export const WATCH_RULES = [
  'slippage',
  'forecast-above-frame',
  'overdue-recommendations',
  'outsourcing',
  'no-impact-measure',
  'no-news',
] as const;
/** One of them. */
export type WatchRule = (typeof WATCH_RULES)[number];

/** What may be decided on an alert. */
export const ALERT_DECISIONS = ['support', 'audit', 'reorientation', 'stop', 'accepted-risk'] as const;
/** One of them. */
export type AlertDecision = (typeof ALERT_DECISIONS)[number];

/** All that the rules know of a file. */
export interface WatchedFile {
  readonly facts: FileFacts;
  /** Its overdue recommendations; null where there is none. */
  readonly overdue: { readonly count: number; readonly oldestDueOn: string } | null;
  /** The last day (YYYY-MM-DD) with a measure of one of its objectives; null where there is none. */
  readonly lastMeasureOn: string | null;
  /** The P80 of its latest forecast; null where there is none. */
  readonly forecast: { readonly p80CostCents: number | null; readonly p80EndOn: string | null } | null;
}

/** The limits in force; null switches a rule off. */
export interface WatchLimits {
  /** Shares: 0.2 is 20 %. */
  readonly costSlippage: number | null;
  readonly scheduleSlippage: number | null;
  readonly outsourcing: number | null;
  readonly overdueRecommendations: number | null;
  readonly newsDays: number | null;
}

/** The facts that made a rule fire: amounts in cents, shares from 0 to 1, days YYYY-MM-DD. */
export type AlertFacts = Readonly<Record<string, number | string | null>>;

/** An alert as it is found. */
export interface Alert {
  readonly id: string;
  readonly number: number;
  readonly fileId: string;
  readonly fileName: string;
  readonly fileState: FileState;
  readonly phase: Phase;
  readonly fullCostCents: number;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly organisationParentId: string | null;
  readonly rule: WatchRule;
  readonly ruleVersion: string;
  readonly facts: AlertFacts;
  readonly state: 'open' | 'decided';
  readonly openedAt: Date;
  readonly firedAt: Date;
  /** Since when the rule does not fire any more, the alert still being open; null while it does. */
  readonly quietSince: Date | null;
  readonly decidedAt: Date | null;
  /** The first day on which the rule may open it again. */
  readonly restsUntil: string | null;
  /** How often it was opened again. */
  readonly reopened: number;
  readonly version: number;
  /** The last decision; null while there was none. */
  readonly decision: AlertDecision | null;
}

/** A decision on an alert, never rewritten. */
export interface DecidedAlert {
  readonly decision: AlertDecision;
  readonly reason: string;
  readonly until: string | null;
  readonly facts: AlertFacts;
  readonly decidedAt: Date;
  readonly actor: LedgerActor;
  readonly byName: string | null;
  readonly conferenceId: string | null;
  readonly auditId: string | null;
  readonly ledgerEntry: string;
}

/** A rule that fired on a file. */
export interface Firing {
  readonly fileId: string;
  readonly rule: WatchRule;
  readonly facts: AlertFacts;
}

/** What the watch must know of an alert to decide whether it opens, stays or rests. */
export type KnownAlert = Pick<Alert, 'id' | 'fileId' | 'rule' | 'state' | 'restsUntil' | 'quietSince'>;

/** What a look at all files changes. */
export interface WatchChanges {
  readonly open: readonly Firing[];
  readonly reopen: readonly (Firing & { readonly id: string })[];
  readonly refresh: readonly (Firing & { readonly id: string })[];
  /** Open alerts whose rule has stopped firing: they stay open. */
  readonly quiet: readonly string[];
}
