// Sources over the whole application: hostile addresses, pushes, files and Socle's own measures, by those who may.
import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
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
const [indicatorId = '', secondIndicatorId = ''] = [...form.matchAll(/<option value="([0-9a-f-]{36})"/g)].map(
  ([, id]) => id,
);
assert.notEqual(secondIndicatorId, '');

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

test('a long document is read in portions, and nothing of it stays where its end is cut', async () => {
  const lines = Array.from({ length: 21_000 }, (_, at) => `{"d":"${day}","v":${at},"s":"long ${at}"}`);
  const { id, run } = await runOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(`[${lines.join(',')}]`);
  });
  assert.deepEqual([run.outcome, run.taken], ['read', 21_000]);
  assert.equal((await runSource(impatient, id))?.unchanged, 21_000);
  const cut = lines.map((line) => line.replace('long', 'cut')).join(',');
  const { run: broken } = await runOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(`[${cut}`);
  });
  assert.deepEqual([broken.outcome, broken.taken], ['unreadable', 0]);
  const series = `/api/v1/indicators/${indicatorId}/series?origin=measured&by=day&from=${day}&until=${day}`;
  const [before] = (await team.getJson(series)).json().points;
  assert.ok(before.value >= (21_000 * 20_999) / 2);
});

const HOSTILE: Record<string, RequestListener> = {
  'timed-out': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('[');
    const drip = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(drip));
  },
  'too-long': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(Buffer.alloc(60_000_001, ' '));
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
    // So much is not read within the time of the impatient.
    const { id, run } = await runOf(listener, outcome === 'too-long' ? kernel : impatient);
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
  assert.deepEqual((await push(token, body)).json(), {
    taken: 1,
    unchanged: 0,
    corrected: 0,
    refused: [],
    refusedCount: 0,
  });
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

/** Sends a body to the door of pushed measures, or of a source's file. */
async function send(
  type: string,
  body: string | Buffer,
  token: string | null,
): Promise<LightMyRequestResponse> {
  return client().sendRaw('POST', '/api/v1/measures', body, {
    'content-type': type,
    authorization: `Bearer ${token}`,
  });
}

test('many measures are pushed line by line, as JSON or CSV, and each that is refused is told by its number', async () => {
  const { token } = await add({ kind: 'push' });
  const ndjson = [
    { day, value: 1, segment: 'lines' },
    { day: '2026-11-19', value: 2, segment: 'lines' },
    { day, value: 1, segment: 'lines' },
    { day, value: 3, segment: 'lines' },
    { day: '2999-01-01', value: 1, segment: 'lines' },
    { day, value: 'NaN', segment: 'nan' },
    { day, segment: 'none' },
  ];
  const lines = ndjson.map((line) => JSON.stringify(line));
  lines.splice(2, 0, '', `{"day":"${day}","value":1e400,"segment":"infinite"}`);
  assert.deepEqual((await send('application/x-ndjson', `${lines.join('\n')}\n`, token)).json(), {
    taken: 2,
    unchanged: 1,
    corrected: 0,
    refused: [
      { line: 3, reason: 'not-a-number' },
      { line: 5, reason: 'contradicts-another-line' },
      { line: 6, reason: 'future' },
      { line: 7, reason: 'not-a-number' },
      { line: 8, reason: 'not-a-number' },
    ],
    refusedCount: 5,
  });
  const csv = await send('text/csv; charset=utf-8', `value;day\r\n5;${day}\r\nInfinity;${day}\r\n`, token);
  assert.deepEqual(csv.json().refused, [{ line: 2, reason: 'not-a-number' }], csv.body);
  assert.equal(csv.json().taken + csv.json().unchanged + csv.json().corrected, 1);
});

