// Calls through a running gateway, from the socket to the log: the policy from PostgreSQL, a producer on loopback.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { migrationSources } from '#app/modules.ts';
import { secretOf } from '#platform/secret.ts';
import { freshDatabase } from '#test/support/database.ts';
import { silentLog } from '#test/support/silent-log.ts';
import { publishPolicy } from '../policy/policy.actions.ts';
import type { AccreditationPolicy, ApiPolicy, PolicyEntry } from '../policy/policy.types.ts';
import { openGateway } from './gateway.ts';
import { parseEntry } from './log/entry.rules.ts';
import { frameAt, listSegments } from './log/wal.ts';

let produce: RequestListener = (_request, response) => response.end();
const producer = createServer((request, response) => produce(request, response));
producer.listen(0, '127.0.0.1');
await once(producer, 'listening');
const origin = `http://127.0.0.1:${(producer.address() as AddressInfo).port}`;

const { db, address } = await freshDatabase(undefined, migrationSources());
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' };
const RESOURCE = 'https://quotient.example/';
const api: ApiPolicy = {
  slug: 'quotient',
  producerId: 'producer',
  sensitivity: 'personal',
  subject: { in: 'query', names: ['siren'], kind: 'company' },
  resource: RESOURCE,
  quotaPerMinute: 100_000,
  versions: [
    {
      name: 'v1',
      state: 'current',
      endsOn: null,
      upstream: {
        origin,
        basePath: '/base',
        timeoutMs: 1_000,
        pipelining: false,
        proof: 'none',
        sealedSecret: null,
      },
      paths: ['/quotient'],
    },
  ],
  scopes: { read: ['/quotient', '/enfants/*/prenom'], secret: ['/secret'] },
};
const accreditation: AccreditationPolicy = {
  number: 1,
  organisationId: 'town',
  clients: ['client'],
  purpose: 'Tarifs de la cantine',
  validFrom: '2020-01-01T00:00:00Z',
  validUntil: null,
  quotaPerMinute: null,
  grants: { api: ['read'] },
};
const publish = (...entries: PolicyEntry[]) => db.transaction().execute((trx) => publishPolicy(trx, entries));
await publish(
  { kind: 'keys', id: 'machines', body: { keys: [jwk] } },
  { kind: 'api', id: 'api', body: api },
  { kind: 'accreditation', id: 'a', body: accreditation },
);
const folder = mkdtempSync(join(tmpdir(), 'socle-gateway-'));
const gateway = await openGateway({
  name: 'test',
  host: '127.0.0.1',
  port: 0,
  privatePort: 0,
  folder,
  siteUrl: 'https://socle.example',
  publicUrl: null,
  issuer: null,
  logOrigin: 'socle.local/gateway/test',
  policyBoundMs: 10_000,
  db,
  address,
  secret: secretOf(Buffer.alloc(32, 1)),
  log: silentLog,
});
after(async () => {
  await gateway.close();
  producer.close();
});

async function token(claims: Record<string, unknown> = {}, audience = RESOURCE): Promise<string> {
  return new SignJWT({ client_id: 'client', scope: 'read', ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k' })
    .setIssuer('http://localhost/connect/machines')
    .setSubject('client')
    .setAudience(audience)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);
}

const good = await token();
const ADDRESS = '/quotient/v1/quotient?siren=130025265';
const call = (path = ADDRESS, authorization: string | null = `Bearer ${good}`, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${gateway.port}${path}`, {
    ...init,
    headers: {
      ...(authorization !== null && { authorization }),
      ...(init.headers as Record<string, string>),
    },
  });
const answering = (body: unknown, headers: Record<string, string> = {}): RequestListener => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text);
};
const DATA = { quotient: 821, secret: 'x', enfants: [{ prenom: 'Ana', ecole: 'y' }] };

async function refusedWith(answer: Promise<Response>, status: number, code: string): Promise<void> {
  const response = await answer;
  const problem = (await response.json()) as { code: string; type: string };
  assert.equal(problem.code, code);
  assert.equal(response.status, status);
  assert.equal(problem.type, `https://socle.example/exchange/errors/${code}`);
  assert.match(String(response.headers.get('content-type')), /^application\/problem\+json/);
}

/** Every entry of the log. */
function entries() {
  return listSegments(join(folder, 'log')).flatMap(({ file }) => {
    const bytes = readFileSync(file);
    const found = [];
    for (let frame = frameAt(bytes, 0); frame; frame = frameAt(bytes, frame.end)) {
      found.push(parseEntry(frame.leaf.subarray(1)));
    }
    return found;
  });
}

describe('a call', () => {
  test('gets the fields of its scopes, once its record is in the log', async () => {
    produce = answering(DATA);
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
      call(ADDRESS, `Bearer ${await token({}, 'https://other.example/')}`),
      401,
      'token-not-for-this-api',
    );
    await refusedWith(call(ADDRESS, `Bearer ${await token({ scope: 'secret' })}`), 403, 'scope-missing');
    await refusedWith(
      call(ADDRESS, `Bearer ${await token({ client_id: 'someone' })}`),
      403,
      'accreditation-missing',
    );
    await refusedWith(call('/quotient/v1/quotient'), 400, 'subject-missing');
    await refusedWith(call('/inconnue/v1/x'), 404, 'unknown-api');
    assert.equal(entries().length, before + 7);
  });

  test('gets nothing of what cannot be read with certainty', async () => {
    produce = answering('{"quotient":1');
    await refusedWith(call(), 502, 'answer-not-json');
    produce = answering('{"quotient":1,"quotient":2}');
    await refusedWith(call(), 502, 'answer-not-json');
    produce = answering(DATA, { 'content-type': 'text/html' });
    await refusedWith(call(), 502, 'answer-not-json');
    produce = answering(DATA, { 'content-encoding': 'gzip' });
    await refusedWith(call(), 502, 'answer-encoding-refused');
    produce = (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end();
    await refusedWith(call(), 502, 'upstream-refused');
  });
});

test('a stop bites at once, also on a call that is under way, and a resumed flow flows', async () => {
  produce = answering(DATA);
  assert.equal((await call()).status, 200);
  const stop = { apiId: 'api', organisationId: null, accreditationId: null, scope: null, endsAt: null };
  let answerNow: () => void = () => {};
  produce = (request, response) => {
    answerNow = () => answering(DATA)(request, response);
    producer.emit('asked');
  };
  const asked = once(producer, 'asked');
  const underWay = call();
  await asked;
  await publish({ kind: 'stop', id: 's', body: stop });
  produce = answering(DATA);
  // Once a new call is refused, the gateway knows: the one under way must not be answered either.
  while ((await call()).status !== 403) await new Promise((resolve) => setTimeout(resolve, 5));
  answerNow();
  await refusedWith(underWay, 403, 'flow-stopped');
  await publish({ kind: 'stop', id: 's', body: null });
  while ((await call()).status === 403) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal((await call()).status, 200);
});

test('the entries of a producer are chained, without a hole', () => {
  const own = entries().filter((entry) => entry?.record.producerId === 'producer');
  assert.ok(own.length > 5);
  for (const [at, entry] of own.entries()) assert.equal(entry?.seq, at);
});
