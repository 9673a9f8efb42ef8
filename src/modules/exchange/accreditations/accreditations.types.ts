// What an accreditation is: a snapshot of what a request was granted. A request is another thing (see requests/).
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';

/** How an accreditation stands: one at most of a request is active. */
export const ACCREDITATION_STATES = ['active', 'obsolete', 'revoked', 'expired'] as const;

/** One of them. */
export type AccreditationState = (typeof ACCREDITATION_STATES)[number];

/** Where its calls go: to the recorded examples, or to the producers. */
export type AccreditationStage = 'sandbox' | 'production';

/** An accreditation as it was taken at validation. */
export interface Accreditation {
  readonly id: string;
  /** The number that people quote, and that a caller names in the `accreditation` header. */
  readonly number: number;
  readonly requestId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly template: string;
  readonly stage: AccreditationStage;
  readonly state: AccreditationState;
  /** What calls say that they are for, recorded with each. */
  readonly purpose: string;
  readonly legalBasis: string | null;
  /** Calls per day at most, and the hours (0 to 23, the State's time zone) in which they are made, as declared. */
  readonly declaredCallsPerDay: number | null;
  readonly declaredFromHour: number;
  readonly declaredToHour: number;
  /** Null: the API's own. */
  readonly quotaPerMinute: number | null;
  readonly validFrom: Date;
  /** Null: without end. */
  readonly validUntil: Date | null;
  readonly decidedBy: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** A scope of an API that it grants. */
export interface Grant {
  readonly accreditationId: string;
  readonly apiId: string;
  readonly apiSlug: string;
  readonly apiName: string;
  readonly producerId: string;
  readonly producerName: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly scopeTitle: string;
  /** The fields of the answers that it lets out, as JSON Pointers. */
  readonly fields: readonly string[];
  readonly isSensitive: boolean;
  /** When the scope was lowered, and why; null while it is granted. */
  readonly withdrawnAt: Date | null;
  readonly withdrawalReason: string | null;
}

/** A machine service of the hub that calls under it. */
export interface AccreditedClient {
  readonly accreditationId: string;
  readonly clientId: string;
  readonly serviceId: string;
  readonly name: string;
  /** The hub's state of the service. */
  readonly serviceState: 'test' | 'production' | 'suspended' | 'closed';
  readonly addedAt: Date;
  /** When every call of this client was refused, and why; null while it may call. */
  readonly revokedAt: Date | null;
  readonly revocationReason: string | null;
  /** In whose name it was: a consumer may lift its own revocation, never the distributor's. */
  readonly revokedAs: 'consumer' | 'distributor' | null;
}

/** A machine service that may call for its organisation. */
export interface MachineClient {
  readonly clientId: string;
  readonly serviceId: string;
  readonly name: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly state: 'test' | 'production' | 'suspended' | 'closed';
}

/** An accreditation with all that it holds, for its page and the API. */
export interface WholeAccreditation extends Accreditation {
  readonly requestNumber: number;
  /** The whole form as it was validated. */
  readonly form: Readonly<Record<string, unknown>>;
  readonly grants: readonly Grant[];
  readonly clients: readonly AccreditedClient[];
}

/** An accreditation in a list, with the APIs that it opens. */
export interface ListedAccreditation extends Accreditation {
  readonly apiNames: readonly string[];
  readonly clientCount: number;
}

/** What happened to an accreditation. */
export const ACCREDITATION_EVENTS = [
  'issued',
  'replaced',
  'revoked',
  'expired',
  'scope-withdrawn',
  'scope-restored',
  'transferred',
  'client-added',
  'client-removed',
  'client-revoked',
  'client-restored',
  'reminded',
] as const;

/** One of them. */
export type AccreditationEventKind = (typeof ACCREDITATION_EVENTS)[number];

/** One line of its history. */
export interface AccreditationEvent {
  readonly kind: AccreditationEventKind;
  readonly at: Date;
  readonly byPerson: string | null;
  /** A scope, a client, a reason: what the sentence needs. */
  readonly data: Readonly<Record<string, string>>;
}

/** How a list of accreditations is narrowed. */
export interface AccreditationFilter {
  readonly state?: AccreditationState;
  /** An API's id. */
  readonly apiId?: string;
  readonly organisationId?: string;
  readonly stage?: AccreditationStage;
}

/**
 * Which accreditations a reader sees: all; else those of `consumers` (their organisations), and those that grant an API
 * of `producers`, of which they see their own APIs alone.
 */
export type AccreditationReach =
  | 'all'
  | { readonly consumers: readonly string[]; readonly producers: readonly string[] };

/** What a validated request becomes: everything is copied, so that the request may change afterwards. */
export interface NewAccreditation {
  /** Given by the demonstration alone; else one is made. */
  readonly id?: string;
  readonly requestId: string;
  readonly organisationId: string;
  readonly template: string;
  readonly stage: AccreditationStage;
  /** 3 to 300 characters. */
  readonly purpose: string;
  readonly legalBasis: string | null;
  readonly form: Readonly<Record<string, unknown>>;
  readonly declaredCallsPerDay: number | null;
  readonly declaredFromHour: number;
  readonly declaredToHour: number;
  readonly quotaPerMinute: number | null;
  readonly validUntil: Date | null;
  readonly decidedBy: string | null;
  /** Ids of `exchange.api_scopes`, at least one. */
  readonly scopeIds: readonly string[];
}

/** An accreditation of the past, as the demonstration records it. */
export interface RecordedAccreditation extends NewAccreditation {
  readonly validFrom: Date;
  readonly state: AccreditationState;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  /** Client ids of machine services of the same organisation. */
  readonly clientIds: readonly string[];
}

/** Who does something to it. */
export interface AccreditationDoer {
  readonly by: LedgerActor;
}
