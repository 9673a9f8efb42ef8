// Opinions over HTTP and the job against the demonstration State: who sees and does what, the statutory clock with a moved
// clock, two decisions at once, redaction, signs of a threshold avoided.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { inventedId } from '#modules/identity/public.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { recordTacitApprovals, recordTacitIfDue } from './examination.actions.ts';
import { writeFile } from './opinions.fixture.ts';
import { findThresholdSignals } from './signals.actions.ts';

const state = await startTestApp();
const { kernel } = state;
const API = '/api/v1/opinion-requests';
const signal = new AbortController().signal;

// Sessions end with the day: whoever acts signs in at that moment.
async function as(name: string): Promise<TestClient> {
  const client = state.client();
  const answer = await client.post('/sign-in/demonstration', { personId: inventedId('person', name) });
  assert.equal(answer.statusCode, 303);
  return client;
}
const ministry = () => as('Hélène Vasseur');
const stranger = () => as('Mélanie Jourdain');
const auditor = () => as('Anaïs Kerbrat');
const nobody = state.client();

const axes = {
  strategy: 'Un seul guichet pour tous.',
  finance: 'Le programme P156 paie tout.',
  governance: 'Un comité chaque mois.',
  delivery: 'Une équipe de six personnes.',
  planning: 'Une première version en un an.',
};
const opinion = (more: object = {}) => ({
  kind: 'favourable',
  summary: 'Le projet répond à un besoin réel et son équipe est en place.',
  probability: 0.6,
  ...more,
});
interface Read {
  id: string;
  state: string;
  version: number;
  lastDay: string | null;
  conforming: boolean;
  clock: { kind: string; tacitOn?: string; daysLeft?: number } | null;
  consultations: { body: string; stance: string | null; comment: string; dueOn: string }[];
  opinion: { id: string; kind: string; tacit: boolean; effectiveOn: string; issuedAt: string } | null;
}

let count = 0;
async function submitted(at: string, more: { at?: string; classified?: boolean; meur?: number } = {}) {
  kernel.clock.moveTo(new Date(at));
  count += 1;
  const sketch = { name: `Guichet ${count}`, at: 'DGI', meur: 12, ...more };
  const fileId = await writeFile(kernel.db, kernel.clock.now(), sketch);
  const client = await ministry();
  const drafted = await client.postJson(API, { fileId, axes });
  assert.equal(drafted.statusCode, 201, drafted.body);
  const { id } = drafted.json<Read>();
  const answer = await client.postJson(`${API}/${id}/submission`, {});
  assert.equal(answer.statusCode, 200, answer.body);
  return { id, fileId, read: answer.json<Read>() };
}
const read = async (id: string) => (await (await auditor()).getJson(`${API}/${id}`)).json<Read>();
const baselines = async (fileId: string) =>
  (
    await sql<{ opinionId: string | null }>`select opinion_id as "opinionId" from portfolio.baselines
      where file_id = ${fileId} and number = 1`.execute(kernel.db)
  ).rows;
const events = async (id: string) =>
  (
    await sql<{
      kind: string;
    }>`select kind from ledger.waiting where subject = ${`portfolio/opinion-request/${id}`}`.execute(
      kernel.db,
    )
  ).rows.map(({ kind }) => kind);

