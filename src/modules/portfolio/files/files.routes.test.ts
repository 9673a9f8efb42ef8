// The life of a project file through the real application: who sees it, what is refused, what is never rewritten.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { inventedId } from '#modules/identity/public.ts';
import { listIndicators } from '#modules/impact/public.ts';
import { anyText } from '#test/support/any-text.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { freezeFirstBaseline } from '../baselines/baselines.actions.ts';
import type { Slippage } from '../baselines/baselines.types.ts';
import { fileStateFor, listFileStates } from './facts.repository.ts';
import { mayAskForOpinion } from './opinion-readiness.rules.ts';

const state = await startTestApp();
const { db, clock } = state.kernel;
const API = '/api/v1/project-files';
const nobody = state.client();
const director = await state.signedInAs('digital-director');
const auditor = await state.signedInAs('auditor');
const other = await signedInAs('François-Xavier Cointet');
const secondAuditor = await signedInAs('Rémi Delaunay');
const team = await signedInAs('Agnès Thévenot');
const MEF = inventedId('organisation', 'MEF');
const HELENE = inventedId('person', 'Hélène Vasseur');
const ANAIS = inventedId('person', 'Anaïs Kerbrat');

async function signedInAs(name: string): Promise<TestClient> {
  const client = state.client();
  const answer = await client.post('/sign-in/demonstration', { personId: inventedId('person', name) });
  assert.equal(answer.statusCode, 303, name);
  return client;
}

async function send(client: TestClient, method: 'POST' | 'PUT', url: string, body: unknown = {}) {
  const answer = await client.sendRaw(method, url, JSON.stringify(body), {
    accept: 'application/json',
    'content-type': 'application/json',
    'x-csrf-token': await client.csrfToken(),
  });
  return { status: answer.statusCode, body: answer.json<Json>() };
}
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Json = any;
const fieldsOf = ({ body }: { body: Json }): string[] =>
  (body.errors ?? body.fields ?? []).map(({ field }: { field: string }) => field);

const FIELDS = {
  name: 'Guichet des aides',
  description: 'Une seule demande pour toutes les aides.',
  objectives: 'Ouvrir à toutes les communes.',
  phase: 'build',
  startedOn: '2026-01-05',
  plannedEndOn: '2028-12-31',
  ownerId: HELENE,
  internalFte: 12.5,
  outsourcedShare: 0.4,
  programmes: ['P119'],
};
const line = (year: number, nature: string, commitmentCents: number, paymentCents = commitmentCents) => ({
  year,
  activity: 'development',
  resource: 'staff',
  nature,
  commitmentCents,
  paymentCents,
});
const TABLE = [line(2026, 'one-time', 600_000_000), line(2028, 'recurring', 400_000_000)];
const read = async (client: TestClient, id: string): Promise<Json> =>
  (await client.getJson(`${API}/${id}`)).json();

async function open(name = FIELDS.name): Promise<{ id: string; version: number }> {
  const made = await send(director, 'POST', API, { organisationId: MEF, ...FIELDS, name });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body;
}

async function submitted(name: string): Promise<string> {
  const { id, version } = await open(name);
  const table = { version, fullCostCents: 1_000_000_000, lines: TABLE };
  assert.equal((await send(director, 'PUT', `${API}/${id}/costs`, table)).status, 200);
  assert.equal((await send(director, 'POST', `${API}/${id}/submission`)).status, 200);
  return id;
}

const freeze = (fileId: string) =>
  db.transaction().execute((trx) =>
    freezeFirstBaseline(trx, {
      fileId,
      opinionId: null,
      at: clock.now(),
      actor: { kind: 'person', personId: ANAIS, role: 'auditor' },
    }),
  );

async function running(name: string): Promise<string> {
  const id = await submitted(name);
  assert.ok(await freeze(id));
  return id;
}

