// What a service that relies on the hub is, as its team, the auditors and the protocol see it. No query and no page.
import type { JsonWebKey } from 'node:crypto';
import type { Assurance, Realm } from '../hub/realms.ts';

/** The states of a service: `test` (its organisation and test identities only), `production`, `suspended`, `closed`. */
export const SERVICE_STATES = ['test', 'production', 'suspended', 'closed'] as const;

/** A state of a service. */
export type ServiceState = (typeof SERVICE_STATES)[number];

/**
 * How a service proves itself at the token endpoint (OpenID Connect Core 1.0, section 9; RFC 8705, section 2.1),
 * preferred first. `none` is a public client: a program in the person's own hands, which can keep no secret.
 */
export const CLIENT_AUTHENTICATIONS = [
  'private_key_jwt',
  'client_secret_basic',
  'client_secret_post',
  'tls_client_auth',
  'none',
] as const;

/** A way in which a service proves itself. */
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

/** The signature algorithms of the hub (RFC 7518, section 3.1). */
export const SIGNATURE_ALGS = ['ES256', 'RS256'] as const;

/** A signature algorithm of the hub. */
export type SignatureAlg = (typeof SIGNATURE_ALGS)[number];

/** What a person sees before their claims are first passed on. */
export const SCREENS = ['information', 'consent'] as const;

/** `information`: told once what is passed on. `consent`: asked. */
export type Screen = (typeof SCREENS)[number];

/** A claim that a service asks for, why, and since when it is passed on in production (null: not yet). */
export interface ServiceClaim {
  readonly claim: string;
  readonly reason: string;
  readonly grantedAt: Date | null;
}

/** A service that relies on the hub (a relying party, or a program that acts for itself). */
export interface Service {
  readonly id: string;
  /** Its name in the protocol: it never changes. */
  readonly clientId: string;
  /** Whose sign-in it asks for; `machines` are programs that act for themselves. */
  readonly realm: Realm;
  readonly name: string;
  readonly purpose: string;
  readonly organisationId: string;
  readonly contactEmail: string;
  readonly homeUrl: string | null;
  readonly state: ServiceState;
  /** What it is resumed to; null unless it is suspended. */
  readonly suspendedFrom: 'test' | 'production' | null;
  /** Why it was suspended; null unless it is. */
  readonly suspensionReason: string | null;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri: string | null;
  readonly clientAuthentication: ClientAuthentication;
  /** Where it publishes its public keys; its keys are then not kept here. */
  readonly jwksUri: string | null;
  /** Subject that its certificate must bear (RFC 8705, section 2.1.2). */
  readonly tlsSubject: string | null;
  readonly idTokenAlg: SignatureAlg;
  /** Null: userinfo as JSON; else as a JWT signed with this algorithm. */
  readonly userinfoAlg: SignatureAlg | null;
  /** Least level of assurance when a request asks for none. */
  readonly leastAssurance: Assurance | null;
  readonly screen: Screen;
  readonly mayRefresh: boolean;
  readonly dpopBound: boolean;
  readonly certificateBound: boolean;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** In the realm's order of claims. */
  readonly claims: readonly ServiceClaim[];
}

/** A service with the name of its organisation, for lists and pages. */
export interface NamedService extends Service {
  readonly organisationName: string;
  /** True while its way into production, or a wider list of claims, waits for a decision. */
  readonly isUnderReview: boolean;
}

/** A public key of a service. */
export interface ServiceKey {
  readonly id: string;
  readonly serviceId: string;
  readonly kid: string;
  readonly publicJwk: JsonWebKey;
  readonly createdAt: Date;
  /** Null while it is live. */
  readonly revokedAt: Date | null;
}

/** A secret of a service, without what it is: that is shown once, when it is made. */
export interface ServiceSecret {
  readonly id: string;
  readonly serviceId: string;
  /** Its last four characters, so that people tell two secrets apart. */
  readonly ending: string;
  readonly createdAt: Date;
  /** Null while it is live. */
  readonly revokedAt: Date | null;
}

/** A resource that a service was granted: what its tokens may be for, with which scopes, for how long. */
export interface GrantedResource {
  readonly identifier: string;
  readonly scopes: readonly string[];
  readonly tokenSeconds: number;
}

/** A service with everything that the protocol needs of it. */
export interface ServiceAsClient extends Service {
  /** SHA-256 of each live secret. */
  readonly secretHashes: readonly Buffer[];
  /** Its live public keys, each with its `kid`. */
  readonly keys: readonly JsonWebKey[];
  readonly resources: readonly GrantedResource[];
  /** Identifiers of the resources that it serves, whose tokens it may introspect (RFC 7662). */
  readonly serves: readonly string[];
}

/** Who may see which services: all of them, or those of the organisations with these ids. */
export type ServiceScope = 'all' | readonly string[];

/** How a list of services is narrowed. */
export interface ServiceFilter {
  /** Words of its name, or its client id. */
  readonly search?: string;
  readonly state?: ServiceState;
  readonly realm?: Realm;
}

/** What a form or an API call says of a service, as typed: nothing of it is checked yet. Lists have one item a line. */
export interface ServiceInput {
  readonly name: string;
  readonly purpose: string;
  readonly contactEmail: string;
  readonly homeUrl: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri: string;
  readonly clientAuthentication: string;
  readonly jwksUri: string;
  readonly tlsSubject: string;
  readonly idTokenAlg: string;
  /** Empty for JSON. */
  readonly userinfoAlg: string;
  /** Empty for none. */
  readonly leastAssurance: string;
  readonly screen: string;
  readonly mayRefresh: boolean;
  readonly dpopBound: boolean;
  readonly certificateBound: boolean;
  readonly claims: readonly { readonly claim: string; readonly reason: string }[];
}

/** The same of a service that is not there yet: its realm and organisation are chosen once. */
export interface NewServiceInput extends ServiceInput {
  readonly realm: string;
  readonly organisationId: string;
}

/** The fields of a service that its team writes, once they are checked. */
export type ServiceFields = Omit<
  Service,
  | 'id'
  | 'clientId'
  | 'realm'
  | 'organisationId'
  | 'state'
  | 'suspendedFrom'
  | 'suspensionReason'
  | 'createdAt'
  | 'changedAt'
  | 'claims'
> & { readonly claims: readonly Omit<ServiceClaim, 'grantedAt'>[] };