describe('asking for an opinion', () => {
  test('without a minimum impact objective it is refused with the reason', async () => {
    const sketch = { name: 'Sans objectif', at: 'DGI', meur: 20, objectives: false };
    const fileId = await writeFile(kernel.db, kernel.clock.now(), sketch);
    const client = await ministry();
    const answer = await client.postJson(API, { fileId, axes });
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, /fileId/);
    assert.match(answer.body, /objectif d’impact/);
    const page = await client.post('/projects/opinions/requests/new', { fileId, ...axes });
    assert.equal(page.statusCode, 422);
    assert.match(page.body, /href="#fileId"/);
    assert.match(page.body, /Un seul guichet/);
  });

  test('a ministry never sees another’s draft; an auditor sees none', async () => {
    const fileId = await writeFile(kernel.db, kernel.clock.now(), { name: 'Brouillon', at: 'DGI', meur: 20 });
    const client = await ministry();
    const other = await (await stranger()).postJson(API, { fileId, axes });
    assert.equal(other.statusCode, 400);
    const { id, version } = (await client.postJson(API, { fileId, axes: {} })).json<Read>();
    for (const who of [await stranger(), await auditor()]) {
      assert.equal((await who.getJson(`${API}/${id}`)).statusCode, 404);
      assert.equal((await who.get(`/projects/opinions/requests/${id}`)).statusCode, 404);
    }
    assert.equal((await nobody.getJson(`${API}/${id}`)).statusCode, 401);
    assert.equal((await client.get(`/projects/opinions/requests/${id}`)).statusCode, 200);
    // Five axes before it is submitted, and one request at a time.
    const empty = await client.postJson(`${API}/${id}/submission`, {});
    assert.equal(empty.statusCode, 400);
    assert.match(empty.body, /planning/);
    assert.equal((await client.postJson(API, { fileId, axes })).statusCode, 409);
    const write = async (read: number) =>
      client.send('PUT', `${API}/${id}/axes`, {
        payload: JSON.stringify({ version: read, axes }),
        headers: { 'content-type': 'application/json', 'x-csrf-token': await client.csrfToken() },
      });
    assert.equal((await write(version)).statusCode, 200);
    assert.equal((await write(version)).statusCode, 409);
  });
});

