// Sources over the whole application: hostile addresses, pushes, files and Socle's own measures, by those who may.
import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { type OutgoingRequest, openOutgoing } from '#platform/http/outgoing.ts';
import { startTestApp } from '#test/support/app.ts';
import { startDemonstrationProducts } from './products.demonstration.ts';
import { runSource } from './runs.actions.ts';
import { findSource, listSources } from './sources.repository.ts';
import type { SourceRun } from './sources.types.ts';

const { kernel, client, signedInAs } = await startTestApp();
const impatient = { ...kernel, outgoing: openOutgoing({ allowPrivate: true, timeoutMs: 300 }) };
const guarded = { ...kernel, outgoing: openOutgoing({ allowPrivate: false }) };
const team = await signedInAs('product-team');
const day = '2026-11-20';

const servers: Server[] = [];
after(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await Promise.all([impatient.outgoing.close(), guarded.outgoing.close()]);
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/stats`;
}

/** An open indicator that the team writes: the first that its form of a new source offers. */
const form = (await team.get('/impact/sources/new?kind=push')).body;
const indicatorId = /<option value="([0-9a-f-]{36})"/.exec(form)?.[1] ?? '';
assert.notEqual(indicatorId, '');

async function add(body: Record<string, unknown>): Promise<{ id: string; token: string | null }> {
  const answer = await team.postJson('/api/v1/impact/sources', { indicatorId, ...body });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json();
}

const addressSource = (url: string) => add({ kind: 'address', url, day: '/d', value: '/v', segment: '/s' });

async function runOf(listener: RequestListener, with_: typeof guarded = impatient) {
  const { id } = await addressSource(await serve(listener));
  const run = await runSource(with_, id);
  return { id, run: run as Omit<SourceRun, 'id'> };
}

const json: RequestListener = (_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify([
      { d: day, v: 3, s: 'web' },
      { d: '2999-01-01', v: 1 },
      { d: day, v: 'NaN' },
    ]),
  );
};

test('a statistics address is read, and its bad lines are told', async () => {
  const { id, run } = await runOf(json);
  assert.deepEqual([run.outcome, run.taken, run.refused], ['read', 1, 2]);
  assert.equal(run.detail, '2 future, 3 not-a-number');
  assert.equal((await runSource(impatient, id))?.unchanged, 1);
  const page = await team.get(`/impact/sources/${id}`);
  assert.match(page.body, /Lignes refusées/);
});

test('the demonstration’s products are read as any other: yesterday comes, and one that moved is a failure', async () => {
  const products = await startDemonstrationProducts(kernel, 0);
  const theirs = `http://127.0.0.1:${kernel.config.demoProductsPort}`;
  const outgoing = {
    ...kernel.outgoing,
    fetch: (url: string, request?: OutgoingRequest) =>
      kernel.outgoing.fetch(url.replace(theirs, products.origin), request),
  };
  const sources = (await listSources(kernel.db, 'all', { after: null, limit: 100 })).filter(({ settings }) =>
    settings.url.startsWith(theirs),
  );
  const came: Record<string, unknown[]> = {};
  for (const { id, indicatorName } of sources) {
    const run = await runSource({ ...kernel, outgoing }, id);
    came[indicatorName] = [run?.outcome, run?.taken, run?.unchanged, run?.corrected, run?.refused];
  }
  await products.stop();
  assert.deepEqual(came, {
    'Demandes de quotient familial menées jusqu’au bout': ['read', 1, 89, 0, 0],
    'Rendez-vous de prévention pris en ligne': ['read', 1, 89, 0, 0],
    'Démarches abandonnées': ['bad-status', 0, 0, 0, 0],
  });
});

test('an answer that did not change is not read again', async () => {
  const { id } = await runOf((request, response) => {
    response.setHeader('etag', '"a"').setHeader('content-type', 'application/json');
    if (request.headers['if-none-match'] === '"a"') response.writeHead(304).end();
    else response.end(JSON.stringify([{ d: day, v: 5, s: 'etag' }]));
  });
  assert.equal((await runSource(impatient, id))?.outcome, 'not-modified');
});

