// What a browser's session holds, and the two moments at which it changes hands. How a person proved
// who they are is the identity module's business.
import type { FastifyRequest } from 'fastify';

/** A session at the hub, as a service of the hub knows it. */
export interface HubSession {
  readonly realm: 'agents' | 'citizens';
  /** Null when the hub gave it no name. */
  readonly sid: string | null;
  readonly idToken: string;
}

declare module 'fastify' {
  interface Session {
    /** The person signed in. */
    personId?: string;
    /** Between two steps of a sign-in: who claims to be there, since when, and what they must answer to. */
    pending?: { personId: string; at: number; challenge?: string; hub?: HubSession };
    /** A sign-in at the hub that waits for its answer. */
    hubSignIn?:
      | { realm: 'agents' | 'citizens'; state: string; nonce: string; codeVerifier: string }
      | undefined;
    /** The session at the hub that this one stands on, so that both end together. */
    hub?: HubSession;
    /** True when whoever vouched for the person says that a second factor was used. */
    secondFactorVouched?: boolean;
    /** Secret of this session's form tokens. */
    csrfSecret?: string;
    /** Path to go back to after sign-in. */
    back?: string;
    /** What the browser said of itself when the session began, for the list of one's sessions. */
    userAgent?: string;
  }
}

/**
 * Signs `personId` in. The session gets a new id, so that one planted before cannot be used after (ASVS 7.2.4).
 * `vouched` is what the hub says of the sign-in, where it came by the hub.
 */
export async function signInSession(
  request: FastifyRequest,
  personId: string,
  vouched: { hub?: HubSession | undefined; secondFactor?: boolean } = {},
): Promise<void> {
  await request.session.regenerate();
  request.session.personId = personId;
  if (vouched.hub) request.session.hub = vouched.hub;
  if (vouched.secondFactor) request.session.secondFactorVouched = true;
  request.session.userAgent = request.headers['user-agent'] ?? '';
}

/** Ends the session: its row is gone before this returns. */
export async function endSession(request: FastifyRequest): Promise<void> {
  await request.session.destroy();
}
