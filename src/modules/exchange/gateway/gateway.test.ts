// Calls through a running gateway, from the socket to the log: the policy from PostgreSQL, a producer on loopback.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { describe, test } from 'node:test';
import type { ApiPolicy } from '../policy/policy.types.ts';
import { answering, apiOn, openTestGateway, upstreamAt } from './gateway.fixture.ts';

const { publish, gateway, hub, producer, entries } = await openTestGateway();
const good = await hub.token();
const ADDRESS = '/quotient/v1/quotient?siren=130025265';
const call = (path = ADDRESS, authorization: string | null = `Bearer ${good}`, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${gateway.port}${path}`, {
    ...init,
    headers: {
      ...(authorization !== null && { authorization }),
      ...(init.headers as Record<string, string>),
    },
  });
const DATA = { quotient: 821, secret: 'x', enfants: [{ prenom: 'Ana', ecole: 'y' }] };

async function refusedWith(answer: Promise<Response>, status: number, code: string): Promise<void> {
  const response = await answer;
  const problem = (await response.json()) as { code: string; type: string };
  assert.equal(problem.code, code);
  assert.equal(response.status, status);
  assert.equal(problem.type, `https://socle.example/exchange/errors/${code}`);
  assert.match(String(response.headers.get('content-type')), /^application\/problem\+json/);
}

describe('a call', () => {
  test('gets the fields of its scopes, once its record is in the log', async () => {
    producer.answer = answering(DATA);
    const answer = await call();
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { quotient: 821, enfants: [{ prenom: 'Ana' }] });
    const index = Number(answer.headers.get('record')?.split('#')[1]);
    const record = entries()[index]?.record;
    assert.equal(record?.verdict, 'allowed');
    assert.equal(record?.purpose, 'Tarifs de la cantine');
    assert.deepEqual(record?.fields, ['/enfants/*/prenom', '/quotient']);
    assert.match(String(record?.subjectHash), /^[\w+/]{43}=$/);
  });

  test('is refused for what is wrong with it, and recorded', async () => {
    const before = entries().length;
    await refusedWith(call(ADDRESS, null), 401, 'credential-missing');
    await refusedWith(call(ADDRESS, 'Bearer a.b.c'), 401, 'token-invalid');
    await refusedWith(
      call(ADDRESS, `Bearer ${await hub.token({}, { audience: 'https://other.example/' })}`),
      401,
      'token-not-for-this-api',
    );
    await refusedWith(call(ADDRESS, `Bearer ${await hub.token({ scope: 'secret' })}`), 403, 'scope-missing');
    await refusedWith(
      call(ADDRESS, `Bearer ${await hub.token({ client_id: 'someone' })}`),
      403,
      'accreditation-missing',
    );
    await refusedWith(call('/quotient/v1/quotient'), 400, 'subject-missing');
    await refusedWith(call('/inconnue/v1/x'), 404, 'unknown-api');
    assert.equal(entries().length, before + 7);
    const concerned = entries()
      .slice(before)
      .filter(({ record }) => record.subjectHash !== null)
      .map(({ record }) => record.verdict);
    assert.deepEqual(
      concerned,
      ['scope-missing', 'accreditation-missing'],
      'whom a known caller asked about',
    );
  });

  test('gets nothing of what cannot be read with certainty', async () => {
    producer.answer = answering('{"quotient":1');
    await refusedWith(call(), 502, 'answer-not-json');
    producer.answer = answering('{"quotient":1,"quotient":2}');
    await refusedWith(call(), 502, 'answer-not-json');
    producer.answer = answering(DATA, { 'content-type': 'text/html' });
    await refusedWith(call(), 502, 'answer-not-json');
    producer.answer = answering(DATA, { 'content-encoding': 'gzip' });
    await refusedWith(call(), 502, 'answer-encoding-refused');
    producer.answer = (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end();
    await refusedWith(call(), 502, 'upstream-refused');
  });
});

test('a stop bites at once, also on a call that is under way, and a resumed flow flows', async () => {
  producer.answer = answering(DATA);
  assert.equal((await call()).status, 200);
  const stop = { apiId: 'api', organisationId: null, accreditationId: null, scope: null, endsAt: null };
  const arrived = new EventEmitter();
  let answerNow: () => void = () => {};
  producer.answer = (request, response) => {
    answerNow = () => answering(DATA)(request, response);
    arrived.emit('asked');
  };
  const asked = once(arrived, 'asked');
  const underWay = call();
  await asked;
  await publish({ kind: 'stop', id: 's', body: stop });
  producer.answer = answering(DATA);
  // Once a new call is refused, the gateway knows: the one under way must not be answered either.
  while ((await call()).status !== 403) await new Promise((resolve) => setTimeout(resolve, 5));
  answerNow();
  await refusedWith(underWay, 403, 'flow-stopped');
  const stopped = entries().filter(({ record }) => record.verdict === 'flow-stopped');
  assert.ok(stopped.length > 1 && stopped.every(({ record }) => record.subjectHash !== null));
  await publish({ kind: 'stop', id: 's', body: null });
  while ((await call()).status === 403) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal((await call()).status, 200);
});

/** Makes a call whose producer waits; changes the policy meanwhile; lets the producer answer. */
async function callDuring(change: () => Promise<unknown>): Promise<Response> {
  const arrived = new EventEmitter();
  producer.answer = (request, response) => arrived.emit('asked', () => answering(DATA)(request, response));
  const asked = once(arrived, 'asked') as Promise<[() => void]>;
  const underWay = call();
  const [answerNow] = await asked;
  await change();
  answerNow();
  return underWay;
}
/** Waits until the gateway enforces a version of the policy. */
async function isEnforced(version: number): Promise<void> {
  for (;;) {
    const text = await (await fetch(`http://127.0.0.1:${gateway.privatePort}/metrics`)).text();
    if (Number(/^gateway_policy_version (\d+)$/m.exec(text)?.[1]) >= version) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('an API that lets out less, or is closed, does so for a call that is under way too', async () => {
  const open = apiOn(upstreamAt(producer.origin));
  const less = { ...open, scopes: { read: ['/enfants/*/prenom'], secret: ['/secret'] } };
  const change = (body: ApiPolicy | null) => async () => {
    await isEnforced(await publish({ kind: 'api', id: 'api', body }));
  };
  const minimised = await callDuring(change(less));
  assert.deepEqual(await minimised.json(), { enfants: [{ prenom: 'Ana' }] });
  producer.answer = answering(DATA);
  assert.deepEqual(await (await call()).json(), { enfants: [{ prenom: 'Ana' }] }, 'nor for those after it');
  await refusedWith(callDuring(change(null)), 404, 'unknown-api');
  await change(open)();
  producer.answer = answering(DATA);
  assert.equal((await call()).status, 200);
});

test('the entries of a producer are chained, without a hole', () => {
  const own = entries().filter((entry) => entry?.record.producerId === 'producer');
  assert.ok(own.length > 5);
  for (const [at, entry] of own.entries()) assert.equal(entry?.seq, at);
});
