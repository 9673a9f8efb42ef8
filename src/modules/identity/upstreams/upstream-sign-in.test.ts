// Sign-in at an upstream provider that runs for real on loopback: the right answer, and each wrong one refused.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { decodeJwt, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { identityKernel, type TestKernel } from '../identity.fixture.ts';
import { newSealedClientKey, publicClientKey, unsealedClientKey } from './client-credentials.ts';
import {
  newSignIn,
  REDIRECT_URI,
  recordedUpstream,
  refusal,
  startTestProvider,
  type TestProvider,
} from './upstream.fixture.ts';
import { finishUpstreamSignIn, startUpstreamSignIn } from './upstream-sign-in.ts';
import { insertUpstream } from './upstreams.repository.ts';
import type { Upstream } from './upstreams.types.ts';

const kernel = await identityKernel();
const provider = await startTestProvider({ redirectUri: REDIRECT_URI });
after(() => provider.stop());

const upstream = await recordedUpstream(kernel, provider);

/** A whole sign-in; `bent` changes where the browser comes back to. */
async function signIn(
  at: Upstream = upstream,
  from: TestProvider = provider,
  bent: (back: URL) => URL = (back) => back,
) {
  const signIn = newSignIn();
  const address = await startUpstreamSignIn(kernel, at, signIn);
  const callbackUrl = bent(await from.browse(address, REDIRECT_URI));
  return finishUpstreamSignIn(kernel, at, { ...signIn, callbackUrl });
}

/** Bends the ID token of the next sign-ins: `claims` are signed anew by the provider's own key unless told. */
function bendIdToken(
  bend: (claims: JWTPayload) => JWTPayload,
  sign: (claims: JWTPayload) => Promise<string> | string = (claims) => provider.sign(claims),
) {
  provider.bend('/token', async (body) => ({
    ...body,
    id_token: await sign(bend(decodeJwt(body.id_token as string))),
  }));
}

const asItIs = (body: Record<string, unknown>) => body;
const seconds = () => Math.floor(Date.now() / 1000);

describe('a sign-in', () => {
  test('sends the person off with PKCE, state, nonce and the hints', async () => {
    const asked = newSignIn();
    const address = await startUpstreamSignIn(kernel, upstream, {
      ...asked,
      loginHint: 'ada@mef.example',
      acrValues: 'eidas2',
      maxAge: 60,
      prompt: 'login',
    });
    const query = Object.fromEntries(address.searchParams);
    assert.equal(address.origin, provider.issuer);
    assert.equal(query.code_challenge_method, 'S256');
    assert.notEqual(query.code_challenge, asked.codeVerifier);
    assert.equal(query.state, asked.state);
    assert.equal(query.nonce, asked.nonce);
    assert.equal(query.redirect_uri, REDIRECT_URI);
    assert.equal(query.scope, 'openid profile email');
    assert.equal(query.login_hint, 'ada@mef.example');
    assert.equal(query.acr_values, 'eidas2');
    assert.equal(query.max_age, '60');
    assert.equal(query.prompt, 'login');
  });

  test('brings back who it is, with the claims of userinfo', async () => {
    const found = await signIn();
    assert.equal(found.issuer, provider.issuer);
    assert.equal(found.subject, 'ada');
    assert.equal(found.claims.email, 'ada@mef.example');
    assert.equal(found.claims.siret, '11000401300012');
    assert.equal(decodeJwt(found.idToken).sub, 'ada');
    assert.equal(found.acr, null);
    assert.deepEqual(found.amr, []);
  });

  test('asks for the discovery document and the keys once for many sign-ins', async () => {
    const count = () => provider.asked.get('/.well-known/openid-configuration');
    await signIn();
    const before = [count(), provider.asked.get('/jwks')];
    await signIn();
    assert.deepEqual([count(), provider.asked.get('/jwks')], before);
  });

  test('reads acr, amr and sid where they are asserted', async () => {
    bendIdToken((claims) => ({ ...claims, acr: 'eidas2', amr: ['pwd', 7, 'otp'], sid: 's-1' }));
    const found = await signIn();
    provider.bend('/token', asItIs);
    assert.equal(found.acr, 'eidas2');
    assert.deepEqual(found.amr, ['pwd', 'otp']);
    assert.equal(found.sid, 's-1');
  });

  test('works where userinfo is a signed JWT', async (t) => {
    const other = await startTestProvider({
      redirectUri: REDIRECT_URI,
      client: { userinfo_signed_response_alg: 'ES256' },
    });
    t.after(() => other.stop());
    const found = await signIn(await recordedUpstream(kernel, other), other);
    assert.equal(found.claims.email, 'ada@mef.example');
  });

  test('works by the hub’s own key', async (t) => {
    const id = randomUUID();
    const sealedClientKey = await newSealedClientKey(kernel.secret, id);
    const key = unsealedClientKey(kernel.secret, id, sealedClientKey);
    assert.ok(key);
    const published = publicClientKey(key);
    assert.ok(!('d' in published));
    const other = await startTestProvider({ redirectUri: REDIRECT_URI, jwks: { keys: [published] } });
    t.after(() => other.stop());
    const { id: _id, state: _state, stateSince: _since, checkedAt: _at, ...settings } = upstream;
    const keyed = await kernel.db
      .transaction()
      .execute((trx) =>
        insertUpstream(
          trx,
          id,
          { ...settings, issuer: other.issuer, clientAuthentication: 'private_key_jwt' },
          { sealedClientSecret: null, sealedClientKey },
        ),
      );
    assert.equal((await signIn(keyed, other)).subject, 'ada');
  });

  test('is refused where the provider is not in use', async () => {
    const off = { ...upstream, isEnabled: false };
    await assert.rejects(
      startUpstreamSignIn(kernel, off, newSignIn()),
      refusal('identity.upstream-unavailable', { reason: 'disabled' }),
    );
  });
});

