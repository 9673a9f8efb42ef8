// The catalogue through the whole application: a producer's way from a draft to an API that gateways know, and what everyone reads.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import { startTestApp } from '#test/support/app.ts';
import { getPolicySince } from '../policy/policy.repository.ts';
import type { ApiPolicy } from '../policy/policy.types.ts';
import { sampleDocument } from './catalogue.fixture.ts';
import { recordApi } from './recorded-apis.actions.ts';

const { client, signedInAs, kernel } = await startTestApp();
const { db } = kernel;
const producer = await signedInAs('data-producer');
const everyone = client();

const people = await listDemonstrationPeople(db, kernel.clock.now());
const producerId =
  people
    .find(({ roles }) => roles.some(({ role }) => role === 'data-producer'))
    ?.roles.find(({ role }) => role === 'data-producer')?.organisationId ?? '';

const FORM = {
  slug: 'quotients-essai',
  producerId,
  name: 'Quotients d’essai',
  summary: 'Le quotient familial d’un foyer, pour essayer.',
  description: 'Donne le quotient familial d’un foyer à un mois donné, pour essayer.',
  sensitivity: 'personal',
  legalBasisRequired: 'Code de la sécurité sociale',
  contactEmail: 'api@cnf.valmarie.example',
  subjectIn: 'query',
  subjectNames: 'nomNaissance, prenoms, dateNaissance, codeInsee',
  subjectKind: 'person',
  defaultQuotaPerMinute: '120',
};
const HOME = '/exchange/producer/apis/quotients-essai';

async function published(slug: string): Promise<ApiPolicy | undefined> {
  const { entries } = await getPolicySince(db, 0);
  return entries
    .flatMap(({ kind, body }) => (kind === 'api' && body ? [body as ApiPolicy] : []))
    .find((api) => api.slug === slug);
}