describe('the statutory clock', () => {
  const silent: [string, string, string, string, string][] = [
    // Submitted (UTC), still running, expired, last day, day of silence.
    ['a month end', '2027-01-31T09:00:00Z', '2027-02-28T22:59:00Z', '2027-02-28T23:00:00Z', '2027-03-01'],
    [
      'the spring change',
      '2027-02-28T09:00:00Z',
      '2027-03-28T21:59:00Z',
      '2027-03-28T22:00:00Z',
      '2027-03-29',
    ],
    [
      'the autumn change',
      '2027-09-30T22:30:00Z',
      '2027-11-01T22:59:00Z',
      '2027-11-01T23:00:00Z',
      '2027-11-02',
    ],
  ];
  for (const [name, at, before, after, effectiveOn] of silent)
    test(`silence is approval after one month: ${name}`, async () => {
      const { id, fileId, read: fresh } = await submitted(at);
      assert.equal(fresh.clock?.tacitOn, effectiveOn);
      kernel.clock.moveTo(new Date(before));
      await recordTacitApprovals(kernel, signal);
      assert.equal((await read(id)).state, 'submitted');
      kernel.clock.moveTo(new Date(after));
      await recordTacitApprovals(kernel, signal);
      const tacit = await read(id);
      assert.equal(tacit.state, 'tacit');
      assert.deepEqual(
        [tacit.opinion?.kind, tacit.opinion?.tacit, tacit.opinion?.effectiveOn],
        ['favourable', true, effectiveOn],
      );
      // The first baseline is frozen by it.
      assert.deepEqual(await baselines(fileId), [{ opinionId: tacit.opinion?.id }]);
      assert.equal((await events(id)).filter((kind) => kind.endsWith('deemed-favourable')).length, 1);
    });

  test('recorded once by several processes, late after a long stop, with the day of the law', async () => {
    const { id, fileId } = await submitted('2028-01-31T09:00:00Z');
    // Nothing ran for months: an installation that starts again records it with its own day.
    kernel.clock.moveTo(new Date('2028-07-14T12:00:00Z'));
    const all = await Promise.all(Array.from({ length: 6 }, () => recordTacitIfDue(kernel, id)));
    assert.equal(all.filter(Boolean).length, 1);
    assert.deepEqual(await recordTacitApprovals(kernel, signal), { recorded: 0 });
    const tacit = await read(id);
    assert.equal(tacit.opinion?.effectiveOn, '2028-03-01');
    assert.match(tacit.opinion?.issuedAt ?? '', /^2028-07-14/);
    assert.equal((await baselines(fileId)).length, 1);
  });

  test('a suspension over the end holds it back; the days that were left come after', async () => {
    const { id } = await submitted('2029-02-11T09:00:00Z');
    kernel.clock.moveTo(new Date('2029-03-10T09:00:00Z'));
    const asked = await (await auditor()).postJson(`${API}/${id}/complements`, {
      asked: 'Le détail des coûts.',
    });
    assert.deepEqual(asked.json<Read>().clock, { kind: 'suspended', since: '2029-03-10', daysLeft: 1 });
    kernel.clock.moveTo(new Date('2029-05-10T09:00:00Z'));
    await recordTacitApprovals(kernel, signal);
    assert.equal((await read(id)).state, 'suspended');
    assert.equal((await (await auditor()).postJson(`${API}/${id}/opinion`, opinion())).statusCode, 409);
    const stray = await (await stranger()).postJson(`${API}/${id}/answers`, { answer: 'Voici le détail.' });
    assert.equal(stray.statusCode, 404);
    const answered = await (await ministry()).postJson(`${API}/${id}/answers`, {
      answer: 'Voici le détail.',
    });
    assert.equal(answered.json<Read>().lastDay, '2029-05-11');
    kernel.clock.moveTo(new Date('2029-05-11T21:59:00Z'));
    await recordTacitApprovals(kernel, signal);
    assert.equal((await read(id)).state, 'submitted');
    kernel.clock.moveTo(new Date('2029-05-11T22:00:00Z'));
    await recordTacitApprovals(kernel, signal);
    assert.equal((await read(id)).opinion?.effectiveOn, '2029-05-12');
  });

  test('after the last day nobody decides, suspends or withdraws, even where the job did not run yet', async () => {
    for (const [deed, who, body] of [
      ['opinion', auditor, opinion({ kind: 'unfavourable' })],
      ['complements', auditor, { asked: 'Le détail des coûts.' }],
      ['withdrawal', ministry, { reason: 'Le projet change de nature.' }],
    ] as const) {
      const { id } = await submitted('2030-04-30T09:00:00Z');
      kernel.clock.moveTo(new Date('2030-05-30T22:00:00Z'));
      const answer = await (await who()).postJson(`${API}/${id}/${deed}`, body);
      assert.equal(answer.statusCode, 409, deed);
      const after = await read(id);
      assert.deepEqual([after.state, after.opinion?.tacit], ['tacit', true]);
    }
  });

  test('of a decision and the job at the same moment one wins and the other is told', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, fileId } = await submitted('2031-01-15T09:00:00Z');
      kernel.clock.moveTo(new Date('2031-02-15T22:59:59.990Z'));
      const instructor = await auditor();
      const deciding = instructor.postJson(`${API}/${id}/opinion`, opinion({ kind: 'unfavourable' }));
      if (round % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 5));
      kernel.clock.moveTo(new Date('2031-02-15T23:00:00Z'));
      const [answer, job] = await Promise.all([deciding, recordTacitIfDue(kernel, id)]);
      const after = await read(id);
      if (answer.statusCode === 200) {
        assert.equal(job, false);
        assert.deepEqual([after.state, after.opinion?.kind], ['issued', 'unfavourable']);
        assert.equal((await baselines(fileId)).length, 0);
      } else {
        assert.equal(answer.statusCode, 409);
        assert.deepEqual([after.state, after.opinion?.tacit], ['tacit', true]);
      }
      const { rows } = await sql`select from portfolio.opinions where request_id = ${id}`.execute(kernel.db);
      assert.equal(rows.length, 1);
    }
  });

  test('a delay that is decided later does not reach a clock that runs', async () => {
    const { id } = await submitted('2032-03-10T09:00:00Z');
    const change = { value: 2, effectiveOn: '2032-03-11', reason: 'Décret n° 2032-1.' };
    const path = '/api/v1/project-settings/opinion-delay-months/values';
    assert.equal((await (await ministry()).postJson(path, change)).statusCode, 403);
    assert.equal(
      (await (await auditor()).postJson(path, { ...change, effectiveOn: '2032-03-09' })).statusCode,
      400,
    );
    assert.equal((await (await auditor()).postJson(path, { ...change, value: 0 })).statusCode, 400);
    assert.equal((await (await auditor()).postJson(path, change)).statusCode, 201);
    assert.equal((await read(id)).lastDay, '2032-04-10');
    const { read: later } = await submitted('2032-03-11T09:00:00Z');
    assert.equal(later.lastDay, '2032-05-11');
    const back = { value: 1, effectiveOn: '2032-03-11', reason: 'Le décret est retiré.' };
    await (await auditor()).postJson(path, back);
    assert.match((await nobody.get('/projects/settings/opinion-delay-months')).body, /Le décret est retiré/);
  });
});

