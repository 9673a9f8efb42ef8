import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import type { Role } from '#platform/access.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { publicPem } from './services.fixture.ts';

const demo = await startTestApp();
const [team, stranger, auditor, producer, citizen, nobody] = [
  await demo.signedInAs('product-team'),
  await demo.signedInAs('digital-director'),
  await demo.signedInAs('auditor'),
  await demo.signedInAs('data-producer'),
  await demo.signedInAs('citizen'),
  demo.client(),
];
const people = await listDemonstrationPeople(demo.kernel.db, demo.kernel.clock.now());
const organisationOf = (role: Role) =>
  people.flatMap(({ roles }) => roles).find((held) => held.role === role)?.organisationId ?? '';

const SERVICES = '/api/v1/identity/services';
const RESOURCES = '/api/v1/identity/resources';

async function sendJson(client: TestClient, method: 'PUT' | 'DELETE', url: string, body?: unknown) {
  return client.send(method, url, {
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'x-csrf-token': await client.csrfToken(),
    },
  });
}

const wanted = (more: object = {}) => ({
  realm: 'agents',
  organisationId: organisationOf('product-team'),
  name: 'Par l’API',
  purpose: 'Essayer.',
  contactEmail: 'team@service.example',
  redirectUris: ['https://service.example/callback'],
  claims: [{ claim: 'email', reason: 'Écrire.' }],
  ...more,
});

async function registered(more: object = {}): Promise<{ id: string; clientId: string; changedAt: string }> {
  const answer = await team.postJson(SERVICES, wanted(more));
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json();
}

describe('services over the API', () => {
  test('they are registered, read, changed and closed', async () => {
    const made = await team.postJson(SERVICES, wanted());
    assert.equal(made.statusCode, 201);
    const service = made.json();
    assert.equal(made.headers.location, `${SERVICES}/${service.id}`);
    assert.deepEqual(
      [service.state, service.clientAuthentication, service.claims[0].grantedAt],
      ['test', 'private_key_jwt', null],
    );
    const path = `${SERVICES}/${service.id}`;
    assert.deepEqual((await team.getJson(path)).json(), service);
    const { realm: _, organisationId: __, ...body } = wanted({ name: 'Autrement', mayRefresh: true });
    const changed = await sendJson(team, 'PUT', path, body);
    assert.equal(changed.statusCode, 200, changed.body);
    assert.deepEqual([changed.json().name, changed.json().mayRefresh], ['Autrement', true]);
    assert.equal((await sendJson(team, 'DELETE', path)).statusCode, 204);
    assert.equal((await team.getJson(path)).json().state, 'closed');
    assert.equal((await sendJson(team, 'PUT', path, body)).statusCode, 409);
  });

  test('what is wrong is named', async () => {
    const refused = await team.postJson(SERVICES, wanted({ redirectUris: ['http://a.example/'] }));
    assert.equal(refused.statusCode, 400);
    assert.match(refused.headers['content-type'] as string, /problem\+json/);
    assert.match(refused.body, /redirectUris/);
    assert.equal((await team.postJson(SERVICES, wanted({ realm: 'robots' }))).statusCode, 400);
    assert.equal((await team.postJson(SERVICES, wanted({ redirectUris: 7 }))).statusCode, 400);
    assert.equal((await team.postJson(SERVICES, wanted({ state: 'production' }))).statusCode, 400);
    assert.equal((await team.postJson(SERVICES, [])).statusCode, 400);
  });

  test('nobody, the wrong role, another organisation', async () => {
    const { id } = await registered();
    const path = `${SERVICES}/${id}`;
    assert.equal((await nobody.getJson(SERVICES)).statusCode, 401);
    assert.equal((await citizen.getJson(SERVICES)).statusCode, 403);
    assert.equal((await auditor.postJson(SERVICES, wanted())).statusCode, 403);
    for (const under of ['', '/keys', '/secrets', '/reviews', '/connections']) {
      assert.equal((await stranger.getJson(`${path}${under}`)).statusCode, 404, under);
      assert.equal((await auditor.getJson(`${path}${under}`)).statusCode, 200, under);
    }
    assert.equal((await stranger.postJson(`${path}/secrets`, {})).statusCode, 404);
    assert.equal((await stranger.postJson(`${path}/keys`, { key: publicPem() })).statusCode, 404);
    assert.equal((await sendJson(stranger, 'DELETE', path)).statusCode, 404);
    assert.equal((await team.getJson(`${SERVICES}/x`)).statusCode, 404);
    const listed = (await stranger.getJson(`${SERVICES}?limit=500`)).json();
    assert.ok(!listed.items.some((service: { id: string }) => service.id === id));
  });

  test('the list is read onwards with a cursor, each service once', async () => {
    for (let n = 0; n < 5; n++) await registered({ name: `Suite ${n}` });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = (await team.getJson(`${SERVICES}?search=suite&limit=2${more}`)).json();
      seen.push(...page.items.map(({ name }: { name: string }) => name));
      cursor = page.next;
    }
    assert.deepEqual(seen, ['Suite 0', 'Suite 1', 'Suite 2', 'Suite 3', 'Suite 4']);
    assert.equal((await team.getJson(`${SERVICES}?cursor=x`)).statusCode, 400);
  });

  test('keys and secrets', async () => {
    const { id } = await registered();
    const path = `${SERVICES}/${id}`;
    const key = await team.postJson(`${path}/keys`, { key: publicPem() });
    assert.equal(key.statusCode, 201, key.body);
    assert.equal(key.json().publicJwk.alg, 'ES256');
    const again = await team.postJson(`${path}/keys`, { key: key.json().publicJwk });
    assert.equal(again.statusCode, 400, 'as an object, and known already');
    const hidden = await team.postJson(`${path}/keys`, { key: { ...key.json().publicJwk, d: 'c2VjcmV0' } });
    assert.equal(hidden.statusCode, 400);
    assert.ok(!hidden.body.includes('c2VjcmV0'));
    const secret = await team.postJson(`${path}/secrets`, {});
    assert.equal(secret.statusCode, 201);
    assert.match(secret.json().secret, /^[\w-]{43}$/);
    assert.ok(!(await team.getJson(`${path}/secrets`)).body.includes(secret.json().secret));
    assert.equal((await sendJson(team, 'DELETE', `${path}/secrets/${secret.json().id}`)).statusCode, 204);
    assert.equal((await sendJson(team, 'DELETE', `${path}/secrets/${secret.json().id}`)).statusCode, 404);
    assert.equal((await sendJson(team, 'DELETE', `${path}/keys/${key.json().id}`)).statusCode, 204);
    const { items } = (await team.getJson(`${path}/keys`)).json();
    assert.notEqual(items[0].revokedAt, null);
  });

  test('production is asked for and decided; a service is suspended and resumed', async () => {
    const { id, changedAt } = await registered();
    const path = `${SERVICES}/${id}`;
    assert.equal((await team.postJson(`${path}/reviews`, {})).statusCode, 422);
    await team.postJson(`${path}/keys`, { key: publicPem() });
    const asked = await team.postJson(`${path}/reviews`, { message: 'Prêt.' });
    assert.equal(asked.statusCode, 201, asked.body);
    const reviews = '/api/v1/identity/service-reviews';
    assert.equal((await team.getJson(reviews)).statusCode, 403);
    const waiting = (await auditor.getJson(reviews)).json().items;
    assert.ok(waiting.some((review: { id: string }) => review.id === asked.json().id));
    const decide = (body: object, client = auditor) =>
      client.postJson(`${reviews}/${asked.json().id}/decision`, body);
    assert.equal((await decide({ decision: 'maybe', readAt: changedAt })).statusCode, 400);
    assert.equal((await decide({ decision: 'accepted', readAt: changedAt }, team)).statusCode, 403);
    assert.equal((await decide({ decision: 'accepted', readAt: 'never' })).statusCode, 409);
    assert.equal((await decide({ decision: 'accepted', readAt: changedAt })).statusCode, 204);
    assert.equal((await team.getJson(path)).json().state, 'production');
    assert.equal((await team.getJson(`${path}/reviews`)).json().items[0].decision, 'accepted');
    assert.equal((await sendJson(team, 'DELETE', `${path}/reviews/waiting`)).statusCode, 404);
    assert.equal((await team.postJson(`${path}/suspend`, { reason: 'Moi.' })).statusCode, 403);
    const suspended = await auditor.postJson(`${path}/suspend`, { reason: 'Adresse douteuse.' });
    assert.deepEqual([suspended.statusCode, suspended.json().state], [200, 'suspended']);
    const resumed = await auditor.postJson(`${path}/resume`, { reason: 'Corrigé.' });
    assert.equal(resumed.json().state, 'production');
  });
});

