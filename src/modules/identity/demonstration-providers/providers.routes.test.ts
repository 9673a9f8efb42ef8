// Both demonstration providers through the whole application, against a client that nobody here wrote (openid-client).
import assert from 'node:assert/strict';
import { after, describe, mock, test } from 'node:test';
import fc from 'fast-check';
import * as oidc from 'openid-client';
import { anyText } from '#test/support/any-text.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { isSiret } from '../siret.rules.ts';
import type { DemonstrationProvider } from './providers.types.ts';
import { demonstrationHubSecret, demonstrationUpstreams } from './upstreams.ts';

// What the library finds to say about how it is set up, it says on the console.
const notices = (['info', 'warn', 'error'] as const).map(
  (level) => mock.method(console, level, () => {}).mock,
);
after(() => {
  const said = notices.flatMap(({ calls }) => calls.map((call) => String(call.arguments[0])));
  assert.deepEqual(said, [], 'nothing is left as the library has it by default');
});

const ORIGIN = 'http://localhost';
const state = await startTestApp();
const { kernel } = state;

const REALM = { ministry: 'agents', citizen: 'citizens' } as const;
const [ministryUpstream, citizenUpstream] = demonstrationUpstreams(kernel.secret);
const SCOPES = { ministry: ministryUpstream?.scopes ?? '', citizen: citizenUpstream?.scopes ?? '' };
const callbackOf = (name: DemonstrationProvider) => `${ORIGIN}/connect/${REALM[name]}/callback`;

function discover(name: DemonstrationProvider, secret = demonstrationHubSecret(kernel.secret)) {
  return oidc.discovery(
    new URL(`${ORIGIN}/demonstration/${name}`),
    'socle-hub',
    { id_token_signed_response_alg: 'ES256' },
    oidc.ClientSecretBasic(secret),
    {
      execute: [oidc.allowInsecureRequests],
      [oidc.customFetch]: (url, { body, headers, method }) =>
        kernel.outgoing.fetch(url, { method, headers, body: body as URLSearchParams | null | undefined }),
    },
  );
}

const hubs = { ministry: await discover('ministry'), citizen: await discover('citizen') };

interface Asked {
  readonly url: URL;
  readonly checks: oidc.AuthorizationCodeGrantChecks;
}

async function request(name: DemonstrationProvider, parameters: Record<string, string> = {}): Promise<Asked> {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expectedState = oidc.randomState();
  const expectedNonce = oidc.randomNonce();
  const url = oidc.buildAuthorizationUrl(hubs[name], {
    redirect_uri: callbackOf(name),
    scope: SCOPES[name],
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  });
  return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } };
}

/** The path of an address under this origin. */
function pathOf(address: string | URL | undefined): string {
  const url = new URL(String(address), ORIGIN);
  assert.equal(url.origin, ORIGIN, `${url} is elsewhere`);
  return url.pathname + url.search;
}

async function follow(browser: TestClient, address: string | URL): Promise<string> {
  const answer = await browser.get(pathOf(address));
  assert.equal(answer.statusCode, 303, `${address}: ${answer.body.slice(0, 2000)}`);
  return String(answer.headers.location);
}

/** Signs in at the page to which the request leads. @returns where the hub is called back. */
async function signIn(browser: TestClient, asked: Asked, fields: Record<string, string>): Promise<URL> {
  const page = pathOf(await follow(browser, asked.url));
  const answer = await browser.post(page, fields);
  assert.equal(answer.statusCode, 303, answer.body);
  return new URL(await follow(browser, String(answer.headers.location)), ORIGIN);
}

async function exchange(name: DemonstrationProvider, callback: URL, asked: Asked) {
  assert.equal(callback.origin + callback.pathname, callbackOf(name));
  const tokens = await oidc.authorizationCodeGrant(hubs[name], callback, asked.checks);
  const claims = tokens.claims();
  assert.ok(claims);
  const told = await oidc.fetchUserInfo(hubs[name], tokens.access_token, claims.sub);
  return { tokens, claims, told };
}

/** What a page says, without the frame and its link to the same page in the other language. */
function mainOf(body: string): string {
  return /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? '';
}

/** The button of a person on a page, by the person's name. */
function personOnPage(body: string, name: string): string {
  const button = `${name}<span class="govuk-visually-hidden"> (se connecter)</span>`;
  const found = /name="person" value="([^"]+)">$/.exec(body.split(button)[0] ?? '')?.[1];
  assert.ok(found, name);
  return found;
}

