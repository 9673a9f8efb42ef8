// The back-channel logout of an upstream provider: its logout token, verified. Which sessions end, the hub decides.
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Outgoing } from '#platform/http/outgoing.ts';
import { CLOCK_TOLERANCE_SECONDS, connectionTo, sendTo, type UpstreamKernel } from './upstream-connection.ts';
import { BELIEVED_ALGORITHMS, readKeySet } from './upstream-discovery.ts';
import { answerWrong, withRefusals } from './upstream-sign-in.ts';
import type { Upstream } from './upstreams.types.ts';

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** A logout token older than this is not believed, whatever its `exp`: the hub remembers each `jti` as long. */
export const LOGOUT_TOKEN_SECONDS = 300;
/** Keys read so long ago are read again before a token that none of them verifies is refused. */
const KEYS_MAY_HAVE_CHANGED_MS = 60_000;

interface KeptKeys {
  readonly keys: JSONWebKeySet;
  readonly readAt: number;
}

const kept = new WeakMap<Outgoing, LRUCache<string, KeptKeys>>();

function keptBy(outgoing: Outgoing): LRUCache<string, KeptKeys> {
  let cache = kept.get(outgoing);
  if (!cache) {
    cache = new LRUCache({ max: 500, ttl: 10 * 60 * 1000 });
    kept.set(outgoing, cache);
  }
  return cache;
}

/**
 * Verifies a logout token (OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6) and reads whose session ends.
 * That a `jti` comes once is for the caller to hold, for LOGOUT_TOKEN_SECONDS.
 * @throws `identity.upstream-answer-wrong`, `identity.upstream-unavailable`.
 */
export async function readUpstreamLogoutToken(
  kernel: UpstreamKernel,
  upstream: Upstream,
  logoutToken: string,
  { origin }: { origin: string },
): Promise<{ subject: string | null; sid: string | null; jti: string }> {
  return withRefusals(upstream, async () => {
    const metadata = (await connectionTo(kernel, upstream, origin)).serverMetadata();
    const claims = await verified(kernel, upstream, logoutToken, {
      issuer: metadata.issuer,
      jwksUri: metadata.jwks_uri as string,
    });
    const { sub, sid, jti, events } = claims;
    if (!isLogoutEvent(events)) throw answerWrong(upstream, 'events');
    // An ID token must not end a session when somebody shows it here.
    if ('nonce' in claims) throw answerWrong(upstream, 'nonce');
    const subject = typeof sub === 'string' && sub !== '' ? sub : null;
    const session = typeof sid === 'string' && sid !== '' ? sid : null;
    if (subject === null && session === null) throw answerWrong(upstream, 'subject');
    if (typeof jti !== 'string' || jti === '') throw answerWrong(upstream, 'jti');
    return { subject, sid: session, jti };
  });
}

function isLogoutEvent(events: unknown): boolean {
  if (typeof events !== 'object' || events === null) return false;
  const event = (events as Record<string, unknown>)[LOGOUT_EVENT];
  return typeof event === 'object' && event !== null;
}

async function verified(
  kernel: UpstreamKernel,
  upstream: Upstream,
  token: string,
  { issuer, jwksUri }: { issuer: string; jwksUri: string },
): Promise<JWTPayload> {
  const { createLocalJWKSet, errors, jwtVerify } = await import('jose');
  const cache = keptBy(kernel.outgoing);
  const readKeys = async () => {
    const read = { keys: await readKeySet(sendTo(kernel, upstream), jwksUri), readAt: performance.now() };
    cache.set(jwksUri, read);
    return read;
  };
  const verify = async ({ keys }: KeptKeys) => {
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer,
      audience: upstream.clientId,
      algorithms: [...BELIEVED_ALGORITHMS],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      // `exp` is not among them: providers made before the final specification leave it out.
      requiredClaims: ['iat', 'jti', 'events'],
      maxTokenAge: LOGOUT_TOKEN_SECONDS,
    });
    const { typ } = protectedHeader;
    if (typ !== undefined && !/^(application\/)?(logout\+jwt|jwt)$/i.test(typ)) {
      throw answerWrong(upstream, 'typ');
    }
    return payload;
  };
  const known = cache.get(jwksUri);
  if (!known) return verify(await readKeys());
  try {
    return await verify(known);
  } catch (error) {
    const mayHaveChanged = performance.now() - known.readAt > KEYS_MAY_HAVE_CHANGED_MS;
    if (!(error instanceof errors.JWKSNoMatchingKey) || !mayHaveChanged) throw error;
    return verify(await readKeys());
  }
}
