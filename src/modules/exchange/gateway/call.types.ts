// One call on its way through the gateway: what each step finds out and hands on.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayErrorCode } from '../gateway-errors.ts';
import type { FieldTree } from './minimise/field-tree.rules.ts';
import type { LiveAccreditation, LiveApi, LiveVersion } from './policy/live-policy.ts';
import type { PathParameters } from './policy/path-templates.rules.ts';

/** Why a call is refused. */
export interface Refusal {
  readonly code: GatewayErrorCode;
  /** For the caller's developer, in English: what exactly was wrong. Never a secret or a person's data. */
  readonly detail?: string;
  /** Headers of the answer, such as Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Status where it is not the code's own. */
  readonly status?: number;
}

/** What a request's address means. */
export interface ResolvedApi {
  readonly api: LiveApi;
  readonly version: LiveVersion;
  /** The path below the version's, with its slash. */
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
  readonly parameters: PathParameters;
}

/** An access token that was verified. */
export interface VerifiedToken {
  readonly clientId: string;
  readonly audiences: readonly string[];
  readonly scopes: ReadonlySet<string>;
  /** Milliseconds. */
  readonly expiresAt: number;
  /** Thumbprint of the key that must be proved (RFC 9449, 6.1); null where none must. */
  readonly boundToKey: string | null;
  /** Thumbprint of the certificate that must be shown (RFC 8705, 3.1); null where none must. */
  readonly boundToCertificate: string | null;
}

/** An answer of the producer, read to its end. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly body: Buffer;
}

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One call. Each field below `request` is null until the step that finds it out has run. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `performance.now()` at its arrival. */
  readonly startedAt: number;
  readonly traceId: string;
  /** Version of the policy under which it was last let through. */
  policyVersion: number;
  resolved: ResolvedApi | null;
  /** The token as it was sent; null: none was needed. */
  credential: string | null;
  /** How it was sent (RFC 6750, 2.1; RFC 9449, 7.1). */
  scheme: 'bearer' | 'dpop';
  token: VerifiedToken | null;
  accreditation: LiveAccreditation | null;
  /** Scopes under which fields may leave. */
  scopes: readonly string[];
  tree: FieldTree | null;
  subjectHash: string | null;
  upstream: UpstreamAnswer | null;
  /** Patterns of the fields that leave. */
  fields: readonly string[];
  answer: Answer | null;
  refusal: Refusal | null;
  /** Place of its record in the log; -1 until it has one. */
  index: number;
}
