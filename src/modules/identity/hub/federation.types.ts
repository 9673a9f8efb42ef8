// What a sign-in at an upstream provider is between its two halves: out to the provider, and back.
import type { PeopleRealm } from './realms.ts';

/** What waits for a provider's answer; kept under the `state` that was sent, and taken away when it is used. */
export interface PendingFederation {
  readonly realm: PeopleRealm;
  /** The interaction of the browser that asked. */
  readonly uid: string;
  readonly upstreamId: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Seconds, as the service asked; null when it did not. */
  readonly maxAge: number | null;
  /** SHA-256 of what the browser keeps in its cookie, so that the answer counts in that browser alone. */
  readonly bindingHash: string;
}

/** What an interaction's result says beyond the protocol: at which provider, and what ends the session there. */
export interface UpstreamResult {
  readonly upstreamId: string;
  readonly idToken: string;
  readonly sid: string | null;
}

/** Why a sign-in was refused at the hub: stable codes, for the person, the history and the log. */
export type SignInRefusal =
  | 'upstream-refused'
  | 'upstream-wrong'
  | 'account-closed'
  | 'upstream-blocked'
  | 'organisation-unknown'
  | 'link-waiting'
  | 'link-refused'
  | 'assurance-too-low'
  | 'not-in-test'
  | 'email-missing'
  | 'email-domain-not-allowed'
  | 'siret-missing'
  | 'siret-wrong'
  | 'identity-incomplete';
