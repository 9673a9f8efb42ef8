// An access as the producer's room shows it: one record of a call, with the names of who called and for what.

/** A record of a call. */
export interface Access {
  readonly at: Date;
  readonly log: string;
  readonly index: number;
  readonly producerId: string | null;
  readonly producerSeq: number;
  readonly apiId: string | null;
  readonly apiSlug: string | null;
  readonly apiName: string | null;
  readonly apiVersion: string | null;
  readonly accreditationId: string | null;
  readonly accreditationNumber: number | null;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  readonly clientId: string | null;
  readonly purpose: string | null;
  readonly scopes: readonly string[];
  /** Patterns of the fields that left. */
  readonly fields: readonly string[];
  /** Whether somebody is concerned: their keyed hash is in the record, never who they are. */
  readonly hasSubject: boolean;
  /** `allowed`, or the code of the refusal. */
  readonly verdict: string;
  readonly status: number;
  readonly policyVersion: number;
  readonly latencyUs: number;
  readonly traceId: string;
  readonly environment: 'sandbox' | 'production';
}

/** A record whole: with the entry of the log, as text; null once its content was erased. */
export interface WholeAccess extends Access {
  readonly subjectHash: string | null;
  readonly fieldsHash: string | null;
  readonly entry: string | null;
}

/** What names a record: the moment, the log, the place in it. It is also where a page of the list ends. */
export interface AccessKey {
  readonly at: Date;
  readonly log: string;
  readonly index: number;
}

/** How a list of accesses is narrowed. */
export interface AccessFilter {
  readonly producerId?: string;
  readonly apiId?: string;
  readonly organisationId?: string;
  readonly accreditationId?: string;
  readonly verdict?: 'allowed' | 'denied';
  /** Name of a scope under which fields left. */
  readonly scope?: string;
  /** From this moment on. */
  readonly from: Date;
  /** Before this moment; open without it. */
  readonly to?: Date;
}

/** How many different people or companies accesses concern: exactly, or at least. */
export interface SubjectCount {
  readonly subjects: number;
  /** False: more records than are read at once, the newest of which concern so many. */
  readonly isExact: boolean;
}
