// Step: a token that is bound to a key or a certificate counts only with its proof (DPoP, RFC 9449; RFC 8705, 3).
import { hash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Call, Refusal, VerifiedToken } from '../call.types.ts';

/** How old a proof may be, and how far ahead its clock. */
const PROOF_SECONDS = 60;
const MOST_PROOFS = 200_000;

/** Checks proofs; each counts once at this gateway. */
export interface PossessionProver {
  check(call: Call, token: VerifiedToken): Promise<Refusal | undefined>;
}

const refused = (detail: string): Refusal => ({
  code: 'proof-of-possession-failed',
  detail,
  headers: { 'www-authenticate': 'DPoP error="invalid_dpop_proof", algs="ES256 EdDSA"' },
});

/** Makes a prover. `origins` are the addresses by which this gateway is called, such as `https://gateway.example`. */
export function possessionProver({ origins }: { origins: () => readonly string[] }): PossessionProver {
  const used = new LRUCache<string, true>({ max: MOST_PROOFS, ttl: 2 * PROOF_SECONDS * 1000 });

  async function checkKey(call: Call, boundToKey: string): Promise<Refusal | undefined> {
    const { dpop } = call.request.headers;
    if (typeof dpop !== 'string' || dpop.length > 8_000) return refused('one DPoP header is needed');
    try {
      const { payload, protectedHeader } = await jwtVerify(dpop, EmbeddedJWK, {
        typ: 'dpop+jwt',
        algorithms: ['ES256', 'EdDSA'],
        currentDate: new Date(call.at),
        maxTokenAge: PROOF_SECONDS,
        clockTolerance: 5,
        requiredClaims: ['jti', 'iat', 'htm', 'htu', 'ath'],
      });
      if (protectedHeader.jwk === undefined) return refused('the proof bears no key');
      if ((await calculateJwkThumbprint(protectedHeader.jwk)) !== boundToKey) {
        return refused('the proof was made with another key than the token is bound to');
      }
      if (payload.htm !== call.request.method) return refused('htm is another method');
      const [path = ''] = (call.request.url ?? '').split('?', 1);
      if (!origins().some((origin) => payload.htu === origin + path)) {
        return refused('htu is another address');
      }
      if (payload.ath !== hash('sha256', call.credential ?? '', 'base64url'))
        return refused('ath is another token');
      // By its hash: an id may be as long as the proof.
      const name = hash('sha256', `${boundToKey} ${String(payload.jti)}`, 'base64');
      if (used.has(name)) return refused('the proof was used before');
      used.set(name, true);
      return undefined;
    } catch {
      return refused('the proof does not verify');
    }
  }

  return {
    async check(call, { boundToKey, boundToCertificate }) {
      const isDpop = call.scheme === 'dpop';
      // The gateway speaks no TLS itself: without a certificate of the connection there is nothing that proves one.
      if (boundToCertificate !== null) return refused('certificate-bound tokens are not accepted here');
      if (boundToKey === null) return isDpop ? refused('the token is bound to no key') : undefined;
      // A bound token that comes as a bearer's is refused, proof or none (RFC 9449, 7.2).
      return isDpop ? checkKey(call, boundToKey) : refused('a bound token comes by the DPoP scheme');
    },
  };
}
