// A conference from its opening to its frozen minutes, through pages and REST, and who sees and does what.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { inventedId } from '#modules/identity/public.ts';
import { startTestApp, TEST_NOW, type TestClient } from '#test/support/app.ts';

const state = await startTestApp();
const { db, clock } = state.kernel;
const auditor = await state.signedInAs('auditor');
const administrator = await state.signedInAs('administrator');
const nobody = state.client();
const api = '/api/v1/conferences';
const MINISTRY = inventedId('organisation', 'MIN');

async function signedInAs(name: string): Promise<TestClient> {
  const client = state.client();
  const answer = await client.post('/sign-in/demonstration', { personId: inventedId('person', name) });
  assert.equal(answer.statusCode, 303);
  return client;
}
const director = await signedInAs('François-Xavier Cointet');
const otherDirector = await signedInAs('Mélanie Jourdain');

interface Item {
  readonly id: string;
  readonly fileId: string;
  readonly position: number;
  readonly why: { readonly kind: string };
  readonly sheet: { readonly cost: { readonly fullCents: number } } | null;
  readonly comment: string;
  readonly decision: string | null;
}
interface Read {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly agenda: readonly Item[];
  readonly minutesSha256: string | null;
  readonly recommendationIds: readonly string[];
}
const read = async (id: string) => (await auditor.getJson(`${api}/${id}`)).json<Read>();

async function opened(heldOn = '2026-11-24'): Promise<Read> {
  const answer = await auditor.postJson(api, { organisationId: MINISTRY, heldOn });
  assert.equal(answer.statusCode, 201, answer.body.slice(0, 500));
  return answer.json<Read>();
}
async function send(
  client: TestClient,
  method: string,
  id: string,
  rest: string,
  body: Record<string, unknown> = {},
) {
  const { version } = await read(id);
  return sendJson(client, method, `${api}/${id}/${rest}`, { version, ...body });
}
async function sendJson(client: TestClient, method: string, url: string, body: Record<string, unknown>) {
  return client.send(method, url, {
    payload: JSON.stringify(body),
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-csrf-token': await client.csrfToken(),
    },
  });
}

