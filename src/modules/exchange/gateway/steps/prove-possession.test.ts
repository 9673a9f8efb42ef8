// Tokens that are bound to a key count with a proof of it alone, made for this call and used once (RFC 9449); and what is
// remembered of tokens that were verified.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, test } from 'node:test';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { openTestGateway, testHub } from '../gateway.fixture.ts';
import { tokenVerifier } from './verify-token.ts';

const { gateway, hub, producer } = await openTestGateway({ publicUrl: 'https://gateway.example' });
const PATH = '/quotient/v1/quotient';
producer.answer = (_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"quotient":1}');

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const jwk = await exportJWK(publicKey);
const other = await generateKeyPair('ES256', { extractable: true });
const otherJwk = await exportJWK(other.publicKey);
const secretJwk = await exportJWK(privateKey);
const bound = await hub.token({ cnf: { jkt: await calculateJwkThumbprint(jwk) } });
const bearer = await hub.token();

interface Proof {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly key?: typeof privateKey;
  readonly without?: string;
}

function proof({ claims = {}, header = {}, key = privateKey, without }: Proof = {}): Promise<string> {
  const payload: Record<string, unknown> = {
    jti: crypto.randomUUID(),
    iat: Math.floor(Date.now() / 1000),
    htm: 'GET',
    htu: `https://gateway.example${PATH}`,
    ath: hash('sha256', bound, 'base64url'),
    ...claims,
  };
  if (without !== undefined) delete payload[without];
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header }).sign(key);
}

async function called(authorization: string, dpop?: string | null): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${gateway.port}${PATH}?siren=130025265`, {
    headers: { authorization, ...(typeof dpop === 'string' && { dpop }) },
  });
  const body = (await answer.json()) as { code?: string };
  return body.code ?? 'passes';
}
const REFUSED = 'proof-of-possession-failed';

describe('a token that is bound to a key', () => {
  const cases: [string, Proof, string][] = [
    ['with its proof', {}, 'passes'],
    [
      'at another address of this gateway',
      { claims: { htu: `http://127.0.0.1:${gateway.port}${PATH}` } },
      'passes',
    ],
    ['by another key', { key: other.privateKey, header: { jwk: otherJwk } }, REFUSED],
    ['by another key under the name of this one', { key: other.privateKey }, REFUSED],
    ['for another method', { claims: { htm: 'POST' } }, REFUSED],
    ['for another path', { claims: { htu: 'https://gateway.example/autre/v1/secret' } }, REFUSED],
    ['for another host', { claims: { htu: `https://evil.example${PATH}` } }, REFUSED],
    ['for no host', { claims: { htu: PATH } }, REFUSED],
    ['for another token', { claims: { ath: hash('sha256', bearer, 'base64url') } }, REFUSED],
    ['that is stale', { claims: { iat: Math.floor(Date.now() / 1000) - 120 } }, REFUSED],
    ['of the future', { claims: { iat: Math.floor(Date.now() / 1000) + 120 } }, REFUSED],
    ['of another kind', { header: { typ: 'JWT' } }, REFUSED],
    ['with a private key in it', { header: { jwk: secretJwk } }, REFUSED],
    ['with a key by its name', { header: { jwk: undefined, kid: 'x' } }, REFUSED],
    ...['jti', 'iat', 'htm', 'htu', 'ath'].map((without): [string, Proof, string] => [
      `without ${without}`,
      { without },
      REFUSED,
    ]),
  ];
  for (const [what, made, expected] of cases) {
    test(`${what}: ${expected}`, async () =>
      assert.equal(await called(`DPoP ${bound}`, await proof(made)), expected));
  }

  test('counts once with each proof', async () => {
    const once = await proof();
    assert.equal(await called(`DPoP ${bound}`, once), 'passes');
    assert.equal(await called(`DPoP ${bound}`, once), REFUSED);
  });
  test('does not pass without a proof, nor as a bearer’s with one', async () => {
    assert.equal(await called(`DPoP ${bound}`), REFUSED);
    assert.equal(await called(`Bearer ${bound}`), REFUSED);
    assert.equal(await called(`Bearer ${bound}`, await proof()), REFUSED);
  });
  test('is not one that is bound to nothing', async () => {
    assert.equal(await called(`DPoP ${bearer}`, await proof()), REFUSED);
    assert.equal(await called(`Bearer ${bearer}`), 'passes');
  });
  test('bound to a certificate or to something unknown it is refused: no connection here can prove it', async () => {
    const certificate = await hub.token({ cnf: { 'x5t#S256': 'A'.repeat(43) } });
    assert.equal(await called(`Bearer ${certificate}`), REFUSED);
    for (const cnf of [{ kid: 'x' }, {}, { jkt: 7 }, null]) {
      assert.equal(await called(`Bearer ${await hub.token({ cnf })}`), 'token-invalid', JSON.stringify(cnf));
    }
  });
});

