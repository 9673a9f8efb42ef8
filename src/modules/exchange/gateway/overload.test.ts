// Too many calls under way: what is refused is recorded, as far as records that wait have room.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { silentLog } from '#test/support/silent-log.ts';
import type { CallRecord } from './call-record.types.ts';
import { callServer } from './call-server.ts';
import { StepTimes } from './run-steps.ts';
import type { GatewayParts } from './steps.ts';

const MOST_CALLS = 5_000;
const MOST_WAITING = 1_000;

test('a call too many is recorded before it is refused; records that wait have a bound', async (t) => {
  const recorded: { record: CallRecord; done: (error: Error | null, index: number) => void }[] = [];
  const parts = {
    policy: { version: 7 },
    log: { append: (record: CallRecord, done: () => void) => recorded.push({ record, done }) },
    now: Date.now,
    siteUrl: 'https://socle.example',
    logOrigin: 'socle.local/gateway/test',
  } as unknown as GatewayParts;
  const counts = { underWay: MOST_CALLS, verdicts: new Map(), latency: { count: 0, seconds: 0 } };
  const server = callServer(parts, { times: new StepTimes(), counts, log: silentLog });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ keepAlive: false });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const ask = async () => {
    const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent });
    request.on('error', () => {});
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    return { status: response.statusCode, place: response.headers.record };
  };
  const first = ask();
  while (recorded.length === 0) await new Promise(setImmediate);
  assert.equal(recorded[0]?.record.verdict, 'overloaded');
  assert.equal(recorded[0]?.record.policyVersion, 7);
  recorded[0]?.done(null, 12);
  assert.deepEqual(await first, { status: 503, place: 'socle.local/gateway/test#12' });

  const waiting = Array.from({ length: MOST_WAITING }, ask);
  while (recorded.length < MOST_WAITING + 1) await new Promise(setImmediate);
  assert.deepEqual(await ask(), { status: 503, place: undefined });
  for (const [at, { done }] of recorded.slice(1).entries()) done(null, 13 + at);
  for (const answer of await Promise.all(waiting)) assert.ok(answer.place);
  assert.equal(recorded.length, MOST_WAITING + 1);
  assert.equal(counts.verdicts.get('overloaded'), MOST_WAITING + 2);
});