test('a pushed body that cannot be read is refused whole, with its line', async () => {
  const { id, token } = await add({ kind: 'push' });
  const good = JSON.stringify({ day, value: 1, segment: 'whole' });
  const cases = [
    ['application/x-ndjson', `${good}\n{"day":`, 422, /ligne\u00A02/],
    ['application/x-ndjson', `${good}\n${'x'.repeat(10_001)}`, 422, /ligne\u00A02/],
    ['application/x-ndjson', `${good}\nnull\n[]\n{"segment":1}`, 422, /ligne\u00A04/],
    ['text/csv', `jour,valeur\n${day},1`, 422, /ligne\u00A01/],
    ['text/csv', `day,value\n${day},1\n"x`, 422, /ligne\u00A03/],
    ['application/x-ndjson', Buffer.alloc(60_000_001, `${good}\n`), 422, /60\u00A0Mo/],
    ['application/xml', '<a/>', 415, /./],
    ['application/x-www-form-urlencoded', 'a=b', 415, /./],
    ['application/json', JSON.stringify({ measures: [{ day, value: 'NaN' }] }), 400, /./],
  ] as const;
  for (const [type, body, status, words] of cases) {
    const answer = await send(type, body, token);
    assert.equal(answer.statusCode, status, answer.body);
    assert.match(answer.body, words);
  }
  assert.deepEqual((await team.getJson(`/api/v1/impact/sources/${id}/runs`)).json().items, []);
  for (const wrong of [null, 'socle-push-aaaaaaaaaaaaaaaaaaaaaaaa'])
    assert.equal((await send('application/x-ndjson', good, wrong)).statusCode, 401);
});

test('a file is handed in over REST by whoever may', async () => {
  const { id } = await add({ kind: 'file', day: 'jour', value: 'valeur', segment: '' });
  const hand = async (who: typeof team, query: string, type = 'text/csv', file = `jour,valeur\n${day},11`) =>
    who.sendRaw('POST', `/api/v1/impact/sources/${id}/file?${query}`, file, {
      'content-type': type,
      accept: 'application/json',
      'x-csrf-token': await who.csrfToken(),
    });
  const preview = await hand(team, 'evidence=Rapport&preview=true');
  assert.deepEqual([preview.statusCode, preview.json().refusedCount], [200, 0], preview.body);
  assert.deepEqual((await team.getJson(`/api/v1/impact/sources/${id}/runs`)).json().items, []);
  assert.equal((await hand(team, 'evidence=Rapport')).statusCode, 200);
  assert.equal((await team.getJson(`/api/v1/impact/sources/${id}/runs`)).json().items.length, 1);
  assert.equal((await hand(team, '')).statusCode, 400);
  assert.equal((await hand(team, 'evidence=Rapport', 'text/csv', 'a,b')).statusCode, 422);
  assert.equal((await hand(team, 'evidence=Rapport', 'application/json', '{}')).statusCode, 415);
  assert.equal((await hand(await signedInAs('citizen'), 'evidence=Rapport')).statusCode, 403);
  assert.equal((await hand(await signedInAs('digital-director'), 'evidence=Rapport')).statusCode, 404);
  const nothing = await team.sendRaw('POST', `/api/v1/impact/sources/${id}/file`, '', {
    'x-csrf-token': await team.csrfToken(),
  });
  assert.equal(nothing.statusCode, 422, nothing.body);
  const nobody = await client().sendRaw('POST', `/api/v1/impact/sources/${id}/file`, 'a', {
    'content-type': 'text/csv',
  });
  assert.ok([401, 403].includes(nobody.statusCode), nobody.body);
});

test('a measure of a module of Socle is read by its name and subject', async () => {
  const { id } = await add({ kind: 'module', measure: 'exchange.api-calls', subject: 'quotient-familial' });
  const run = await team.postJson(`/api/v1/impact/sources/${id}/runs`, {});
  assert.equal(run.json().outcome, 'read', run.body);
  const other = await add({ kind: 'module', measure: 'exchange.api-calls', subject: 'absent' });
  assert.equal((await runSource(kernel, other.id))?.outcome, 'no-figure');
});

test('the list comes as CSV to who sees it, without what an address may hide in its path', async () => {
  const url = 'http://127.0.0.1:9/secret-path';
  const { id } = await add({ kind: 'address', indicatorId: secondIndicatorId, url, day: '/d', value: '/v' });
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
  const { id } = await add({ kind: 'push', indicatorId: secondIndicatorId });
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
