import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import type { Role } from '#platform/access.ts';
import { startTestApp } from '#test/support/app.ts';
import { secretHash } from './service-secrets.rules.ts';
import { publicPem } from './services.fixture.ts';
import { findServiceByClientId } from './services.repository.ts';

const demo = await startTestApp();
const { db, clock } = demo.kernel;
const pool = demo.database.pool;
const [team, stranger, auditor, administrator, producer, citizen, nobody] = [
  await demo.signedInAs('product-team'),
  await demo.signedInAs('digital-director'),
  await demo.signedInAs('auditor'),
  await demo.signedInAs('administrator'),
  await demo.signedInAs('data-producer'),
  await demo.signedInAs('citizen'),
  demo.client(),
];

async function organisationOf(role: Role): Promise<string> {
  const people = await listDemonstrationPeople(db, clock.now());
  const held = people.flatMap(({ roles }) => roles).find((one) => one.role === role);
  return held?.organisationId ?? '';
}

const OURS = await organisationOf('product-team');
const PRODUCERS = await organisationOf('data-producer');

const typed = (more: Record<string, string> = {}) => ({
  realm: 'agents',
  organisationId: OURS,
  name: 'Service d’essai',
  purpose: 'Essayer.',
  contactEmail: 'team@service.example',
  redirectUris: 'https://service.example/callback\r\nhttp://localhost:3000/callback',
  clientAuthentication: 'private_key_jwt',
  idTokenAlg: 'ES256',
  screen: 'information',
  binding: 'none',
  reason_email: 'Écrire à la personne.',
  ...more,
});

async function registered(
  more: Record<string, string> = {},
): Promise<{ id: string; path: string; clientId: string }> {
  const answer = await team.post('/services/new', typed(more));
  assert.equal(answer.statusCode, 303, answer.body);
  const path = String(answer.headers.location);
  const id = path.split('/').at(-1) ?? '';
  const { rows } = await pool.query('select client_id from identity.services where id = $1', [id]);
  return { id, path, clientId: rows[0].client_id };
}