describe('resources over the API', () => {
  test('they are registered, changed, granted and withdrawn', async () => {
    const body = {
      identifier: 'https://api.service.example/two',
      name: 'Revenus',
      organisationId: organisationOf('data-producer'),
      scopes: ['read'],
      tokenSeconds: 120,
    };
    assert.equal((await team.postJson(RESOURCES, body)).statusCode, 403);
    const made = await producer.postJson(RESOURCES, body);
    assert.equal(made.statusCode, 201, made.body);
    const path = `${RESOURCES}/${made.json().id}`;
    assert.equal((await producer.postJson(RESOURCES, body)).statusCode, 400, 'the identifier is taken');
    assert.deepEqual((await team.getJson(path)).json(), made.json());
    assert.ok((await team.getJson(`${RESOURCES}?search=revenus`)).json().items.length >= 1);
    assert.equal((await nobody.getJson(RESOURCES)).statusCode, 401);

    const { clientId } = await registered({ realm: 'machines', claims: [] });
    const grant = `${path}/grants/${clientId}`;
    assert.equal((await sendJson(team, 'PUT', grant, { scopes: ['read'] })).statusCode, 404);
    assert.equal((await sendJson(producer, 'PUT', grant, { scopes: ['write'] })).statusCode, 400);
    assert.equal((await sendJson(producer, 'PUT', grant, { scopes: ['read'] })).statusCode, 204);
    const { identifier: _, organisationId: __, ...rest } = body;
    const changed = await sendJson(producer, 'PUT', path, { ...rest, scopes: ['read', 'write'] });
    assert.deepEqual([changed.statusCode, changed.json().scopes], [200, ['read', 'write']]);
    assert.equal((await sendJson(producer, 'DELETE', grant)).statusCode, 204);
    assert.equal((await sendJson(producer, 'DELETE', grant)).statusCode, 404);
    assert.equal((await team.getJson(`${RESOURCES}/x`)).statusCode, 404);
  });
});