describe('a conference', () => {
  test('is opened by the directorate with the agenda that the watch proposes', async () => {
    const form = await auditor.post('/projects/conferences/new', {
      organisationId: 'x',
      heldOn: '2020-01-01',
    });
    assert.equal(form.statusCode, 422);
    assert.match(form.body, /href="#organisationId"/);
    assert.match(form.body, /href="#heldOn"/);
    assert.match(form.body, /value="2020-01-01"/);
    assert.equal((await director.get('/projects/conferences/new')).statusCode, 403);
    assert.equal((await nobody.get('/projects/conferences')).statusCode, 303);
    const { agenda } = await opened();
    assert.ok(agenda.length > 0);
    assert.deepEqual(
      agenda.map(({ position }) => position),
      agenda.map((_, at) => at + 1),
    );
    const rank = { difficulty: 0, overdue: 1, cost: 2 } as Readonly<Record<string, number>>;
    const ranks = agenda.map(({ why }) => rank[why.kind] ?? 9);
    assert.deepEqual(ranks, ranks.toSorted());
  });

  test('is its ministry’s, the directorate’s, and no other’s', async () => {
    const { id, agenda } = await opened();
    const [item] = agenda as [Item];
    for (const address of [`/projects/conferences/${id}`, `/projects/conferences/${id}/items/${item.id}`]) {
      assert.equal((await director.get(address)).statusCode, 200, address);
      assert.equal((await administrator.get(address)).statusCode, 200, address);
      assert.equal((await otherDirector.get(address)).statusCode, 404, address);
    }
    assert.equal((await otherDirector.postJson(`${api}/${id}/sheets`, { version: 1 })).statusCode, 404);
    assert.equal((await nobody.getJson(`${api}/${id}`)).statusCode, 401);
    assert.equal((await director.getJson(`${api}/${id}`)).statusCode, 200);
    assert.equal((await auditor.get(`/projects/conferences/${id}/minutes.pdf`)).statusCode, 404);
  });

  test('has its agenda moved by hand, of the ministry’s projects alone', async () => {
    const { id, version, agenda } = await opened();
    const [one] = agenda as [Item];
    const moved = await auditor.post(`/projects/conferences/${id}/agenda`, {
      version: String(version),
      move: 'remove',
      fileId: one.fileId,
    });
    assert.equal(moved.statusCode, 303);
    assert.ok((await read(id)).agenda.every(({ fileId }) => fileId !== one.fileId));
    const { rows } = await sql<{ id: string }>`
      select id from portfolio.project_files where organisation_id = ${inventedId('organisation', 'MJU')} limit 1`.execute(
      db,
    );
    const foreign = await send(auditor, 'PUT', id, 'agenda', { fileIds: [rows[0]?.id] });
    assert.equal(foreign.statusCode, 400);
    assert.match(foreign.body, /"field":"fileId"/);
    const stale = await sendJson(auditor, 'PUT', `${api}/${id}/agenda`, { version, fileIds: [] });
    assert.equal(stale.statusCode, 409);
    assert.equal(
      (await send(auditor, 'PUT', id, 'agenda', { fileIds: [one.fileId] })).json<Read>().agenda.length,
      1,
    );
  });

  test('has sheets that the ministry comments and hands in, which then stand', async () => {
    const { id, agenda } = await opened();
    const [item] = agenda as [Item];
    const comment = 'Le marché sera notifié en janvier.';
    assert.equal((await send(auditor, 'PUT', id, `items/${item.id}/comment`, { comment })).statusCode, 403);
    assert.equal((await send(director, 'PUT', id, `items/${item.id}/comment`, { comment })).statusCode, 200);
    const handed = (await send(director, 'POST', id, 'sheets')).json<Read>();
    assert.equal(handed.state, 'prepared');
    assert.ok(handed.agenda.every(({ sheet }) => (sheet?.cost.fullCents ?? -1) >= 0));
    assert.equal(
      (await send(director, 'PUT', id, `items/${item.id}/comment`, { comment: '' })).statusCode,
      409,
    );
    const page = await auditor.get(`/projects/conferences/${id}/items/${item.id}`);
    assert.match(page.body, /Le marché sera notifié en janvier/);
    assert.match(page.body, /Accessibilité/);
    assert.equal((await send(auditor, 'POST', id, 'giving-back')).json<Read>().state, 'drafted');
  });

  test('records nothing of a session that is to come', async () => {
    const { id, agenda } = await opened('2026-12-15');
    const [item] = agenda as [Item];
    const conclusions = 'Le projet avance comme prévu.';
    const early = await send(auditor, 'PUT', id, `items/${item.id}/conclusions`, { conclusions });
    assert.equal(early.statusCode, 409);
    assert.match(early.body, /conference-is-to-come/);
    assert.equal((await send(auditor, 'POST', id, 'closure')).statusCode, 409);
  });
});