async function signInAsAgent(browser: TestClient, name: string, parameters: Record<string, string> = {}) {
  const asked = await request('ministry', parameters);
  const page = pathOf(await follow(browser, asked.url));
  const found = await browser.get(`${page}?q=${encodeURIComponent(name)}`);
  const answer = await browser.post(page, { person: personOnPage(found.body, name) });
  const callback = new URL(await follow(browser, String(answer.headers.location)), ORIGIN);
  return exchange('ministry', callback, asked);
}

describe('what a provider says of itself', () => {
  for (const name of ['ministry', 'citizen'] as const) {
    test(`${name}: its addresses are its own, and so are its keys`, async () => {
      const metadata = hubs[name].serverMetadata();
      const issuer = `${ORIGIN}/demonstration/${name}`;
      assert.equal(metadata.issuer, issuer);
      for (const endpoint of [
        metadata.authorization_endpoint,
        metadata.token_endpoint,
        metadata.userinfo_endpoint,
        metadata.jwks_uri,
        metadata.end_session_endpoint,
      ]) {
        assert.ok(endpoint?.startsWith(`${issuer}/`), endpoint);
      }
      assert.deepEqual(metadata.id_token_signing_alg_values_supported, ['ES256']);
      assert.deepEqual(metadata.code_challenge_methods_supported, ['S256']);
      assert.deepEqual(metadata.token_endpoint_auth_methods_supported, ['client_secret_basic']);
      assert.equal(metadata.registration_endpoint, undefined);
      const keys = await state.client().getJson(pathOf(metadata.jwks_uri));
      assert.equal(keys.json<{ keys: object[] }>().keys.length, 1);
      assert.ok(!keys.body.includes('"d"'), 'the private part stays inside');
    });
  }

  test('a forged header changes no address', async () => {
    const asked = await request('citizen');
    const answer = await state.client().get(pathOf(asked.url), {
      'x-forwarded-host': 'elsewhere.example',
      'x-forwarded-proto': 'https',
    });
    const browser = state.client();
    const page = pathOf(await follow(browser, asked.url));
    assert.match(page, /^\/demonstration\/citizen\/sign-in\/[\w-]+$/);
    const back = await browser.send('POST', page, {
      payload: new URLSearchParams({ _csrf: await browser.csrfToken(), person: 'noam-weber' }).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-host': 'elsewhere.example',
      },
    });
    assert.equal(answer.statusCode, 303);
    assert.ok(String(back.headers.location).startsWith(`${ORIGIN}/demonstration/citizen/auth/`));
  });
});

