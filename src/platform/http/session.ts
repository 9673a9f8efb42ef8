// What a browser's session holds, and the two moments at which it changes hands. How a person proved
// who they are is the identity module's business.
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface Session {
    /** The person signed in. */
    personId?: string;
    /** Between two steps of a sign-in: who claims to be there, since when, and what they must answer to. */
    pending?: { personId: string; at: number; challenge?: string };
    /** Secret of this session's form tokens. */
    csrfSecret?: string;
    /** Path to go back to after sign-in. */
    back?: string;
    /** What the browser said of itself when the session began, for the list of one's sessions. */
    userAgent?: string;
  }
}

/** Signs `personId` in. The session gets a new id, so that one planted before cannot be used after (ASVS 7.2.4). */
export async function signInSession(request: FastifyRequest, personId: string): Promise<void> {
  await request.session.regenerate();
  request.session.personId = personId;
  request.session.userAgent = request.headers['user-agent'] ?? '';
}

/** Ends the session: its row is gone before this returns. */
export async function endSession(request: FastifyRequest): Promise<void> {
  await request.session.destroy();
}