const HOSTILE: Record<string, RequestListener> = {
  'timed-out': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('[');
    const drip = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(drip));
  },
  'too-long': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(Buffer.alloc(4_000_001, ' '));
  },
  redirected: (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'wrong-type': (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
  unreadable: (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('[{"v": NaN}]'),
  'bad-status': (_request, response) => response.writeHead(500).end(),
  unreachable: (request) => request.socket.destroy(),
};
for (const [outcome, listener] of Object.entries(HOSTILE)) {
  test(`a hostile address ends as ${outcome}, is kept and tried later`, async () => {
    const { id, run } = await runOf(listener);
    assert.equal(run.outcome, outcome);
    const source = await findSource(kernel.db, 'all', id);
    assert.deepEqual([source?.failures, run.taken], [1, 0]);
    assert.equal(Number(source?.nextRunAt) - Number(run.at), 15 * 60_000);
  });
}

test('an address that leads inward is not called, and after three failures it is on the desk', async () => {
  let called = 0;
  const { id, run } = await runOf((_request, response) => {
    called += 1;
    response.end();
  }, guarded);
  assert.deepEqual([run.outcome, called], ['address-refused', 0]);
  await runSource(guarded, id);
  await runSource(guarded, id);
  assert.ok((await team.get('/desk')).body.includes(`/impact/sources/${id}`));
});

test('a push needs its token, changes nothing the second time, and ends with the token', async () => {
  const { id, token } = await add({ kind: 'push' });
  const push = (with_: string | null, body: unknown) =>
    client().sendRaw('POST', '/api/v1/measures', JSON.stringify(body), {
      'content-type': 'application/json',
      authorization: `Bearer ${with_}`,
    });
  const body = { measures: [{ day, value: 7, segment: 'push' }] };
  assert.deepEqual((await push(token, body)).json(), { taken: 1, unchanged: 0, corrected: 0, refused: [] });
  assert.equal((await push(token, body)).json().unchanged, 1);
  assert.equal((await push('socle-push-aaaaaaaaaaaaaaaaaaaaaaaa', body)).statusCode, 401);
  assert.equal((await push(token, { measures: [] })).statusCode, 400);
  assert.equal((await team.get(`/impact/sources/${id}`)).body.includes(token ?? ''), false);
  const next = await team.post(`/impact/sources/${id}/token`);
  assert.match(next.body, /socle-push-/);
  assert.equal((await push(token, body)).statusCode, 401);
});

test('a file is first looked through, then taken as declared with its evidence', async () => {
  const { id } = await add({ kind: 'file', day: 'jour', value: 'valeur', segment: 'canal' });
  const hand = async (fields: Record<string, string>, file: string) => {
    const parts = Object.entries({ _csrf: await team.csrfToken(), ...fields }).map(
      ([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const last = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n${file}\r\n--x--\r\n`;
    return team.sendRaw('POST', `/impact/sources/${id}/file`, parts.join('') + last, {
      'content-type': 'multipart/form-data; boundary=x',
    });
  };
  const file = `jour,valeur,canal\n${day},4,file\n${day},non,file`;
  const runs = async () => (await team.getJson(`/api/v1/impact/sources/${id}/runs`)).json().items;
  assert.match((await hand({ evidence: 'Rapport', preview: 'yes' }, file)).body, /rien n’a été écrit/);
  assert.deepEqual(await runs(), []);
  assert.equal((await hand({ evidence: '' }, file)).statusCode, 422);
  assert.equal((await hand({ evidence: 'Rapport' }, 'a,b\n1,2')).statusCode, 422);
  assert.equal((await hand({ evidence: 'Rapport' }, file)).statusCode, 200);
  assert.deepEqual([(await runs()).length, (await runs())[0].taken, (await runs())[0].refused], [1, 1, 1]);
});

test('a measure of a module of Socle is read by its name and subject', async () => {
  const { id } = await add({ kind: 'module', measure: 'exchange.api-calls', subject: 'quotient-familial' });
  const run = await team.postJson(`/api/v1/impact/sources/${id}/runs`, {});
  assert.equal(run.json().outcome, 'read', run.body);
  const other = await add({ kind: 'module', measure: 'exchange.api-calls', subject: 'absent' });
  assert.equal((await runSource(kernel, other.id))?.outcome, 'no-figure');
});

test('the list comes as CSV to who sees it, without what an address may hide in its path', async () => {
  const { id } = await addressSource('http://127.0.0.1:9/secret-path');
  const file = await team.get('/impact/sources.csv');
  assert.equal(file.statusCode, 200);
  const line = file.body.split('\r\n').find((one) => one.startsWith(id)) ?? '';
  assert.match(line, /,address,127\.0\.0\.1:9,json,24,active,0,,/);
  assert.ok(!file.body.includes('secret-path'));
  const stranger = await signedInAs('data-producer');
  assert.ok(!(await stranger.get('/impact/sources.csv')).body.includes(id));
  assert.equal((await (await signedInAs('citizen')).get('/impact/sources.csv')).statusCode, 403);
  assert.match((await client().get(`/impact/indicators/${indicatorId}`)).body, /Adresse de statistiques, /);
});

test('who may not has no way in, and bad input is named', async () => {
  const { id } = await add({ kind: 'push' });
  assert.equal((await client().getJson('/api/v1/impact/sources')).statusCode, 401);
  assert.equal((await (await signedInAs('citizen')).getJson('/api/v1/impact/sources')).statusCode, 403);
  const stranger = await signedInAs('data-producer');
  assert.equal((await stranger.getJson(`/api/v1/impact/sources/${id}`)).statusCode, 404);
  const paused = await team.post(`/impact/sources/${id}/pause`);
  assert.equal(paused.statusCode, 303);
  const refused = await team.post('/impact/sources/new', { kind: 'address', indicatorId, url: 'ftp://x' });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /https:\/\//);
  for (const path of ['', '/new', `/${id}`])
    assert.equal((await team.get(`/impact/sources${path}`)).statusCode, 200);
});
