// What an API, its versions and its scopes are, as the module sees them. No query and no page lives here.
import type { Translated } from '#platform/i18n/locale.ts';
import type { SubjectPlace } from '../policy/policy.types.ts';

/** Drafts are seen by their producer alone; closed APIs are no longer served. */
export const API_STATES = ['draft', 'open', 'closed'] as const;

/** How far an API is in its life. */
export type ApiState = (typeof API_STATES)[number];

/** How much harm a leak does, the least first. Public data ask for no accreditation. */
export const SENSITIVITIES = ['public', 'internal', 'personal', 'sensitive'] as const;

/** The sensitivity of the data of an API. */
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** States of a version. */
export const VERSION_STATES = ['current', 'deprecated', 'retired'] as const;

/** How far a version is in its life. */
export type VersionState = (typeof VERSION_STATES)[number];

/** How the gateway proves itself to a producer's server. */
export const UPSTREAM_PROOFS = ['none', 'signature', 'mtls'] as const;

/** One of them: nothing, signatures (RFC 9421), a client certificate. */
export type UpstreamProof = (typeof UPSTREAM_PROOFS)[number];

/** What a producer writes of an API, once it is checked. */
export interface ApiFields {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly sensitivity: Sensitivity;
  /** The text of law that a requester must be able to name; null where none is required. */
  readonly legalBasisRequired: string | null;
  readonly contactEmail: string;
  /** Where the person or company concerned stands in a request; null where requests concern nobody. */
  readonly subject: SubjectPlace | null;
  readonly defaultQuotaPerMinute: number;
}

/** An API of the catalogue. */
export interface Api extends ApiFields {
  readonly id: string;
  /** Its word in addresses and at the gateway. */
  readonly slug: string;
  readonly producerId: string;
  readonly producerName: string;
  readonly state: ApiState;
  /** The resource of the hub (RFC 8707) for which access tokens are issued: its id and its address; null until opened. */
  readonly resourceId: string | null;
  readonly resource: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Where the gateway forwards the calls of a version, and how. The secret is never in it. */
export interface Upstream {
  /** Absolute address without a query; null until it is set. */
  readonly url: string | null;
  readonly timeoutMs: number;
  readonly pipelining: boolean;
  readonly proof: UpstreamProof;
  readonly hasSecret: boolean;
}

/** How much a finding weighs. */
export type FindingSeverity = 'error' | 'warning' | 'advice';

/** What a rule of the technical doctrine says of a document. */
export interface DoctrineFinding {
  /** Name of the rule. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** Where in the document, as a JSON Pointer. */
  readonly path: string;
  readonly message: Translated;
}

/** A version of an API, without its document. */
export interface ApiVersion {
  readonly id: string;
  readonly apiId: string;
  /** `v1`. */
  readonly name: string;
  readonly state: VersionState;
  /** Last day that it is served, YYYY-MM-DD (RFC 8594, Sunset); null: not decided. */
  readonly endsOn: string | null;
  /** Where its document was fetched; null when it was sent. */
  readonly openapiSource: string | null;
  /** 0 to 100; null until it was checked. */
  readonly doctrineScore: number | null;
  readonly doctrineFindings: readonly DoctrineFinding[];
  readonly doctrineCheckedAt: Date | null;
  readonly upstream: Upstream;
  readonly createdAt: Date;
}

/** A scope: the fields of the answers that it lets out. */
export interface ApiScope {
  readonly id: string;
  readonly apiId: string;
  readonly name: string;
  readonly title: string;
  /** JSON Pointers (RFC 6901) in which `*` stands for any item of an array. */
  readonly fields: readonly string[];
  readonly isSensitive: boolean;
}

/** An OpenAPI document, parsed. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** An answer that the sandbox serves. */
export interface SandboxExample {
  readonly method: string;
  /** A path of the document (`/foyers/{id}`), or one with its values (`/foyers/42`). */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** How a list of APIs is narrowed. */
export interface ApiFilter {
  /** Words of its name, summary or slug. */
  readonly search?: string;
  readonly producerId?: string;
  readonly sensitivity?: Sensitivity;
  readonly state?: ApiState;
}

/**
 * Which APIs a list may hold: `public` those that are or were in the catalogue (open, closed), `all` drafts too, or the
 * ids of organisations: theirs, drafts included.
 */
export type ApiReach = 'public' | 'all' | readonly string[];

/** An API in a list: with the score of its newest version, and its availability over 30 days, 0 to 1. */
export interface ListedApi extends Api {
  readonly versionNames: readonly string[];
  readonly doctrineScore: number | null;
  readonly uptime: number | null;
}

/** One day of an API, as gateways and the watch measured it. */
export interface ApiDay {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly checks: number;
  readonly checksUp: number;
  readonly calls: number;
  readonly callsFailed: number;
}
