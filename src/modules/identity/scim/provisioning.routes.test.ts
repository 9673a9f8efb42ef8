import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { ROLES } from '#platform/access.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { inventedId } from '../demonstration.ts';
import { ledgerOf } from './scim.fixture.ts';

const UNKNOWN = '7f0a3b1e-0000-4000-8000-000000000000';

const demo = await startTestApp();
const { db } = demo.kernel;
const administrator = await demo.signedInAs('administrator');
const director = await demo.signedInAs('digital-director');

/** The organisation that the director directs, and one beside it. */
const { roles } = (await director.getJson('/api/v1/identity/me')).json<{
  roles: { role: string; organisationId: string }[];
}>();
const directed =
  roles.find(({ role }) => role === 'digital-director')?.organisationId ?? assert.fail('no director');
const beside =
  ['MEF', 'MIN'].map((code) => inventedId('organisation', code)).find((id) => id !== directed) ?? '';

const tokenIn = (body: string) => /<code>(scim_[\w-]{43})<\/code>/.exec(body)?.[1];

async function made(client: TestClient, name: string, organisationId: string) {
  const answer = await client.post('/provisioning/tokens/new', { name, organisationId });
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 300));
  assert.equal(answer.headers['cache-control'], 'no-store');
  const { rows } = await sql<{
    id: string;
  }>`select id from identity.scim_tokens where name = ${name}`.execute(db);
  return { token: tokenIn(answer.body) ?? assert.fail('no token'), id: rows[0]?.id ?? '' };
}

const asks = (token: string) =>
  demo.app.inject({ url: '/scim/v2/Users', headers: { authorization: `Bearer ${token}` } });

describe('who may', () => {
  test('administrators and digital directors alone', async () => {
    const nobody = demo.client();
    assert.match(String((await nobody.get('/provisioning')).headers.location), /^\/sign-in\?back=/);
    for (const role of ROLES) {
      const client = await demo.signedInAs(role);
      const held = (await client.getJson('/api/v1/identity/me')).json<{ roles: { role: string }[] }>().roles;
      const may = held.some((one) => ['administrator', 'digital-director'].includes(one.role));
      for (const path of ['/provisioning', '/provisioning/tokens/new']) {
        assert.equal((await client.get(path)).statusCode, may ? 200 : 403, `${role} ${path}`);
      }
      if (!may) assert.equal((await client.post('/provisioning/tokens/new')).statusCode, 403);
    }
  });
});

describe('tokens', () => {
  test('one is made, shown once, works, and is revoked after a question', async () => {
    const { token, id } = await made(administrator, 'Annuaire central', beside);
    const page = await administrator.get('/provisioning');
    assert.ok(page.body.includes('Annuaire central') && page.body.includes(token.slice(-4)));
    assert.ok(!page.body.includes(token));
    assert.match(page.body, /Jamais/);
    assert.equal((await asks(token)).statusCode, 200);
    assert.doesNotMatch((await administrator.get('/provisioning')).body, /Jamais/);
    const question = await administrator.get(`/provisioning/tokens/${id}/revoke`);
    assert.match(question.body, /Révoquer ce jeton/);
    assert.equal((await asks(token)).statusCode, 200, 'a question revokes nothing');
    assert.equal((await administrator.post(`/provisioning/tokens/${id}/revoke`)).statusCode, 303);
    assert.equal((await asks(token)).statusCode, 401);
    assert.equal(
      (await administrator.post(`/provisioning/tokens/${id}/revoke`)).statusCode,
      303,
      'twice is once',
    );
    assert.equal((await administrator.get(`/provisioning/tokens/${id}/revoke`)).statusCode, 303);
    const entries = (await ledgerOf(db)).filter(({ subject }) => subject === `identity/scim-token/${id}`);
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      ['identity.scim-token-made', 'identity.scim-token-revoked'],
    );
    assert.ok(!JSON.stringify(entries).includes(token.slice(-4)));
  });

  test('a form that is wrong comes back with what to do', async () => {
    const answer = await administrator.post('/provisioning/tokens/new', {
      name: ' ',
      organisationId: UNKNOWN,
    });
    assert.equal(answer.statusCode, 422);
    for (const field of ['name', 'organisationId'])
      assert.ok(answer.body.includes(`href="#${field}"`), field);
    const injected = await administrator.post('/provisioning/tokens/new', {
      name: '<b>',
      organisationId: "' or 1=1",
    });
    assert.equal(injected.statusCode, 422);
    assert.ok(!injected.body.includes('<b>'));
    const forged = await administrator.sendRaw('POST', '/provisioning/tokens/new', 'name=a', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.equal(forged.statusCode, 403);
  });

  test('what is not there is not found', async () => {
    for (const id of ['x', UNKNOWN]) {
      assert.equal((await administrator.get(`/provisioning/tokens/${id}/revoke`)).statusCode, 404);
      assert.equal((await administrator.post(`/provisioning/tokens/${id}/revoke`)).statusCode, 404);
    }
  });
});

