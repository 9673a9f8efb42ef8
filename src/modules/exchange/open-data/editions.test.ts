// The open data of accreditations through the whole application: an edition says the same for ever, and nothing of people.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import { startTestApp } from '#test/support/app.ts';
import { withdrawScope } from '../accreditations/accreditation-changes.actions.ts';
import { insertSampleRequest, issueSample, openSampleApi } from '../accreditations/accreditations.fixture.ts';
import { forgetHistory } from '../demonstration/history.fixture.ts';
import { freezeEdition } from './editions.actions.ts';
import { listEditions } from './editions.repository.ts';
import { namedFile } from './editions.rules.ts';

const { client, kernel } = await startTestApp();
const { db, clock } = kernel;
await forgetHistory(kernel);
await sql`update exchange.accreditations set state = 'obsolete', ended_at = valid_from where state = 'active'`.execute(
  db,
);
const everyone = client();
const people = await listDemonstrationPeople(db, clock.now());
const roles = people.flatMap((person) => person.roles);
const at = (role: string) => roles.find((held) => held.role === role)?.organisationId ?? '';
const auditor = people.find((person) => person.roles.some(({ role }) => role === 'auditor'));

test('names of files', () => {
  assert.deepEqual(namedFile('accreditations-2026-10.csv'), { edition: '2026-10', format: 'csv' });
  assert.deepEqual(namedFile('accreditations-current.json'), { edition: 'current', format: 'json' });
  for (const name of ['accreditations-2026-13.csv', 'accreditations-2026-10.xml', 'x', '../a', '']) {
    assert.equal(namedFile(name), null, name);
  }
});

interface Listed {
  readonly number: number;
  readonly apis: readonly { readonly slug: string; readonly scopes: readonly string[] }[];
}

test('what is in force now, and what was when the month began', async () => {
  const api = await openSampleApi(kernel, 'quotients-essai', at('data-producer'));
  const organisationId = at('api-consumer');
  const scopeIds = Object.values(api.scopes);
  const issue = async (purpose: string, more: { stage?: 'sandbox'; validUntil?: Date } = {}) => {
    const requestId = await insertSampleRequest(db, clock.now(), organisationId);
    return issueSample(kernel, { requestId, organisationId, scopeIds, purpose, ...more });
  };
  const first = await issue('=Calculer; le "tarif"');
  await issue('Essayer', { stage: 'sandbox' });
  const csv = () => everyone.get('/exchange/open-data/accreditations-current.csv');
  const [head, ...lines] = (await csv()).body.trim().split('\r\n');
  const own = lines.filter((line) => line.includes(',quotients-essai,'));
  assert.match(head ?? '', /^number,organisation,siret,api,/);
  assert.equal(own.length, 1, 'not the sandbox');
  assert.match(own[0] ?? '', /^\d+,.*,enfants quotient,"'=Calculer; le ""tarif""",/);

  clock.moveTo(new Date('2026-12-05T00:05:00Z'));
  const second = await issue('Deuxième');
  assert.equal(await freezeEdition(kernel, '2026-12'), true);
  assert.equal(await freezeEdition(kernel, '2026-12'), false);
  const frozen = await everyone.get('/exchange/open-data/accreditations-2026-12.json');
  assert.equal(frozen.statusCode, 200);
  const { at: moment, accreditations } = frozen.json();
  assert.equal(moment, '2026-12-01T00:00:00.000Z');
  const scopesOf = (all: readonly Listed[]) =>
    all
      .filter(({ apis }) => apis.some(({ slug }) => slug === 'quotients-essai'))
      .map(({ number, apis }) => [number, apis[0]?.scopes]);
  assert.deepEqual(scopesOf(accreditations), [[first.number, ['enfants', 'quotient']]]);
  assert.ok(!/@|technique|metier/.test(frozen.body), 'nothing of people');

  const actor = { personId: auditor?.personId ?? '', name: '', roles: auditor?.roles ?? [] };
  const change = { id: first.id, scopeId: api.scopes.enfants ?? '', reason: 'Plus utile.' };
  await withdrawScope(kernel, actor, change);
  const again = await everyone.get('/exchange/open-data/accreditations-2026-12.json');
  assert.equal(again.body, frozen.body);
  const [edition] = await listEditions(db);
  const file = edition?.files.find(({ format }) => format === 'json');
  assert.equal(file?.sha256, createHash('sha256').update(frozen.rawPayload).digest('hex'));
  assert.equal(file?.bytes, frozen.rawPayload.length);
  const known = { 'if-none-match': String(frozen.headers.etag) };
  assert.equal(
    (await everyone.get('/exchange/open-data/accreditations-2026-12.json', known)).statusCode,
    304,
  );
  const now = (await everyone.get('/exchange/open-data/accreditations-current.json')).json();
  assert.deepEqual(scopesOf(now.accreditations), [
    [first.number, ['quotient']],
    [second.number, ['enfants', 'quotient']],
  ]);

  const page = await everyone.get('/exchange/open-data');
  assert.ok(page.body.includes(file?.sha256 ?? '-') && page.body.includes('décembre 2026'));
  const dcat = (await everyone.get('/exchange/open-data/catalogue.jsonld')).json();
  assert.equal(dcat['dcat:distribution'].length, 4);
  for (const name of ['accreditations-2026-11.csv', 'none']) {
    assert.equal((await everyone.get(`/exchange/open-data/${name}`)).statusCode, 404, name);
  }
});