describe('the pages of services', () => {
  test('who gets in: teams and those who oversee, nobody else', async () => {
    for (const path of ['/services', '/services.csv', '/services/new', '/resources']) {
      assert.equal((await team.get(path)).statusCode, 200, path);
      assert.equal((await nobody.get(path)).statusCode, 303, path);
      assert.equal((await citizen.get(path)).statusCode, 403, path);
    }
    assert.equal((await team.get('/services/reviews')).statusCode, 403);
    assert.equal((await auditor.get('/services/reviews')).statusCode, 200);
    assert.equal((await auditor.get('/services/new')).statusCode, 403);
  });

  test('a service is registered, shown with what its software needs, changed, and found', async () => {
    assert.match((await team.get('/services/new')).body, /name="realm"/);
    const empty = await team.get('/services/new?realm=agents');
    assert.ok(empty.body.includes('reason_siret') && !empty.body.includes('reason_birthdate'));
    const { path, clientId } = await registered({ name: '<b>Portail</b>' });
    const page = await team.get(path);
    assert.equal(page.statusCode, 200);
    assert.ok(page.body.includes('&lt;b&gt;Portail&lt;/b&gt;') && !page.body.includes('<b>Portail</b>'));
    for (const text of [
      clientId,
      '/connect/agents/.well-known/openid-configuration',
      'OIDCProviderMetadataURL',
      'http://localhost:3000/callback',
      'Écrire à la personne.',
      `${path}/keys`,
      `${path}/connections`,
    ]) {
      assert.ok(page.body.includes(text), text);
    }
    const form = await team.get(`${path}/edit`);
    assert.ok(form.body.includes('http://localhost:3000/callback'));
    const changed = await team.post(
      `${path}/edit`,
      typed({ name: 'Zèbre', reason_email: '', reason_uid: 'Rapprocher.' }),
    );
    assert.deepEqual([changed.statusCode, changed.headers.location], [303, path]);
    assert.ok((await team.get('/services?search=zebre')).body.includes('Zèbre'));
    assert.ok(
      (await team.get(`/services?search=${clientId}&state=test&realm=agents`)).body.includes('Zèbre'),
    );
    assert.ok(!(await team.get('/services?search=zebre&state=production')).body.includes('Zèbre'));
    assert.match(
      (await team.get('/services.csv?search=zebre')).body,
      new RegExp(`${clientId},agents,Zèbre,test`),
    );
  });

  test('a form that is refused says what to do and keeps what was typed', async () => {
    const wrong = await team.post(
      '/services/new',
      typed({ redirectUris: 'https://*.service.example/', name: '' }),
    );
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#redirectUris"/);
    assert.match(wrong.body, /href="#name"/);
    assert.ok(wrong.body.includes('https://*.service.example/'));
    assert.equal((await team.post('/services/new', typed({ organisationId: PRODUCERS }))).statusCode, 422);
    assert.equal((await team.post('/services/new', { ...typed(), realm: 'robots' })).statusCode, 422);
    assert.equal((await team.post('/services/new', typed({ purpose: 'a'.repeat(20_000) }))).statusCode, 400);
    const { path } = await registered();
    assert.equal((await team.post(`${path}/edit`, typed({ redirectUris: 'nonsense' }))).statusCode, 422);
  });

  test('another organisation’s service is not there', async () => {
    const { id, path } = await registered();
    for (const under of ['', '/edit', '/keys', '/connections', '/connections.csv', '/review', '/close']) {
      assert.equal((await stranger.get(`${path}${under}`)).statusCode, 404, under);
    }
    for (const under of ['/edit', '/keys', '/secrets', '/review', '/review/withdraw', '/close']) {
      assert.equal((await stranger.post(`${path}${under}`, typed())).statusCode, 404, under);
    }
    assert.equal((await team.get('/services/x')).statusCode, 404);
    assert.equal(
      (await team.get(`/services/${id.replace(/^./, id.startsWith('0') ? '1' : '0')}`)).statusCode,
      404,
    );
    assert.equal((await auditor.get(path)).statusCode, 200);
    assert.equal((await auditor.get(`${path}/edit`)).statusCode, 403);
    assert.equal((await team.get(`${path}/suspend`)).statusCode, 403);
    assert.equal((await nobody.post(`${path}/secrets`)).statusCode, 401);
  });

  test('a secret is shown in one answer, and revoked at once', async () => {
    const { id, path, clientId } = await registered({ clientAuthentication: 'client_secret_basic' });
    const made = await team.post(`${path}/secrets`);
    assert.equal(made.statusCode, 200);
    assert.equal(made.headers['cache-control'], 'no-store');
    const plain = /<code>([\w-]{43})<\/code>/.exec(made.body)?.[1] ?? '';
    assert.deepEqual((await findServiceByClientId(db, clientId))?.secretHashes, [secretHash(plain)]);
    const page = await team.get(`${path}/keys`);
    assert.ok(!page.body.includes(plain) && page.body.includes(plain.slice(-4)));
    const revoke = new RegExp(`action="(${path}/secrets/[^"]+/revoke)"`).exec(page.body)?.[1] ?? '';
    assert.equal((await stranger.post(revoke)).statusCode, 404);
    assert.equal((await team.post(revoke)).statusCode, 303);
    assert.deepEqual((await findServiceByClientId(db, clientId))?.secretHashes, []);
    assert.equal((await team.post(revoke)).statusCode, 404);
    assert.equal((await team.post(`/services/${id}/secrets/x/revoke`)).statusCode, 404);
  });

  test('a key is added and revoked, and a refused one is not shown again', async () => {
    const { path, clientId } = await registered();
    assert.equal((await team.post(`${path}/keys`, { key: publicPem() })).statusCode, 303);
    const wrong = await team.post(`${path}/keys`, { key: '{"kty":"EC","d":"c2VjcmV0LXBhcnQ"}' });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#key"/);
    assert.ok(!wrong.body.includes('c2VjcmV0LXBhcnQ'));
    const page = await team.get(`${path}/keys`);
    const revoke = new RegExp(`action="(${path}/keys/[^"]+/revoke)"`).exec(page.body)?.[1] ?? '';
    assert.equal((await team.post(revoke)).statusCode, 303);
    assert.deepEqual((await findServiceByClientId(db, clientId))?.keys, []);
    assert.equal((await team.post(`${path}/keys/x/revoke`)).statusCode, 404);
  });

  test('production is asked for, waits, and is decided', async () => {
    const { path, clientId } = await registered();
    assert.ok((await team.get(`${path}/review`)).body.includes('Il manque encore'));
    assert.equal((await team.post(`${path}/review`, { message: '' })).statusCode, 422);
    await team.post(`${path}/keys`, { key: publicPem() });
    await team.post(`${path}/edit`, typed({ redirectUris: 'https://service.example/callback' }));
    assert.equal((await team.post(`${path}/review`, { message: 'Prêt.' })).statusCode, 303);
    assert.equal((await team.post(`${path}/review`, { message: '' })).statusCode, 422, 'one waits already');
    assert.ok((await auditor.get('/services/reviews')).body.includes(`${path}/review`));
    assert.ok((await auditor.get('/services')).body.includes('/services/reviews'));
    const page = await auditor.get(`${path}/review`);
    assert.ok(page.body.includes('Prêt.'));
    const decide = /action="(\/services\/reviews\/[^"]+\/decision)"/.exec(page.body)?.[1] ?? '';
    const readAt = /name="readAt" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    assert.ok(!(await team.get(`${path}/review`)).body.includes(decide));
    assert.equal((await team.post(decide, { decision: 'accepted', readAt })).statusCode, 403);
    const undecided = await auditor.post(decide, { readAt });
    assert.equal(undecided.statusCode, 422);
    assert.match(undecided.body, /href="#decision"/);
    assert.equal((await auditor.post(decide, { decision: 'refused', reason: '', readAt })).statusCode, 422);
    assert.equal((await auditor.post(decide, { decision: 'accepted', readAt: 'never' })).statusCode, 422);
    assert.equal((await auditor.post(decide, { decision: 'accepted', readAt })).statusCode, 303);
    assert.equal((await findServiceByClientId(db, clientId))?.state, 'production');
    assert.equal((await auditor.post(decide, { decision: 'accepted', readAt })).statusCode, 422, 'decided');
    assert.equal(
      (await auditor.post('/services/reviews/x/decision', { decision: 'accepted' })).statusCode,
      404,
    );
    assert.ok((await team.get(`${path}/review`)).body.includes('Acceptée'));
    assert.equal((await team.post(`${path}/review/withdraw`)).statusCode, 404, 'nothing waits');
  });

  test('an administrator does not decide on what they asked for', async () => {
    const answer = await administrator.post('/services/new', typed({ redirectUris: 'https://a.example/cb' }));
    const path = String(answer.headers.location);
    await administrator.post(`${path}/keys`, { key: publicPem() });
    assert.equal((await administrator.post(`${path}/review`)).statusCode, 303);
    const page = await administrator.get(`${path}/review`);
    assert.ok(page.body.includes('une autre personne en décidera') && !page.body.includes('/decision"'));
    const waiting = await auditor.get(`${path}/review`);
    const decide = /action="(\/services\/reviews\/[^"]+\/decision)"/.exec(waiting.body)?.[1] ?? '';
    const readAt = /name="readAt" value="([^"]+)"/.exec(waiting.body)?.[1] ?? '';
    assert.equal((await administrator.post(decide, { decision: 'accepted', readAt })).statusCode, 403);
    assert.equal((await administrator.post(`${path}/review/withdraw`)).statusCode, 303);
  });

  test('a service is suspended with a reason, resumed, and closed', async () => {
    const { path, clientId } = await registered();
    const state = async () => (await findServiceByClientId(db, clientId))?.state;
    assert.equal((await auditor.get(`${path}/suspend`)).statusCode, 200);
    assert.equal((await auditor.post(`${path}/suspend`, { reason: '' })).statusCode, 422);
    assert.equal((await team.post(`${path}/suspend`, { reason: 'Moi.' })).statusCode, 403);
    assert.equal((await auditor.post(`${path}/suspend`, { reason: 'Adresse douteuse.' })).statusCode, 303);
    assert.equal(await state(), 'suspended');
    assert.ok((await team.get(path)).body.includes('Adresse douteuse.'));
    assert.equal((await auditor.post(`${path}/resume`, { reason: 'Corrigé.' })).statusCode, 303);
    assert.equal(await state(), 'test');
    assert.equal((await auditor.post(`${path}/resume`, { reason: 'Encore.' })).statusCode, 422);
    assert.equal((await auditor.get(`${path}/close`)).statusCode, 403);
    assert.equal((await team.get(`${path}/close`)).statusCode, 200);
    assert.equal((await team.post(`${path}/close`)).statusCode, 303);
    assert.equal(await state(), 'closed');
    assert.equal((await team.post(`${path}/secrets`)).statusCode, 422);
  });

  test('connections are numbers and codes, without anybody', async () => {
    const { path, clientId } = await registered();
    const upstream = await pool.query(
      `insert into identity.upstreams (realm, name, issuer, client_id, client_authentication)
       values ('agents', 'Fournisseur connu', 'https://idp.example', 'socle', 'private_key_jwt') returning id`,
    );
    const account = await pool.query(
      `insert into identity.accounts
         (realm, upstream_id, issuer, subject, subject_root, sealed_claims, created_at, last_sign_in_at)
       values ('agents', $1, 'https://idp.example', 'somebody-known', gen_random_uuid(), '', now(), now())
       returning id`,
      [upstream.rows[0].id],
    );
    await pool.query(
      `insert into identity.connections (at, realm, client_id, account_id, upstream_id, acr, outcome, refusal)
       select $1::timestamptz - n * interval '1 day', 'agents', $2, $3, $4, 'eidas1',
         case when n % 3 = 0 then 'refused' else 'signed-in' end,
         case when n % 3 = 0 then case when n = 3 then 'never_seen' else 'invalid_redirect_uri' end end
       from generate_series(0, 39) n`,
      [clock.now(), clientId, account.rows[0].id, upstream.rows[0].id],
    );
    const page = await team.get(`${path}/connections`);
    assert.equal(page.statusCode, 200);
    assert.ok(page.body.includes('caractère par caractère'), 'the code is explained');
    assert.ok(page.body.includes('Code inattendu'), 'an unknown code too');
    const csv = await team.get(`${path}/connections.csv`);
    assert.equal(csv.body.trim().split('\r\n').length, 41);
    assert.match(csv.body, /2026-11-24T10:00:00.000Z,refused,invalid_redirect_uri,eidas1,Fournisseur connu/);
    for (const body of [page.body, csv.body]) {
      assert.ok(!body.includes('somebody-known') && !body.includes(account.rows[0].id));
    }
    const json = (await team.getJson(`/api/v1/identity${path}/connections`)).json();
    assert.equal(json.days.length, 30);
    assert.deepEqual(json.days.at(-1), { day: '2026-11-24', signedIn: 0, refused: 1 });
    assert.equal((await stranger.getJson(`/api/v1/identity${path}/connections`)).statusCode, 404);
  });

  test('both languages, and pages beyond the last', async () => {
    const english = await demo.signedInAs('product-team');
    english.locale = 'en';
    assert.match((await english.get('/services')).body, /Connected services/);
    assert.equal((await team.get('/services?page=999')).statusCode, 200);
    assert.equal((await team.get('/services?page=0')).statusCode, 400);
    assert.equal((await team.get('/services?state=asleep')).statusCode, 400);
    assert.equal((await auditor.get('/services/reviews?cursor=x')).statusCode, 400);
  });
});

