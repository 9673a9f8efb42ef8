// Pages and API of sign-in providers through the real application: right answer, bad input, nobody, wrong role.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { sql } from 'kysely';
import { startTestApp } from '#test/support/app.ts';
import { insertOrganisation } from '../organisations.repository.ts';
import { startTestProvider } from './upstream.fixture.ts';
import { insertChecks } from './upstream-checks.repository.ts';
import { startUpstreamSignIn } from './upstream-sign-in.ts';
import { findUpstream, listUpstreams, sealedCredentialsOf } from './upstreams.repository.ts';

const state = await startTestApp();
const { db, clock } = state.kernel;
const provider = await startTestProvider({ redirectUri: 'http://localhost/connect/agents/callback' });
after(() => provider.stop());
const nobody = state.client();
const administrator = await state.signedInAs('administrator');
const agent = await state.signedInAs('agent');
const others = (await listUpstreams(db)).length;

const organisation = await db.transaction().execute((trx) =>
  insertOrganisation(trx, {
    kind: 'ministry',
    name: 'Ministère de l’Essai',
    code: 'ESSAI',
    siret: '73282932000074',
    parentId: null,
    existsFrom: null,
    existsUntil: null,
  }),
);

const SECRET = 'un-secret-que-personne-ne-relit';
const OTHER_SECRET = 'encore-un-que-personne-ne-relit';
const form = (more: Record<string, string> = {}) => ({
  realm: 'agents',
  name: 'Ministère de l’Essai',
  issuer: provider.issuer,
  clientId: 'hub-client-id',
  clientSecret: SECRET,
  clientAuthentication: 'client_secret_basic',
  scopes: 'openid email',
  domains: 'essai.example\nShared.example',
  organisations: 'essai',
  bestAssurance: 'eidas1',
  vouchesForOrganisation: 'on',
  isEnabled: 'on',
  ...more,
});

async function ledgerOf(id: string): Promise<{ kind: string; data: Record<string, unknown> }[]> {
  const { rows } = await sql<{ kind: string; data: Record<string, unknown> }>`
    select kind, data from ledger.waiting where subject = ${`identity/upstream/${id}`} order by at, id
  `.execute(db);
  return rows;
}

const created = await administrator.post('/sign-in-providers/new', form());
const page = String(created.headers.location);
const id = page.split('/').at(-1) ?? '';

