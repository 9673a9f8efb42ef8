// What was found where a provider describes itself, and what may be wrong there. No request is made here.

/** Why what a provider says of itself cannot serve. */
export const DISCOVERY_FAULTS = [
  'unreachable',
  'not-found',
  'not-readable',
  'issuer-differs',
  'insecure',
  'endpoint-missing',
  'algorithm-unfit',
  'keys-missing',
] as const;

/** One of them. */
export type DiscoveryFault = (typeof DISCOVERY_FAULTS)[number];

/** What a provider says of itself, as far as administrators want to see it. */
export interface DiscoveryFindings {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userinfoEndpoint: string | null;
  readonly endSessionEndpoint: string | null;
  /** Algorithms of its ID tokens that are believed. */
  readonly algorithms: readonly string[];
  /** Public keys that it publishes. */
  readonly keys: number;
  /** Whether it says that it takes PKCE with S256; null when it says nothing. */
  readonly takesPkce: boolean | null;
  /** Whether its answers name it (RFC 9207), so that they cannot be taken for another's. */
  readonly namesItself: boolean;
  /** Whether it tells of its sign-outs by back-channel. */
  readonly tellsOfLogout: boolean;
}

/** One look at what a provider says of itself: what was found, or what was wrong. */
export type DiscoveryLook = { readonly milliseconds: number } & (
  | { readonly findings: DiscoveryFindings; readonly fault: null; readonly detail: null }
  | { readonly findings: null; readonly fault: DiscoveryFault; readonly detail: string }
);