describe('a producer', { concurrency: false }, () => {
  test('adds a draft that nobody else sees', async () => {
    const refused = await producer.post('/exchange/producer/apis/new', {
      ...FORM,
      slug: 'É',
      summary: 'court',
    });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /href="#slug"/);
    assert.match(refused.body, /href="#summary"/);
    assert.match(refused.body, /Quotients d’essai/);
    const added = await producer.post('/exchange/producer/apis/new', FORM);
    assert.equal(added.statusCode, 303, added.body);
    assert.equal(added.headers.location, HOME);
    assert.equal((await producer.get(HOME)).statusCode, 200);
    assert.equal((await everyone.get('/apis/quotients-essai')).statusCode, 404);
    const again = await producer.post('/exchange/producer/apis/new', FORM);
    assert.equal(again.statusCode, 422);
  });

  test('cannot open what leads nowhere', async () => {
    const refused = await producer.post(`${HOME}/open`);
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /Ajoutez une version/);
  });

  test('adds a version, whose document is checked by a job', async () => {
    const wrong = await producer.postJson('/api/v1/apis/quotients-essai/versions', {
      name: 'v1',
      openapi: { openapi: '2.0' },
    });
    assert.equal(wrong.statusCode, 400);
    assert.match(wrong.body, /OpenAPI 3/);
    const added = await producer.postJson('/api/v1/apis/quotients-essai/versions', {
      name: 'v1',
      openapi: sampleDocument(),
      sandboxExamples: [{ method: 'GET', path: '/quotient', status: 200, body: { quotient: 742 } }],
    });
    assert.equal(added.statusCode, 202, added.body);
    const twice = await producer.postJson('/api/v1/apis/quotients-essai/versions', {
      name: 'v1',
      openapi: sampleDocument(),
    });
    assert.equal(twice.statusCode, 400);
  });

  test('sends a document as a file in YAML', async () => {
    const boundary = 'limit';
    const part = (name: string, value: string, more = '') =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const yaml =
      'openapi: 3.1.0\ninfo: {title: Quotients, version: "2"}\npaths:\n  /quotient:\n    get:\n      responses: {"200": {description: ok}}\n';
    const payload = `${part('_csrf', await producer.csrfToken())}${part('name', 'v2')}${part('document', yaml, '; filename="api.yaml"')}--${boundary}--\r\n`;
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    const added = await producer.sendRaw('POST', `${HOME}/versions/new`, payload, headers);
    assert.equal(added.statusCode, 303, added.body);
    assert.match(String(added.headers.location), /\?run=[0-9a-f-]{36}$/);
  });

  test('describes scopes by the fields that they let out', async () => {
    const wrong = await producer.post(`${HOME}/scopes`, {
      'scopes.0.name': 'quotient',
      'scopes.0.title': 'Quotient',
      'scopes.0.fields': 'quotient',
    });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#scopes\.0\.fields"/);
    const written = await producer.post(`${HOME}/scopes`, {
      'scopes.0.name': 'quotient',
      'scopes.0.title': 'Quotient familial',
      'scopes.0.fields': '/quotient\r\n/enfants/*/prenom',
    });
    assert.equal(written.statusCode, 303, written.body);
  });

  test('sets the server, whose key is sealed and never shown', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const upstream = {
      url: 'https://donnees.cnf.valmarie.example/api/v1/',
      timeoutMs: '3000',
      proof: 'signature',
      keyId: 'socle',
      privateKeyPem: pem,
    };
    const wrong = await producer.post(`${HOME}/versions/v1/upstream`, {
      ...upstream,
      url: 'ftp://x',
      keyId: '',
    });
    assert.equal(wrong.statusCode, 422);
    assert.ok(!wrong.body.includes('BEGIN PRIVATE KEY'));
    const set = await producer.post(`${HOME}/versions/v1/upstream`, upstream);
    assert.equal(set.statusCode, 303, set.body);
    assert.ok(!(await producer.get(`${HOME}/versions/v1/upstream`)).body.includes('BEGIN PRIVATE KEY'));
  });

  test('opens the API: the catalogue, the hub and the gateways know it', async () => {
    const opened = await producer.post(`${HOME}/open`);
    assert.equal(opened.statusCode, 303, opened.body);
    const api = await published('quotients-essai');
    assert.deepEqual(
      api && { ...api, versions: api.versions.map(({ upstream }) => ({ ...upstream, sealedSecret: null })) },
      {
        slug: 'quotients-essai',
        producerId,
        sensitivity: 'personal',
        subject: {
          in: 'query',
          names: ['nomNaissance', 'prenoms', 'dateNaissance', 'codeInsee'],
          kind: 'person',
        },
        resource: 'https://quotients-essai.api.valmarie.example/',
        quotaPerMinute: 120,
        versions: [
          {
            origin: 'https://donnees.cnf.valmarie.example',
            basePath: '/api/v1',
            timeoutMs: 3000,
            pipelining: false,
            proof: 'signature',
            sealedSecret: null,
          },
        ],
        scopes: { quotient: ['/enfants/*/prenom', '/quotient'] },
      },
    );
    assert.equal((await producer.post(`${HOME}/open`)).statusCode, 422);
    const ledger = await sql<{
      kind: string;
    }>`select kind from ledger.waiting where kind like 'exchange.api-%'
      union all select kind from ledger.entries where kind like 'exchange.api-%'`.execute(db);
    assert.ok(ledger.rows.some(({ kind }) => kind === 'exchange.api-opened'));
  });

  test('adds a scope to the open API: the hub and the gateways know it, and the last one stays', async () => {
    const scope = (at: number, name: string, fields: string) => ({
      [`scopes.${at}.name`]: name,
      [`scopes.${at}.title`]: `Les données ${name}`,
      [`scopes.${at}.fields`]: fields,
    });
    const known = async () => {
      const { rows } = await sql<{ scopes: string[] }>`
        select scopes from identity.resources
        where identifier = 'https://quotients-essai.api.valmarie.example/'`.execute(db);
      return rows[0]?.scopes;
    };
    const first = scope(0, 'quotient', '/quotient\r\n/enfants/*/prenom');
    const added = await producer.post(`${HOME}/scopes`, { ...first, ...scope(1, 'enfants', '/enfants') });
    assert.equal(added.statusCode, 303, added.body);
    assert.deepEqual(await known(), ['quotient', 'enfants']);
    assert.deepEqual((await published('quotients-essai'))?.scopes.enfants, ['/enfants']);
    assert.equal((await producer.post(`${HOME}/scopes`, {})).statusCode, 422);
    assert.equal((await producer.post(`${HOME}/scopes`, first)).statusCode, 303);
    assert.deepEqual(await known(), ['quotient']);
  });

  test('deprecates and retires versions', async () => {
    assert.equal(
      (await producer.post(`${HOME}/versions/v1/deprecate`, { endsOn: '2020-01-01' })).statusCode,
      422,
    );
    assert.equal(
      (await producer.post(`${HOME}/versions/v1/deprecate`, { endsOn: '2027-06-30' })).statusCode,
      303,
    );
    const versions = (await published('quotients-essai'))?.versions ?? [];
    assert.deepEqual(
      versions.map(({ state, endsOn }) => [state, endsOn]),
      [['deprecated', '2027-06-30']],
    );
    assert.equal((await producer.post(`${HOME}/versions/v2/retire`)).statusCode, 303);
    assert.equal((await producer.post(`${HOME}/versions/v2/retire`)).statusCode, 422);
  });
});