describe('the opinion', () => {
  test('consulted bodies answer on their own; the ministry reads nothing of it', async () => {
    const { id, read: fresh } = await submitted('2033-03-01T09:00:00Z');
    assert.deepEqual(
      fresh.consultations.map(({ body, dueOn }) => [body, dueOn]),
      [
        ['security', '2033-03-26'],
        ['budget', '2033-03-26'],
      ],
    );
    const budget = await as('Séverine Blanchet');
    assert.equal((await budget.get(`/projects/opinions/requests/${id}/comment`)).statusCode, 200);
    const comment = { stance: 'reserved', comment: 'Le gain annoncé n’est pas démontré.' };
    assert.equal((await (await stranger()).postJson(`${API}/${id}/comments`, comment)).statusCode, 404);
    assert.equal((await (await ministry()).postJson(`${API}/${id}/comments`, comment)).statusCode, 403);
    assert.equal((await budget.postJson(`${API}/${id}/comments`, { stance: 'opposed' })).statusCode, 400);
    const given = await budget.postJson(`${API}/${id}/comments`, comment);
    assert.equal(given.statusCode, 200, given.body);
    assert.equal((await budget.postJson(`${API}/${id}/comments`, comment)).statusCode, 409);
    const seen = (await (await ministry()).getJson(`${API}/${id}`)).json<Read>();
    assert.ok(seen.consultations.every((one) => one.comment === '' && one.stance === null));
    assert.equal((await read(id)).consultations[1]?.comment, comment.comment);
    const desk = async (who: TestClient) => (await who.get('/desk')).body;
    assert.match(await desk(await as('Yannick Le Goff')), /Observations à donner/);
    assert.match(await desk(await auditor()), /Avis à rendre/);
  });

  test('is given once, with its probability and recommendations; two at once: one wins', async () => {
    const { id, fileId, read: fresh } = await submitted('2034-03-01T09:00:00Z');
    assert.equal(fresh.conforming, true);
    const recommendations = [{ text: 'Nommer un chef de produit.', dueOn: '2034-09-01' }];
    const typed = opinion({ kind: 'recommendations', recommendations });
    const path = `${API}/${id}/opinion`;
    assert.equal((await (await ministry()).postJson(path, typed)).statusCode, 403);
    const instructor = await auditor();
    for (const [field, wrong] of [
      ['probability', opinion({ probability: 1.5 })],
      ['recommendations', opinion({ kind: 'recommendations' })],
      [
        'dueOn',
        opinion({
          kind: 'recommendations',
          recommendations: [{ ...recommendations[0], dueOn: '2034-02-30' }],
        }),
      ],
      ['summary', opinion({ summary: 'Non' })],
    ] as const) {
      const answer = await instructor.postJson(path, wrong);
      assert.equal(answer.statusCode, 400);
      assert.match(answer.body, new RegExp(field));
    }
    assert.equal((await read(id)).state, 'submitted');
    const both = await Promise.all([
      instructor.postJson(path, typed),
      (await as('Rémi Delaunay')).postJson(path, opinion({ kind: 'unfavourable' })),
    ]);
    assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [200, 409]);
    assert.equal((await instructor.postJson(path, typed)).statusCode, 409);
    const decided = await read(id);
    assert.equal(decided.state, 'issued');
    if (decided.opinion?.kind === 'recommendations') {
      assert.deepEqual(await baselines(fileId), [{ opinionId: decided.opinion.id }]);
      const { rows } = await sql`select from portfolio.recommendations
        where source_id = ${decided.opinion.id}`.execute(kernel.db);
      assert.equal(rows.length, 1);
    }
  });

  test('what is struck out never leaves the server; classified files are never published', async () => {
    const { id } = await submitted('2035-03-01T09:00:00Z');
    const instructor = await auditor();
    const summary = 'Le titulaire pressenti, Arcadine Conseil, demande 4 M€ de trop.';
    assert.equal((await instructor.postJson(`${API}/${id}/publications`, {})).statusCode, 409);
    const given = await instructor.postJson(
      `${API}/${id}/opinion`,
      opinion({ summary, axes: { finance: 'Offre secrète à revoir.' } }),
    );
    const opinionId = given.json<Read>().opinion?.id ?? '';
    assert.equal((await nobody.get(`/projects/opinions/${opinionId}`)).statusCode, 404);
    const marked = {
      ground: 'under-tender',
      summary: summary.replace('Arcadine Conseil', '[[Arcadine Conseil]]').replace('4 M€', '[[4 M€]]'),
      finance: '[[Offre secrète]] à revoir.',
    };
    const changed = await instructor.postJson(`${API}/${id}/publications`, {
      ...marked,
      summary: 'Autre [[chose]].',
    });
    assert.equal(changed.statusCode, 400);
    assert.match(changed.body, /summary/);
    assert.equal(
      (await instructor.postJson(`${API}/${id}/publications`, { ...marked, ground: 'none' })).statusCode,
      400,
    );
    const form = await instructor.post(`/projects/opinions/requests/${id}/publish`, marked);
    assert.equal(form.statusCode, 303, form.body);
    for (const path of [
      `/projects/opinions/${opinionId}`,
      '/projects/opinions',
      '/projects/opinions.csv',
      `/api/v1/opinions/${opinionId}`,
      '/api/v1/opinions',
    ])
      for (const who of [nobody, await stranger()]) {
        const answer = await who.get(path);
        assert.equal(answer.statusCode, 200, path);
        assert.doesNotMatch(answer.body, /Arcadine Conseil|4 M€ de|Offre secrète/, path);
      }
    assert.match(
      (await nobody.get(`/projects/opinions/${opinionId}`)).body,
      /pressenti, \[…\], demande \[…\]/,
    );
    const secret = await submitted('2035-03-02T09:00:00Z', { classified: true });
    const clerk = await auditor();
    await clerk.postJson(`${API}/${secret.id}/opinion`, opinion());
    assert.equal(
      (await clerk.postJson(`${API}/${secret.id}/publications`, { ground: 'none' })).statusCode,
      409,
    );
  });

  test('is simple for a supervised body', async () => {
    kernel.clock.moveTo(new Date('2036-03-01T09:00:00Z'));
    const fileId = await writeFile(kernel.db, kernel.clock.now(), {
      name: 'Statistiques',
      at: 'ISE',
      meur: 12,
    });
    const client = await ministry();
    const { id } = (await client.postJson(API, { fileId, axes })).json<Read>();
    assert.equal((await client.postJson(`${API}/${id}/submission`, {})).json<Read>().conforming, false);
  });
});

