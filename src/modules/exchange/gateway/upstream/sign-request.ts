// Signatures of the gateway's requests to a producer that asks for them (RFC 9421; Content-Digest: RFC 9530).
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { createSigner, httpbis } from 'http-message-signatures';
import type { UpstreamRequest } from './forward.ts';
import type { UpstreamSecret } from './upstream-secret.ts';

/** How long a signature counts. */
const SECONDS = 60;
const ALGORITHMS: Readonly<Record<string, string>> = {
  ed25519: 'ed25519',
  ec: 'ecdsa-p256-sha256',
  rsa: 'rsa-v1_5-sha256',
};
const keys = new WeakMap<UpstreamSecret, KeyObject>();

function keyOf(secret: UpstreamSecret): KeyObject {
  const known = keys.get(secret) ?? createPrivateKey(secret.privateKeyPem);
  keys.set(secret, known);
  return known;
}

/** The request with `signature` and `signature-input` over its method, address, trace and body. `now` in milliseconds. */
export async function signedRequest(
  request: UpstreamRequest,
  { origin, secret, now }: { origin: string; secret: UpstreamSecret; now: number },
): Promise<UpstreamRequest> {
  const key = keyOf(secret);
  const algorithm = ALGORITHMS[key.asymmetricKeyType ?? ''] ?? 'ecdsa-p256-sha256';
  const headers = { ...request.headers };
  if (request.body !== null) {
    const digest = createHash('sha256').update(request.body).digest('base64');
    headers['content-digest'] = `sha-256=:${digest}:`;
  }
  const fields = ['@method', '@target-uri', 'traceparent'];
  if (request.body !== null) fields.push('content-digest');
  const signed = await httpbis.signMessage(
    {
      key: createSigner(key, algorithm, secret.keyId ?? 'gateway'),
      name: 'socle',
      fields,
      params: ['created', 'expires', 'keyid', 'alg'],
      paramValues: { created: new Date(now), expires: new Date(now + SECONDS * 1000) },
    },
    { method: request.method, url: origin + request.path, headers },
  );
  return { ...request, headers: signed.headers as Record<string, string> };
}