describe('an agent', () => {
  test('signs in, and the hub learns who they are and where they work', async () => {
    const { claims, told } = await signInAsAgent(state.client(), 'Noémie Chabrol');
    assert.equal(claims.acr, 'eidas1');
    assert.deepEqual(claims.amr, ['pwd']);
    assert.equal(claims.iss, `${ORIGIN}/demonstration/ministry`);
    assert.match(claims.sub, /^[\w-]{22}$/);
    assert.ok(isSiret(String(told.siret)));
    assert.match(String(told.phone), /^01 99 00 \d\d \d\d$/);
    const { sub, siret, phone, ...others } = told;
    assert.deepEqual(others, {
      given_name: 'Noémie',
      usual_name: 'Chabrol',
      email: 'noemie.chabrol@des.valmarie.example',
      email_verified: true,
      uid: 'noemie.chabrol',
      organizational_unit: 'Direction de l’enseignement scolaire',
      belonging_population: 'agent',
    });
  });

  test('is the same subject each time, and another one than anybody else', async () => {
    const [first, second, other] = await Promise.all(
      ['Noémie Chabrol', 'Noémie Chabrol', 'Régis Malaval'].map((name) =>
        signInAsAgent(state.client(), name),
      ),
    );
    assert.equal(first?.claims.sub, second?.claims.sub);
    assert.notEqual(first?.claims.sub, other?.claims.sub);
  });

  test('with a guarded role proves it with a second factor', async () => {
    const { claims } = await signInAsAgent(state.client(), 'Joséphine Lemaître');
    assert.deepEqual(claims.amr, ['pwd', 'mfa']);
  });

  test('whom the hub expects is shown alone, with one button, and can say that they are another', async () => {
    const browser = state.client();
    const asked = await request('ministry', { login_hint: 'Noemie.Chabrol@des.valmarie.example' });
    const page = pathOf(await follow(browser, asked.url));
    const { body } = await browser.get(page);
    assert.match(body, /Se connecter comme Noémie Chabrol/);
    assert.equal(body.split('name="person"').length - 1, 1);
    const all = await browser.get(`${page}?q=`);
    assert.equal(all.body.split('name="person"').length - 1, 22, 'twenty people and two for trial');
    assert.match(all.body, /Les 20 premières personnes seulement/);
  });

  test('whom nobody knows here is told so, and the list is shown', async () => {
    const browser = state.client();
    const asked = await request('ministry', { login_hint: '<b>nobody@elsewhere.example' });
    const { body } = await browser.get(pathOf(await follow(browser, asked.url)));
    assert.match(body, /Personne n’a ici l’adresse &lt;b&gt;nobody@elsewhere\.example/);
  });

  test('there for trial lacks a SIRET, or has an address of another domain', async () => {
    const without = await signInAsAgent(state.client(), 'Odile Sansnuméro');
    assert.ok(!('siret' in without.told));
    const foreign = await signInAsAgent(state.client(), 'Basile Dailleurs');
    const domain = String(foreign.told.email).split('@')[1] ?? '';
    assert.ok(!ministryUpstream?.domains.includes(domain), domain);
    assert.ok(isSiret(String(foreign.told.siret)));
  });

  test('cannot be a citizen of the demonstration, a closed account or nobody', async () => {
    const browser = state.client();
    const page = pathOf(await follow(browser, (await request('ministry')).url));
    const found = await browser.get(`${page}?q=Garance`);
    assert.ok(!found.body.includes('name="person"'), 'a citizen is no agent');
    assert.match(found.body, /Personne ne correspond/);
    for (const person of ['00000000-0000-4000-8000-000000000000', 'x', '']) {
      const answer = await browser.post(page, { person });
      assert.ok([400, 404].includes(answer.statusCode), `${person}: ${answer.statusCode}`);
    }
    assert.equal((await browser.post(page, {})).statusCode, 404);
  });
});

describe('a citizen', () => {
  test('signs in at the level that they choose, and the hub learns their verified identity', async () => {
    const asked = await request('citizen');
    const callback = await signIn(state.client(), asked, { person: 'eloise-berenger', level: 'eidas3' });
    const { claims, told } = await exchange('citizen', callback, asked);
    assert.equal(claims.acr, 'eidas3');
    assert.deepEqual(claims.amr, ['pwd', 'mfa']);
    const { sub, ...identity } = told;
    assert.deepEqual(identity, {
      given_name: 'Éloïse Jeanne Aurore',
      family_name: 'BÉRENGER',
      preferred_username: 'LANTIER',
      birthdate: '1971-02-03',
      gender: 'female',
      birthplace: '31555',
      birthcountry: '99100',
      email: 'eloise.berenger@courriel.example',
    });
  });

  test('born abroad has an empty birthplace, which is told as such', async () => {
    const asked = await request('citizen');
    const callback = await signIn(state.client(), asked, { person: 'amelia-duarte' });
    const { claims, told } = await exchange('citizen', callback, asked);
    assert.equal(claims.acr, 'eidas1', 'the lowest level unless another is chosen');
    assert.equal(told.birthplace, '');
    assert.equal(told.birthcountry, '99139');
  });

  for (const [acrValues, proposed] of [
    ['eidas2', 'eidas2'],
    ['eidas3 eidas2', 'eidas3'],
    ['something eidas2', 'eidas2'],
    ['something', 'eidas1'],
  ] as const) {
    test(`is proposed ${proposed} when the hub asks for “${acrValues}”`, async () => {
      const browser = state.client();
      const asked = await request('citizen', { acr_values: acrValues });
      const { body } = await browser.get(pathOf(await follow(browser, asked.url)));
      assert.match(body, new RegExp(`value="${proposed}" checked`));
      assert.equal(body.split(' checked').length - 1, 1);
    });
  }

  test('who chose a level below the one asked for is passed on with it: it is the hub that refuses', async () => {
    const asked = await request('citizen', { acr_values: 'eidas3' });
    const callback = await signIn(state.client(), asked, { person: 'noam-weber', level: 'eidas2' });
    assert.equal((await exchange('citizen', callback, asked)).claims.acr, 'eidas2');
  });

  test('signed in at a low level is asked again when more is asked for, and not when it is enough', async () => {
    const browser = state.client();
    const low = await request('citizen');
    await signIn(browser, low, { person: 'noam-weber', level: 'eidas2' });
    const enough = await request('citizen', { acr_values: 'eidas2' });
    assert.ok((await follow(browser, enough.url)).startsWith(callbackOf('citizen')));
    const more = await request('citizen', { acr_values: 'eidas3' });
    const callback = await signIn(browser, more, { person: 'noam-weber', level: 'eidas3' });
    assert.equal((await exchange('citizen', callback, more)).claims.acr, 'eidas3');
  });

  test('expected by address is shown with the rest of the household alone', async () => {
    const browser = state.client();
    const asked = await request('citizen', { login_hint: 'famille.aubrais@courriel.example' });
    const { body } = await browser.get(pathOf(await follow(browser, asked.url)));
    assert.equal(body.split('name="person"').length - 1, 2);
  });

  test('with the name of another is another subject', async () => {
    const subjects = await Promise.all(
      ['camille-martin-1983', 'camille-martin-2001'].map(async (person) => {
        const asked = await request('citizen');
        return (await exchange('citizen', await signIn(state.client(), asked, { person }), asked)).claims.sub;
      }),
    );
    assert.notEqual(subjects[0], subjects[1]);
  });

  test('cannot choose a level that does not exist', async () => {
    const browser = state.client();
    const page = pathOf(await follow(browser, (await request('citizen')).url));
    assert.equal((await browser.post(page, { person: 'noam-weber', level: 'eidas4' })).statusCode, 400);
    assert.equal((await browser.post(page, { person: 'nobody', level: 'eidas1' })).statusCode, 404);
  });
});

