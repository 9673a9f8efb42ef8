// Attacks on the hub as a provider: codes, tokens, addresses, proofs of who a service is, and ways out. Each gets a
// refusal that says what to do, and the log says why.
import assert from 'node:assert/strict';
import { createSecretKey, randomUUID } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { type Answer, ask, Browser } from './browser.ts';
import {
  authorizationOf,
  basic,
  CALLBACK,
  call,
  redeem,
  signIn,
  startHub,
  type TestService,
  textIn,
  userinfo,
} from './hub.support.ts';

const hub = await startHub();
const service = await hub.register({ mayRefresh: true });
const another = await hub.register({
  mayRefresh: true,
  redirectUris: ['https://another.example/callback'],
  postLogoutRedirectUris: ['https://another.example/bye'],
});

beforeEach(() => {
  hub.log.length = 0;
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A page of Socle in words: no stack, nothing to be framed, nowhere to be sent. */
function assertPage(answer: Answer, status: number, says: RegExp): void {
  assert.equal(answer.status, status, textIn(answer));
  assert.equal(answer.location, null);
  assert.match(String(answer.headers['content-type']), /^text\/html/);
  assert.match(answer.body, /<h1/);
  assert.match(textIn(answer), says);
  assert.doesNotMatch(answer.body, /node_modules|\.ts:\d|\bat \w+ \(/);
  assert.match(String(answer.headers['content-security-policy']), /frame-ancestors 'none'/);
}

/** Sent back to the service's own address with an error and no code. */
function assertSentBack(answer: Answer, error: string, says: RegExp): void {
  assert.ok(answer.location, `${answer.status} ${textIn(answer)}`);
  assert.ok(answer.location.href.startsWith(CALLBACK), answer.location.href);
  const { searchParams } = answer.location;
  assert.equal(searchParams.get('error'), error);
  assert.match(searchParams.get('error_description') ?? '', says);
  assert.equal(searchParams.get('code'), null);
}

const logged = (why: RegExp) => assert.match(hub.logText(), why);

describe('authorization codes', () => {
  test('a code that is redeemed again is refused, and what it gave before is revoked', async () => {
    const asked = await signIn(hub, new Browser(), service, {
      more: { scope: 'openid email offline_access', prompt: 'consent' },
    });
    const first = await redeem(hub, service, asked);
    assert.equal(first.status, 200);
    const { access_token: accessToken = '', refresh_token: refreshToken = '' } = first.body;
    assert.equal((await userinfo(hub, 'agents', accessToken)).status, 200);
    const second = await redeem(hub, service, asked);
    assert.deepEqual([second.status, second.body.error], [400, 'invalid_grant']);
    logged(/the hub refused a request.*already consumed/);
    assert.equal((await userinfo(hub, 'agents', accessToken)).status, 401);
    const refreshed = await call(hub, service, 'token', {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    assert.equal(refreshed.body.error, 'invalid_grant');
  });

  test('of two who redeem one code at the same moment, exactly one gets tokens', async () => {
    for (let round = 0; round < 3; round += 1) {
      const asked = await signIn(hub, new Browser(), service);
      const answers = await Promise.all([1, 2, 3, 4].map(() => redeem(hub, service, asked)));
      const statuses = answers.map(({ status }) => status).sort();
      assert.deepEqual(statuses, [200, 400, 400, 400]);
      for (const { status, body } of answers) if (status === 400) assert.equal(body.error, 'invalid_grant');
    }
  });

  test('a code serves only the service that it was made for', async () => {
    const asked = await signIn(hub, new Browser(), service);
    const stolen = await call(hub, another, 'token', {
      grant_type: 'authorization_code',
      code: asked.code,
      redirect_uri: CALLBACK,
      code_verifier: asked.verifier,
    });
    assert.deepEqual([stolen.status, stolen.body.error], [400, 'invalid_grant']);
    logged(/client mismatch/);
  });

  test('a code is worth nothing without its own verifier, address and minute', async () => {
    const browser = new Browser();
    const cases: [Record<string, string>, RegExp][] = [
      [{ code_verifier: 'w'.repeat(43) }, /code_verifier does not match/],
      [{ code_verifier: '' }, /PKCE|code_verifier/],
      [{ redirect_uri: `${CALLBACK}/` }, /redirect_uri mismatch/],
    ];
    for (const [more, why] of cases) {
      const { code, verifier } = await signIn(hub, browser, service);
      hub.log.length = 0;
      const { status, body } = await call(hub, service, 'token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: CALLBACK,
        code_verifier: verifier,
        ...more,
      });
      assert.deepEqual([status, /invalid_(grant|request)/.test(String(body.error))], [400, true]);
      assert.equal(body.access_token, undefined);
      logged(why);
    }
    const late = await signIn(hub, browser, service);
    const { clock } = hub.app.kernel;
    const now = clock.now();
    clock.moveTo(new Date(now.getTime() + 61_000));
    const answer = await redeem(hub, service, late);
    clock.moveTo(now);
    assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_grant']);
  });

  test('a request without PKCE, or with plain PKCE, is sent back with a sentence', async () => {
    const without = authorizationOf(hub, service, {
      code_challenge: undefined,
      code_challenge_method: undefined,
    });
    assertSentBack(await ask(without.url), 'invalid_request', /PKCE/);
    const plain = authorizationOf(hub, service, { code_challenge_method: 'plain' });
    assertSentBack(await ask(plain.url), 'invalid_request', /code_challenge_method/);
    logged(/PKCE[\s\S]*code_challenge_method/);
  });
});

describe('addresses to be sent back to', () => {
  test('only an address that is registered to the letter is gone to', async () => {
    const others = [
      `${CALLBACK}/`,
      `${CALLBACK}/more`,
      `${CALLBACK}?x=1`,
      `${CALLBACK}#x`,
      'https://service.example/Callback',
      'https://SERVICE.example/callback',
      'http://service.example/callback',
      'https://x@service.example/callback',
      'https://service.example@evil.example/callback',
      'https://x.service.example/callback',
      'https://service.example.evil.example/callback',
      'https://service.example:8443/callback',
      'https://service.example/callback/../evil',
      'https://another.example/callback',
      'https://evil.example/callback',
      'javascript:alert(1)',
      '//evil.example/callback',
      '/callback',
    ];
    for (const redirectUri of others) {
      hub.log.length = 0;
      const answer = await new Browser().send(
        authorizationOf(hub, service, { redirect_uri: redirectUri }).url,
      );
      assertPage(answer, 400, /return address is none of those that it registered.*invalid_redirect_uri/);
      logged(/redirect_uri/);
    }
    const missing = await new Browser().send(authorizationOf(hub, service, { redirect_uri: undefined }).url);
    // With one address registered there is no doubt which is meant; wherever it goes, it is that one.
    assert.ok(missing.status === 400 || !missing.location || missing.location.origin === hub.origin);
  });

  test('two addresses at once are refused on a page', async () => {
    const { url } = authorizationOf(hub, service);
    url.searchParams.append('redirect_uri', 'https://evil.example/');
    const answer = await new Browser().send(url);
    assertPage(answer, 400, /invalid_request|invalid_redirect_uri/);
  });

  test('an unknown service is told on a page, in the language of the person', async () => {
    const { url } = authorizationOf(hub, service, {
      client_id: 'essai-inconnu',
      redirect_uri: 'https://evil.example/',
    });
    assertPage(await new Browser().send(url), 400, /is not known, or its access is suspended/);
    const french = await new Browser().send(url, { headers: { 'accept-language': 'fr' } });
    assertPage(french, 400, /n’est pas connu, ou son accès est suspendu/);
  });

  test('other shapes of request than the code in the query are refused', async () => {
    const cases: [Record<string, string>, RegExp][] = [
      [{ response_mode: 'form_post' }, /unsupported_response_mode|invalid_request/],
      [{ response_mode: 'fragment' }, /unsupported_response_mode|invalid_request/],
      [{ response_mode: 'web_message' }, /unsupported_response_mode/],
      [{ response_type: 'token' }, /unsupported_response_type|invalid_request/],
      [{ response_type: 'id_token' }, /unsupported_response_type|invalid_request/],
      [{ response_type: 'code id_token' }, /unsupported_response_type|invalid_request/],
      [
        { request: new UnsecuredJWT({ redirect_uri: 'https://evil.example' }).encode() },
        /request_not_supported/,
      ],
      [{ request_uri: 'https://evil.example/request' }, /request_uri_not_supported|invalid_request_uri/],
      [{ registration: '{}' }, /registration_not_supported/],
    ];
    for (const [more, code] of cases) {
      hub.log.length = 0;
      const answer = await new Browser().send(authorizationOf(hub, service, more).url);
      const said = answer.location?.href ?? answer.body;
      assert.match(said, code, JSON.stringify(more));
      assert.doesNotMatch(said, /[?&#]code=/);
      if (answer.location) assert.ok(answer.location.href.startsWith(CALLBACK), answer.location.href);
      logged(/the hub refused a request/);
    }
  });
});

describe('ways out', () => {
  const signOutAt = (parameters: Record<string, string>) =>
    `${hub.issuer('agents')}/sign-out?${new URLSearchParams(parameters)}`;

  async function idToken(browser: Browser, of: TestService): Promise<string> {
    const asked = await signIn(hub, browser, of);
    return (await redeem(hub, of, asked)).body.id_token ?? '';
  }

  test('after signing out nobody is sent to an address that the service did not register', async () => {
    const browser = new Browser();
    const hint = await idToken(browser, service);
    for (const address of [
      'https://evil.example/',
      'https://another.example/bye',
      'https://service.example/bye/x',
    ]) {
      hub.log.length = 0;
      const answer = await browser.send(
        signOutAt({ id_token_hint: hint, post_logout_redirect_uri: address, state: 's' }),
      );
      assertPage(answer, 400, /invalid_request/);
      logged(/post_logout_redirect_uri not registered/);
    }
    // Without a word of which service it is, the address is not looked at.
    const page = await browser.send(signOutAt({ post_logout_redirect_uri: 'https://evil.example/' }));
    const end = await browser.walkOn(page);
    assert.equal(end.location, null);
    assert.equal(new URL(end.url).origin, hub.origin);
  });

  test('the ID token of another service, or one that nobody signed, says nothing', async () => {
    const browser = new Browser();
    const hint = await idToken(browser, another);
    const [head, payload, signature = ''] = hint.split('.');
    const { privateKey } = await generateKeyPair('ES256');
    const claims = { iss: hub.issuer('agents'), aud: service.clientId, sub: 'x', iat: 0, exp: 4_000_000_000 };
    const cases: Record<string, string>[] = [
      { id_token_hint: hint, client_id: service.clientId },
      { id_token_hint: hint, post_logout_redirect_uri: 'https://service.example/bye' },
      { id_token_hint: `${head}.${payload}.${signature.slice(0, -4)}AAAA` },
      { id_token_hint: new UnsecuredJWT(claims).encode() },
      { id_token_hint: await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey) },
      { id_token_hint: 'x.y.z' },
    ];
    for (const parameters of cases) {
      assertPage(await browser.send(signOutAt(parameters)), 400, /invalid_request/);
    }
    // The person is still signed in: nothing of this ended their session.
    const silent = await browser.send(authorizationOf(hub, another, { prompt: 'none' }).url);
    assert.ok(silent.location?.searchParams.get('code'));
    // As a hint of who is there, another's ID token does not let a silent request pass.
    const hinted = await browser.send(
      authorizationOf(hub, service, { prompt: 'none', id_token_hint: hint }).url,
    );
    assert.equal(hinted.location?.searchParams.get('error'), 'invalid_request');
  });

  test('no link signs a person out without their own yes', async () => {
    const browser = new Browser();
    await signIn(hub, browser, service);
    const page = await browser.send(signOutAt({}));
    assert.equal(page.status, 200);
    const forged = await browser.send(`${hub.issuer('agents')}/sign-out/confirm`, {
      form: { xsrf: 'forged', logout: 'yes' },
    });
    assertPage(forged, 400, /invalid_request/);
    const silent = await browser.send(authorizationOf(hub, service, { prompt: 'none' }).url);
    assert.ok(silent.location?.searchParams.get('code'));
  });

  test('the way on after the provider’s sign-out is the hub’s own word alone', async () => {
    const browser = new Browser();
    const hint = await idToken(browser, service);
    let way = '';
    await browser.walk(
      signOutAt({ id_token_hint: hint, post_logout_redirect_uri: 'https://service.example/bye', state: 's' }),
      {
        until: (url) => {
          if (url.pathname === '/connect/agents/signed-out') way = url.searchParams.get('state') ?? '';
          return way !== '';
        },
      },
    );
    assert.notEqual(way, '');
    const signedOut = (realm: string, state: string) =>
      new Browser().send(`${hub.origin}/connect/${realm}/signed-out?${new URLSearchParams({ state })}`);
    const [real] = await Promise.all([signedOut('agents', way)]);
    assert.equal(real.location?.href, 'https://service.example/bye?state=s');
    const forged = Buffer.from(JSON.stringify({ goal: 'https://evil.example', until: 9e15 })).toString(
      'base64url',
    );
    const bent = way.slice(0, 30) + (way[30] === 'A' ? 'B' : 'A') + way.slice(31);
    for (const [realm, state] of [
      ['agents', forged],
      ['agents', bent],
      ['agents', 'https://evil.example'],
      ['citizens', way],
    ] as const) {
      assertPage(await signedOut(realm, state), 200, /signed out/);
    }
    const { clock } = hub.app.kernel;
    const now = clock.now();
    clock.moveTo(new Date(now.getTime() + 10 * 60_000));
    const late = await signedOut('agents', way);
    clock.moveTo(now);
    assertPage(late, 200, /signed out/);
  });

  test('Socle’s own door leads back to Socle alone', async () => {
    for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example']) {
      const browser = new Browser();
      const start = `${hub.origin}/sign-in/with/agents?${new URLSearchParams({ back })}`;
      const end = await browser.walk(start, {
        email: hub.email,
        until: ({ pathname }) => pathname === '/desk',
      });
      assert.equal(end.location?.href, `${hub.origin}/desk`, back);
    }
  });

  test('the pages that lead out of Socle let their forms go there, and nobody frames them', async () => {
    // Browsers hold a form’s whole chain of redirects to `form-action`: to the provider’s end of session, or straight
    // back to the service.
    const browser = new Browser();
    const asking = await browser.walk(authorizationOf(hub, service).url, { untilPage: () => true });
    await browser.walkOn(asking, { email: hub.email });
    const leaving = await browser.send(signOutAt({}));
    const nobody = await new Browser().send(
      signOutAt({ client_id: service.clientId, post_logout_redirect_uri: 'https://service.example/bye' }),
    );
    for (const page of [asking, leaving, nobody]) {
      const policy = String(page.headers['content-security-policy']);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.match(policy, /form-action 'self' https:/, page.url);
      assert.match(String(page.headers['x-frame-options']), /^(SAMEORIGIN|DENY)$/);
    }
    assert.match(String(asking.headers['cache-control']), /no-store/);
  });
});

describe('refresh tokens', () => {
  async function refreshable() {
    const asked = await signIn(hub, new Browser(), service, {
      more: { scope: 'openid email offline_access', prompt: 'consent' },
    });
    return (await redeem(hub, service, asked)).body.refresh_token ?? '';
  }
  const refresh = (token: string, by = service) =>
    call(hub, by, 'token', { grant_type: 'refresh_token', refresh_token: token });

  test('a refresh token used again after its rotation ends the whole grant, the fresh one with it', async () => {
    const stolen = await refreshable();
    const fresh = await refresh(stolen);
    assert.equal(fresh.status, 200);
    const thief = await refresh(stolen);
    assert.deepEqual([thief.status, thief.body.error], [400, 'invalid_grant']);
    logged(/refresh token already used/);
    const owner = await refresh(fresh.body.refresh_token ?? '');
    assert.deepEqual([owner.status, owner.body.error], [400, 'invalid_grant']);
    assert.equal((await userinfo(hub, 'agents', fresh.body.access_token ?? '')).status, 401);
  });

  test('of many who use one refresh token at the same moment, at most one gets another', async () => {
    const token = await refreshable();
    const answers = await Promise.all([1, 2, 3, 4].map(() => refresh(token)));
    assert.ok(answers.filter(({ status }) => status === 200).length <= 1);
    assert.ok(answers.every(({ status }) => status === 200 || status === 400));
  });

  test('a refresh token serves only its own service, and gives no more than was agreed', async () => {
    const token = await refreshable();
    assert.equal((await refresh(token, another)).body.error, 'invalid_grant');
    const more = await call(hub, service, 'token', {
      grant_type: 'refresh_token',
      refresh_token: token,
      scope: 'openid email siret',
    });
    assert.equal(more.body.error, 'invalid_scope');
  });
});

describe('proofs of who a service is', async () => {
  const keyed = await hub.register({ clientAuthentication: 'private_key_jwt' });
  const issuer = hub.issuer('agents');
  const now = () => Math.floor(Date.now() / 1000);
  const honest = (): JWTPayload => ({
    iss: keyed.clientId,
    sub: keyed.clientId,
    aud: issuer,
    jti: randomUUID(),
    iat: now(),
    exp: now() + 60,
  });
  const sign = (claims: JWTPayload) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: keyed.kid }).sign(keyed.privateKey);

  async function push(assertion: string): Promise<{ status: number; body: Record<string, string> }> {
    const answer = await ask(`${issuer}/par`, {
      form: {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
        client_id: keyed.clientId,
        response_type: 'code',
        redirect_uri: CALLBACK,
        scope: 'openid',
        code_challenge: 'a'.repeat(43),
        code_challenge_method: 'S256',
      },
    });
    return { status: answer.status, body: JSON.parse(answer.body) };
  }

  test('an honest one is taken', async () => {
    assert.equal((await push(await sign(honest()))).status, 201);
  });

  test('one that lies about anything is refused, and the log says about what', async () => {
    const { privateKey: otherKey } = await generateKeyPair('ES256');
    const pem = Buffer.from(await exportSPKI((await importJWK(keyed.publicJwk, 'ES256')) as never));
    const hs256 = (secret: Uint8Array | string) =>
      new SignJWT(honest())
        .setProtectedHeader({ alg: 'HS256', kid: keyed.kid })
        .sign(createSecretKey(Buffer.from(secret)));
    const cases: [string, string, RegExp][] = [
      ['for another audience', await sign({ ...honest(), aud: 'https://evil.example' }), /audience/],
      ['for another realm', await sign({ ...honest(), aud: hub.issuer('citizens') }), /audience/],
      ['of another service', await sign({ ...honest(), iss: another.clientId }), /iss/],
      [
        'about another service',
        await sign({ ...honest(), sub: another.clientId }),
        /client_id mismatch|method/,
      ],
      ['without an end', await sign({ ...honest(), exp: undefined }), /expiration/],
      ['without a name of its own', await sign({ ...honest(), jti: undefined }), /jti/],
      ['expired', await sign({ ...honest(), iat: now() - 600, exp: now() - 300 }), /expired/],
      ['not valid yet', await sign({ ...honest(), nbf: now() + 300 }), /not active/],
      ['good for ever', await sign({ ...honest(), exp: now() + 10 * 365 * 86_400 }), /too (far|long)|exp/],
      ['signed by nobody', new UnsecuredJWT(honest()).encode(), /alg|signature/i],
      [
        'signed by another key',
        await new SignJWT(honest()).setProtectedHeader({ alg: 'ES256', kid: keyed.kid }).sign(otherKey),
        /signature/,
      ],
      ['signed with the public key as a secret (PEM)', await hs256(pem), /alg/],
      ['signed with the public key as a secret (JWK)', await hs256(JSON.stringify(keyed.publicJwk)), /alg/],
      ['signed with the service’s unused secret', await hs256(keyed.clientSecret), /alg/],
    ];
    for (const [name, assertion, why] of cases) {
      hub.log.length = 0;
      const { status, body } = await push(assertion);
      assert.ok(status === 401 || status === 400, `${name}: ${status} ${JSON.stringify(body)}`);
      assert.match(String(body.error), /^invalid_(client|request)$/, name);
      assert.equal(body.request_uri, undefined, name);
      assert.match(hub.logText(), why, name);
      // What went wrong exactly is the log's: a stranger learns nothing of the registration.
      assert.doesNotMatch(JSON.stringify(body), /stack|node_modules/, name);
    }
  });

  test('an RSA public key is no secret to sign with, whatever the header says', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const kid = `rsa-${keyed.clientId}`;
    const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig' };
    await hub.query(
      'insert into identity.service_keys (service_id, kid, public_jwk, created_at) values ($1, $2, $3, now())',
      [keyed.id, kid, JSON.stringify(jwk)],
    );
    await pause(1_100);
    const rs256 = await new SignJWT(honest()).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
    assert.equal((await push(rs256)).status, 201);
    const pem = await exportSPKI(publicKey);
    for (const secret of [pem, pem.trim(), JSON.stringify(jwk), String(jwk.n)]) {
      const bytes = createSecretKey(Buffer.from(secret));
      const forged = await new SignJWT(honest()).setProtectedHeader({ alg: 'HS256', kid }).sign(bytes);
      const { status, body } = await push(forged);
      assert.deepEqual([status, body.error], [401, 'invalid_client']);
    }
    logged(/alg mismatch/);
  });

  test('one is taken once, also when it comes many times at the same moment', async () => {
    const used = await sign(honest());
    assert.equal((await push(used)).status, 201);
    const again = await push(used);
    assert.deepEqual([again.status, again.body.error], [401, 'invalid_client']);
    logged(/only be used once/);
    const atOnce = await sign(honest());
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => push(atOnce)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 401, 401, 401, 401]);
  });

  test('another means than the registered one is refused: a key’s service by secret, a secret’s without', async () => {
    const bySecret = await call(hub, keyed, 'par', { response_type: 'code' });
    assert.deepEqual([bySecret.status, bySecret.body.error], [401, 'invalid_client']);
    const without = await ask(`${issuer}/token`, {
      form: {
        grant_type: 'authorization_code',
        code: 'x',
        redirect_uri: CALLBACK,
        client_id: service.clientId,
      },
    });
    assert.deepEqual([without.status, JSON.parse(without.body).error], [401, 'invalid_client']);
    const wrong = await call(hub, { ...service, clientSecret: another.clientSecret }, 'token', {
      grant_type: 'x',
    });
    assert.deepEqual([wrong.status, wrong.body.error], [401, 'invalid_client']);
    // The hash that the database holds is no secret.
    const [row] = await hub.query<{ hash: Buffer }>(
      'select hash from identity.service_secrets where service_id = $1',
      [service.id],
    );
    const hash = row?.hash.toString('hex') ?? '';
    assert.equal(
      (await call(hub, { ...service, clientSecret: hash }, 'token', { grant_type: 'x' })).status,
      401,
    );
  });

  test('a revoked secret and a revoked key are refused within two seconds', async () => {
    const one = await hub.register();
    const asked = await signIn(hub, new Browser(), one);
    await hub.query('update identity.service_secrets set revoked_at = now() where service_id = $1', [one.id]);
    await pause(1_100);
    assert.equal((await redeem(hub, one, asked)).status, 401);
    await hub.query('update identity.service_keys set revoked_at = now() where service_id = $1', [keyed.id]);
    await pause(1_100);
    assert.equal((await push(await sign(honest()))).status, 401);
    await hub.query('update identity.service_keys set revoked_at = null where service_id = $1', [keyed.id]);
    await pause(1_100);
  });
});

