// The last step of every way in: the session gets its person, the browser its device cookie. It proves nothing.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type HubSession, signInSession } from '#platform/http/session.ts';
import type { Kernel } from '#platform/kernel.ts';
import { DEVICE_COOKIE, DEVICE_COOKIE_SECONDS, newDeviceCookie } from './device-cookie.ts';
import type { Site } from './passkeys.actions.ts';
import { pathAfterSignIn } from './path-after-sign-in.ts';
import { findPerson } from './people.repository.ts';
import { isStillPending } from './sign-in.rules.ts';

/** Signs the person in. @returns the path to go to: the page that asked for it, else the desk. */
export async function enter(
  request: FastifyRequest,
  reply: FastifyReply,
  { db, secret, config }: Pick<Kernel, 'db' | 'secret' | 'config'>,
  personId: string,
  vouched: { hub?: HubSession | undefined; secondFactor?: boolean } = {},
): Promise<string> {
  const path = pathAfterSignIn(request.session.back);
  await signInSession(request, personId, { hub: request.session.pending?.hub, ...vouched });
  const person = await findPerson(db, personId);
  if (person && !person.isFictitious) {
    reply.setCookie(DEVICE_COOKIE, newDeviceCookie(secret, person.email), {
      httpOnly: true,
      sameSite: 'lax',
      secure: config.publicUrl?.startsWith('https:') ?? false,
      path: '/sign-in',
      maxAge: DEVICE_COOKIE_SECONDS,
    });
  }
  return path;
}

/** Begins the wait for a second factor, in a session of a new id that keeps only where to go back to. */
export async function awaitSecondFactor(
  request: FastifyRequest,
  personId: string,
  now: Date,
  hub?: HubSession,
): Promise<void> {
  await request.session.regenerate(['back']);
  request.session.pending = { personId, at: now.getTime(), ...(hub && { hub }) };
}

/** Who gave their password in this session and may still give their second factor; null for nobody. */
export function pendingPerson(request: FastifyRequest, now: Date): string | null {
  const { pending, personId } = request.session;
  return pending && personId === undefined && isStillPending(pending, now) ? pending.personId : null;
}

/** The challenge that this session's passkey must answer, forgotten as it is read so that it serves once. */
export function takeChallenge(request: FastifyRequest, personId: string): string | null {
  const { pending } = request.session;
  if (!pending || pending.personId !== personId || pending.challenge === undefined) return null;
  const { challenge, ...rest } = pending;
  request.session.pending = rest;
  return challenge;
}

/** Keeps the challenge of a passkey for this session's person. */
export function keepChallenge(request: FastifyRequest, personId: string, challenge: string, now: Date): void {
  const at = request.session.pending?.personId === personId ? request.session.pending.at : now.getTime();
  const { hub } = request.session.pending ?? {};
  request.session.pending = { personId, at, challenge, ...(hub && { hub }) };
}

/** The site as this browser knows it, for passkeys: the public address, else the one that it asked (loopback). */
export function siteOf(request: FastifyRequest, { config }: Pick<Kernel, 'config'>): Site {
  if (config.publicUrl !== null) return { origin: new URL(config.publicUrl).origin };
  const asked = URL.parse(`${request.protocol}://${request.host}`);
  return { origin: asked?.origin ?? `http://localhost:${config.port}` };
}
