// Step: the access token is one of the hub's (RFC 9068), for this API, and has not expired. What was verified once is
// remembered under the token's hash for as long as the token and the keys last; the live policy is asked after it.
import { hash } from 'node:crypto';
import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { KeysPolicy } from '../../policy/policy.types.ts';
import type { Refusal, VerifiedToken } from '../call.types.ts';

/** The tokens that are remembered at most: about 50 MB of them. */
const MOST_TOKENS = 100_000;
const CLOCK_TOLERANCE_SECONDS = 5;
const ISSUER = /\/connect\/machines$/;

/** Verifies tokens. */
export interface TokenVerifier {
  /** At once where the token is known, else by a promise. `now` is in milliseconds. */
  verify(
    token: string,
    keys: KeysPolicy,
    now: number,
  ): VerifiedToken | Refusal | Promise<VerifiedToken | Refusal>;
  /** How many tokens are remembered. */
  readonly size: number;
}

const challenge = (text: string) => ({
  'www-authenticate': `Bearer realm="socle", error="invalid_token", error_description="${text}"`,
});
const EXPIRED: Refusal = { code: 'token-expired', headers: challenge('the token has expired') };
const INVALID: Refusal = { code: 'token-invalid', headers: challenge('the token is not one of the hub') };

/** Makes a verifier with an empty memory. */
export function tokenVerifier({ issuer }: { issuer: string | null }): TokenVerifier {
  const known = new LRUCache<string, VerifiedToken>({ max: MOST_TOKENS });
  const underWay = new Map<string, Promise<VerifiedToken | Refusal>>();
  let keysOfMemory: KeysPolicy | null = null;
  let keySet = createLocalJWKSet({ keys: [] });

  function useKeys(keys: KeysPolicy): void {
    if (keys === keysOfMemory) return;
    // A key that was withdrawn voids what it signed.
    known.clear();
    underWay.clear();
    keysOfMemory = keys;
    keySet = createLocalJWKSet({ keys: [...keys.keys] });
  }

  async function verifyAnew(token: string, name: string, now: number): Promise<VerifiedToken | Refusal> {
    const keys = keysOfMemory;
    try {
      const { payload } = await jwtVerify(token, keySet, {
        algorithms: ['ES256', 'RS256', 'EdDSA'],
        typ: 'at+jwt',
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(now),
        requiredClaims: ['exp', 'iat', 'jti', 'client_id', 'aud', 'sub'],
        ...(issuer !== null && { issuer }),
      });
      const verified = verifiedToken(payload);
      if (verified === null) return INVALID;
      if (keys === keysOfMemory) known.set(name, verified);
      return verified;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return EXPIRED;
      if (error instanceof errors.JOSEError) return INVALID;
      throw error;
    }
  }

  return {
    get size() {
      return known.size;
    },
    verify(token, keys, now) {
      useKeys(keys);
      const name = hash('sha256', token, 'base64');
      const remembered = known.get(name);
      if (remembered) {
        return remembered.expiresAt + CLOCK_TOLERANCE_SECONDS * 1000 > now ? remembered : EXPIRED;
      }
      let work = underWay.get(name);
      if (!work) {
        const begun = verifyAnew(token, name, now).finally(() => {
          if (underWay.get(name) === begun) underWay.delete(name);
        });
        work = begun;
        underWay.set(name, begun);
      }
      return work;
    },
  };
}

/** The claims of RFC 9068, 2.2 as they are used here; null when one is not what it must be. */
function verifiedToken(payload: JWTPayload): VerifiedToken | null {
  const { client_id: clientId, scope, exp, aud, iss, cnf } = payload;
  if (typeof clientId !== 'string' || typeof exp !== 'number') return null;
  if (typeof iss !== 'string' || !ISSUER.test(iss)) return null;
  if (scope !== undefined && typeof scope !== 'string') return null;
  const { jkt = null, 'x5t#S256': x5t = null } = (cnf ?? {}) as Record<string, unknown>;
  if (!isTextOrNull(jkt) || !isTextOrNull(x5t)) return null;
  // Bound to something that we cannot ask for: it must not pass as bound to nothing (RFC 7800, 3.1).
  if (cnf !== undefined && jkt === null && x5t === null) return null;
  return {
    clientId,
    audiences: [aud ?? []].flat(),
    scopes: new Set((scope ?? '').split(' ').filter((name) => name !== '')),
    expiresAt: exp * 1000,
    boundToKey: jkt,
    boundToCertificate: x5t,
  };
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