describe('the endpoints of machines', () => {
  test('the token endpoint takes a form of modest size, once each parameter, by POST', async () => {
    const token = `${hub.issuer('agents')}/token`;
    const headers = basic(service);
    assert.ok([404, 405].includes((await ask(`${token}?grant_type=authorization_code`, { headers })).status));
    const large = await ask(token, { form: { grant_type: 'x', code: 'x'.repeat(1024 * 1024) }, headers });
    assert.ok([400, 413].includes(large.status), String(large.status));
    assert.ok(large.body.length < 1_000);
    const twice = await ask(token, {
      form: [
        ['grant_type', 'authorization_code'],
        ['code', 'a'],
        ['code', 'b'],
        ['redirect_uri', CALLBACK],
      ],
      headers,
    });
    assert.deepEqual([twice.status, JSON.parse(twice.body).error], [400, 'invalid_request']);
    const json = await ask(token, {
      method: 'POST',
      body: '{"grant_type":"authorization_code"}',
      headers: { ...headers, 'content-type': 'application/json' },
    });
    assert.equal(json.status, 400);
    for (const grantType of [
      'password',
      'client_credentials',
      'implicit',
      'urn:ietf:params:oauth:grant-type:device_code',
    ]) {
      const { status, body } = await call(hub, service, 'token', { grant_type: grantType });
      assert.deepEqual(
        [status, /unsupported_grant_type|unauthorized_client/.test(String(body.error))],
        [400, true],
      );
    }
  });

  test('userinfo tells nothing to a token that is expired, revoked, of another realm, or none', async () => {
    const browser = new Browser();
    const fresh = async () =>
      (await redeem(hub, service, await signIn(hub, browser, service))).body.access_token ?? '';
    const token = await fresh();
    assert.equal((await userinfo(hub, 'agents', token)).status, 200);
    assert.equal((await userinfo(hub, 'citizens', token)).status, 401);
    assert.equal((await userinfo(hub, 'agents', `${token}x`)).status, 401);
    const nobody = await ask(`${hub.issuer('agents')}/userinfo`);
    assert.ok([400, 401].includes(nobody.status), String(nobody.status));
    await call(hub, service, 'revoke', { token });
    assert.equal((await userinfo(hub, 'agents', token)).status, 401);
    const later = await fresh();
    const { clock } = hub.app.kernel;
    const now = clock.now();
    clock.moveTo(new Date(now.getTime() + 601_000));
    const expired = await userinfo(hub, 'agents', later);
    clock.moveTo(now);
    assert.equal(expired.status, 401);
    assert.match(String(expired.headers['www-authenticate']), /invalid_token/);
    // An ID token is no access token.
    const asked = await signIn(hub, browser, service);
    const { id_token: idToken = '' } = (await redeem(hub, service, asked)).body;
    assert.equal((await userinfo(hub, 'agents', idToken)).status, 401);
  });

  test('a stranger learns nothing of a token, and cannot revoke it', async () => {
    const asked = await signIn(hub, new Browser(), service);
    const { access_token: token = '' } = (await redeem(hub, service, asked)).body;
    assert.deepEqual((await call(hub, another, 'introspect', { token })).body, { active: false });
    await call(hub, another, 'revoke', { token });
    assert.equal((await userinfo(hub, 'agents', token)).status, 200);
    const unproved = await ask(`${hub.issuer('agents')}/introspect`, { form: { token } });
    assert.ok(unproved.status >= 400);
    assert.doesNotMatch(unproved.body, /"active":true/);
  });

  test('pages of other sites read no answer that is about a person or a service', async () => {
    const asked = await signIn(hub, new Browser(), service);
    const { access_token: token = '' } = (await redeem(hub, service, asked)).body;
    const origin = 'https://evil.example';
    const told = await ask(`${hub.issuer('agents')}/userinfo`, {
      headers: { authorization: `Bearer ${token}`, origin },
    });
    assert.equal(told.headers['access-control-allow-origin'], undefined);
    assert.doesNotMatch(told.body, /email|given_name/);
    const redeemed = await ask(`${hub.issuer('agents')}/token`, {
      form: { grant_type: 'authorization_code', code: 'x', redirect_uri: CALLBACK },
      headers: { ...basic(service), origin },
    });
    assert.equal(redeemed.headers['access-control-allow-origin'], undefined);
    const page = await new Browser().send(authorizationOf(hub, service).url, { headers: { origin } });
    assert.equal(page.headers['access-control-allow-origin'], undefined);
    for (const answer of [told, redeemed]) {
      assert.equal(answer.headers['access-control-allow-credentials'], undefined);
    }
  });

  test('what a caller says of the host changes neither issuer nor redirects', async () => {
    const { port } = new URL(hub.origin);
    const discovery = '/connect/agents/.well-known/openid-configuration';
    const lies: Record<string, string>[] = [
      { 'x-forwarded-host': 'evil.example' },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      { forwarded: 'host=evil.example;proto=https' },
      { 'x-original-host': 'evil.example', 'x-host': 'evil.example' },
    ];
    for (const headers of lies) {
      const { body } = await ask(`${hub.origin}${discovery}`, { headers });
      assert.doesNotMatch(body, /evil/);
      assert.equal(JSON.parse(body).issuer, hub.issuer('agents'));
      const { url } = authorizationOf(hub, service);
      const answer = await new Browser().send(url, { headers });
      assert.equal(answer.location?.origin, hub.origin);
      assert.doesNotMatch(JSON.stringify(answer.headers), /evil/);
    }
    for (const host of ['evil.example', `localhost.evil.example:${port}`, `localhost@evil.example:${port}`]) {
      for (const path of [discovery, '/connect/agents/authorize?client_id=x', '/sign-in/with/agents']) {
        const answer = await hub.app.app.inject({ url: path, headers: { host, accept: 'text/html' } });
        assert.ok(answer.statusCode >= 400, `${host} ${path}: ${answer.statusCode}`);
        assert.doesNotMatch(JSON.stringify(answer.headers), /evil/);
      }
    }
  });

  test('an address under the hub that is not one of the protocol’s is not there', async () => {
    for (const path of [
      'reg',
      'device',
      'backchannel',
      'interaction/x/login',
      '.well-known/oauth-authorization-server/x',
    ]) {
      const answer = await new Browser().send(`${hub.issuer('agents')}/${path}`);
      assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
    }
    const machines = await new Browser().send(
      `${hub.issuer('machines')}/authorize?client_id=${service.clientId}`,
    );
    assert.ok(machines.status >= 400);
    assert.equal(machines.location, null);
  });
});

