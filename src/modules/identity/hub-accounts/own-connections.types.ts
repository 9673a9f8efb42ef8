// What a person sees of their own sign-ins: history, sessions, and the providers that may sign them in. No query.
import type { PeopleRealm, Realm } from '../hub/realms.ts';

/** A sign-in to a service, or the refusal of one. */
export interface OwnConnection {
  readonly id: number;
  readonly at: Date;
  readonly realm: Realm;
  readonly clientId: string;
  /** Null for Socle itself, and for a service that is gone. */
  readonly serviceName: string | null;
  readonly organisationName: string | null;
  readonly upstreamName: string | null;
  /** Level of assurance; null for a refusal. */
  readonly acr: string | null;
  /** Stable code of the refusal; null for a sign-in. */
  readonly refusal: string | null;
}

/** A live session at the hub. */
export interface OwnHubSession {
  readonly uid: string;
  readonly realm: PeopleRealm;
  readonly accountId: string;
  readonly upstreamId: string;
  readonly upstreamName: string;
  readonly userAgent: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  /** True for the session on which the reader's own session of Socle stands. */
  readonly isPresent: boolean;
}

/** A citizens' provider, as one citizen has to do with it. */
export interface OwnProvider {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  /** Null while the person lets it sign them in. */
  readonly blockedAt: Date | null;
  /** Null when it never signed them in. */
  readonly lastUsedAt: Date | null;
}
