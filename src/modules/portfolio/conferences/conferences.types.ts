// What a ministerial digital conference is: an agenda of projects, a sheet for each, what the session said, minutes.
import type { AlertDecision, AlertFacts, WatchRule } from '../watch/watch.types.ts';

/** How a conference stands. Closed is for good: the minutes are frozen. */
export const CONFERENCE_STATES = ['drafted', 'prepared', 'closed'] as const;
/** One of them. */
export type ConferenceState = (typeof CONFERENCE_STATES)[number];

/** Which conferences a reader sees: all, or those of their organisations, as ministry or as Budget directorate. */
export type ConferenceReach = 'all' | { readonly organisationIds: readonly string[] };

/** A conference. Days YYYY-MM-DD. */
export interface Conference {
  readonly id: string;
  readonly number: number;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly organisationParentId: string | null;
  readonly budgetOrganisationId: string | null;
  readonly budgetOrganisationName: string | null;
  readonly heldOn: string;
  readonly state: ConferenceState;
  readonly participants: string;
  readonly summary: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly preparedAt: Date | null;
  readonly closedAt: Date | null;
  readonly items: number;
  /** SHA-256 of the minutes, in hexadecimal; null until it is closed. */
  readonly minutesSha256: string | null;
}

/** Why a project is on the agenda. */
export type AgendaReason =
  | { readonly kind: 'difficulty'; readonly rules: readonly WatchRule[] }
  | { readonly kind: 'overdue'; readonly count: number }
  | { readonly kind: 'cost' }
  | { readonly kind: 'added' };

/** A project that may go on the agenda. */
export interface AgendaCandidate {
  readonly fileId: string;
  readonly fileName: string;
  readonly fullCostCents: number;
  /** The rules of its open alerts. */
  readonly rules: readonly WatchRule[];
  readonly overdue: number;
  /** How many of its recommendations were escalated to the agenda of a conference. */
  readonly escalated: number;
}

/** What Socle holds of a project when its sheet is prepared: the axes that a conference looks at. Amounts in cents. */
export interface ConferenceSheet {
  /** YYYY-MM-DD. */
  readonly takenOn: string;
  readonly impact: readonly {
    readonly title: string;
    readonly unit: string;
    readonly baselineValue: number;
    readonly targetValue: number;
    readonly dueOn: string;
    readonly lastMeasureOn: string | null;
  }[];
  readonly cost: {
    readonly fullCents: number;
    readonly oneTimeCents: number;
    readonly recurringCents: number;
    readonly firstBaselineCents: number | null;
    readonly costShare: number | null;
    readonly scheduleShare: number | null;
    readonly endOn: string;
  };
  /** The doctrines of accessibility, eco-responsibility and security: met (or exempt), else what stands in the way. */
  readonly doctrines: readonly {
    readonly word: 'accessibility' | 'eco-design' | 'security';
    readonly conformity: 'met' | 'partly' | 'not' | 'not-assessed' | 'outdated';
    readonly assessmentId: string | null;
  }[];
  readonly outsourcedShare: number;
  readonly forecast: { readonly p80CostCents: number | null; readonly p80EndOn: string | null } | null;
  readonly alerts: readonly { readonly rule: WatchRule; readonly facts: AlertFacts }[];
  readonly recommendations: { readonly open: number; readonly overdue: number };
}

/** A project on the agenda. */
export interface ConferenceItem {
  readonly id: string;
  readonly conferenceId: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly position: number;
  readonly why: AgendaReason;
  /** As it stood when the ministry handed the sheets in; null before. */
  readonly sheet: ConferenceSheet | null;
  /** What the ministry adds. */
  readonly comment: string;
  readonly conclusions: string;
  readonly decision: AlertDecision | null;
  readonly decisionReason: string;
  readonly decisionUntil: string | null;
}

/** The minutes as they were frozen. */
export interface ConferenceMinutes {
  readonly content: Buffer;
  readonly sha256: string;
  readonly closedAt: Date;
  readonly ledgerEntry: string;
}
