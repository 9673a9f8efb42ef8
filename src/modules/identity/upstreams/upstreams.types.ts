// What an upstream identity provider is, as the hub and its administrators see it. No secret, no query, no page.
import type { Assurance, PeopleRealm } from '../hub/realms.ts';

/** How the hub proves itself at a provider's token endpoint (OpenID Connect Core, 9). */
export const CLIENT_AUTHENTICATIONS = [
  'private_key_jwt',
  'client_secret_basic',
  'client_secret_post',
] as const;

/** One of them. */
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

/** Whether a provider answers, as last watched. */
export const UPSTREAM_STATES = ['unknown', 'up', 'down'] as const;

/** One of them. */
export type UpstreamState = (typeof UPSTREAM_STATES)[number];

/** A provider that signs people in for the hub. */
export interface Upstream {
  readonly id: string;
  readonly realm: PeopleRealm;
  readonly name: string;
  /** Its issuer; that of a demonstration provider is a path under Socle's own origin: see `effectiveIssuer`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientAuthentication: ClientAuthentication;
  /** What is asked of it, separated by spaces; `openid` is among them. */
  readonly scopes: string;
  /** Agents: the SIRET that it asserts is believed. */
  readonly vouchesForOrganisation: boolean;
  /** Agents: it is believed when it says that a second factor was used. */
  readonly vouchesForSecondFactor: boolean;
  /** Citizens: the highest level of assurance that is believed of it. */
  readonly bestAssurance: Assurance;
  readonly isEnabled: boolean;
  readonly isDemonstration: boolean;
  readonly state: UpstreamState;
  /** Since when it is in this state; null while it was never checked. */
  readonly stateSince: Date | null;
  readonly checkedAt: Date | null;
  /** E-mail domains that it may assert, in alphabetical order, in lower case and ASCII. */
  readonly domains: readonly string[];
  /** Organisations whose SIRET it may assert. */
  readonly organisationIds: readonly string[];
  /** Changes when what the hub proves itself with is sealed anew; tells nothing of it. */
  readonly credentialsMark: string;
}

/** What of a provider is settled by administrators, as recorded. */
export type UpstreamSettings = Omit<
  Upstream,
  'id' | 'state' | 'stateSince' | 'checkedAt' | 'credentialsMark'
>;

/** What the hub proves itself with, sealed; null where it has none. */
export interface SealedCredentials {
  readonly sealedClientSecret: Buffer | null;
  readonly sealedClientKey: Buffer | null;
}

/** What a form or an API call says of a provider, as typed: nothing of it is checked yet. */
export interface UpstreamInput {
  readonly realm: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Empty: the one that is kept stays. */
  readonly clientSecret: string;
  readonly clientAuthentication: string;
  readonly scopes: string;
  /** E-mail domains, one a line. */
  readonly domains: string;
  /** Organisations by SIRET, code or id, one a line. */
  readonly organisations: string;
  readonly vouchesForOrganisation: boolean;
  readonly vouchesForSecondFactor: boolean;
  readonly bestAssurance: string;
  readonly isEnabled: boolean;
}

/** One look at a provider. */
export interface UpstreamCheck {
  readonly upstreamId: string;
  readonly checkedAt: Date;
  readonly isUp: boolean;
  readonly milliseconds: number | null;
  /** What was wrong, for administrators; null when nothing was. */
  readonly fault: string | null;
}

/** How often a provider was looked at on one day, and how often it answered. */
export interface UpstreamDay {
  readonly upstreamId: string;
  /** YYYY-MM-DD in the State's time zone. */
  readonly day: string;
  readonly checks: number;
  readonly up: number;
}
