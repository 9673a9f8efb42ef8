// Signing out: where the provider is told, and which of its logout tokens are believed.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { JWTPayload } from 'jose';
import { identityKernel } from '../identity.fixture.ts';
import { ORIGIN, REDIRECT_URI, recordedUpstream, refusal, startTestProvider } from './upstream.fixture.ts';
import { readUpstreamLogoutToken } from './upstream-logout.ts';
import { upstreamSignOutUrl } from './upstream-sign-in.ts';

const kernel = await identityKernel();
const provider = await startTestProvider({ redirectUri: REDIRECT_URI });
after(() => provider.stop());

const upstream = await recordedUpstream(kernel, provider);

const seconds = () => Math.floor(Date.now() / 1000);

describe('signing out', () => {
  test('leads to the provider, with the ID token and where to come back to', async () => {
    const address = await upstreamSignOutUrl(kernel, upstream, {
      origin: ORIGIN,
      idToken: 'the.id.token',
      postLogoutRedirectUri: REDIRECT_URI,
      state: 'back',
    });
    assert.ok(address);
    assert.equal(`${address.origin}${address.pathname}`, `${provider.issuer}/session/end`);
    assert.deepEqual(Object.fromEntries(address.searchParams), {
      id_token_hint: 'the.id.token',
      post_logout_redirect_uri: REDIRECT_URI,
      state: 'back',
      client_id: 'hub',
    });
  });

  test('is null where the provider offers none', async (t) => {
    const other = await startTestProvider({ redirectUri: REDIRECT_URI });
    t.after(() => other.stop());
    other.bend('/.well-known/openid-configuration', ({ end_session_endpoint: _end, ...body }) => body);
    const asked = { origin: ORIGIN, idToken: 'x', postLogoutRedirectUri: REDIRECT_URI, state: 's' };
    assert.equal(await upstreamSignOutUrl(kernel, await recordedUpstream(kernel, other), asked), null);
  });
});

describe('a logout token', () => {
  const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const right = (): JWTPayload => ({
    iss: provider.issuer,
    aud: 'hub',
    iat: seconds(),
    exp: seconds() + 120,
    jti: 'j-1',
    sub: 'ada',
    sid: 's-1',
    events: event,
  });
  const read = async (token: Promise<string> | string) =>
    readUpstreamLogoutToken(kernel, upstream, await token, { origin: ORIGIN });

  test('says whose session ends', async () => {
    const all = { subject: 'ada', sid: 's-1', jti: 'j-1' };
    assert.deepEqual(await read(provider.sign(right(), { typ: 'logout+jwt' })), all);
    assert.deepEqual(await read(provider.sign(right())), all);
    const { sub: _sub, ...bySession } = right();
    assert.deepEqual(await read(provider.sign(bySession)), { ...all, subject: null });
  });

  const wrong: [name: string, check: string, token: () => Promise<string> | string][] = [
    ['of another issuer', 'issuer', () => provider.sign({ ...right(), iss: 'https://other.example' })],
    ['for another client', 'audience', () => provider.sign({ ...right(), aud: 'another' })],
    ['unsigned', 'algorithm', () => provider.unsigned(right())],
    ['by an unknown key', 'signature', () => provider.sign(right(), { kid: 'unknown' })],
    ['old', 'iat', () => provider.sign({ ...right(), iat: seconds() - 3600 })],
    [
      'of the future',
      'iat',
      () => provider.sign({ ...right(), iat: seconds() + 3600, exp: seconds() + 7200 }),
    ],
    ['expired', 'exp', () => provider.sign({ ...right(), exp: seconds() - 60 })],
    ['without event', 'events', () => provider.sign({ ...right(), events: {} })],
    ['that is an ID token', 'nonce', () => provider.sign({ ...right(), nonce: 'n' })],
    [
      'of nobody',
      'subject',
      () => {
        const { sub: _sub, sid: _sid, ...nobody } = right();
        return provider.sign(nobody);
      },
    ],
    ['of another type', 'typ', () => provider.sign(right(), { typ: 'at+jwt' })],
    ['that is no token', 'answer', () => 'nonsense'],
  ];
  for (const [name, check, token] of wrong) {
    test(`${name} is refused: ${check}`, async () => {
      await assert.rejects(read(token()), refusal('identity.upstream-answer-wrong', { check }));
    });
  }
});