describe('a session at the provider', () => {
  const someone = { person: 'karim-hadjadj', level: 'eidas1' };

  test('spares the next sign-in, unless the hub asks for one anew', async () => {
    const browser = state.client();
    const first = await request('citizen');
    const { claims } = await exchange('citizen', await signIn(browser, first, someone), first);
    const silent = await request('citizen', { prompt: 'none' });
    const again = await exchange('citizen', new URL(await follow(browser, silent.url)), silent);
    assert.equal(again.claims.sub, claims.sub);
    const anew = await request('citizen', { prompt: 'login' });
    assert.match(await follow(browser, anew.url), /\/sign-in\//);
    const fresh = await request('citizen', { max_age: '0' });
    assert.match(await follow(browser, fresh.url), /\/sign-in\//);
    const recent = await request('citizen', { max_age: '3600' });
    assert.ok((await follow(browser, recent.url)).startsWith(callbackOf('citizen')));
  });

  test('is not there: prompt=none is refused at once', async () => {
    const asked = await request('citizen', { prompt: 'none' });
    const callback = new URL(await follow(state.client(), asked.url));
    assert.equal(callback.searchParams.get('error'), 'login_required');
    assert.equal(callback.searchParams.get('iss'), `${ORIGIN}/demonstration/citizen`);
  });

  test('passes to whoever signs in next in the same browser', async () => {
    const browser = state.client();
    const first = await request('citizen');
    await signIn(browser, first, someone);
    const next = await request('citizen', { prompt: 'login' });
    const callback = await signIn(browser, next, { person: 'noam-weber', level: 'eidas1' });
    const { told } = await exchange('citizen', callback, next);
    assert.equal(told.family_name, 'WEBER');
    const silent = await request('citizen', { prompt: 'none' });
    const after = await exchange('citizen', new URL(await follow(browser, silent.url)), silent);
    assert.equal(after.told.family_name, 'WEBER');
  });

  test('ends with one button, after which the hub is gone back to', async () => {
    const browser = state.client();
    const asked = await request('citizen');
    const { tokens } = await exchange('citizen', await signIn(browser, asked, someone), asked);
    const url = oidc.buildEndSessionUrl(hubs.citizen, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: `${ORIGIN}/connect/citizens/signed-out`,
      state: 'kept',
    });
    const question = await browser.get(pathOf(url));
    assert.equal(question.statusCode, 200);
    assert.match(question.body, /Fournisseur d’identité de démonstration/);
    const action = /<form class="socle-form" method="post" action="([^"]+)"/.exec(question.body)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question.body)?.[1] ?? '';
    assert.equal(action, '/demonstration/citizen/session/end/confirm');
    const answer = await browser.sendRaw(
      'POST',
      action,
      new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
      { 'content-type': 'application/x-www-form-urlencoded' },
    );
    assert.equal(answer.headers.location, `${ORIGIN}/connect/citizens/signed-out?state=kept`);
    const silent = await request('citizen', { prompt: 'none' });
    const after = new URL(await follow(browser, silent.url));
    assert.equal(after.searchParams.get('error'), 'login_required');
    const done = await browser.get('/demonstration/citizen/session/end/success');
    assert.match(done.body, /<h1>Vous êtes déconnecté<\/h1>/);
  });

  test('is not ended by an address that is not the hub’s', async () => {
    const url = oidc.buildEndSessionUrl(hubs.citizen, {
      post_logout_redirect_uri: 'https://elsewhere.example/',
    });
    const answer = await state.client().get(pathOf(url));
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, /<h1>La demande de connexion n’est pas acceptée<\/h1>/);
    assert.ok(!mainOf(answer.body).includes('elsewhere.example'));
  });
});

