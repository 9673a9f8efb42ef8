// Audits over HTTP against the demonstration State: who asks, who sees what before the release, what the release lets out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inventedId } from '#modules/identity/public.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { writeFile } from '../opinions/opinions.fixture.ts';
import { requestAudit } from './requests.actions.ts';

const state = await startTestApp();
const { kernel } = state;
const API = '/api/v1/audits';

async function as(name: string): Promise<TestClient> {
  const client = state.client();
  const answer = await client.post('/sign-in/demonstration', { personId: inventedId('person', name) });
  assert.equal(answer.statusCode, 303);
  return client;
}
const office = await as('Étienne Roussel');
const audited = await as('Hélène Vasseur');
const stranger = await as('Mélanie Jourdain');
const leader = await as('Rémi Delaunay');
const composer = await as('Anaïs Kerbrat');
const otherAuditor = await as('Loïc Tanguy');
const nobody = state.client();

const now = kernel.clock.now();
const organisation = (code: string) => inventedId('organisation', code);
const asked = (more: object = {}) => ({
  scope: 'Le coût, le calendrier et la sécurité du projet.',
  questions: 'Peut-il finir à temps ?',
  ...more,
});
interface Read {
  id: string;
  state: string;
  findings: unknown[];
}

test('it is asked for in a minister’s name; defence and internal security are outside', async () => {
  const project = await writeFile(kernel.db, now, {
    name: 'Cadastre',
    at: 'DGI',
    meur: 30,
    state: 'submitted',
  });
  const secret = await writeFile(kernel.db, now, { name: 'Secret', at: 'DGI', meur: 30, classified: true });
  assert.equal((await nobody.postJson(API, asked())).statusCode, 401);
  assert.equal((await (await as('Noémie Chabrol')).postJson(API, asked())).statusCode, 403);
  const cases: [string, number, object][] = [
    ['nothing named', 400, {}],
    ['an unknown project', 400, { fileId: organisation('MEF') }],
    [
      'a draft of another',
      400,
      { fileId: await writeFile(kernel.db, now, { name: 'B', at: 'DSJ', meur: 9, state: 'draft' }) },
    ],
    [
      'in another’s name',
      400,
      { subject: 'Paie', organisationId: organisation('DGI'), requesterId: organisation('MEF') },
    ],
    [
      'a directorate told',
      400,
      { subject: 'Paie', organisationId: organisation('DGI'), informedIds: [organisation('DGI')] },
    ],
    ['defence', 422, { subject: 'Paie', organisationId: organisation('DRH') }],
    ['internal security', 422, { subject: 'Fichier', organisationId: organisation('DSN') }],
    ['no scope', 400, { subject: 'Paie', organisationId: organisation('DGI'), scope: '' }],
  ];
  for (const [name, status, more] of cases)
    assert.equal((await office.postJson(API, asked(more))).statusCode, status, name);
  assert.ok([400, 422].includes((await office.postJson(API, asked({ fileId: secret }))).statusCode));
  // An auditor writes down whose letter came.
  assert.equal((await composer.postJson(API, asked({ fileId: project }))).statusCode, 400);
  const letter = { fileId: project, requesterId: organisation('MJU') };
  assert.equal((await composer.postJson(API, asked(letter))).statusCode, 201);
  // A decision on an alert asks in the name of the head of government.
  const made = await kernel.db.transaction().execute((trx) =>
    requestAudit(trx, {
      fileId: project,
      scope: 'La dérive.',
      actor: { kind: 'system', name: 'test' },
      now,
      today: dayIn(now, kernel.config.timeZone),
    }),
  );
  assert.equal((await office.get(`/projects/audits/${made.id}`)).statusCode, 200);
});

