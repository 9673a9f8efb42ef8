// Webhooks through the whole application, to a real server that verifies what it receives.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import { startTestApp } from '#test/support/app.ts';
import { deliverDue } from './deliveries.actions.ts';
import { tellWebhooks } from './webhooks.actions.ts';
import { MOST_ATTEMPTS, nextAttemptAfter, signatureOf } from './webhooks.rules.ts';

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A receiver: it answers with the statuses given, then 204. */
async function startReceiver() {
  const received: Received[] = [];
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    received.push({
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(parts).toString(),
    });
    response.writeHead(statuses.shift() ?? 204).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hooks?a=1`, received, statuses };
}

const { client, signedInAs, kernel, database } = await startTestApp();
const { db, clock } = kernel;
const [consumer, stranger, producer, administrator, nobody] = [
  await signedInAs('api-consumer'),
  await signedInAs('product-team'),
  await signedInAs('data-producer'),
  await signedInAs('administrator'),
  client(),
];
const people = await listDemonstrationPeople(db, clock.now());
const organisationId =
  people.flatMap(({ roles }) => roles).find(({ role }) => role === 'api-consumer')?.organisationId ?? '';
const receiver = await startReceiver();
const forward = (ms: number) => clock.moveTo(new Date(clock.now().getTime() + ms));
const tell = () =>
  db.transaction().execute((trx) =>
    tellWebhooks(trx, clock.now(), {
      event: 'accreditation.issued',
      organisationIds: [organisationId],
      payload: { accreditation: { number: 12 } },
    }),
  );

type Verify = (headers: Record<string, string>, body: string, secret: string) => boolean;

/** What docs/webhooks.md tells receivers to do, as it stands there, with the clock of this test. */
async function documentedCheck(): Promise<Verify> {
  const guide = await readFile(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(guide) ?? [];
  const at = code.replace('Date.now()', 'globalThis.testNow()');
  Object.assign(globalThis, { testNow: () => clock.now().getTime() });
  const { isGenuine: check } = await import(`data:text/javascript,${encodeURIComponent(at)}`);
  return check;
}

const verify = await documentedCheck();
const isGenuine = ({ headers, body }: Received, secret: string) => verify(headers, body, secret);

const secretIn = (page: string) => /whsec_[A-Za-z0-9+/=]+/.exec(page)?.[0] ?? '';

describe('rules', () => {
  test('the signature of the example in the standard', () => {
    const [id, timestamp] = ['msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330];
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const signature = signatureOf([secret], { id, timestamp, body: '{"test": 2432232314}' });
    assert.equal(signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test('attempts stop after about two days', () => {
    let now = new Date(0);
    let attempts = 0;
    for (let next: Date | null = now; next !== null; next = nextAttemptAfter(attempts, now)) {
      assert.ok(next >= now);
      now = next;
      attempts += 1;
    }
    assert.equal(attempts, MOST_ATTEMPTS);
    const days = now.getTime() / 86_400_000;
    assert.ok(days > 1.5 && days < 2.5, `${days} days`);
  });
});

describe('webhooks', { concurrency: false }, () => {
  let page = '';
  let secret = '';

  test('a consumer adds one, and sees its secret once', async () => {
    for (const [who, status] of [
      [nobody, 303],
      [producer, 403],
      [consumer, 200],
    ] as const) {
      assert.equal((await who.get('/exchange/webhooks')).statusCode, status);
    }
    for (const url of [
      '',
      'ftp://a.example/',
      'https://u:p@a.example/',
      `https://a.example/${'x'.repeat(600)}`,
    ]) {
      const refused = await consumer.post('/exchange/webhooks/new', { organisationId, url });
      assert.equal(refused.statusCode, 422, url);
      assert.match(refused.body, /href="#url"/);
    }
    const foreign = await stranger.post('/exchange/webhooks/new', { organisationId, url: receiver.url });
    assert.equal(foreign.statusCode, 422);
    const added = await consumer.post('/exchange/webhooks/new', { organisationId, url: receiver.url });
    assert.equal(added.statusCode, 201, added.body);
    secret = secretIn(added.body);
    page = /\/exchange\/webhooks\/[0-9a-f-]{36}/.exec(added.body)?.[0] ?? '';
    const shown = await consumer.get(page);
    assert.ok(shown.body.includes('/hooks?a=1') && secretIn(shown.body) === '');
    const { rows } = await database.pool.query('select sealed_secret from exchange.webhooks');
    assert.ok(!rows[0].sealed_secret.toString('latin1').includes(secret));
    assert.equal((await stranger.get(page)).statusCode, 404);
    assert.equal((await administrator.get(page)).statusCode, 200);
    assert.equal((await consumer.get('/exchange/webhooks/x')).statusCode, 404);
    assert.equal((await consumer.get(`${page}?cursor=x`)).statusCode, 404);
  });

  test('what happens is told, signed, and tried again until it is taken', async () => {
    await tell();
    receiver.statuses.push(503, 500);
    assert.deepEqual(await deliverDue(kernel), { delivered: 0, failed: 1 });
    assert.deepEqual(await deliverDue(kernel), { delivered: 0, failed: 0 }, 'not before its time');
    forward(60_000);
    assert.deepEqual(await deliverDue(kernel), { delivered: 0, failed: 1 });
    forward(180_000);
    assert.deepEqual(await deliverDue(kernel), { delivered: 1, failed: 0 });
    const [first, second, third] = receiver.received;
    assert.ok(first && second && third);
    assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1);
    assert.ok([first, second, third].every((one) => isGenuine(one, secret)));
    assert.ok(!isGenuine({ ...first, body: `${first.body} ` }, secret));
    assert.equal(third.headers['webhook-timestamp'], String(Math.floor(clock.now().getTime() / 1000)));
    const { type, data } = JSON.parse(first.body);
    assert.deepEqual([type, data], ['accreditation.issued', { accreditation: { number: 12 } }]);
    const shown = await consumer.get(page);
    assert.ok(shown.body.includes('Code 204') && shown.body.includes('Reçu le'));
  });

  test('while a secret replaces another, both sign', async () => {
    const replaced = await consumer.post(`${page}/secret`);
    const newer = secretIn(replaced.body);
    assert.ok(newer !== '' && newer !== secret);
    assert.equal((await stranger.post(`${page}/secret`)).statusCode, 404);
    await tell();
    await deliverDue(kernel);
    const both = receiver.received.at(-1);
    assert.ok(both && isGenuine(both, secret) && isGenuine(both, newer));
    forward(86_400_000);
    await tell();
    await deliverDue(kernel);
    const after = receiver.received.at(-1);
    assert.ok(after && !isGenuine(after, secret) && isGenuine(after, newer));
    clock.moveTo(new Date(clock.now().getTime() - 86_400_000));
  });

  test('one that nobody takes is given up, and is sent again by hand', async () => {
    await tell();
    const start = clock.now();
    for (let round = 0; round < MOST_ATTEMPTS; round++) {
      receiver.statuses.push(500);
      await deliverDue(kernel);
      forward(86_400_000);
    }
    assert.deepEqual(await deliverDue(kernel), { delivered: 0, failed: 0 });
    clock.moveTo(start);
    const { rows } = await database.pool.query(
      `select id, attempts from exchange.webhook_deliveries where state = 'given-up'`,
    );
    assert.deepEqual(
      rows.map(({ attempts }) => attempts),
      [MOST_ATTEMPTS],
    );
    const again = `${page}/deliveries/${rows[0].id}/resend`;
    assert.equal((await stranger.post(again)).statusCode, 404);
    assert.equal((await consumer.post(`${page}/deliveries/x/resend`)).statusCode, 404);
    assert.equal((await consumer.post(again)).statusCode, 303);
    assert.deepEqual(await deliverDue(kernel), { delivered: 1, failed: 0 });
    assert.equal(receiver.received.at(-1)?.headers['webhook-id'], rows[0].id);
  });

  test('tested, disabled by hand or by 410, removed; the same over REST', async () => {
    const rest = `/api/v1${page}`;
    assert.equal((await consumer.post(`${page}/test`)).statusCode, 303);
    await deliverDue(kernel);
    assert.equal(JSON.parse(receiver.received.at(-1)?.body ?? '{}').type, 'webhook.test');
    assert.equal((await consumer.post(`${page}/disable`)).statusCode, 303);
    assert.equal((await consumer.post(`${page}/test`)).statusCode, 409);
    const before = receiver.received.length;
    await tell();
    assert.deepEqual(await deliverDue(kernel), { delivered: 0, failed: 0 });
    assert.equal(receiver.received.length, before);
    assert.equal((await consumer.post(`${page}/enable`)).statusCode, 303);
    assert.equal((await consumer.postJson(`${rest}/test`, {})).statusCode, 202);
    receiver.statuses.push(410);
    await deliverDue(kernel);
    assert.equal((await consumer.getJson(rest)).json().isEnabled, false);
    assert.equal((await stranger.getJson(rest)).statusCode, 404);
    const deliveries = (await consumer.getJson(`${rest}/deliveries`)).json();
    const gone = deliveries.items.find((one: { lastStatus: number | null }) => one.lastStatus === 410);
    assert.equal(gone?.state, 'given-up');
    assert.equal((await consumer.post(`${page}/remove`)).statusCode, 303);
    assert.equal((await consumer.get(page)).statusCode, 404);
    const added = await consumer.postJson('/api/v1/exchange/webhooks', { organisationId, url: receiver.url });
    assert.deepEqual([added.statusCode, secretIn(added.json().secret) !== ''], [201, true]);
    const wrong = await consumer.postJson('/api/v1/exchange/webhooks', { organisationId, url: 'x' });
    assert.equal(wrong.statusCode, 400);
    for (let n = 1; n < 10; n++) {
      await consumer.postJson('/api/v1/exchange/webhooks', { organisationId, url: receiver.url });
    }
    const eleventh = await consumer.postJson('/api/v1/exchange/webhooks', {
      organisationId,
      url: receiver.url,
    });
    assert.equal(eleventh.statusCode, 409);
  });
});