describe('recording a provider', () => {
  test('keeps what was typed, seals the secret and tells the ledger without it', async () => {
    assert.equal(created.statusCode, 303, created.body.slice(0, 2000));
    const upstream = await findUpstream(db, id);
    assert.deepEqual(upstream?.domains, ['essai.example', 'shared.example']);
    assert.deepEqual(upstream?.organisationIds, [organisation.id]);
    assert.equal(upstream?.vouchesForOrganisation, true);
    assert.equal(upstream?.vouchesForSecondFactor, false);
    const sealed = (await sealedCredentialsOf(db, id))?.sealedClientSecret;
    assert.ok(sealed && !sealed.includes(SECRET));
    const [line] = await ledgerOf(id);
    assert.equal(line?.kind, 'identity.upstream-recorded');
    assert.ok(!JSON.stringify(line?.data).includes(SECRET));
  });

  const wrong: [what: string, more: Record<string, string>, field: string, words: RegExp][] = [
    ['no name', { name: '' }, 'name', /Saisissez un nom/],
    ['a path for an issuer', { issuer: '/demonstration/ministry' }, 'issuer', /https:\/\//],
    ['an issuer that is taken', {}, 'issuer', /déjà cet émetteur/],
    ['an issuer that does not answer', { issuer: 'http://127.0.0.1:9' }, 'issuer', /ne répond pas/],
    [
      'an issuer without description',
      { issuer: `${provider.issuer}/nothing` },
      'issuer',
      /aucun fournisseur OpenID/,
    ],
    ['a line that is no domain', { domains: 'bon.example\nmauvais' }, 'domains', /mauvais/],
    ['an organisation that is not', { organisations: 'RIEN' }, 'organisations', /RIEN/],
    ['no secret', { clientSecret: '' }, 'clientSecret', /Saisissez le secret/],
  ];
  for (const [what, more, field, words] of wrong) {
    test(`${what} is refused at its field`, async () => {
      const answer = await administrator.post('/sign-in-providers/new', form(more));
      assert.equal(answer.statusCode, 422);
      assert.match(answer.body, new RegExp(`id="${field}-error"`));
      assert.match(answer.body, new RegExp(`href="#${field}"`));
      assert.match(answer.body, words);
      assert.ok(!answer.body.includes(SECRET), 'a secret is never shown back');
    });
  }

  test('one that is not in use may be recorded though it does not answer', async () => {
    const { isEnabled: _enabled, ...off } = form({ issuer: 'http://127.0.0.1:9', name: 'Plus tard' });
    const answer = await administrator.post('/sign-in-providers/new', off);
    assert.equal(answer.statusCode, 303);
    const address = String(answer.headers.location);
    assert.equal((await nobody.get(address)).statusCode, 404, 'nobody else knows of it');
    const seen = await administrator.get(address);
    assert.equal(seen.statusCode, 200);
    assert.match(seen.body, /Désactivé/);
    assert.match(seen.body, /ne répond pas à temps/);
    assert.ok(!(await nobody.get('/sign-in-providers')).body.includes('Plus tard'));
    assert.match((await administrator.get('/sign-in-providers')).body, /Plus tard/);
    assert.match((await administrator.get(address)).body, /d’autres fournisseurs servent aussi/i);
  });

  test('is for administrators alone', async () => {
    for (const path of ['/sign-in-providers/new', `${page}/edit`]) {
      assert.equal((await agent.get(path)).statusCode, 403);
      assert.equal((await agent.post(path, form())).statusCode, 403);
      assert.notEqual((await nobody.get(path)).statusCode, 200);
      assert.equal((await administrator.get(path)).statusCode, 200);
    }
    assert.equal((await administrator.get(`/sign-in-providers/${randomUUID()}/edit`)).statusCode, 404);
    assert.equal((await administrator.get('/sign-in-providers/none')).statusCode, 404);
  });
});

describe('the page of a provider', () => {
  test('shows administrators what to register and what was found, never the secret', async () => {
    const { body } = await administrator.get(page);
    for (const part of [
      '/connect/agents/callback',
      `/connect/agents/upstreams/${id}/logout`,
      `${provider.issuer}/token`,
      'hub-client-id',
      'essai.example',
      'Ministère de l’Essai',
    ]) {
      assert.ok(body.includes(part), part);
    }
    assert.ok(!body.includes(SECRET));
  });

  test('shows everyone how it fares, and nothing of its settings and faults', async () => {
    const check = (checkedAt: Date, isUp: boolean) => ({
      upstreamId: id,
      checkedAt,
      isUp,
      milliseconds: 10,
      fault: isUp ? null : 'unreachable: a-fault-that-stays-inside',
    });
    assert.match((await nobody.get(page)).body, /Pas encore mesuré/);
    const now = clock.now();
    await db.transaction().execute(async (trx) => {
      await insertChecks(trx, '2026-11-23', [check(new Date(now.getTime() - 86_400_000), true)]);
      await insertChecks(trx, '2026-11-24', [check(new Date(now.getTime() - 60_000), false)]);
      await insertChecks(trx, '2026-11-24', [check(now, true)]);
    });
    const { body, statusCode } = await nobody.get(page);
    assert.equal(statusCode, 200);
    assert.match(body, /En service/);
    assert.match(body, /66,66/);
    for (const inside of ['hub-client-id', 'a-fault-that-stays-inside', provider.issuer, '/callback']) {
      assert.ok(!body.includes(inside), inside);
    }
    assert.match((await administrator.get(page)).body, /a-fault-that-stays-inside/);
  });

  test('says in English too how it fares', async () => {
    const reader = state.client();
    reader.locale = 'en';
    const { body } = await reader.get(page);
    assert.match(body, /Availability over 7/);
    assert.match(body, /3 measurements on 2 days/);
  });
});

describe('the list', () => {
  test('is public, as a page, CSV and JSON, and tells no more than how each fares', async () => {
    const list = await nobody.get('/sign-in-providers');
    assert.equal(list.statusCode, 200);
    assert.match(list.body, /Ministère de l’Essai/);
    const csv = await nobody.get('/sign-in-providers.csv');
    assert.match(csv.body, /^id,realm,name,state,/);
    const line = csv.body.split('\r\n').find((row) => row.startsWith(id));
    assert.match(line ?? '', /,up,.*,0\.666/);
    const json = await nobody.getJson('/api/v1/identity/upstreams/status');
    const { items, next } = json.json<{
      items: { id: string; uptimes: object[]; days: object[] }[];
      next: null;
    }>();
    assert.equal(next, null);
    const item = items.find((one) => one.id === id);
    assert.equal(item?.days.length, 90);
    assert.deepEqual(item?.uptimes[0], { days: 7, measuredDays: 2, checks: 3, share: 2 / 3 });
    for (const { body } of [list, csv, json]) {
      assert.ok(
        !body.includes('hub-client-id') && !body.includes('stays-inside') && !body.includes('issuer'),
      );
    }
  });

  test('is narrowed, paged, and refuses nonsense', async () => {
    assert.ok(!(await nobody.get('/sign-in-providers?realm=citizens')).body.includes('Ministère de l’Essai'));
    assert.equal((await nobody.get('/sign-in-providers?realm=machines')).statusCode, 400);
    assert.equal((await nobody.get('/sign-in-providers?page=0')).statusCode, 400);
    assert.equal((await nobody.getJson('/api/v1/identity/upstreams/status?limit=1000')).statusCode, 400);
  });
});

describe('changing a provider', () => {
  test('keeps the secret that is not typed, and looks at the provider only when that matters', async () => {
    const before = await sealedCredentialsOf(db, id);
    provider.fail(500);
    const kept = await administrator.post(`${page}/edit`, form({ clientSecret: '', name: 'Nouveau nom' }));
    assert.equal(kept.statusCode, 303);
    assert.deepEqual(await sealedCredentialsOf(db, id), before);
    assert.equal((await findUpstream(db, id))?.state, 'up', 'it is still the same provider');
    provider.fail(null);
    const replaced = await administrator.post(`${page}/edit`, form({ clientSecret: OTHER_SECRET }));
    assert.equal(replaced.statusCode, 303);
    assert.notDeepEqual(await sealedCredentialsOf(db, id), before);
    const lines = await ledgerOf(id);
    assert.deepEqual(
      lines
        .filter(({ kind }) => kind === 'identity.upstream-changed')
        .map(({ data }) => data.isSecretReplaced)
        .sort(),
      [false, true],
    );
    assert.ok(!JSON.stringify(lines).includes(OTHER_SECRET));
  });

  test('shows the form as recorded, without the secret', async () => {
    const { body } = await administrator.get(`${page}/edit`);
    assert.match(body, /essai\.example\nshared\.example/);
    assert.match(body, />\nESSAI</);
    assert.match(body, /Un secret est enregistré/);
    assert.ok(!body.includes(OTHER_SECRET) && !body.includes(SECRET));
    const refused = await administrator.post(`${page}/edit`, form({ realm: 'citizens', domains: '' }));
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /ne change pas de public/);
  });

  test('to its own key publishes the public part of that key alone', async () => {
    assert.equal((await nobody.get(`/connect/keys/${id}`)).statusCode, 404);
    const changed = await administrator.post(
      `${page}/edit`,
      form({ clientSecret: '', clientAuthentication: 'private_key_jwt' }),
    );
    assert.equal(changed.statusCode, 303);
    const answer = await nobody.get(`/connect/keys/${id}`);
    assert.equal(answer.statusCode, 200);
    assert.match(String(answer.headers['content-type']), /^application\/jwk-set\+json/);
    const { keys } = answer.json<{ keys: Record<string, string>[] }>();
    assert.deepEqual(Object.keys(keys[0] ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    assert.ok((await administrator.get(page)).body.includes(`/connect/keys/${id}`));
    assert.deepEqual((await nobody.get(`/connect/keys/${id}`)).json(), { keys }, 'it stays the same key');
    assert.equal((await nobody.get('/connect/keys/none')).statusCode, 404);
  });

  test('out of use forgets what was watched', async () => {
    const { isEnabled: _enabled, ...off } = form({ clientSecret: '' });
    await administrator.post(`${page}/edit`, off);
    assert.equal((await findUpstream(db, id))?.state, 'unknown');
    assert.equal((await nobody.get(page)).statusCode, 404);
    await administrator.post(`${page}/edit`, form({ clientSecret: '' }));
    assert.equal((await nobody.get(page)).statusCode, 200);
  });
});

describe('the API', () => {
  const LIST = '/api/v1/identity/upstreams';
  const body = {
    realm: 'citizens',
    name: 'Fournisseur par API',
    issuer: 'https://api.example',
    clientId: 'c',
    clientAuthentication: 'private_key_jwt',
    bestAssurance: 'eidas2',
    isEnabled: false,
  };

  test('records, reads, lists and changes for administrators', async () => {
    const answer = await administrator.postJson(LIST, body);
    assert.equal(answer.statusCode, 201, answer.body);
    const recorded = answer.json<{ id: string; scopes: string; state: string }>();
    assert.equal(recorded.scopes, 'openid profile email');
    assert.equal(recorded.state, 'unknown');
    const read = await administrator.getJson(`${LIST}/${recorded.id}`);
    assert.deepEqual(read.json(), recorded);
    const list = await administrator.getJson(`${LIST}?limit=1`);
    assert.equal(list.json<{ items: object[] }>().items.length, 1);
    const second = await administrator.getJson(
      `${LIST}?limit=200&cursor=${list.json<{ next: string }>().next}`,
    );
    assert.equal(second.json<{ items: object[] }>().items.length, others + 2);
    const changed = await administrator.sendRaw(
      'PUT',
      `${LIST}/${recorded.id}`,
      JSON.stringify({ ...body, name: 'Autre nom' }),
      {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': await administrator.csrfToken(),
      },
    );
    assert.equal(changed.statusCode, 200, changed.body);
    assert.equal(changed.json<{ name: string }>().name, 'Autre nom');
  });

  test('names the wrong field', async () => {
    const answer = await administrator.postJson(LIST, { ...body, issuer: 'nonsense' });
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, /"issuer"/);
    assert.equal((await administrator.postJson(LIST, { ...body, realm: 'machines' })).statusCode, 400);
    assert.equal((await administrator.getJson(`${LIST}/${randomUUID()}`)).statusCode, 404);
    assert.equal((await administrator.getJson(`${LIST}/none`)).statusCode, 404);
  });

  test('lets nobody else in', async () => {
    for (const [client, status] of [
      [nobody, 401],
      [agent, 403],
    ] as const) {
      assert.equal((await client.getJson(LIST)).statusCode, status);
      assert.equal((await client.getJson(`${LIST}/${id}`)).statusCode, status);
      assert.equal((await client.postJson(LIST, body)).statusCode, status);
    }
    const noToken = await administrator.sendRaw('POST', LIST, JSON.stringify(body), {
      'content-type': 'application/json',
    });
    assert.equal(noToken.statusCode, 403);
  });
});

describe('a provider recorded here', () => {
  test('can be signed in at', async () => {
    const upstream = await findUpstream(db, id);
    assert.ok(upstream);
    const address = await startUpstreamSignIn(state.kernel, upstream, {
      origin: 'http://localhost',
      redirectUri: 'http://localhost/connect/agents/callback',
      state: 's',
      nonce: 'n',
      codeVerifier: 'v'.repeat(43),
    });
    assert.equal(address.origin, provider.issuer);
  });
});