describe('what is remembered of tokens', () => {
  const NOW = Date.now();
  const codeOf = (outcome: object) => ('code' in outcome ? outcome.code : 'passes');

  test('ends with the token, five seconds of grace included', async () => {
    const verifier = tokenVerifier({ issuer: null });
    const keys = { keys: [hub.jwk] };
    const short = await hub.token({}, { expires: Math.floor(NOW / 1000) + 60 });
    assert.equal(codeOf(await verifier.verify(short, keys, NOW)), 'passes');
    assert.equal(verifier.size, 1);
    assert.equal(codeOf(await verifier.verify(short, keys, NOW + 64_000)), 'passes');
    assert.equal(codeOf(await verifier.verify(short, keys, NOW + 66_000)), 'token-expired');
  });

  test('is one for each token: two that differ by one letter share nothing', async () => {
    const verifier = tokenVerifier({ issuer: null });
    const keys = { keys: [hub.jwk] };
    const one = await hub.token({ scope: 'read' });
    const two = await hub.token({ scope: 'secret', client_id: 'other' });
    const found = await Promise.all([verifier.verify(one, keys, NOW), verifier.verify(two, keys, NOW)]);
    assert.deepEqual(
      found.map((token) => 'clientId' in token && [token.clientId, ...token.scopes]),
      [
        ['client', 'read'],
        ['other', 'secret'],
      ],
    );
    // The signature of one under the claims of the other, after both are known.
    const [head, claims] = one.split('.');
    const [, , signature] = two.split('.');
    assert.equal(codeOf(await verifier.verify(`${head}.${claims}.${signature}`, keys, NOW)), 'token-invalid');
  });

  test('is void once the keys changed, for what is being verified at that moment too', async () => {
    const verifier = tokenVerifier({ issuer: null });
    const next = await testHub();
    const token = await hub.token();
    assert.equal(codeOf(await verifier.verify(token, { keys: [hub.jwk] }, NOW)), 'passes');
    const fresh = await hub.token();
    const begun = verifier.verify(fresh, { keys: [hub.jwk, next.jwk] }, NOW);
    const rotated = { keys: [next.jwk] };
    assert.equal(codeOf(await verifier.verify(fresh, rotated, NOW)), 'token-invalid');
    assert.equal(codeOf(await verifier.verify(token, rotated, NOW)), 'token-invalid');
    await begun;
    assert.equal(codeOf(await verifier.verify(fresh, rotated, NOW)), 'token-invalid');
  });

  test('another issuer’s, another kind’s and a symmetric key’s tokens are none of the hub', async () => {
    const verifier = tokenVerifier({ issuer: 'https://socle.example/connect/machines' });
    assert.equal(codeOf(await verifier.verify(await hub.token(), { keys: [hub.jwk] }, NOW)), 'token-invalid');
    const any = tokenVerifier({ issuer: null });
    const symmetric = await new SignJWT({ client_id: 'client', scope: 'read' })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: hub.jwk.kid })
      .setIssuer('http://localhost/connect/machines')
      .setExpirationTime('5m')
      .sign(Buffer.from(JSON.stringify(hub.jwk)));
    assert.equal(codeOf(await any.verify(symmetric, { keys: [hub.jwk] }, NOW)), 'token-invalid');
    const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.e30.x`;
    assert.equal(codeOf(await any.verify(none, { keys: [hub.jwk] }, NOW)), 'token-invalid');
  });
});