describe('a request that is not the hub’s own', () => {
  test('without PKCE is refused', async () => {
    const { url } = await request('ministry');
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    const callback = new URL(await follow(state.client(), url));
    assert.equal(callback.searchParams.get('error'), 'invalid_request');
    assert.equal(callback.searchParams.get('code'), null);
    const { url: plain } = await request('ministry', { code_challenge_method: 'plain' });
    assert.equal(new URL(await follow(state.client(), plain)).searchParams.get('error'), 'invalid_request');
  });

  for (const redirect of [
    `${ORIGIN}/connect/agents/callback/`,
    `${ORIGIN}/connect/agents/callback?x=1`,
    `${ORIGIN}/connect/citizens/callback`,
    'https://elsewhere.example/connect/agents/callback',
  ]) {
    test(`to come back to ${redirect} is refused on a page of the provider`, async () => {
      const { url } = await request('ministry', { redirect_uri: redirect });
      const answer = await state.client().get(pathOf(url));
      assert.equal(answer.statusCode, 400);
      assert.match(answer.body, /<h1>La demande de connexion n’est pas acceptée<\/h1>/);
      assert.match(answer.body, /<code>invalid_redirect_uri<\/code>/);
      assert.ok(!mainOf(answer.body).includes('elsewhere.example'));
      assert.ok(
        !/redirect_uri did not match|node_modules|at \w+ \(/.test(answer.body),
        'nothing of the inside',
      );
      assert.equal(answer.headers.location, undefined);
    });
  }

  test('without the address to come back to is refused', async () => {
    const { url } = await request('ministry');
    url.searchParams.delete('redirect_uri');
    const answer = await state.client().get(pathOf(url));
    assert.equal(answer.statusCode, 400);
    assert.equal(answer.headers.location, undefined);
  });

  test('of a client that is not known is refused', async () => {
    const { url } = await request('ministry');
    url.searchParams.set('client_id', 'somebody');
    const answer = await state.client().get(pathOf(url));
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, /<code>invalid_client<\/code>/);
  });

  test('with a wrong secret gets no token', async () => {
    const asked = await request('ministry');
    const browser = state.client();
    const page = pathOf(await follow(browser, asked.url));
    const found = await browser.get(`${page}?q=Chabrol`);
    const answer = await browser.post(page, { person: personOnPage(found.body, 'Noémie Chabrol') });
    const callback = new URL(await follow(browser, String(answer.headers.location)));
    const stranger = await discover('ministry', 'wrong');
    await assert.rejects(
      oidc.authorizationCodeGrant(stranger, callback, asked.checks),
      (error: oidc.WWWAuthenticateChallengeError) => error.status === 401,
    );
    const wrongVerifier = { ...asked.checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
    await assert.rejects(
      oidc.authorizationCodeGrant(hubs.ministry, callback, wrongVerifier),
      (error: oidc.ResponseBodyError) => error.error === 'invalid_grant',
    );
  });

  test('a code serves once', async () => {
    const asked = await request('citizen');
    const callback = await signIn(state.client(), asked, { person: 'noam-weber' });
    await exchange('citizen', callback, asked);
    await assert.rejects(
      oidc.authorizationCodeGrant(hubs.citizen, callback, asked.checks),
      (error: oidc.ResponseBodyError) => error.error === 'invalid_grant',
    );
  });

  test('a token of one provider opens nothing at the other', async () => {
    const { tokens, claims } = await signInAsAgent(state.client(), 'Noémie Chabrol');
    await assert.rejects(oidc.fetchUserInfo(hubs.citizen, tokens.access_token, claims.sub));
  });
});

describe('the sign-in page', () => {
  test('belongs to the browser that began, and to no other', async () => {
    const page = pathOf(await follow(state.client(), (await request('citizen')).url));
    const other = state.client();
    const answer = await other.get(page);
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, /a expiré ou a commencé dans un autre navigateur/);
    assert.equal((await other.post(page, { person: 'noam-weber' })).statusCode, 400);
    await follow(other, (await request('citizen')).url);
    assert.equal((await other.get(page)).statusCode, 400, 'nor to another sign-in of the other browser');
  });

  test('asks for the token of its session', async () => {
    const browser = state.client();
    const page = pathOf(await follow(browser, (await request('citizen')).url));
    const answer = await browser.sendRaw('POST', page, 'person=noam-weber', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.equal(answer.statusCode, 403);
  });

  for (const name of ['ministry', 'citizen'] as const) {
    test(`${name}: going back tells the hub that nobody signed in`, async () => {
      const asked = await request(name);
      const callback = await signIn(state.client(), asked, { cancel: 'yes' });
      assert.equal(callback.searchParams.get('error'), 'access_denied');
      assert.equal(callback.searchParams.get('state'), asked.checks.expectedState);
    });

    test(`${name}: says in both languages that it is a demonstration without passwords`, async () => {
      for (const [locale, sentence] of [
        ['fr', 'les personnes sont fictives, il n’y a pas de mot de passe'],
        ['en', 'the people are fictitious, there is no password'],
      ] as const) {
        const browser = state.client();
        browser.locale = locale;
        const page = await browser.get(pathOf(await follow(browser, (await request(name)).url)));
        assert.equal(page.statusCode, 200);
        assert.ok(page.body.includes(sentence), locale);
        assert.match(page.body, new RegExp(`<html lang="${locale}"`));
      }
    });
  }
});

test('whatever is sent to its addresses, a provider does not break', async () => {
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    anyText({ maxLength: 20 }),
    fc.constantFrom('', 'openid', 'socle-hub', 'code', 'authorization_code', '\u0000', 'x'.repeat(70_000)),
  );
  const names = fc.constantFrom(
    ...[
      'client_id',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
      'nonce',
      'prompt',
      'max_age',
      'acr_values',
    ],
    ...[
      'id_token_hint',
      'login_hint',
      'code',
      'grant_type',
      'code_verifier',
      'xsrf',
      'access_token',
      'claims',
    ],
  );
  const over = await state.client().get('/demonstration/citizen/auth/over?client_id=socle-hub');
  assert.equal(over.statusCode, 400);
  assert.match(over.body, /elle a expiré/);
  const addresses = fc.constantFrom(
    'auth',
    'auth/x',
    'token',
    'me',
    'jwks',
    'session/end',
    'session/end/confirm',
  );
  await fc.assert(
    fc.asyncProperty(addresses, fc.dictionary(names, text, { maxKeys: 6 }), async (address, fields) => {
      const form = new URLSearchParams(
        Object.entries(fields).map(([name, value]): [string, string] => [name, value.toWellFormed()]),
      ).toString();
      const path = `/demonstration/citizen/${address}`;
      const read = await state.client().get(`${path}?${form}`);
      const written = await state
        .client()
        .sendRaw('POST', path, form, { 'content-type': 'application/x-www-form-urlencoded' });
      for (const { statusCode, body } of [read, written])
        assert.ok(statusCode < 500, `${path}?${form}: ${body}`);
    }),
    { numRuns: 100, examples: [['auth/x', { client_id: 'socle-hub' }]] },
  );
});

test('where there is nothing, a page of the provider says so', async () => {
  const answer = await state.client().get('/demonstration/citizen/nothing-here');
  assert.equal(answer.statusCode, 404);
  assert.match(answer.body, /<code>not_found<\/code>/);
});

test('a demonstration that was not loaded has no provider', async () => {
  const empty = await startTestApp({ demonstration: false });
  for (const path of [
    '/demonstration/ministry/.well-known/openid-configuration',
    '/demonstration/citizen/jwks',
    '/demonstration/ministry/auth?client_id=socle-hub',
    '/demonstration/ministry/sign-in/x',
    '/demonstration/citizen/sign-in/x',
  ]) {
    const answer = await empty.client().get(path);
    assert.equal(answer.statusCode, 404, path);
  }
});