describe('a session', () => {
  let id = '';
  let item = {} as Item;
  before(async () => {
    const conference = await opened();
    id = conference.id;
    // One whose alerts are open, so that the decision has something to decide.
    item = conference.agenda.find(({ why }) => why.kind === 'difficulty') ?? (conference.agenda[0] as Item);
  });

  test('is not closed without participants', async () => {
    const answer = await send(auditor, 'POST', id, 'closure');
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, /minutes-are-bare/);
  });

  test('sends its recommendations into the register', async () => {
    const bad = await send(auditor, 'POST', id, `items/${item.id}/recommendations`, {
      text: 'non',
      dueOn: '2020-01-01',
    });
    assert.equal(bad.statusCode, 400);
    for (const field of ['text', 'dueOn']) assert.match(bad.body, new RegExp(`"field":"${field}"`));
    const text = 'Proposer une nouvelle référence avant la fin du trimestre.';
    const made = await send(auditor, 'POST', id, `items/${item.id}/recommendations`, {
      text,
      dueOn: '2027-03-31',
    });
    const [first] = made.json<Read>().recommendationIds;
    const one = (await director.getJson(`/api/v1/recommendations/${first}`)).json<Record<string, unknown>>();
    assert.deepEqual([one.sourceKind, one.sourceId, one.text, one.state], ['conference', id, text, 'issued']);
  });

  test('decides once on a project, for all its open alerts', async () => {
    const open = async () =>
      (await auditor.getJson('/api/v1/alerts?state=open&limit=200'))
        .json<{ items: { fileId: string }[] }>()
        .items.filter(({ fileId }) => fileId === item.fileId).length;
    const reason = 'La conférence demande une première mise en service plus petite.';
    const body = { decision: 'accepted-risk', reason, until: '2027-02-28' };
    assert.equal((await send(director, 'POST', id, `items/${item.id}/decision`, body)).statusCode, 403);
    assert.equal((await send(auditor, 'POST', id, `items/${item.id}/decision`, body)).statusCode, 200);
    assert.equal(await open(), 0);
    const again = await send(auditor, 'POST', id, `items/${item.id}/decision`, body);
    assert.equal(again.statusCode, 409);
  });

  test('is closed with minutes as PDF, whose hash is in the ledger and which never change', async () => {
    const participants =
      'François-Xavier Cointet, directeur du numérique\nAnaïs Kerbrat, direction du numérique';
    assert.equal((await send(auditor, 'PUT', id, 'session', { participants, summary: '' })).statusCode, 200);
    const conclusions = 'La première mise en service est réduite aux deux démarches les plus utilisées.';
    assert.equal(
      (await send(auditor, 'PUT', id, `items/${item.id}/conclusions`, { conclusions })).statusCode,
      200,
    );
    const { version } = await read(id);
    const close = () => auditor.postJson(`${api}/${id}/closure`, { version });
    const answers = await Promise.all([close(), close()]);
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 409]);
    const minutes = await director.get(`/projects/conferences/${id}/minutes.pdf`);
    assert.equal(minutes.headers['content-type'], 'application/pdf');
    assert.equal(minutes.headers['cache-control'], 'private, no-store');
    assert.match(
      String(minutes.headers['content-disposition']),
      /^inline; filename="conference-2026-11-24-\d+\.pdf"$/,
    );
    assert.equal(minutes.rawPayload.subarray(0, 8).toString('latin1'), '%PDF-1.7');
    const sha256 = createHash('sha256').update(minutes.rawPayload).digest('hex');
    assert.equal((await read(id)).minutesSha256, sha256);
    const { rows } = await sql<{ data: { minutesSha256: string } }>`
      select data from ledger.waiting where kind = 'portfolio.conference-closed' and subject = ${`portfolio/conference/${id}`}
      union all select data from ledger.entries where kind = 'portfolio.conference-closed'
        and subject = ${`portfolio/conference/${id}`}`.execute(db);
    assert.equal(rows[0]?.data.minutesSha256, sha256);
    await assert.rejects(
      sql`update portfolio.conference_minutes set sha256 = sha256`.execute(db),
      /never changed|snapshot/,
    );
    assert.equal((await otherDirector.get(`/projects/conferences/${id}/minutes.pdf`)).statusCode, 404);
    assert.equal((await nobody.get(`/projects/conferences/${id}/minutes.pdf`)).statusCode, 303);
    const late = await send(auditor, 'PUT', id, `items/${item.id}/conclusions`, { conclusions });
    assert.equal(late.statusCode, 409);
  });
});

test('the demonstration holds a conference over, one prepared and one drafted', async () => {
  assert.equal(clock.now().getTime(), TEST_NOW.getTime());
  const { items } = (await auditor.getJson(`${api}?limit=200`)).json<{
    items: { id: string; state: string }[];
  }>();
  const invented = ['past', 'prepared', 'drafted'].map(
    (name) => items.find(({ id }) => id === inventedId('request', `portfolio/conference/${name}`))?.state,
  );
  assert.deepEqual(invented, ['closed', 'prepared', 'drafted']);
  assert.match((await auditor.get('/projects/conferences')).body, /minutes\.pdf/);
});
