// What a consumer sees of its own use of the exchange. What it was granted is in accreditations.types.ts.

/** Of the latest calls this many are looked at one by one; more are only counted by the hour. */
export const MOST_LOOKED_AT = 50_000;

/** What one needs to call an API: where, for which audience, how often. */
export interface CallableApi {
  readonly apiId: string;
  /** Audience of its tokens (RFC 8707); null until the API was opened. */
  readonly resource: string | null;
  readonly quotaPerMinute: number;
  /** The newest version that is not retired; null where there is none. */
  readonly version: string | null;
  readonly versionId: string | null;
}

/** Calls of one day. */
export interface UsageDay {
  /** YYYY-MM-DD in the State's time zone. */
  readonly day: string;
  readonly allowed: number;
  readonly denied: number;
}

/** Refusals with one code on one API, with the trace id of the latest. */
export interface RecentRefusal {
  readonly code: string;
  readonly apiName: string | null;
  readonly calls: number;
  readonly lastAt: Date;
  readonly traceId: string;
}

/** The busiest minute of an accreditation on an API. */
export interface PeakMinute {
  readonly accreditationId: string;
  readonly apiId: string;
  readonly calls: number;
}

/** A stop in force that concerns one's organisation. */
export interface OwnStop {
  readonly id: string;
  readonly apiName: string;
  readonly apiSlug: string;
  readonly scopeTitle: string | null;
  readonly accreditationNumber: number | null;
  readonly reason: string;
  readonly orderedAt: Date;
  readonly endsAt: Date | null;
}