describe('programs that act for themselves', async () => {
  const server = await hub.register({ realm: 'machines' });
  const program = await hub.register({ realm: 'machines' });
  const stranger = await hub.register({ realm: 'machines' });
  const [granted, notGranted] = [
    `https://${server.clientId}.example/api`,
    `https://${server.clientId}.example/other`,
  ];
  for (const identifier of [granted, notGranted]) {
    const [resource] = await hub.query<{ id: string }>(
      `insert into identity.resources (identifier, name, organisation_id, scopes, created_at, search_text)
       select $1, 'Essai', organisation_id, '{read,write}', now(), 'essai' from identity.services where id = $2
       returning id`,
      [identifier, server.id],
    );
    await hub.query('insert into identity.resource_servers values ($1, $2)', [resource?.id, server.id]);
    if (identifier === granted) {
      await hub.query(`insert into identity.service_resources values ($1, $2, '{read}', now())`, [
        program.id,
        resource?.id,
      ]);
    }
  }
  const askFor = (by: TestService, more: Record<string, string> = {}) =>
    call(hub, by, 'token', { grant_type: 'client_credentials', resource: granted, ...more });

  test('a program gets a token only for what it was granted, and the log says why not', async () => {
    const good = await askFor(program, { scope: 'read' });
    assert.equal(good.status, 200, JSON.stringify(good.body));
    const cases: [TestService, Record<string, string>, string][] = [
      [program, { resource: notGranted }, 'invalid_target'],
      [program, { resource: 'https://evil.example/' }, 'invalid_target'],
      [program, { scope: 'write' }, 'invalid_scope'],
      [stranger, {}, 'invalid_target'],
      [{ ...program, clientSecret: stranger.clientSecret }, {}, 'invalid_client'],
      [{ ...program, clientId: service.clientId, clientSecret: service.clientSecret }, {}, 'invalid_client'],
    ];
    for (const [by, more, error] of cases) {
      hub.log.length = 0;
      const { body } = await askFor(by, { scope: 'read', ...more });
      assert.equal(body.access_token, undefined, error);
      assert.equal(body.error, error);
      logged(new RegExp(`the hub refused a request.*"realm":"machines".*${error}`));
    }
  });

  test('its token tells a stranger nothing, ends when it is revoked, and opens nothing about people', async () => {
    const { access_token: token = '' } = (await askFor(program, { scope: 'read' })).body;
    const active = async (by: TestService, presented = token) =>
      String((await call(hub, by, 'introspect', { token: presented })).body.active);
    assert.deepEqual(
      [await active(server), await active(program), await active(stranger)],
      ['true', 'true', 'false'],
    );
    const [head = '', payload = '', signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = [
      `${head}.${part({ ...claims, scope: 'read write' })}.${signature}`,
      `${part({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
      new UnsecuredJWT(claims).encode(),
      claims.jti,
    ];
    for (const one of forged) assert.equal(await active(server, one), 'false', one);
    assert.equal((await userinfo(hub, 'agents', token)).status, 401);
    await call(hub, stranger, 'revoke', { token });
    assert.equal(await active(server), 'true');
    await call(hub, program, 'revoke', { token });
    assert.equal(await active(server), 'false');
  });
});

describe('services that may no longer be served', () => {
  for (const state of ['suspended', 'closed'] as const) {
    test(`a ${state} service gets nothing at any endpoint, within two seconds`, async () => {
      const one = await hub.register({ mayRefresh: true });
      const browser = new Browser();
      const more = { scope: 'openid email offline_access', prompt: 'consent' };
      const { body: tokens } = await redeem(hub, one, await signIn(hub, browser, one, { more }));
      const waiting = await signIn(hub, browser, one, { more });
      const { access_token: accessToken = '', refresh_token: refreshToken = '' } = tokens;
      const open = await new Browser().walk(authorizationOf(hub, one).url, { untilPage: () => true });
      await hub.query(
        `update identity.services set state = $2, suspended_from = $3, suspension_reason = $3 where id = $1`,
        [one.id, state, state === 'suspended' ? 'production' : null],
      );
      await pause(1_100);
      hub.log.length = 0;
      assertPage(
        await browser.send(authorizationOf(hub, one).url),
        400,
        /its access is suspended.*invalid_client/,
      );
      logged(/client/);
      assert.equal((await redeem(hub, one, waiting)).status, 401);
      assert.equal(
        (await call(hub, one, 'token', { grant_type: 'refresh_token', refresh_token: refreshToken })).status,
        401,
      );
      assert.equal((await call(hub, one, 'par', { response_type: 'code' })).status, 401);
      assert.equal((await call(hub, one, 'introspect', { token: accessToken })).status, 401);
      assert.equal((await call(hub, one, 'revoke', { token: accessToken })).status, 401);
      const told = await userinfo(hub, 'agents', accessToken);
      assert.ok([400, 401].includes(told.status), `userinfo answers ${told.status}`);
      assert.doesNotMatch(told.body, /email/);
      // A sign-in that was under way ends here too.
      const late = await new Browser().send(open.url);
      assert.ok(late.status >= 400);
    });
  }

  test('a sign-in that was under way when its service was suspended gives no code', async () => {
    const one = await hub.register();
    const browser = new Browser();
    const page = await browser.walk(authorizationOf(hub, one).url, { untilPage: () => true });
    await hub.query(
      `update identity.services set state = 'suspended', suspended_from = 'production', suspension_reason = 'x' where id = $1`,
      [one.id],
    );
    await pause(1_100);
    const end = await browser.walkOn(page, { email: hub.email });
    assert.equal(end.location?.searchParams.get('code') ?? null, null);
    assertPage(end, end.status, /suspended|expired|not possible/);
    assert.ok(end.status >= 400 && end.status < 500, String(end.status));
  });
});