describe('a wrong answer', () => {
  const cases: [name: string, check: string, bend: () => void][] = [
    ['another nonce', 'nonce', () => bendIdToken((claims) => ({ ...claims, nonce: 'another' }))],
    ['no nonce', 'nonce', () => bendIdToken(({ nonce: _nonce, ...claims }) => claims)],
    [
      'another issuer',
      'issuer',
      () => bendIdToken((claims) => ({ ...claims, iss: 'https://other.example' })),
    ],
    ['another audience', 'audience', () => bendIdToken((claims) => ({ ...claims, aud: 'another' }))],
    [
      'another authorised party',
      'audience',
      () => bendIdToken((claims) => ({ ...claims, aud: ['hub', 'x'], azp: 'x' })),
    ],
    [
      'alg none',
      'algorithm',
      () =>
        bendIdToken(
          (claims) => claims,
          (claims) => provider.unsigned(claims),
        ),
    ],
    [
      'a signature by the client secret (key confusion)',
      'algorithm',
      () =>
        bendIdToken(
          (claims) => claims,
          (claims) =>
            new SignJWT(claims)
              .setProtectedHeader({ alg: 'HS256' })
              .sign(new TextEncoder().encode(provider.clientSecret)),
        ),
    ],
    [
      'a signature by somebody else’s key',
      'signature',
      () =>
        bendIdToken(
          (claims) => claims,
          async (claims) => {
            const { privateKey } = await generateKeyPair('ES256');
            return new SignJWT(claims)
              .setProtectedHeader({ alg: 'ES256', kid: 'provider-key' })
              .sign(privateKey);
          },
        ),
    ],
    [
      'a key that is not published',
      'signature',
      () =>
        bendIdToken(
          (claims) => claims,
          (claims) => provider.sign(claims, { kid: 'unknown' }),
        ),
    ],
    [
      'expired',
      'exp',
      () => bendIdToken((claims) => ({ ...claims, iat: seconds() - 7200, exp: seconds() - 3600 })),
    ],
    [
      'made in the future',
      'iat',
      () => bendIdToken((claims) => ({ ...claims, iat: seconds() + 3600, exp: seconds() + 7200 })),
    ],
    ['not valid yet', 'nbf', () => bendIdToken((claims) => ({ ...claims, nbf: seconds() + 3600 }))],
    [
      'no ID token at all',
      'id-token',
      () => provider.bend('/token', ({ id_token: _token, ...body }) => body),
    ],
    [
      'userinfo of another subject',
      'subject',
      () => provider.bend('/me', (body) => ({ ...body, sub: 'eve' })),
    ],
  ];
  for (const [name, check, bend] of cases) {
    test(`${name} is refused: ${check}`, async () => {
      bend();
      try {
        await assert.rejects(signIn(), refusal('identity.upstream-answer-wrong', { check }));
      } finally {
        provider.bend('/token', asItIs);
        provider.bend('/me', asItIs);
      }
    });
  }

  test('userinfo signed by somebody else is refused', async (t) => {
    const other = await startTestProvider({
      redirectUri: REDIRECT_URI,
      client: { userinfo_signed_response_alg: 'ES256' },
    });
    t.after(() => other.stop());
    const at = await recordedUpstream(kernel, other);
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await new SignJWT({ sub: 'ada', email: 'eve@mef.example' })
      .setProtectedHeader({ alg: 'ES256', kid: 'provider-key' })
      .sign(privateKey);
    const bent: TestKernel = {
      ...kernel,
      outgoing: {
        ...kernel.outgoing,
        fetch: async (url, request) =>
          url.endsWith('/me')
            ? new Response(forged, { headers: { 'content-type': 'application/jwt' } })
            : kernel.outgoing.fetch(url, request),
      },
    };
    const asked = newSignIn();
    const callbackUrl = await other.browse(await startUpstreamSignIn(bent, at, asked), REDIRECT_URI);
    await assert.rejects(
      finishUpstreamSignIn(bent, at, { ...asked, callbackUrl }),
      refusal('identity.upstream-answer-wrong', { check: 'signature' }),
    );
  });

  const withQuery = (change: (query: URLSearchParams) => void) => (back: URL) => {
    const other = new URL(back);
    change(other.searchParams);
    return other;
  };

  test('the state of another sign-in is refused', async () => {
    const swapped = withQuery((query) => query.set('state', 'another'));
    await assert.rejects(
      signIn(upstream, provider, swapped),
      refusal('identity.upstream-answer-wrong', { check: 'state' }),
    );
  });

  test('another issuer’s response (mix-up) is refused, and so is one that names none though it should', async () => {
    const mixedUp = withQuery((query) => query.set('iss', 'https://other.example'));
    const unnamed = withQuery((query) => query.delete('iss'));
    for (const bent of [mixedUp, unnamed]) {
      await assert.rejects(
        signIn(upstream, provider, bent),
        refusal('identity.upstream-answer-wrong', { check: 'issuer' }),
      );
    }
  });

  test('a code given twice is refused', async () => {
    const asked = newSignIn();
    const callbackUrl = await provider.browse(
      await startUpstreamSignIn(kernel, upstream, asked),
      REDIRECT_URI,
    );
    await finishUpstreamSignIn(kernel, upstream, { ...asked, callbackUrl });
    await assert.rejects(
      finishUpstreamSignIn(kernel, upstream, { ...asked, callbackUrl }),
      refusal('identity.upstream-refused', { error: 'invalid_grant' }),
    );
  });

  test('a refusal by the provider keeps its code, and a secret that is wrong says so', async () => {
    const denied = withQuery((query) => {
      query.delete('code');
      query.set('error', 'access_denied');
    });
    await assert.rejects(
      signIn(upstream, provider, denied),
      refusal('identity.upstream-refused', { error: 'access_denied' }),
    );
    const wrong = await startTestProvider({
      redirectUri: REDIRECT_URI,
      client: { client_secret: 'another-secret' },
    });
    try {
      await assert.rejects(
        signIn(await recordedUpstream(kernel, wrong), wrong),
        refusal('identity.upstream-refused', { error: 'invalid_client' }),
      );
    } finally {
      await wrong.stop();
    }
  });

  test('a discovery document of another issuer is refused', async (t) => {
    const other = await startTestProvider({ redirectUri: REDIRECT_URI });
    t.after(() => other.stop());
    other.bend('/.well-known/openid-configuration', (body) => ({ ...body, issuer: provider.issuer }));
    await assert.rejects(
      startUpstreamSignIn(kernel, await recordedUpstream(kernel, other), newSignIn()),
      refusal('identity.upstream-answer-wrong', { check: 'discovery: issuer-differs' }),
    );
  });

  test('plain http is refused outside a demonstration', async () => {
    const strict = { ...kernel, config: { ...kernel.config, demo: false }, outgoing: { ...kernel.outgoing } };
    await assert.rejects(
      startUpstreamSignIn(strict, upstream, newSignIn()),
      refusal('identity.upstream-answer-wrong', { check: 'discovery: insecure' }),
    );
  });
});