describe('the pages of resources', () => {
  const wanted = (more: Record<string, string> = {}) => ({
    identifier: 'https://api.service.example/one',
    name: 'Quotients',
    organisationId: PRODUCERS,
    scopes: 'read\nwrite',
    tokenSeconds: '300',
    servedBy: '',
    ...more,
  });

  test('a producer registers one, grants and withdraws it; others read what it is', async () => {
    assert.equal((await team.get('/resources/new')).statusCode, 403);
    assert.equal((await producer.get('/resources/new')).statusCode, 200);
    const wrong = await producer.post('/resources/new', wanted({ identifier: 'api' }));
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#identifier"/);
    assert.equal((await producer.post('/resources/new', wanted({ organisationId: OURS }))).statusCode, 422);
    const made = await producer.post('/resources/new', wanted());
    assert.equal(made.statusCode, 303);
    const path = String(made.headers.location);
    assert.ok(
      (await team.get('/resources?search=quotients')).body.includes('https://api.service.example/one'),
    );

    const machine = await registered({ realm: 'machines' });
    assert.ok((await team.get(machine.path)).body.includes('grant_type=client_credentials'));
    const grants = `${path}/grants`;
    assert.equal((await team.post(grants, { clientId: machine.clientId, scopes: 'read' })).statusCode, 404);
    assert.equal((await producer.post(grants, { clientId: 'nobody', scopes: 'read' })).statusCode, 422);
    const answer = await producer.post(grants, { clientId: machine.clientId, scopes: 'read' });
    assert.equal(answer.statusCode, 303);
    assert.ok((await producer.get(path)).body.includes(machine.clientId));
    assert.ok(
      !(await team.get(path)).body.includes(machine.clientId),
      'who has it is its organisation’s to see',
    );
    const overview = await team.get(machine.path);
    assert.ok(overview.body.includes('resource=https://api.service.example/one'));

    assert.equal((await stranger.get(`${path}/edit`)).statusCode, 403);
    assert.equal((await producer.get(`${path}/edit`)).statusCode, 200);
    assert.equal((await producer.post(`${path}/edit`, wanted({ tokenSeconds: '1' }))).statusCode, 422);
    assert.equal((await producer.post(`${path}/edit`, wanted({ tokenSeconds: '900' }))).statusCode, 303);
    assert.equal((await findServiceByClientId(db, machine.clientId))?.resources[0]?.tokenSeconds, 900);

    const withdrawn = { clientId: machine.clientId };
    assert.equal((await team.post(`${path}/withdraw`, withdrawn)).statusCode, 404);
    assert.equal((await producer.post(`${path}/withdraw`, withdrawn)).statusCode, 303);
    assert.deepEqual((await findServiceByClientId(db, machine.clientId))?.resources, []);
    assert.equal((await producer.post(`${path}/withdraw`, withdrawn)).statusCode, 404);
    assert.equal((await team.get('/resources/x')).statusCode, 404);
  });
});
