// What the hub proves itself with at providers: secrets that they gave, keys that it made. Sealed wherever they rest.
import type { CryptoKey, JWK } from 'jose';
import type { Secret } from '#platform/secret.ts';
import { sealFor, unsealFor } from '../hub/sealed.ts';

const SECRET_SEAL = 'upstreams/client-secret';
const KEY_SEAL = 'upstreams/client-key';
const ALGORITHM = 'ES256';

/** A private JWK with the `kid` by which the provider finds its public part. */
export type ClientKey = JWK & { readonly kid: string };

/** Seals the secret that a provider gave, bound to that provider's id. */
export function sealedClientSecret(secret: Secret, upstreamId: string, clientSecret: string): Buffer {
  return sealFor(secret, SECRET_SEAL, clientSecret, upstreamId);
}

/** Opens it. @throws Error when there is none. */
export function unsealedClientSecret(secret: Secret, upstreamId: string, sealed: Buffer | null): string {
  if (!sealed) throw new Error(`The upstream ${upstreamId} asks for a secret and has none.`);
  return unsealFor(secret, SECRET_SEAL, sealed, upstreamId).toString();
}

/** Makes a key for this provider alone (P-256, ES256), sealed and bound to its id. */
export async function newSealedClientKey(secret: Secret, upstreamId: string): Promise<Buffer> {
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import('jose');
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const kid = await calculateJwkThumbprint(await exportJWK(publicKey));
  const jwk = { ...(await exportJWK(privateKey)), kid, alg: ALGORITHM, use: 'sig' };
  return sealFor(secret, KEY_SEAL, JSON.stringify(jwk), upstreamId);
}

/** Opens it; null when there is none. */
export function unsealedClientKey(
  secret: Secret,
  upstreamId: string,
  sealed: Buffer | null,
): ClientKey | null {
  return sealed && JSON.parse(unsealFor(secret, KEY_SEAL, sealed, upstreamId).toString());
}

/** The key as openid-client signs with it. */
export async function privateClientKey(key: ClientKey): Promise<{ key: CryptoKey; kid: string }> {
  const { importJWK } = await import('jose');
  return { key: (await importJWK(key, ALGORITHM)) as CryptoKey, kid: key.kid };
}

/** The public part, for the provider to verify by: the private numbers are left out by naming the public ones. */
export function publicClientKey({ kty, crv, x, y, kid, alg, use }: ClientKey): JWK {
  return { kty, crv, x, y, kid, alg, use } as JWK;
}
