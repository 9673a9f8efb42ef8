// What a request for accreditation is: what an applicant asks. What was granted is another thing (see accreditations/).
import type { AccreditationStage } from '../accreditations/accreditations.types.ts';
import type { ApiState } from '../catalogue/catalogue.types.ts';
import type { RequestForm } from './request-fields.data.ts';

/** How a request stands. A validated one under change is a draft, or submitted, that was reopened. */
export const REQUEST_STATES = [
  'draft',
  'submitted',
  'changes-requested',
  'validated',
  'refused',
  'archived',
  'revoked',
] as const;

/** One of them. */
export type RequestState = (typeof REQUEST_STATES)[number];

/** All that happens to a request. */
export const REQUEST_EVENTS = [
  'create',
  'copy',
  'prepare',
  'hand-over',
  'claim',
  'submit',
  'request-changes',
  'validate',
  'refuse',
  'revoke',
  'reopen',
  'cancel-reopening',
  'archive',
  'ask-transfer',
  'transfer',
  'decline-transfer',
  'message',
  'remind',
] as const;

/** One of them. */
export type RequestEventKind = (typeof REQUEST_EVENTS)[number];

/** A scope that a request asks for, with what is known of its API. */
export interface RequestedScope {
  readonly scopeId: string;
  readonly name: string;
  readonly title: string;
  readonly isSensitive: boolean;
  readonly apiId: string;
  readonly apiSlug: string;
  readonly apiName: string;
  readonly apiState: ApiState;
  /** The text of law that its producer asks a requester to name; null for none. */
  readonly legalBasisRequired: string | null;
  readonly quotaPerMinute: number;
  readonly producerId: string;
  readonly producerName: string;
  readonly contactEmail: string;
}

/** A transfer to another organisation that waits for an instructor. */
export interface AskedTransfer {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly personId: string;
  readonly personName: string;
  readonly askedAt: Date;
}

/** What lists and pages show of a request without its form. */
export interface ListedRequest {
  readonly id: string;
  /** The number that people quote. */
  readonly number: number;
  readonly title: string;
  readonly template: string;
  readonly stage: AccreditationStage;
  readonly state: RequestState;
  /** When it was reopened; null when no accreditation is under change. */
  readonly reopenedAt: Date | null;
  readonly organisationId: string;
  readonly organisationName: string;
  /** Null while an instructor's draft waits to be claimed. */
  readonly applicantId: string | null;
  readonly applicantName: string | null;
  readonly submittedAt: Date | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly apiNames: readonly string[];
}

/** A request with its form. */
export interface AccreditationRequest extends ListedRequest {
  /** Grows with each change: whoever writes names the one that they read. */
  readonly version: number;
  readonly form: RequestForm;
  readonly claimableByEmail: string | null;
  readonly copiedFrom: string | null;
  readonly transfer: AskedTransfer | null;
  readonly producerIds: readonly string[];
}

/** The form as it was submitted. */
export interface RequestSnapshot {
  readonly organisationId: string;
  readonly applicantId: string | null;
  readonly form: RequestForm;
  readonly scopes: readonly {
    readonly scopeId: string;
    readonly apiName: string;
    readonly name: string;
    readonly title: string;
  }[];
}

/** How long a decision took, in days: all of it, of which the distributor's and the applicant's. */
export interface DecisionTimes {
  readonly days: number;
  readonly distributorDays: number;
  readonly applicantDays: number;
}

/** Something that happened to a request. */
export interface RequestEvent {
  readonly id: number;
  readonly kind: RequestEventKind;
  readonly at: Date;
  readonly byPerson: string | null;
  readonly byName: string | null;
  readonly text: string | null;
  /** Of a submission `snapshot`, of a decision `times` and what it made, of a reminder which one. */
  readonly data: {
    readonly snapshot?: RequestSnapshot;
    readonly times?: DecisionTimes;
    readonly accreditationId?: string;
    readonly reminder?: Reminder;
    readonly organisation?: string;
  };
}

/** What is reminded, each once while nothing moves: the applicant of a draft or of changes, instructors of what waits. */
export const REMINDERS = ['draft-idle', 'changes-idle', 'decision-late'] as const;

/** One of them. */
export type Reminder = (typeof REMINDERS)[number];

/** How a list of requests is narrowed. */
export interface RequestFilter {
  readonly state?: RequestState;
  readonly apiId?: string;
  readonly organisationId?: string;
  /** Words of its title or organisation, or its number. */
  readonly search?: string;
  /** Submitted before this moment, and still waiting. */
  readonly submittedBefore?: Date;
}

/**
 * Which requests a reader sees: those of the organisations for which they apply, those once submitted that ask for an API
 * of `producers`, and, for instructors, all that were submitted or that an instructor prepared.
 */
export interface RequestReach {
  readonly everything: boolean;
  readonly instructs: boolean;
  readonly consumers: readonly string[];
  readonly producers: readonly string[];
}

/** Processing times of one month, in days; `month` is YYYY-MM. */
export interface MonthTimes {
  readonly month: string;
  readonly decided: number;
  readonly validated: number;
  readonly medianDays: number;
  readonly ninetiethDays: number;
  readonly distributorMedianDays: number;
  readonly distributorNinetiethDays: number;
  readonly applicantMedianDays: number;
}

/** Processing times of the last twelve months; null figures while nothing was decided. */
export interface TimesSummary {
  readonly decided: number;
  readonly medianDays: number | null;
  readonly ninetiethDays: number | null;
  readonly distributorMedianDays: number | null;
}
