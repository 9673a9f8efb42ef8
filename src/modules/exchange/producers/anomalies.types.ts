// What an anomaly is: a consumer that departs from what it declared or from its habit, on one API and one day.

/** The kinds: too many calls, calls out of hours, a rise of refusals, far more people than usual. */
export const ANOMALY_KINDS = ['volume', 'hours', 'denied', 'enumeration'] as const;

/** One of them. */
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

/** What is counted of one accreditation on one API, for the rules. */
export interface AccessPattern {
  readonly producerId: string;
  readonly apiId: string;
  readonly accreditationId: string;
  readonly organisationId: string;
  /** Calls that the request declared per day at most; null where it declared none. */
  readonly declaredCallsPerDay: number | null;
  /** The hours, 0 to 23 in the State's time zone, between which it declared to call, both included. */
  readonly declaredFromHour: number;
  readonly declaredToHour: number;
  /** Since the State's midnight. */
  readonly callsToday: number;
  /** Calls of today by hour of the State's clocks. */
  readonly callsByHour: Readonly<Record<number, number>>;
  /** In the hour that runs. */
  readonly callsThisHour: number;
  readonly deniedThisHour: number;
  /** Refusals per hour with calls, over the seven days before. */
  readonly usualDeniedPerHour: number;
  /** Different people or companies in the hour that runs, and the most of any measured hour of the 14 days before. */
  readonly subjectsThisHour: number;
  readonly usualSubjectsPerHour: number | null;
}

/** What a rule found. */
export interface FoundAnomaly {
  readonly kind: AnomalyKind;
  readonly observed: number;
  readonly expected: number;
}

/** An anomaly as the room shows it. */
export interface Anomaly extends FoundAnomaly {
  readonly id: string;
  readonly producerId: string;
  readonly apiId: string;
  readonly apiSlug: string;
  readonly apiName: string;
  readonly accreditationId: string;
  readonly accreditationNumber: number;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly foundAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly note: string | null;
}
