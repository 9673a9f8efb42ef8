// The signing key of a demonstration provider, made from the installation's secret: every process has the same, after
// each restart too. Pure.
import { createECDH, createHash } from 'node:crypto';
import type { JWK } from 'jose';

/** The order of the group of P-256 (FIPS 186-5 and SP 800-186, section 3.2.1.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * The private key for ES256 that follows from `seed`, as a JWK. The seed has 64 bits or more beyond the group's order, so
 * that its remainder is as good as drawn by lot (FIPS 186-5, section A.2.1).
 * @throws Error when the seed is shorter than 40 bytes.
 */
export function signingKeyFrom(seed: Buffer): JWK {
  if (seed.length < 40) throw new Error('The seed of a signing key has at least 40 bytes.');
  const scalar = (BigInt(`0x${seed.toString('hex')}`) % (ORDER - 1n)) + 1n;
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(d);
  // 0x04, then the two coordinates (SEC 1, section 2.3.3).
  const point = curve.getPublicKey();
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  // The members and their order are those of a thumbprint (RFC 7638, section 3.2).
  const thumbprint = JSON.stringify({ crv: 'P-256', kty: 'EC', x, y });
  const kid = createHash('sha256').update(thumbprint).digest('base64url');
  return { kty: 'EC', crv: 'P-256', x, y, d: d.toString('base64url'), kid, alg: 'ES256', use: 'sig' };
}