describe('everyone', { concurrency: false }, () => {
  test('finds the API, its page, its document and its CSV line', async () => {
    const list = await everyone.get('/apis?search=QUOTIENTS+essai&sensitivity=personal');
    assert.equal(list.statusCode, 200);
    assert.match(list.body, /href="\/apis\/quotients-essai"/);
    const page = await everyone.get('/apis/quotients-essai');
    assert.match(page.body, /\/exchange\/requests\/new\?api=quotients-essai/);
    assert.match(page.body, /\/enfants\/\*\/prenom/);
    assert.match((await everyone.get('/apis.csv')).body, /quotients-essai/);
    const read = (await everyone.getJson('/api/v1/apis/quotients-essai')).json();
    assert.deepEqual(
      read.scopes.map(({ name }: { name: string }) => name),
      ['quotient'],
    );
    const { items } = (await everyone.getJson('/api/v1/apis?search=essai&limit=1')).json();
    assert.equal(items[0].slug, 'quotients-essai');
    const document = await everyone.getJson('/apis/quotients-essai/v1/openapi.json');
    assert.deepEqual(document.json(), sampleDocument());
    for (const wrong of [
      '/apis/nulle-part',
      '/apis/%00',
      '/apis/quotients-essai/v9/openapi.json',
      '/api/v1/apis/nulle-part',
    ])
      assert.ok([400, 404].includes((await everyone.get(wrong)).statusCode), wrong);
  });

  test('tries it in the sandbox, by its own address and without JavaScript', async () => {
    const answer = await everyone.getJson('/sandbox/quotients-essai/v1/quotient?nomNaissance=X');
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(answer.json(), { quotient: 742 });
    const example = await everyone.getJson('/sandbox/quotients-essai/v1/foyers/42');
    assert.deepEqual(example.json(), { quotient: 1, enfants: [{ prenom: 'Lou' }] });
    assert.equal((await everyone.getJson('/sandbox/quotients-essai/v1/inconnu')).statusCode, 404);
    assert.equal((await everyone.getJson('/sandbox/quotients-essai/v2/quotient')).statusCode, 404);
    const tried = await everyone.get('/apis/quotients-essai?call=GET+%2Fquotient');
    assert.match(tried.body, /&quot;quotient&quot;: 742/);
    assert.match(tried.body, /curl/);
  });

  test('reads what the doctrine check found, once the job ran', async () => {
    const { checkDoctrineJob } = await import('./doctrine.jobs.ts');
    const steps: number[] = [];
    const { rows } = await sql<{ id: string }>`
      select v.id from exchange.api_versions v join exchange.apis a on a.id = v.api_id
      where a.slug = 'quotients-essai' and v.name = 'v1'`.execute(db);
    const result = await checkDoctrineJob.run(
      { versionId: rows[0]?.id ?? '' },
      {
        id: 'x',
        kernel,
        requestedBy: null,
        progress: (done) => steps.push(done),
        signal: new AbortController().signal,
      },
    );
    assert.equal(result.checked, 1);
    const { versions } = (await everyone.getJson('/api/v1/apis/quotients-essai')).json();
    assert.ok(versions.some(({ doctrineScore }: { doctrineScore: number | null }) => doctrineScore !== null));
    // Another address than before: kept answers are void only when the notice of the change has come.
    const page = await everyone.get('/apis/quotients-essai?query=fresh');
    assert.match(page.body, /obtient \d+ sur 100/);
  });
});

test('nobody and other roles write nothing; another organisation’s draft is not there', async () => {
  assert.equal((await everyone.get('/exchange/producer/apis')).statusCode, 303);
  const citizen = await signedInAs('citizen');
  assert.equal((await citizen.get('/exchange/producer/apis')).statusCode, 403);
  assert.equal((await citizen.postJson('/api/v1/apis/quotients-essai/close', {})).statusCode, 403);
  const { rows: others } = await sql<{ id: string }>`
    select id from identity.organisations o where not exists (select from identity.memberships m
      where m.organisation_id = o.id and m.role = 'data-producer') order by id limit 1`.execute(db);
  const other = others[0]?.id ?? '';
  await db.transaction().execute((trx) =>
    recordApi(trx, kernel.clock.now(), {
      api: {
        slug: 'autre-api',
        producerId: other,
        name: 'Autre API',
        summary: 'Une API d’une autre organisation.',
        description: 'Une API d’une autre organisation.',
        sensitivity: 'internal',
        legalBasisRequired: null,
        contactEmail: 'api@autre.example',
        subject: null,
        defaultQuotaPerMinute: 600,
      },
      versions: [
        {
          name: 'v1',
          openapi: sampleDocument(),
          upstream: { url: 'https://autre.example/', timeoutMs: 1000, pipelining: true, proof: 'none' },
        },
      ],
      scopes: [{ name: 'tout', title: 'Toutes les données', fields: ['/quotient'], isSensitive: false }],
      by: { kind: 'system', name: 'test' },
    }),
  );
  assert.ok(await published('autre-api'));
  assert.equal((await everyone.get('/apis/autre-api')).statusCode, 200);
  assert.equal((await producer.get('/exchange/producer/apis/autre-api')).statusCode, 404);
  assert.equal((await producer.post('/exchange/producer/apis/autre-api/close')).statusCode, 404);
  const administrator = await signedInAs('administrator');
  assert.equal((await administrator.post('/exchange/producer/apis/autre-api/close')).statusCode, 303);
  assert.equal(await published('autre-api'), undefined);
});
