// Clients that others wrote sign people in by the hub, over real connections: passport-openidconnect,
// express-openid-connect, and openid-client with what the protocol offers beyond the ordinary.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import express from 'express';
import openidConnect, { type ConfigParams } from 'express-openid-connect';
import expressSession from 'express-session';
import { decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import passport from 'passport';
import OpenIDConnectStrategy from 'passport-openidconnect';
import { ask, Browser } from './browser.ts';
import { CALLBACK, challengeOf, startHub, type TestService, textIn } from './hub.support.ts';

const hub = await startHub();
const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

/** Opens a port for a client; what answers there comes once the port is known. */
async function openPort(): Promise<{ origin: string; answer(handle: RequestListener): void }> {
  let handle: RequestListener = (_request, response) => response.end();
  const server = createServer((request, response) => handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  servers.push(server);
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    answer: (next) => {
      handle = next;
    },
  };
}

const person = { email: hub.email };

describe('passport-openidconnect', () => {
  /** The library sends no PKCE by itself; this adds it by the points that it offers to subclasses. */
  class WithPkce extends OpenIDConnectStrategy {
    authenticate(
      request: { session: Record<string, unknown>; query: Record<string, unknown> },
      options = {},
    ) {
      // Passport makes an instance for each request, so what is set here is this request's own.
      if (request.query.code) {
        const { _oauth2: base } = this;
        const verifier = request.session.pkce;
        this._oauth2 = Object.create(base);
        this._oauth2.getOAuthAccessToken = (code: string, parameters: object, done: unknown) =>
          base.getOAuthAccessToken(code, { ...parameters, code_verifier: verifier }, done);
        return super.authenticate(request, options);
      }
      const verifier = randomBytes(32).toString('base64url');
      request.session.pkce = verifier;
      return super.authenticate(request, { ...options, verifier });
    }

    authorizationParams({ verifier }: { verifier: string }) {
      return { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' };
    }
  }

  async function start(Strategy: typeof OpenIDConnectStrategy) {
    const port = await openPort();
    const service = await hub.register({
      clientAuthentication: 'client_secret_post',
      redirectUris: [`${port.origin}/callback`],
      postLogoutRedirectUris: [`${port.origin}/bye`],
    });
    const issuer = hub.issuer('agents');
    const authenticator = new passport.Passport();
    const strategy = new Strategy(
      {
        issuer,
        authorizationURL: `${issuer}/authorize`,
        tokenURL: `${issuer}/token`,
        userInfoURL: `${issuer}/userinfo`,
        clientID: service.clientId,
        clientSecret: service.clientSecret,
        callbackURL: `${port.origin}/callback`,
        scope: ['profile', 'email', 'siret'],
        nonce: true,
        skipUserProfile: false,
      },
      // The library takes its arguments by their number: with nine it asks userinfo as well.
      (
        iss: string,
        profile: Record<string, unknown>,
        _idProfile: unknown,
        _context: unknown,
        idToken: string,
        _accessToken: string,
        _refreshToken: string,
        _parameters: unknown,
        done: (error: null, user: object) => void,
      ) => done(null, { iss, idToken, ...profile }),
    );
    authenticator.use(strategy);
    authenticator.serializeUser((user: unknown, done: (error: null, user: unknown) => void) =>
      done(null, user),
    );
    authenticator.deserializeUser((user: unknown, done: (error: null, user: unknown) => void) =>
      done(null, user),
    );
    const app = express();
    app.use(
      expressSession({ secret: 'x'.repeat(32), name: 'passport', resave: false, saveUninitialized: false }),
    );
    app.use(authenticator.session());
    app.get('/login', authenticator.authenticate('openidconnect'));
    app.get(
      '/callback',
      authenticator.authenticate('openidconnect', { failWithError: true }),
      (_request: unknown, response: express.Response) => response.redirect('/'),
    );
    app.get('/', (request, response) => void response.json((request as { user?: unknown }).user ?? null));
    app.get('/bye', (_request, response) => void response.send('bye'));
    app.use(
      (error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) =>
        void response.status(500).json({ ...error, name: error.name, message: error.message }),
    );
    port.answer(app as RequestListener);
    return { ...port, service };
  }

  test('with PKCE it signs an agent in, gets their claims, and signs them out at the hub', async () => {
    const { origin } = await start(WithPkce);
    const browser = new Browser();
    const end = await browser.walk(`${origin}/login`, person);
    assert.equal(end.url, `${origin}/`, end.body);
    const user = JSON.parse(end.body);
    assert.equal(user.iss, hub.issuer('agents'));
    assert.match(user.id, /^[0-9a-f]{64}$/);
    assert.deepEqual(user.emails, [{ value: hub.email }]);
    assert.equal(typeof user._json?.siret, 'string');
    assert.equal(typeof user._json?.usual_name, 'string');

    const leave = new URL(`${hub.issuer('agents')}/sign-out`);
    leave.searchParams.set('id_token_hint', user.idToken);
    leave.searchParams.set('post_logout_redirect_uri', `${origin}/bye`);
    assert.equal((await browser.walk(leave)).url.split('?')[0], `${origin}/bye`);
    // The hub knows nobody here any more: it asks who is there.
    const again = await browser.walk(`${origin}/login`, { untilPage: () => true });
    assert.match(again.url, /\/connect\/agents\/interaction\//);
  });

  test('as it comes, without PKCE, it is told what is missing and gets no code', async () => {
    const { origin, service } = await start(OpenIDConnectStrategy);
    const end = await new Browser().walk(`${origin}/login`, person);
    const { name, code, message } = JSON.parse(end.body);
    assert.deepEqual([name, code], ['AuthorizationError', 'invalid_request']);
    assert.match(message, /PKCE/);
    const refusals = await hub.query('select refusal from identity.connections where client_id = $1', [
      service.clientId,
    ]);
    assert.deepEqual(refusals, [{ refusal: 'invalid_request' }]);
  });
});

describe('express-openid-connect', () => {
  function memoryStore() {
    const kept = new Map<string, unknown>();
    return {
      get: (id: string, done: (error: null, value: unknown) => void) => done(null, kept.get(id)),
      set: (id: string, value: unknown, done?: (error: null) => void) => {
        kept.set(id, value);
        done?.(null);
      },
      destroy: (id: string, done?: (error: null) => void) => {
        kept.delete(id);
        done?.(null);
      },
    };
  }

  async function start(
    service: Partial<TestService>,
    settings: (service: TestService) => Partial<ConfigParams>,
  ) {
    const port = await openPort();
    const registered = await hub.register({
      redirectUris: [`${port.origin}/callback`],
      postLogoutRedirectUris: [`${port.origin}/bye`],
      backchannelLogoutUri: `${port.origin}/backchannel-logout`,
      ...service,
    });
    const app = express();
    const name = `session-${registered.clientId}`;
    app.get('/bye', (_request, response) => void response.send('bye'));
    app.use(
      openidConnect.auth({
        issuerBaseURL: hub.issuer('agents'),
        baseURL: port.origin,
        clientID: registered.clientId,
        secret: 'x'.repeat(32),
        authRequired: false,
        idpLogout: true,
        enableTelemetry: false,
        routes: { postLogoutRedirect: '/bye' },
        session: { name },
        transactionCookie: { name: `verification-${registered.clientId}` },
        backchannelLogout: { store: memoryStore() as never },
        authorizationParams: { response_type: 'code', scope: 'openid profile email siret' },
        ...settings(registered),
      }),
    );
    app.get('/', (request, response) => {
      void response.json(request.oidc.isAuthenticated() ? request.oidc.idTokenClaims : null);
    });
    app.get('/userinfo', async (request, response) => {
      response.json(await request.oidc.fetchUserInfo());
    });
    app.get('/header', (request, response) => {
      response.json(decodeProtectedHeader(request.oidc.idToken as string));
    });
    app.use(
      (error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) =>
        void response.status(500).json({ message: error.message }),
    );
    port.answer(app as RequestListener);
    return { ...port, service: registered };
  }

  const bySecret = ({ clientSecret }: TestService): Partial<ConfigParams> => ({ clientSecret });

  test('as it comes (RS256, secret by Basic) it signs an agent in, gets their claims, and signs them out', async () => {
    const { origin } = await start({ idTokenAlg: 'RS256' }, bySecret);
    const browser = new Browser();
    const end = await browser.walk(`${origin}/login`, person);
    assert.equal(end.url.replace(/\/$/, ''), origin, end.body);
    const claims = JSON.parse(end.body);
    assert.match(claims.sub, /^[0-9a-f]{64}$/);
    assert.equal(claims.acr, 'eidas1');
    assert.equal(JSON.parse((await browser.send(`${origin}/header`)).body).alg, 'RS256');
    const told = JSON.parse((await browser.send(`${origin}/userinfo`)).body);
    assert.deepEqual([told.email, told.sub, typeof told.siret], [hub.email, claims.sub, 'string']);

    const left = await browser.walk(`${origin}/logout`);
    assert.equal(left.url.split('?')[0], `${origin}/bye`);
    assert.equal((await browser.send(`${origin}/`)).body, 'null');
    const again = await browser.walk(`${origin}/login`, { untilPage: () => true });
    assert.match(again.url, /\/connect\/agents\/interaction\//);
  });

  test('with ES256, its key as proof and pushed requests it signs an agent in', async () => {
    const { origin } = await start({ clientAuthentication: 'private_key_jwt' }, ({ privateKey }) => ({
      idTokenSigningAlg: 'ES256',
      clientAuthMethod: 'private_key_jwt',
      clientAssertionSigningKey: privateKey as never,
      pushedAuthorizationRequests: true,
    }));
    const browser = new Browser();
    const passed: URL[] = [];
    const end = await browser.walk(`${origin}/login`, {
      ...person,
      until: (url) => {
        passed.push(url);
        return false;
      },
    });
    assert.equal(end.url.replace(/\/$/, ''), origin, end.body);
    assert.match(String(passed[0]?.searchParams.get('request_uri')), /^urn:ietf:params:oauth:request_uri:/);
    assert.equal(JSON.parse((await browser.send(`${origin}/header`)).body).alg, 'ES256');
  });

  test('one sign-out ends the sessions at every service, which learn it by the back channel', async () => {
    const one = await start({ idTokenAlg: 'RS256' }, bySecret);
    const other = await start({ idTokenAlg: 'RS256' }, bySecret);
    const browser = new Browser();
    await browser.walk(`${one.origin}/login`, person);
    // Signed in at the hub, the person is only told what the second service receives.
    const second = await browser.walk(`${other.origin}/login`);
    const claims = JSON.parse(second.body);
    const first = JSON.parse((await browser.send(`${one.origin}/`)).body);
    assert.notEqual(claims.sub, first.sub);
    assert.notEqual(claims.sid, first.sid);

    await browser.walk(`${one.origin}/logout`);
    assert.equal((await browser.send(`${other.origin}/`)).body, 'null');
    // Whoever comes back is let in again: what the service keeps of the sign-out does not shut the person out.
    const refreshed = new Browser();
    const entered = await refreshed.walk(`${other.origin}/login`, person);
    assert.equal(JSON.parse(entered.body).sub, claims.sub);
  });

  test('when the State closes the session from elsewhere, the service learns it by the back channel', async () => {
    const { origin } = await start({ idTokenAlg: 'RS256' }, bySecret);
    const browser = new Browser();
    await browser.walk(`${origin}/login`, person);
    const forged = await ask(`${origin}/backchannel-logout`, { form: { logout_token: 'e30.e30.e30' } });
    assert.equal(forged.status, 400);
    assert.notEqual((await browser.send(`${origin}/`)).body, 'null');
    const page = await browser.walk(`${hub.issuer('agents')}/sign-out`, {
      untilPage: ({ body }) => body.includes('/sign-out/confirm'),
    });
    await browser.walkOn(page);
    assert.equal((await browser.send(`${origin}/`)).body, 'null');
  });
});

describe('openid-client', () => {
  async function configured(service: TestService, alg: 'ES256' | 'RS256' = 'ES256') {
    const proof =
      service.clientAuthentication === 'private_key_jwt'
        ? client.PrivateKeyJwt({ key: service.privateKey, kid: service.kid })
        : client.ClientSecretBasic(service.clientSecret);
    const configuration = await client.discovery(
      new URL(hub.issuer(service.realm)),
      service.clientId,
      {
        id_token_signed_response_alg: alg,
        ...(service.userinfoAlg && { userinfo_signed_response_alg: service.userinfoAlg }),
      },
      proof,
      { execute: [client.allowInsecureRequests] },
    );
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  /** A whole sign-in. Throws what openid-client throws. */
  async function enter(
    configuration: client.Configuration,
    browser: Browser,
    more: Record<string, string> = {},
    { pushed = false, steps = {} } = {},
  ) {
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const parameters = {
      redirect_uri: CALLBACK,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more,
    };
    const url = pushed
      ? await client.buildAuthorizationUrlWithPAR(configuration, parameters)
      : client.buildAuthorizationUrl(configuration, parameters);
    const end = await browser.walk(url, { ...person, ...steps });
    if (!end.location) throw new Error(`${end.status} ${textIn(end)}`);
    const tokens = await client.authorizationCodeGrant(configuration, end.location, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...(more.max_age !== undefined && { maxAge: Number(more.max_age) }),
    });
    return { tokens, claims: tokens.claims() as client.IDToken };
  }

  const refusal = (code: string) => (error: { error?: string }) => {
    assert.equal(error.error, code, String(error));
    return true;
  };

  test('proves itself by its key and reads claims from a signed userinfo answer', async () => {
    const service = await hub.register({ clientAuthentication: 'private_key_jwt', userinfoAlg: 'ES256' });
    const configuration = await configured(service);
    const { tokens, claims } = await enter(configuration, new Browser());
    const told = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    assert.equal(told.email, hub.email);
    assert.equal(told.email_verified, true);
    assert.equal(told.siret, undefined);
  });

  test('asks for single claims by the claims parameter, also within the ID token', async () => {
    const service = await hub.register({ clientAuthentication: 'private_key_jwt' });
    const configuration = await configured(service);
    const { tokens, claims } = await enter(configuration, new Browser(), {
      scope: 'openid',
      claims: JSON.stringify({
        userinfo: { siret: { essential: true }, phone: null },
        id_token: { email: null },
      }),
    });
    assert.equal(claims.email, hub.email);
    const told = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    assert.deepEqual(Object.keys(told).sort(), ['siret', 'sub']);
  });

  test('a claim that was not granted is not passed on, however it is asked for', async () => {
    const service = await hub.register({ claims: ['given_name'] });
    const configuration = await configured(service);
    const { tokens, claims } = await enter(configuration, new Browser(), {
      scope: 'openid email siret',
      claims: JSON.stringify({ userinfo: { usual_name: null }, id_token: { email: { essential: true } } }),
    });
    assert.equal(claims.email, undefined);
    const told = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    assert.deepEqual(Object.keys(told), ['sub']);
  });

  test('prompt=none enters without a page after a sign-in, and says login_required before', async () => {
    const [first, second] = [await hub.register(), await hub.register()];
    const [one, two] = [await configured(first), await configured(second)];
    const browser = new Browser();
    await assert.rejects(enter(one, browser, { prompt: 'none' }), refusal('login_required'));
    const before = await enter(one, browser);
    const silent = await enter(one, browser, { prompt: 'none' });
    assert.equal(silent.claims.sub, before.claims.sub);
    assert.equal(silent.claims.auth_time, before.claims.auth_time);
    // Nobody told the person yet what the second service receives.
    await assert.rejects(enter(two, browser, { prompt: 'none' }), refusal('consent_required'));
    await enter(two, browser);
    const silently = await enter(two, browser, { prompt: 'none', id_token_hint: '' });
    assert.notEqual(silently.claims.sub, before.claims.sub);
  });

  test('max_age and prompt=login ask the person anew, and auth_time says so', async () => {
    const configuration = await configured(await hub.register());
    const browser = new Browser();
    const before = await enter(configuration, browser, { max_age: '3600' });
    assert.ok(typeof before.claims.auth_time === 'number');
    const kept = await enter(configuration, browser, { max_age: '3600' });
    assert.equal(kept.claims.auth_time, before.claims.auth_time);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const pages: string[] = [];
    const anew = await enter(
      configuration,
      browser,
      { max_age: '0' },
      { steps: { untilPage: ({ url }: { url: string }) => !pages.push(url) } },
    );
    assert.ok(
      pages.some((url) => url.includes('/interaction/')),
      pages.join(),
    );
    assert.ok((anew.claims.auth_time as number) > (before.claims.auth_time as number));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const login = await enter(configuration, browser, { prompt: 'login' });
    assert.ok((login.claims.auth_time as number) > (anew.claims.auth_time as number));
  });

  test('acr_values gets the level asked for from a citizen, and acr tells it', async () => {
    const service = await hub.register({ realm: 'citizens' });
    const configuration = await configured(service);
    const browser = new Browser();
    const low = await enter(configuration, browser, {}, { steps: { level: 'eidas1' } });
    assert.equal(low.claims.acr, 'eidas1');
    const higher = await enter(
      configuration,
      browser,
      { acr_values: 'eidas2' },
      { steps: { level: 'eidas2' } },
    );
    assert.equal(higher.claims.acr, 'eidas2');
    // What was proved holds for less as well.
    const silent = await enter(configuration, browser, { acr_values: 'eidas1', prompt: 'none' });
    assert.equal(silent.claims.acr, 'eidas2');
    await assert.rejects(
      enter(configuration, browser, { acr_values: 'eidas3', prompt: 'none' }),
      refusal('login_required'),
    );
  });

  test('a refresh token gives fresh tokens, a new refresh token each time, and survives sign-out', async () => {
    const service = await hub.register({ mayRefresh: true });
    const configuration = await configured(service);
    const browser = new Browser();
    const { tokens, claims } = await enter(configuration, browser, {
      scope: 'openid email offline_access',
      prompt: 'consent',
    });
    const first = tokens.refresh_token as string;
    assert.equal(typeof first, 'string');
    const second = await client.refreshTokenGrant(configuration, first);
    assert.notEqual(second.refresh_token, first);
    assert.equal(second.claims()?.sub, claims.sub);
    const told = await client.fetchUserInfo(configuration, second.access_token, claims.sub);
    assert.equal(told.email, hub.email);
    // Asked for to work without the person, it outlives their session at the hub.
    await browser.walk(`${hub.issuer('agents')}/sign-out`);
    const third = await client.refreshTokenGrant(configuration, second.refresh_token as string);
    assert.notEqual(third.refresh_token, second.refresh_token);
    // Revoked by the service itself, it is dead.
    await client.tokenRevocation(configuration, third.refresh_token as string);
    await assert.rejects(
      client.refreshTokenGrant(configuration, third.refresh_token as string),
      refusal('invalid_grant'),
    );
  });

  test('a pushed request serves once', async () => {
    const service = await hub.register({ clientAuthentication: 'private_key_jwt' });
    const configuration = await configured(service);
    const browser = new Browser();
    const { claims } = await enter(configuration, browser, {}, { pushed: true });
    assert.match(claims.sub, /^[0-9a-f]{64}$/);
    const pushed = await client.buildAuthorizationUrlWithPAR(configuration, {
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: challengeOf('v'.repeat(43)),
      code_challenge_method: 'S256',
    });
    const first = await browser.walk(pushed);
    assert.ok(first.location?.searchParams.get('code'), textIn(first));
    const again = await browser.walk(pushed);
    assert.equal(again.location, null);
    assert.deepEqual([again.status, /invalid_request_uri/.test(textIn(again))], [400, true], textIn(again));
  });

  test('a token introspects as active to its own service, and as nothing once revoked', async () => {
    const service = await hub.register();
    const configuration = await configured(service);
    const { tokens } = await enter(configuration, new Browser());
    const good = await client.tokenIntrospection(configuration, tokens.access_token);
    assert.equal(good.active, true);
    await client.tokenRevocation(configuration, tokens.access_token);
    assert.deepEqual(await client.tokenIntrospection(configuration, tokens.access_token), { active: false });
  });

  test('the discovery document promises only what the hub keeps', async () => {
    for (const realm of ['agents', 'citizens'] as const) {
      const { body } = await ask(`${hub.issuer(realm)}/.well-known/openid-configuration`);
      const metadata = JSON.parse(body);
      assert.equal(metadata.issuer, hub.issuer(realm));
      assert.deepEqual(metadata.response_types_supported, ['code']);
      assert.deepEqual(metadata.response_modes_supported, ['query']);
      assert.deepEqual(metadata.code_challenge_methods_supported, ['S256']);
      assert.deepEqual(metadata.subject_types_supported, ['pairwise']);
      assert.equal(metadata.authorization_response_iss_parameter_supported, true);
      assert.equal(metadata.backchannel_logout_session_supported, true);
      assert.deepEqual([...metadata.acr_values_supported].sort(), ['eidas1', 'eidas2', 'eidas3']);
      assert.ok(!metadata.id_token_signing_alg_values_supported.some((alg: string) => /^HS|none/.test(alg)));
      for (const endpoint of [
        'authorization_endpoint',
        'token_endpoint',
        'userinfo_endpoint',
        'jwks_uri',
        'end_session_endpoint',
      ]) {
        assert.ok(metadata[endpoint].startsWith(`${hub.issuer(realm)}/`), endpoint);
      }
      const keys = JSON.parse((await ask(metadata.jwks_uri)).body).keys;
      for (const key of keys)
        for (const secret of ['d', 'p', 'q', 'k']) assert.ok(!(secret in key), `${secret} of ${key.kid}`);
    }
  });
});
