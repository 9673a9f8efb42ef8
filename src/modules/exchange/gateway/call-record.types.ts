// What is recorded of one call at a gateway, allowed or denied. It holds no identifier of a person and no data that left.

/** The verdict of a call: `allowed`, or the stable code of its refusal. */
export type Verdict = 'allowed' | (string & {});

/** A call as the gateway hands it to its log. */
export interface CallRecord {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Organisation that produces the API; null where the request named no API: it belongs to the gateway alone. */
  readonly producerId: string | null;
  readonly apiId: string | null;
  readonly apiVersion: string | null;
  /** Null until a credential was accepted. */
  readonly clientId: string | null;
  readonly accreditationId: string | null;
  readonly organisationId: string | null;
  readonly purpose: string | null;
  /** Whether recorded examples were asked, or the producer. */
  readonly environment: 'sandbox' | 'production';
  /** Scopes under which fields left. */
  readonly scopes: readonly string[];
  /** JSON Pointer patterns of the fields that the scopes let out (`/enfants/*\/prenom`), in a fixed order. */
  readonly fields: readonly string[];
  /** SHA-256 over `fields`, one a line, base64; null where nothing left. */
  readonly fieldsHash: string | null;
  /** Keyed hash of the person or company concerned, base64; null where nobody is. */
  readonly subjectHash: string | null;
  readonly verdict: Verdict;
  /** HTTP status of the answer. */
  readonly status: number;
  readonly policyVersion: number;
  /** Microseconds from the request's arrival to its record. */
  readonly latencyUs: number;
  /** 32 hexadecimal digits (W3C Trace Context). */
  readonly traceId: string;
}

/** A log that makes records durable. */
export interface AccessLog {
  /** Name of the log, first line of its checkpoints. */
  readonly origin: string;
  /**
   * Appends a record. `done` is called with its index once it is on the disk (fdatasync), with an error when it cannot
   * be: the call must then not be answered as allowed.
   */
  append(record: CallRecord, done: (error: Error | null, index: number) => void): void;
  /** Number of entries that are on the disk. */
  readonly size: number;
  /** True while records can be written; false after a write failed, until one succeeds again. */
  readonly isHealthy: boolean;
  close(): Promise<void>;
}