test('signs of a threshold avoided are proposed once and decided by a person', async () => {
  kernel.clock.moveTo(new Date('2037-03-01T09:00:00Z'));
  const instructor = await auditor();
  await findThresholdSignals(kernel);
  const split = { at: 'DDI', startedOn: '2027-01-01' };
  const ids = [
    await writeFile(kernel.db, kernel.clock.now(), { ...split, name: 'Bagages lot A', meur: 5 }),
    await writeFile(kernel.db, kernel.clock.now(), { ...split, name: 'Bagages lot B', meur: 5 }),
  ];
  assert.deepEqual(await findThresholdSignals(kernel), { found: 1 });
  assert.deepEqual(await findThresholdSignals(kernel), { found: 0 });
  const list = await instructor.getJson('/api/v1/threshold-signals?state=proposed');
  const items = list.json<{ items: { id: string; fileIds: string[]; reasons: { kind: string }[] }[] }>()
    .items;
  const found = items.find(({ fileIds }) => fileIds.includes(ids[0] ?? ''));
  assert.deepEqual(found?.fileIds.toSorted(), ids.toSorted());
  assert.deepEqual(
    found?.reasons.map(({ kind }) => kind),
    ['total', 'names', 'dates'],
  );
  const path = `/api/v1/threshold-signals/${found?.id}/decision`;
  const decision = { decision: 'grouped', reason: 'Deux lots d’un même outil.' };
  assert.equal((await (await ministry()).postJson(path, decision)).statusCode, 403);
  assert.equal((await instructor.postJson(path, { decision: 'grouped', reason: '' })).statusCode, 400);
  assert.equal((await instructor.get(`/projects/opinions/signals/${found?.id}`)).statusCode, 200);
  const both = await Promise.all([
    instructor.postJson(path, decision),
    instructor.postJson(path, { ...decision, decision: 'dismissed' }),
  ]);
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [200, 409]);
  assert.deepEqual(await findThresholdSignals(kernel), { found: 0 });
});