describe('from a draft to the directorate', () => {
  test('a wrong file is refused with each field, and nothing is kept', async () => {
    const before = (await director.getJson(`${API}?search=refus%C3%A9`)).json<Json>().items.length;
    const wrong = await send(director, 'POST', API, {
      ...FIELDS,
      organisationId: MEF,
      name: '',
      plannedEndOn: '2025-12-31',
      outsourcedShare: 1.2,
      ownerId: 'x',
      programmes: ['129'],
      projectSlug: 'no-such-project',
    });
    assert.equal(wrong.status, 400);
    assert.deepEqual(fieldsOf(wrong), [
      'name',
      'programmes',
      'outsourcedPercent',
      'plannedEndOn',
      'ownerId',
      'projectSlug',
    ]);
    const elsewhere = await send(director, 'POST', API, {
      ...FIELDS,
      organisationId: inventedId('organisation', 'MIN'),
    });
    assert.deepEqual(fieldsOf(elsewhere), ['organisationId']);
    assert.equal((await send(nobody, 'POST', API, { ...FIELDS, organisationId: MEF })).status, 401);
    assert.equal((await send(auditor, 'POST', API, { ...FIELDS, organisationId: MEF })).status, 403);
    assert.equal((await director.getJson(`${API}?search=refus%C3%A9`)).json<Json>().items.length, before);
  });

  test('a draft is its ministry’s alone: another ministry, an auditor and the public find nothing', async () => {
    const { id, version } = await open('Brouillon secret');
    for (const client of [nobody, other, auditor]) {
      assert.equal((await client.get(`/projects/files/${id}`)).statusCode, 404);
      assert.equal((await client.getJson(`${API}/${id}`)).statusCode, 404);
      assert.ok(!(await client.get('/projects/files?search=Brouillon')).body.includes('Brouillon secret'));
    }
    assert.equal((await send(other, 'PUT', `${API}/${id}`, { ...FIELDS, version })).status, 404);
    assert.equal((await other.get(`/projects/files/${id}/costs`)).statusCode, 404);
    assert.equal((await director.get(`/projects/files/${id}`)).statusCode, 200);
    // Its directorate’s product team is not of the ministry itself.
    assert.equal((await team.get(`/projects/files/${id}`)).statusCode, 404);
  });

  test('by forms without JavaScript: costs that are refused by cell, added to, pasted, sent, saved', async () => {
    const { id } = await open('Par formulaire');
    const url = `/projects/files/${id}/costs`;
    const { version } = await read(director, id);
    const empty = await director.post(`/projects/files/${id}/submit`);
    assert.equal(empty.statusCode, 422);
    const cells = {
      version: String(version),
      do: 'save',
      year_0: '2026',
      activity_0: 'development',
      resource_0: 'staff',
      nature_0: 'one-time',
      commitment_0: '6 000 000,00',
      payment_0: '-1',
      year_1: '2025',
      activity_1: 'magic',
      resource_1: 'staff',
      nature_1: 'recurring',
      commitment_1: '4000000',
      payment_1: '4000000',
      declaredTotal: '10000000',
    };
    const refused = await director.post(url, cells);
    assert.equal(refused.statusCode, 422);
    for (const field of ['payment_0', 'year_1', 'activity_1']) {
      assert.match(refused.body, new RegExp(`href="#${field}"`), field);
    }
    assert.match(refused.body, /value="6 000 000,00"/);
    const right = { ...cells, payment_0: '6000000', year_1: '2028', activity_1: 'support' };
    const unsure = await director.post(url, { ...right, payment_0: '5000000' });
    assert.match(unsure.body, /href="#sums"/);
    assert.match((await director.post(url, { ...right, declaredTotal: '9' })).body, /href="#declaredTotal"/);
    assert.match((await director.post(url, { ...right, do: 'more' })).body, /name="year_6"/);
    const removed = await director.post(url, { ...right, remove: '0' });
    assert.ok(!removed.body.includes('name="year_1"') && removed.body.includes('value="2028"'));
    const pasted = '2026;Développement;Agents;Ponctuel;12;12';
    assert.match(
      (await director.post(url, { ...right, do: 'paste', pasted })).body,
      /name="declaredTotal"[^>]*value="12"/,
    );
    assert.equal((await director.post(url, { ...right, do: 'paste', pasted: 'x' })).statusCode, 422);
    assert.equal((await read(director, id)).fullCostCents, 0, 'nothing was saved so far');
    assert.equal((await director.post(url, right)).statusCode, 303);
    const file = await read(director, id);
    assert.deepEqual([file.fullCostCents, file.oneTimeCents, file.recurringCents], [1e9, 6e8, 4e8]);

    const csv = (await director.get(`${url}.csv`)).body;
    assert.match(csv, /2026,development,staff,one-time,6000000,6000000\r\n/);
    const boundary = 'b';
    const part = (name: string, value: string, more = '') =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const upload = `${part('_csrf', await director.csrfToken())}${part('file', csv, '; filename="c.csv"')}--${boundary}--\r\n`;
    const sent = await director.sendRaw('POST', `${url}/file`, upload, {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
    assert.equal(sent.statusCode, 200);
    assert.match(sent.body, /name="commitment_1"[^>]*value="4000000"/);
    const cut = await director.sendRaw('POST', `${url}/file`, 'x', {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
    assert.ok(cut.statusCode >= 400 && cut.statusCode < 500);

    assert.equal((await director.post(`/projects/files/${id}/submit`)).statusCode, 303);
    assert.equal((await director.post(`/projects/files/${id}/submit`)).statusCode, 409);
    assert.equal((await auditor.get(`/projects/files/${id}`)).statusCode, 200);
    assert.equal((await auditor.get(url)).statusCode, 200);
    assert.equal((await other.get(`/projects/files/${id}`)).statusCode, 404);
  });

  test('two edits at once: one wins, the other is told, with what changed', async () => {
    const { id, version } = await open('À deux');
    const put = (name: string) => send(director, 'PUT', `${API}/${id}`, { ...FIELDS, version, name });
    const answers = await Promise.all([put('Premier nom'), put('Second nom')]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    const { name } = await read(director, id);
    const form = {
      ...Object.fromEntries(Object.entries(FIELDS).map(([key, value]) => [key, String(value)])),
      outsourcedPercent: '40',
      version: String(version),
      name: 'Mon nom à moi',
    };
    const late = await director.post(`/projects/files/${id}/edit`, form);
    assert.equal(late.statusCode, 409);
    assert.ok(late.body.includes(name), 'what the file says now');
    assert.match(late.body, /value="Mon nom à moi"/);
    const costs = await send(director, 'PUT', `${API}/${id}/costs`, { version, fullCostCents: 0, lines: [] });
    assert.equal(costs.status, 409);
  });

  test('an opinion needs an objective with its four parts', async () => {
    const id = await submitted('Sans objectif');
    const facts = async () => (await fileStateFor(db, id)) ?? assert.fail();
    assert.deepEqual(mayAskForOpinion(await facts()), ['no-objective']);
    const { version } = await read(director, id);
    const open = await listIndicators(db, { reach: [], state: 'open', limit: 500 });
    const indicator = open.find(({ direction }) => direction === 'up') ?? assert.fail();
    const objective = { indicatorId: indicator.id, baselineValue: 40, targetValue: 75, dueOn: '2029-06-30' };
    const put = (objectives: unknown[]) =>
      send(director, 'PUT', `${API}/${id}/objectives`, { version, objectives });
    assert.deepEqual(fieldsOf(await put([{ ...objective, targetValue: 40 }])), ['targetValue_0']);
    assert.deepEqual(fieldsOf(await put([{ ...objective, dueOn: '2020-01-01' }, objective])), [
      'dueOn_0',
      'indicatorId_1',
    ]);
    assert.deepEqual(fieldsOf(await put([{ ...objective, indicatorId: HELENE }])), ['indicatorId_0']);
    assert.equal((await put([objective])).status, 200);
    assert.deepEqual(mayAskForOpinion(await facts()), []);
    const milestone = { title: 'Marché', plannedOn: '2025-01-01', reachedOn: '2030-01-01', weight: 0 };
    const wrong = await send(director, 'PUT', `${API}/${id}/milestones`, {
      version: version + 1,
      milestones: [milestone],
    });
    assert.deepEqual(fieldsOf(wrong), ['plannedOn_0', 'reachedOn_0', 'weight_0']);
  });
});

describe('baselines', () => {
  test('the first is frozen once, nobody rewrites it, and the public sees aggregates only', async () => {
    const id = await submitted('Gelé');
    assert.equal((await nobody.get(`/projects/files/${id}`)).statusCode, 404);
    assert.ok(await freeze(id));
    assert.equal(await freeze(id), null);
    for (const change of [
      sql`update portfolio.baselines set cost_cents = 1 where file_id = ${id}`,
      sql`update portfolio.baselines set state = 'refused', number = null where file_id = ${id}`,
      sql`delete from portfolio.baselines where file_id = ${id}`,
      sql`truncate portfolio.baselines`,
      sql`update portfolio.file_estimates set cost_cents = 1`,
      sql`delete from portfolio.file_events`,
    ]) {
      await assert.rejects(change.execute(db), /never rewritten|never changed/);
    }
    const page = await nobody.get(`/projects/files/${id}`);
    assert.equal(page.statusCode, 200);
    assert.ok(!page.body.includes('Hélène Vasseur') && !page.body.includes('/costs'));
    const open = await read(nobody, id);
    assert.deepEqual([open.fullCostCents, open.oneTimeCents, open.band], [1e9, 6e8, '9-20']);
    for (const key of ['owner', 'earnedValue']) assert.ok(!(key in open), key);
    assert.ok(!('years' in open.baselines[0].plan) && !('authorName' in open.baselines[0]));
    assert.equal((await nobody.getJson(`${API}/${id}/costs`)).statusCode, 403);
    assert.equal((await other.getJson(`${API}/${id}/costs`)).statusCode, 403);
    assert.equal((await auditor.getJson(`${API}/${id}/costs`)).json<Json>().lines.length, 2);
  });

  test('slippage is against the first and the latest; a new baseline has a reason and one decision', async () => {
    const id = await running('À dériver');
    const { version } = await read(director, id);
    const dearer = {
      version,
      fullCostCents: 1_250_000_000,
      lines: [...TABLE, line(2027, 'one-time', 250_000_000)],
    };
    assert.deepEqual(fieldsOf(await send(director, 'PUT', `${API}/${id}/costs`, dearer)), ['reason']);
    const costs = await send(director, 'PUT', `${API}/${id}/costs`, {
      ...dearer,
      reason: 'Une interface de plus',
    });
    assert.equal(costs.status, 200);
    const news = { endOn: '2029-06-30', scopeShare: 0.9, spentEuros: 1000, reason: 'Recette plus longue' };
    assert.deepEqual(
      fieldsOf(
        await send(director, 'POST', `${API}/${id}/news`, {
          ...news,
          endOn: '2025-01-01',
          spentEuros: -1,
          reason: ' ',
        }),
      ),
      ['reason', 'endOn', 'spent'],
    );
    assert.equal((await send(auditor, 'POST', `${API}/${id}/news`, news)).status, 403);
    const given = await send(director, 'POST', `${API}/${id}/news`, news);
    assert.equal(given.body.slippage.first.costShare, 0.25);
    assert.ok(Math.abs(given.body.slippage.first.months - 5.95) < 0.05);

    assert.deepEqual(fieldsOf(await send(director, 'POST', `${API}/${id}/baselines`, { reason: '' })), [
      'reason',
    ]);
    const proposed = await send(director, 'POST', `${API}/${id}/baselines`, { reason: 'Périmètre revu' });
    assert.equal(proposed.status, 201);
    assert.equal((await send(director, 'POST', `${API}/${id}/baselines`, { reason: 'Encore' })).status, 409);
    assert.equal((await read(nobody, id)).baselines.length, 1);
    const baseline = proposed.body.baselines.find((one: Json) => one.state === 'proposed');
    const decision = `${API}/${id}/baselines/${baseline.id}/decision`;
    assert.equal(
      (await send(director, 'POST', decision, { decision: 'approved', reason: 'Oui' })).status,
      403,
    );
    assert.deepEqual(fieldsOf(await send(auditor, 'POST', decision, { decision: 'approved', reason: '' })), [
      'reason',
    ]);
    assert.match((await auditor.get('/desk')).body, /nouvelle référence attend votre décision/);
    const answers = await Promise.all([
      send(auditor, 'POST', decision, { decision: 'approved', reason: 'Établi' }),
      send(secondAuditor, 'POST', decision, { decision: 'refused', reason: 'Non' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    const won = answers[0]?.status === 200;
    const now = await read(director, id);
    const slip: { first: Slippage; latest: Slippage } = now.slippage;
    assert.equal(slip.first.costShare, 0.25);
    assert.equal(slip.latest.costShare, won ? 0 : 0.25);
    assert.match((await director.get('/desk')).body, /À dériver/);
    assert.equal((await auditor.get(`/projects/files/${id}/baselines/${baseline.id}`)).statusCode, 200);
    const late = await auditor.post(`/projects/files/${id}/baselines/${baseline.id}`, {
      decision: 'refused',
      reason: 'x',
    });
    assert.equal(late.statusCode, 409);
  });
});

describe('events', () => {
  const record = (id: string, kind: string, more: object = {}) =>
    send(director, 'POST', `${API}/${id}/events`, {
      kind,
      happenedOn: '2026-11-20',
      reason: 'Parce que',
      ...more,
    });

  test('each has a reason and an effect, and an exit keeps its last state', async () => {
    const id = await running('À sortir');
    assert.deepEqual(fieldsOf(await record(id, 'suspension', { reason: '', happenedOn: '2027-01-01' })), [
      'reason',
      'happenedOn',
    ]);
    assert.equal((await record(id, 'resumption')).status, 409);
    assert.equal((await record(id, 'scope-cut', { scopeShare: 0.75 })).body.slippage.first.scopeShare, -0.25);
    assert.equal((await record(id, 'suspension')).body.state, 'suspended');
    const left = await record(id, 'exit');
    assert.equal(left.body.state, 'exited');
    assert.equal(left.body.events[0].inDifficulty, true, 'a suspended project leaves in difficulty');
    assert.equal(left.body.events[0].details.scopeShare, 0.75);
    assert.equal((await record(id, 'finish')).status, 409);
    assert.equal(
      (
        await send(director, 'PUT', `${API}/${id}/costs`, {
          version: left.body.version,
          fullCostCents: 0,
          lines: [],
        })
      ).status,
      409,
    );
    assert.equal((await record(await running('À finir'), 'finish')).body.phase, 'finished');
  });

  test('a split opens drafts that keep their parent, a merge names who takes over', async () => {
    const id = await running('À scinder');
    assert.deepEqual(fieldsOf(await record(id, 'split', { parts: [] })), ['parts']);
    const split = await record(id, 'split', { parts: ['Lot nord', 'Lot sud'] });
    const parts: Json[] = split.body.events[0].details.parts;
    assert.equal((await read(director, parts[1].id)).parentId, id);
    assert.ok(
      !JSON.stringify(await read(nobody, id)).includes('Lot sud'),
      'a draft’s name is its ministry’s',
    );
    assert.deepEqual(fieldsOf(await record(id, 'merge', { intoId: parts[0].id })), ['intoId']);
    const into = await running('Repreneur');
    assert.equal((await record(id, 'merge', { intoId: into })).body.mergedInto, into);
  });
});

describe('what everyone sees', () => {
  test('averages with and without who left, as page, CSV and JSON', async () => {
    const page = await nobody.get('/projects/slippage');
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /slippage\/1/);
    const json = (await nobody.getJson('/api/v1/project-slippage')).json<Json>();
    assert.ok(json.all.corrected.count > json.all.plain.count);
    const csv = (await nobody.get('/projects/slippage.csv')).body.trim().split('\r\n');
    assert.equal(csv.length - 1, json.projects.length);
  });

  test('the demonstration has a file for each project that stands, and the panorama shows their slippage', async () => {
    const facts = await listFileStates(db);
    const drawn = facts.filter(({ projectSlug }) => projectSlug !== null);
    assert.ok(drawn.length >= 50 && drawn.filter(({ firstBaseline }) => firstBaseline).length >= 40);
    for (const file of drawn) assert.equal(file.oneTimeCents + file.recurringCents, file.fullCostCents);
    const one = drawn.find(({ slippage }) => slippage !== null) ?? assert.fail();
    assert.equal(one.id, inventedId('project-file', one.projectSlug ?? ''));
    const page = await nobody.get(`/projects/${one.projectSlug}`);
    assert.match(page.body, new RegExp(`/projects/files/${one.id}`));
    const hidden = drawn.find(({ firstBaseline }) => !firstBaseline) ?? assert.fail();
    assert.ok(!(await nobody.get(`/projects/${hidden.projectSlug}`)).body.includes('/projects/files/'));
  });

  test('the list is narrowed and read onwards', async () => {
    const first = (await nobody.getJson(`${API}?limit=3&state=running`)).json<Json>();
    const next = (await nobody.getJson(`${API}?limit=3&state=running&cursor=${first.next}`)).json<Json>();
    const ids = [...first.items, ...next.items].map(({ id }: Json) => id);
    assert.equal(new Set(ids).size, 6);
    assert.match((await nobody.get('/projects/files.csv?phase=build')).body, /cost_gap/);
    assert.equal((await nobody.get('/projects/files/nowhere')).statusCode, 404);
    assert.equal((await nobody.get('/projects/files?state=unknown')).statusCode, 400);
  });
});

test('whatever is sent to the forms of a real file, nothing breaks', async () => {
  const id = await running('Éprouvé');
  const cell = fc.oneof(
    anyText({ maxLength: 12 }),
    fc.constantFrom('', '-1', '1e9', '9'.repeat(40), '2026', '2026-13-01', 'NaN', '\u0000', id, '\ud800'),
  );
  const names = [
    ...[
      'version',
      'do',
      'remove',
      'pasted',
      'declaredTotal',
      'reason',
      'name',
      'startedOn',
      'plannedEndOn',
      'ownerId',
    ],
    ...[
      'endOn',
      'scopePercent',
      'spent',
      'kind',
      'happenedOn',
      'parts',
      'intoId',
      'decision',
      'scopeText',
      'phase',
    ],
    ...[
      'year_0',
      'activity_0',
      'commitment_0',
      'payment_1',
      'title_0',
      'plannedOn_0',
      'weight_0',
      'indicatorId_0',
      'x_9999',
    ],
  ];
  const form = fc.dictionary(fc.constantFrom(...names), cell, { maxKeys: 8, noNullPrototype: true });
  const paths = [
    'edit',
    'costs',
    'milestones',
    'objectives',
    'news',
    'events/new',
    'baselines/new',
    `baselines/${id}`,
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), form, async (path, fields) => {
      const answer = await director.post(`/projects/files/${id}/${path}`, fields);
      assert.ok(answer.statusCode < 500, `${path}: ${answer.statusCode}`);
    }),
    { numRuns: 60 },
  );
});