describe('a digital director', () => {
  test('sees and gives tokens of their organisation and what stands under it, and no others', async () => {
    const foreign = await made(administrator, 'Annuaire d’à côté', beside);
    const { rows } = await sql<{ id: string }>`
      select id from identity.organisations where parent_id = ${directed}`.execute(db);
    const under = rows[0]?.id ?? directed;
    const own = await made(director, 'Annuaire à soi', under);
    const page = await director.get('/provisioning');
    assert.ok(page.body.includes('Annuaire à soi') && !page.body.includes('Annuaire d’à côté'));
    assert.equal((await director.get(`/provisioning/tokens/${foreign.id}/revoke`)).statusCode, 404);
    assert.equal((await director.post(`/provisioning/tokens/${foreign.id}/revoke`)).statusCode, 404);
    assert.equal((await asks(foreign.token)).statusCode, 200);
    const refused = await director.post('/provisioning/tokens/new', { name: 'x', organisationId: beside });
    assert.equal(refused.statusCode, 422);
    assert.ok(!(await director.get('/provisioning/tokens/new')).body.includes(beside));
    assert.equal((await director.post(`/provisioning/tokens/${own.id}/revoke`)).statusCode, 303);
    assert.equal((await asks(own.token)).statusCode, 401);
  });

  test('sees the changes of their own directories alone, without links to people’s pages', async () => {
    const send = async (organisationId: string, name: string) => {
      const { token } = await made(administrator, `Annuaire ${name}`, organisationId);
      const answer = await demo.app.inject({
        method: 'POST',
        url: '/scim/v2/Users',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        payload: JSON.stringify({ userName: `${name}@mef.example`, displayName: `Personne ${name}` }),
      });
      assert.equal(answer.statusCode, 201, answer.body);
    };
    await send(directed, 'proche');
    await send(beside, 'lointaine');
    const seen = (await director.get('/provisioning')).body;
    assert.ok(seen.includes('Personne proche') && !seen.includes('Personne lointaine'));
    assert.ok(!seen.includes('href="/people/'));
    const all = (await administrator.get('/provisioning')).body;
    assert.ok(all.includes('Personne proche') && all.includes('Personne lointaine'));
    assert.match(all, /href="\/people\//);
  });
});

test('the page is there in English too, and in pages', async () => {
  await sql`
    with people as (
      insert into identity.people (name, email, locale, created_at, search_text)
      select 'P' || n, 'p-' || n || '@mef.example', 'fr', now(), 'p' from generate_series(1, 60) n returning id, email
    )
    insert into identity.scim_users
      (organisation_id, person_id, user_name, email, is_active, recorded_person, created_at, changed_at, deleted_at)
    select ${beside}, id, email, email, false, true, now(), now() - interval '1 year', now() from people`.execute(
    db,
  );
  administrator.locale = 'en';
  const page = await administrator.get('/provisioning');
  assert.match(page.body, /Provisioning of accounts/);
  assert.match(page.body, /\/provisioning\?page=2/);
  const second = await administrator.get('/provisioning?page=2');
  assert.match(second.body, /Removed/);
  administrator.locale = 'fr';
});
