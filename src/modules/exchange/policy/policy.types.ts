// What gateways enforce, as the control plane publishes it. The two sides share these shapes and nothing else.
import type { JWK } from 'jose';

/** The kinds of entries of the policy. */
export type PolicyKind = 'keys' | 'api' | 'accreditation' | 'client' | 'stop';

/** Public keys of the hub's machines' realm, by which access tokens are verified; the one entry `machines`. */
export interface KeysPolicy {
  readonly keys: readonly JWK[];
}

/** Where the person or company concerned stands in a request. */
export interface SubjectPlace {
  readonly in: 'query' | 'path' | 'header';
  /** One name, or several in the order of the pivot identity (see subject.rules.ts). */
  readonly names: readonly string[];
  readonly kind: 'person' | 'company';
}

/** Where and how a gateway reaches a producer. */
export interface UpstreamPolicy {
  /** `https://host[:port]`: the only host that is ever called. */
  readonly origin: string;
  /** Path before the rest of the request's, without a slash at its end. */
  readonly basePath: string;
  readonly timeoutMs: number;
  readonly pipelining: boolean;
  readonly proof: 'none' | 'signature' | 'mtls';
  /** base64 of what `sealFor` made; null for `none`. */
  readonly sealedSecret: string | null;
}

/** One version of an API. */
export interface ApiVersionPolicy {
  /** `v1`: the second segment of its path at the gateway. */
  readonly name: string;
  readonly state: 'current' | 'deprecated' | 'retired';
  /** ISO date of its end; null: not decided (RFC 8594). */
  readonly endsOn: string | null;
  readonly upstream: UpstreamPolicy;
  /** Paths of the OpenAPI document (`/foyers/{id}`), by which a subject in the path is found. */
  readonly paths: readonly string[];
}

/** An API that is open; its entry's id is the API's. An API that is not is absent. */
export interface ApiPolicy {
  /** First segment of its path at the gateway. */
  readonly slug: string;
  readonly producerId: string;
  readonly sensitivity: 'public' | 'internal' | 'personal' | 'sensitive';
  readonly subject: SubjectPlace | null;
  /** Audience of the access tokens (RFC 8707). */
  readonly resource: string;
  readonly quotaPerMinute: number;
  readonly versions: readonly ApiVersionPolicy[];
  /** Scope names with the JSON Pointer patterns of the fields that each lets out (`*` stands for any item). */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
}

/** An accreditation in force; absent when it is revoked, obsolete or expired. */
export interface AccreditationPolicy {
  /** Whether its calls go to the sandbox's recorded examples or to the producers. */
  readonly stage: 'sandbox' | 'production';
  /** The number that people quote, and that a caller names in the `accreditation` header. */
  readonly number: number;
  readonly organisationId: string;
  /** Client ids of the hub that call under it. */
  readonly clients: readonly string[];
  readonly purpose: string;
  /** ISO moments; null: without end. */
  readonly validFrom: string;
  readonly validUntil: string | null;
  /** Null: the API's own. */
  readonly quotaPerMinute: number | null;
  /** Scope names by API id. */
  readonly grants: Readonly<Record<string, readonly string[]>>;
}

/** A client whose access is withdrawn at once, whatever tokens it holds; its entry's id is the client id. */
export interface ClientPolicy {
  readonly reason: 'suspended' | 'closed' | 'revoked';
}

/** A flow that is stopped. What is null does not narrow it; all null stops the whole API. */
export interface StopPolicy {
  readonly apiId: string;
  readonly organisationId: string | null;
  readonly accreditationId: string | null;
  /** Scope name. */
  readonly scope: string | null;
  /** ISO moment; null: until it is resumed. */
  readonly endsAt: string | null;
}

/** Bodies by kind. */
export interface PolicyBodies {
  readonly keys: KeysPolicy;
  readonly api: ApiPolicy;
  readonly accreditation: AccreditationPolicy;
  readonly client: ClientPolicy;
  readonly stop: StopPolicy;
}

/** One entry; a null body: no longer there. */
export type PolicyEntry = {
  readonly [K in PolicyKind]: {
    readonly kind: K;
    readonly id: string;
    readonly body: PolicyBodies[K] | null;
  };
}[PolicyKind];

/** The policy whole, as a gateway starts from it. */
export interface PolicySnapshot {
  readonly version: number;
  readonly entries: readonly PolicyEntry[];
}

/** Channel on which each new version is told (LISTEN/NOTIFY). */
export const POLICY_CHANNEL = 'exchange_policy';

/** What is told: the version, and the entries where they fit into a notice (8,000 bytes). */
export interface PolicyNotice {
  readonly version: number;
  readonly entries: readonly PolicyEntry[] | null;
}
