// A demonstration provider by itself: over TLS, and in two processes that share nothing but secret and database.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { calculatePKCECodeChallenge, randomPKCECodeVerifier } from 'openid-client';
import { loadDemonstration } from '../demonstration.ts';
import { mountProvider } from '../hub/mount-provider.ts';
import { identityKernel, kernelOver } from '../identity.fixture.ts';
import { accountsOf } from './accounts.ts';
import { openDemonstrationProvider } from './provider.ts';
import { demonstrationProviderPermissions } from './providers.permissions.ts';
import { demonstrationHubSecret, HUB_CLIENT_ID, prefixOf } from './upstreams.ts';

const ORIGIN = 'https://socle.example';
const PREFIX = prefixOf('citizen');
const kernel = await identityKernel();
await loadDemonstration(kernel);

/** One process: its own provider, mounted in its own site, and a way in that needs no page. */
async function startProcess(): Promise<FastifyInstance> {
  const provider = await openDemonstrationProvider(kernelOver(kernel.db), 'citizen', ORIGIN);
  const app = Fastify();
  mountProvider(app, {
    prefix: PREFIX,
    permission: demonstrationProviderPermissions.demonstrationProviders,
    providerFor: async () => provider,
  });
  app.post(`${PREFIX}/sign-in/:uid`, async (request, reply) => {
    const accountId = accountsOf(kernel, 'citizen').subjectOf('noam-weber');
    const login = { accountId, acr: 'eidas2', amr: ['pwd', 'mfa'] };
    return reply.redirect(await provider.interactionResult(request.raw, reply.raw, { login }), 303);
  });
  return app;
}

const [one, other] = [await startProcess(), await startProcess()];
const headers = { host: 'inside:3000', 'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'http' };

test('two processes publish the same key', async () => {
  const keys = await Promise.all(
    [one, other].map(async (app) => (await app.inject({ url: `${PREFIX}/jwks`, headers })).json()),
  );
  assert.equal(keys[0].keys.length, 1);
  assert.deepEqual(keys[0], keys[1]);
});

test('a sign-in begun in one process goes on in another, over TLS whatever the headers say', async () => {
  const verifier = randomPKCECodeVerifier();
  const asked = new URLSearchParams({
    client_id: HUB_CLIENT_ID,
    redirect_uri: `${ORIGIN}/connect/citizens/callback`,
    response_type: 'code',
    scope: 'openid family_name',
    state: 'kept',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const began = await one.inject({ url: `${PREFIX}/auth?${asked}`, headers });
  assert.equal(began.statusCode, 303, began.body);
  assert.ok(began.cookies.length >= 2);
  for (const { name, secure, httpOnly, sameSite, path } of began.cookies) {
    assert.match(name, /^demo-citizen-/);
    assert.ok(secure && httpOnly && sameSite?.toLowerCase() === 'lax', name);
    assert.ok(path?.startsWith(PREFIX), `${name}: ${path}`);
  }
  const cookies = new Map(began.cookies.map(({ name, value }) => [name, value]));
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  const signedIn = await other.inject({
    method: 'POST',
    url: String(began.headers.location),
    headers: { ...headers, cookie: cookie() },
  });
  const resume = new URL(String(signedIn.headers.location));
  assert.equal(resume.origin, ORIGIN);
  const resumed = await one.inject({ url: resume.pathname, headers: { ...headers, cookie: cookie() } });
  const session = resumed.cookies.find(({ name }) => name === 'demo-citizen-session');
  assert.ok(session?.secure && session.path === PREFIX, 'the session is for the provider alone');

  const callback = new URL(String(resumed.headers.location));
  assert.equal(callback.origin + callback.pathname, `${ORIGIN}/connect/citizens/callback`);
  const form = {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: `${ORIGIN}/connect/citizens/callback`,
    code_verifier: verifier,
  };
  const secret = demonstrationHubSecret(kernel.secret);
  const exchange = (app: FastifyInstance) =>
    app.inject({
      method: 'POST',
      url: `${PREFIX}/token`,
      payload: new URLSearchParams(form).toString(),
      headers: {
        ...headers,
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${HUB_CLIENT_ID}:${secret}`).toString('base64')}`,
      },
    });
  const tokens = await exchange(other);
  assert.equal(tokens.statusCode, 200, tokens.body);
  const authorization = `Bearer ${tokens.json<{ access_token: string }>().access_token}`;
  const told = await one.inject({ url: `${PREFIX}/me`, headers: { ...headers, authorization } });
  assert.equal(told.json<{ family_name: string }>().family_name, 'WEBER');
  assert.equal((await exchange(one)).json<{ error: string }>().error, 'invalid_grant', 'a code serves once');
});