test('from the mission to the release it is confidential; the release lets out what is not struck out', async () => {
  const fileId = await writeFile(kernel.db, now, { name: 'Recouvrement', at: 'DGI', meur: 40 });
  const mailsBefore =
    (await sql<{ n: number }>`select count(*) as n from mail.messages`.execute(kernel.db)).rows[0]?.n ?? 0;
  // The project is not public yet: an auditor writes down the letter of the head of government's office.
  const answer = await composer.postJson(API, asked({ fileId, requesterId: organisation('SPM') }));
  assert.equal(answer.statusCode, 201, answer.body);
  const { id } = answer.json<Read>();
  // The ministry concerned is told that it exists, and no more.
  const told = await sql<{ n: number }>`select count(*) as n from mail.messages`.execute(kernel.db);
  assert.ok((told.rows[0]?.n ?? 0) > mailsBefore);
  assert.match((await audited.get('/projects/audits')).body, /Recouvrement/);
  assert.match((await composer.get('/desk')).body, /Mission à composer/);

  const mission = {
    memberIds: [inventedId('person', 'Rémi Delaunay'), inventedId('person', 'Françoise Ibarra')],
    leadId: inventedId('person', 'Rémi Delaunay'),
    startsOn: '2026-12-01',
    endsOn: '2027-02-01',
  };
  assert.equal((await office.postJson(`${API}/${id}/mission`, mission)).statusCode, 403);
  for (const [field, wrong] of [
    ['memberIds', { memberIds: [inventedId('person', 'Hélène Vasseur')] }],
    ['leadId', { leadId: inventedId('person', 'Loïc Tanguy') }],
    ['startsOn', { startsOn: '2026-11-23' }],
    ['endsOn', { endsOn: '2026-11-30' }],
  ] as const) {
    const refused = await composer.postJson(`${API}/${id}/mission`, { ...mission, ...wrong });
    assert.equal(refused.statusCode, 400, field);
    assert.match(refused.body, new RegExp(field));
  }
  assert.equal((await composer.postJson(`${API}/${id}/mission`, mission)).statusCode, 200);

  const closedTo = async (paths: readonly string[]) => {
    for (const who of [nobody, stranger, audited, otherAuditor, composer])
      for (const path of paths) assert.equal((await who.get(path)).statusCode, 404, path);
  };
  const pages = [`/projects/audits/${id}`, `${API}/${id}`, `/projects/audits/${id}/public`];
  await closedTo(pages);
  assert.equal((await office.get(`/projects/audits/${id}`)).statusCode, 200);

  const finding = {
    severity: 'major',
    title: 'Pas de pilote',
    text: 'Personne ne décide depuis le départ de Jean Dupont.',
  };
  assert.equal((await otherAuditor.postJson(`${API}/${id}/findings`, finding)).statusCode, 404);
  assert.equal((await office.postJson(`${API}/${id}/findings`, finding)).statusCode, 403);
  assert.equal((await leader.postJson(`${API}/${id}/findings`, { ...finding, text: '' })).statusCode, 400);
  assert.equal((await leader.postJson(`${API}/${id}/findings`, finding)).json<Read>().findings.length, 1);

  const conclusions = {
    conclusions: 'Le projet peut finir s’il est réduit à son premier périmètre.',
    recommendations: [{ text: 'Réduire le périmètre au recouvrement.', dueOn: '2027-06-30' }],
  };
  const path = `${API}/${id}/conclusions`;
  assert.equal((await leader.postJson(path, { ...conclusions, conclusions: 'Non' })).statusCode, 400);
  const both = await Promise.all([leader.postJson(path, conclusions), leader.postJson(path, conclusions)]);
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [200, 409]);
  assert.equal((await leader.postJson(`${API}/${id}/findings`, finding)).statusCode, 409);
  await closedTo(pages);
  const register = async () =>
    (await sql`select from portfolio.recommendations where source_id = ${id}`.execute(kernel.db)).rows.length;
  assert.equal(await register(), 0);

  const marked = {
    scope: asked().scope,
    conclusions: conclusions.conclusions,
    recommendations: conclusions.recommendations[0]?.text ?? '',
    ground: 'personal-data',
    'finding-1': `${finding.title}\n${finding.text.replace('Jean Dupont', '[[Jean Dupont]]')}`,
  };
  assert.equal(
    (await leader.post(`/projects/audits/${id}/release`, { ...marked, ground: 'none' })).statusCode,
    422,
  );
  const released = await leader.post(`/projects/audits/${id}/release`, marked);
  assert.equal(released.statusCode, 303, released.body);
  assert.equal(await register(), 1);
  for (const open of [...pages, `${API}/${id}/release`, '/projects/audits', '/projects/audits.csv', API]) {
    const seen = await nobody.get(open);
    assert.equal(seen.statusCode, 200, open);
    assert.doesNotMatch(seen.body, /Jean Dupont/, open);
  }
  assert.match((await nobody.get(`/projects/audits/${id}`)).body, /départ de \[…\]/);
  // Released again in full, once the ground has fallen; the register keeps one.
  assert.equal((await leader.postJson(`${API}/${id}/releases`, { ground: 'none' })).statusCode, 200);
  assert.match((await nobody.get(`/projects/audits/${id}`)).body, /Jean Dupont/);
  assert.equal(await register(), 1);
  assert.equal(
    (await office.postJson(`${API}/${id}/abandonment`, { reason: 'Plus besoin de cet audit.' })).statusCode,
    409,
  );
});
