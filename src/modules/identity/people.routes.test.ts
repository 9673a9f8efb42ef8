import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROLES } from '#platform/access.ts';
import { startTestApp } from '#test/support/app.ts';
import { inventedId } from './demonstration.ts';

const AUDITOR = inventedId('person', 'Anaïs Kerbrat');
const DNE = inventedId('organisation', 'DNE');
const UNKNOWN = '7f0a3b1e-0000-4000-8000-000000000000';

const demo = await startTestApp();
const administrator = await demo.signedInAs('administrator');

describe('people and organisations, in the demonstration', () => {
  const reads = [
    '/people',
    '/people/new',
    `/people/${AUDITOR}`,
    `/people/${AUDITOR}/edit`,
    `/people/${AUDITOR}/memberships/new`,
    '/organisations/new',
    `/organisations/${DNE}/edit`,
  ];
  const writes = [
    '/people/new',
    `/people/${AUDITOR}/edit`,
    `/people/${AUDITOR}/memberships/new`,
    `/people/${AUDITOR}/close`,
    `/people/${AUDITOR}/reopen`,
    `/people/${AUDITOR}/invitation`,
    `/people/${AUDITOR}/memberships/${UNKNOWN}/end`,
    '/organisations/new',
    `/organisations/${DNE}/edit`,
  ];

  test('administrators alone manage them', async () => {
    for (const path of reads) assert.equal((await administrator.get(path)).statusCode, 200, path);
    const nobody = demo.client();
    for (const path of reads)
      assert.match(String((await nobody.get(path)).headers.location), /^\/sign-in\?back=/, path);
    for (const path of writes) assert.equal((await nobody.post(path)).statusCode, 401, path);
    for (const role of ROLES.filter((one) => one !== 'administrator')) {
      const client = await demo.signedInAs(role);
      for (const path of reads) assert.equal((await client.get(path)).statusCode, 403, `${role} ${path}`);
    }
    const agent = await demo.signedInAs('agent');
    for (const path of writes) assert.equal((await agent.post(path)).statusCode, 403, path);
  });

  test('what is not there is not found', async () => {
    for (const id of [UNKNOWN, 'x']) {
      for (const path of [
        `/people/${id}`,
        `/people/${id}/edit`,
        `/organisations/${id}`,
        `/organisations/${id}/edit`,
      ]) {
        assert.equal((await administrator.get(path)).statusCode, 404, path);
      }
      assert.equal((await administrator.post(`/people/${id}/close`)).statusCode, 404);
    }
    assert.equal((await administrator.get('/people?role=king')).statusCode, 400);
    assert.equal((await administrator.get('/organisations?page=0')).statusCode, 400);
  });

  test('a person is recorded, invited by mail, given a role and closed', async () => {
    const typed = { name: '<b>Ada</b> Lépine', email: 'ada@example.org', locale: 'fr' };
    const wrong = await administrator.post('/people/new', { ...typed, email: 'ada' });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#email"/);
    assert.ok(
      wrong.body.includes('value="&lt;b&gt;Ada&lt;/b&gt; Lépine"'),
      'what was typed is kept, and escaped',
    );
    const recorded = await administrator.post('/people/new', typed);
    assert.equal(recorded.statusCode, 303);
    const path = String(recorded.headers.location).replace('?invited=yes', '');
    const page = await administrator.get(String(recorded.headers.location));
    assert.ok(page.body.includes('&lt;b&gt;Ada&lt;/b&gt; Lépine') && !page.body.includes('<b>Ada</b>'));
    const mail = await demo.database.pool.query('select body from mail.messages order by created_at');
    assert.match(mail.rows.at(-1).body, /\/sign-in\/invitation\/[\w-]{43}/);

    const given = { role: 'agent', organisationId: DNE, from: '', until: '' };
    assert.equal(
      (await administrator.post(`${path}/memberships/new`, { ...given, organisationId: '' })).statusCode,
      422,
    );
    assert.equal((await administrator.post(`${path}/memberships/new`, given)).statusCode, 303);
    assert.equal(
      (await administrator.post(`${path}/memberships/new`, given)).statusCode,
      422,
      'held already',
    );
    const end = /formaction="([^"]+\/end)"/.exec((await administrator.get(path)).body)?.[1] as string;
    assert.equal((await administrator.post(end)).statusCode, 303);
    assert.equal((await administrator.post(end)).statusCode, 422, 'it had ended');
    assert.equal(
      (await administrator.post(`${path}/edit`, { ...typed, name: 'Ada Lépine' })).statusCode,
      303,
    );
    assert.equal((await administrator.post(`${path}/close`)).statusCode, 303);
    assert.ok(
      (await administrator.get('/people?account=closed&search=lepine')).body.includes('ada@example.org'),
    );
  });

  test('whoever loses a role loses it at the next request', async () => {
    const client = await demo.signedInAs('hr-officer');
    const { personId } = (await client.getJson('/api/v1/identity/me')).json();
    const end = /formaction="([^"]+\/end)"/.exec(
      (await administrator.get(`/people/${personId}`)).body,
    )?.[1] as string;
    await administrator.post(end);
    assert.deepEqual((await client.getJson('/api/v1/identity/me')).json().roles, []);
    await administrator.post(`/people/${personId}/close`);
    assert.equal((await client.getJson('/api/v1/identity/me')).statusCode, 401);
  });

  test('everyone reads organisations, as pages, CSV and JSON', async () => {
    const nobody = demo.client();
    const page = await nobody.get('/organisations?search=numerique&kind=directorate');
    assert.equal(page.statusCode, 200);
    assert.ok(page.body.includes('Direction du numérique de l’État'));
    assert.ok(!page.body.includes('/organisations/new'));
    assert.ok((await nobody.get(`/organisations/${DNE}`)).body.includes('Services de la Première ministre'));
    const csv = (await nobody.get('/organisations.csv?kind=ministry')).body.trim().split('\r\n');
    assert.equal(csv[0], 'id,kind,name,code,siret,parent_id,exists_from,exists_until');
    assert.equal(csv.length, 16);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer = await nobody.getJson(
        `/api/v1/identity/organisations?limit=20${cursor && `&cursor=${cursor}`}`,
      );
      assert.equal(answer.statusCode, 200);
      const { items, next }: { items: { id: string }[]; next: string | null } = answer.json();
      seen.push(...items.map(({ id }) => id));
      cursor = next;
    }
    assert.ok(seen.length > 60);
    assert.equal(new Set(seen).size, seen.length);
    assert.equal((await nobody.getJson(`/api/v1/identity/organisations/${DNE}`)).json().code, 'DNE');
    assert.equal((await nobody.getJson(`/api/v1/identity/organisations/${UNKNOWN}`)).statusCode, 404);
    const bad = await nobody.getJson('/api/v1/identity/organisations?limit=0');
    assert.deepEqual(
      [bad.statusCode, bad.headers['content-type']],
      [400, 'application/problem+json; charset=utf-8'],
    );
  });

  test('an organisation is recorded and changed, and the public list follows', async () => {
    const typed = {
      kind: 'association',
      name: 'Zébulon',
      code: '',
      siret: '',
      parentId: '',
      existsFrom: '',
      existsUntil: '',
    };
    const wrong = await administrator.post('/organisations/new', { ...typed, siret: '123' });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#siret"/);
    const recorded = await administrator.post('/organisations/new', typed);
    assert.equal(recorded.statusCode, 303);
    const path = String(recorded.headers.location);
    const below = await administrator.post(`${path}/edit`, {
      ...typed,
      parentId: path.split('/').at(-1) as string,
    });
    assert.equal(below.statusCode, 422);
    assert.equal(
      (await administrator.post(`${path}/edit`, { ...typed, name: 'Zébulon Deux' })).statusCode,
      303,
    );
    assert.ok((await demo.client().get('/organisations?search=zebulon')).body.includes('Zébulon Deux'));
  });
});
