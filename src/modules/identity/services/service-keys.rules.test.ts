import assert from 'node:assert/strict';
import { generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { describe, test } from 'node:test';
import { publicKeyAsTyped, thumbprintOf } from './service-keys.rules.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weakRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const smallExponent = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
const ed = generateKeyPairSync('ed25519');

const jwk = (key: KeyObject, more: object = {}) => ({ ...key.export({ format: 'jwk' }), ...more });
const text = (value: unknown) => JSON.stringify(value);
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

function kept(typed: string): { kid: string; publicJwk: JsonWebKey } {
  const result = publicKeyAsTyped(typed);
  assert.equal(result.fault, null);
  if (result.fault !== null) throw new Error('unreachable');
  return result;
}

describe('public keys that are accepted', () => {
  test('EC and RSA, as JWK, set or PEM, lead to one and the same key', () => {
    for (const [pair, alg] of [
      [ec, 'ES256'],
      [rsa, 'RS256'],
    ] as const) {
      const asJwk = kept(text(jwk(pair.publicKey)));
      assert.deepEqual(kept(pem(pair.publicKey)), asJwk);
      assert.deepEqual(kept(` ${pem(pair.publicKey)}\n`), asJwk);
      assert.deepEqual(kept(text({ keys: [jwk(pair.publicKey)] })), asJwk);
      assert.equal(asJwk.publicJwk.alg, alg);
      assert.equal(asJwk.publicJwk.use, 'sig');
      assert.equal(asJwk.kid, thumbprintOf(asJwk.publicJwk));
    }
  });

  test('a key keeps its name, and nothing else that came with it', () => {
    const given = { kid: 'our-key-1', use: 'sig', alg: 'ES256', key_ops: ['verify'], x5c: ['<script>'] };
    const { kid, publicJwk } = kept(text(jwk(ec.publicKey, given)));
    assert.equal(kid, 'our-key-1');
    assert.deepEqual(Object.keys(publicJwk).sort(), ['alg', 'crv', 'kty', 'use', 'x', 'y']);
  });

  test('the name of a nameless key is the thumbprint of RFC 7638, section 3.1', () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    const { kid } = kept(text({ kty: 'RSA', n, e: 'AQAB' }));
    assert.equal(kid, 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });
});

describe('keys that are refused', () => {
  const privatePem = (key: KeyObject, type: 'pkcs8' | 'sec1' | 'pkcs1' = 'pkcs8') =>
    key.export({ type, format: 'pem' } as { type: 'pkcs8'; format: 'pem' }).toString();

  for (const [what, typed, says] of [
    ['a private EC JWK', text(jwk(ec.privateKey)), /privée/],
    ['a private RSA JWK', text(jwk(rsa.privateKey)), /privée/],
    [
      'a private key in a set of public ones',
      text({ keys: [jwk(rsa.publicKey), jwk(ec.privateKey)] }),
      /privée/,
    ],
    ['a shared key', text({ kty: 'oct', k: 'c2VjcmV0' }), /privée/],
    ['a private PEM', privatePem(ec.privateKey), /privée/],
    ['a private PEM of the old kind', privatePem(ec.privateKey, 'sec1'), /privée/],
    [
      'a private RSA PEM after a public one',
      pem(rsa.publicKey) + privatePem(rsa.privateKey, 'pkcs1'),
      /privée/,
    ],
    ['RSA of 1,024 bits', text(jwk(weakRsa.publicKey)), /faible/],
    ['RSA of 1,024 bits as PEM', pem(weakRsa.publicKey), /faible/],
    ['RSA with the exponent 3', pem(smallExponent.publicKey), /faible/],
    ['P-384', text(jwk(p384.publicKey)), /P-256/],
    ['P-384 as PEM', pem(p384.publicKey), /P-256/],
    ['Ed25519', text(jwk(ed.publicKey)), /P-256/],
    ['Ed25519 as PEM', pem(ed.publicKey), /P-256/],
    ['a key for encryption', text(jwk(ec.publicKey, { use: 'enc' })), /signer/],
    ['a key that may not verify', text(jwk(ec.publicKey, { key_ops: ['deriveBits'] })), /signer/],
    ['another algorithm', text(jwk(rsa.publicKey, { alg: 'PS256' })), /signer/],
    ['alg none', text(jwk(rsa.publicKey, { alg: 'none' })), /signer/],
    ['a strange name', text(jwk(ec.publicKey, { kid: 'clé é' })), /kid/],
    ['a long name', text(jwk(ec.publicKey, { kid: 'a'.repeat(101) })), /kid/],
    ['a point off the curve', text(jwk(ec.publicKey, { y: jwk(ec.publicKey).x })), /JWK/],
    ['two keys', text({ keys: [jwk(ec.publicKey), jwk(rsa.publicKey)] }), /JWK/],
    ['no key', text({ keys: [] }), /JWK/],
    ['nothing', '', /JWK/],
    ['prose', 'my key', /JWK/],
    ['broken JSON', '{"kty":', /JWK/],
    ['broken PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', /JWK/],
    ['too much', `{"kty":"EC","x":"${'a'.repeat(30_000)}"}`, /JWK/],
  ] as const) {
    test(`${what}: ${says.source}`, () => {
      const { fault } = publicKeyAsTyped(typed);
      assert.match(fault?.fr ?? 'accepted', says);
      assert.ok(fault?.en);
    });
  }
});
