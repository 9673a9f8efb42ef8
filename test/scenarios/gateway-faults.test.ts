// A gateway under load while its neighbours and itself are killed and its disk fills up: no answer without its record,
// none recorded twice, honest refusals, and everything comes back without hands.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { connect } from '#platform/database/connection.ts';
import { embeddedAddress } from '#platform/database/embedded.ts';
import { freePort } from '#test/support/free-port.ts';
import { apiOn, entriesIn, upstreamAt } from '../../src/modules/exchange/gateway/gateway.fixture.ts';
import { publishPolicy } from '../../src/modules/exchange/policy/policy.actions.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'socle-faults-'));
const data = join(folder, 'data');
const gatewayFolder = join(data, 'gateways', 'tried');
const running = new Set<ChildProcess>();
const POLICY_SECONDS = 2;

function run(script: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      LANG: 'C',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      PORT: '0',
      SOCLE_PRIVATE_PORT: '0',
      SOCLE_GATEWAY: 'off',
      SOCLE_DEMO: 'off',
      SOCLE_DATA: data,
      SOCLE_POLICY_SECONDS: String(POLICY_SECONDS),
      SOCLE_LOG_LEVEL: 'silent',
    },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Starts a process and waits until it has said that it answers. */
async function started(script: string, ...args: string[]): Promise<ChildProcess> {
  const child = run(script, args);
  let words = '';
  for await (const chunk of child.stdout ?? []) {
    words += chunk;
    if (words.includes('answers at')) break;
  }
  assert.match(words, /answers at/);
  child.stdout?.resume();
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 40_000;
  while (Date.now() < end) {
    if (await holds()) return;
    await wait(50);
  }
  assert.fail(`${what} did not come about`);
}

const producer = createServer((_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"quotient":821,"secret":"x"}'),
);
producer.listen(0, '127.0.0.1');
await once(producer, 'listening');
const origin = `http://127.0.0.1:${(producer.address() as AddressInfo).port}`;

// A gateway that is started again takes the same.
const port = await freePort();
const startGateway = () =>
  started('src/cli.ts', 'gateway', '--name', 'tried', '--port', String(port), '--private-port', '0');

interface Answered {
  readonly at: number;
  readonly trace: string;
  readonly status: number;
  readonly code: string;
  /** Place of its record, as the answer names it; -1 where it names none. */
  readonly index: number;
  readonly retryAfter: string | null;
}
const answered: Answered[] = [];
let loading = true;
let calls = 0;

/** Calls again and again; what was answered is kept, what broke off is not. */
async function load(): Promise<void> {
  while (loading) {
    calls += 1;
    const trace = calls.toString(16).padStart(32, '0');
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/quotient/v1/quotient`, {
        headers: { traceparent: `00-${trace}-00000000000000ff-01` },
        signal: AbortSignal.timeout(5_000),
      });
      const body = (await answer.json()) as { code?: string; quotient?: number };
      assert.equal(body.quotient, answer.status === 200 ? 821 : undefined);
      answered.push({
        at: Date.now(),
        trace,
        status: answer.status,
        code: body.code ?? 'allowed',
        index: Number(answer.headers.get('record')?.split('#')[1] ?? -1),
        retryAfter: answer.headers.get('retry-after'),
      });
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      await wait(20);
    }
    await wait(10);
  }
}
const since = (moment: number) => answered.filter(({ at }) => at >= moment);
async function isServing(): Promise<void> {
  const moment = Date.now();
  await until('an answer', () => since(moment).some(({ status }) => status === 200));
}

after(async () => {
  loading = false;
  for (const child of running) child.kill('SIGKILL');
  producer.closeAllConnections();
  producer.close();
  await wait(1_000);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('a gateway under load, whatever falls', { timeout: 300_000 }, async (t) => {
  let server = await started('src/main.ts');
  const { db, close } = connect(embeddedAddress(data));
  const policy = apiOn(upstreamAt(origin), {
    producerId: crypto.randomUUID(),
    sensitivity: 'public',
    subject: null,
    quotaPerMinute: 10_000_000,
  });
  const apiId = crypto.randomUUID();
  await db.transaction().execute((trx) => publishPolicy(trx, [{ kind: 'api', id: apiId, body: policy }]));
  let gateway = await startGateway();
  const loads = Array.from({ length: 6 }, load);
  await isServing();

  await t.test('kill -9 of the gateway: it goes on where its log ends', async () => {
    await killed(gateway);
    gateway = await startGateway();
    await isServing();
  });

  await t.test('kill -9 of PostgreSQL: calls go on, and the policy is followed again', async () => {
    const pid = () => Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    const before = pid();
    const moment = Date.now();
    process.kill(before, 'SIGKILL');
    await wait(500);
    assert.ok(since(moment).every(({ status, code }) => status === 200 || code === 'policy-stale'));
    await until(
      'a new database',
      () => existsSync(join(data, 'postgres/postmaster.pid')) && pid() !== before,
    );
    await isServing();
  });

  await t.test('kill -9 of the control plane, and of the database with it', async () => {
    const moment = Date.now();
    await killed(server);
    await until('a refusal', () => since(moment).some(({ code }) => code === 'policy-stale'));
    const refused = since(moment).find(({ code }) => code === 'policy-stale');
    assert.equal(refused?.status, 503);
    assert.equal(refused?.retryAfter, '5');
    const allowed = since(moment).filter(({ status }) => status === 200);
    assert.ok(allowed.length > 0, 'within the bound calls go on');
    // The policy was confirmed at most a second and a bit before; the rest is the time of an answer.
    const last = Math.max(...allowed.map(({ at }) => at));
    assert.ok(last - moment <= POLICY_SECONDS * 1_000 + 500, `served ${last - moment} ms on`);
    const quiet = Date.now();
    await wait(300);
    assert.ok(since(quiet).length > 0 && since(quiet).every(({ code }) => code === 'policy-stale'));
    server = await started('src/main.ts');
    await isServing();
  });

  const canLimit = process.platform === 'linux' && existsSync('/usr/bin/prlimit');
  await t.test(
    'a full disk: nothing is answered but refusals, until there is room',
    { skip: !canLimit },
    async () => {
      const limit = (bytes: number | 'unlimited') =>
        execFileSync('prlimit', ['--pid', String(gateway.pid), `--fsize=${bytes}:unlimited`]);
      const log = join(gatewayFolder, 'log');
      const [file = ''] = readdirSync(log)
        .filter((name) => name.startsWith('wal-'))
        .sort()
        .reverse();
      limit(statSync(join(log, file)).size + 5_000);
      const moment = Date.now();
      await until('a refusal', () => since(moment).some(({ code }) => code === 'log-unavailable'));
      const full = Date.now();
      await wait(1_500);
      const then = since(full);
      assert.ok(then.length > 0);
      // What fits into the little room that each attempt finds is served; nothing else is.
      const refused = then.filter(({ status }) => status !== 200);
      assert.ok(refused.length > then.length / 2, `${refused.length} of ${then.length}`);
      for (const { status, code, retryAfter } of refused) {
        assert.deepEqual([status, code, retryAfter], [503, 'log-unavailable', '5']);
      }
      limit('unlimited');
      await until('service', async () => {
        const now = Date.now();
        await wait(300);
        return since(now).length > 0 && since(now).every(({ status }) => status === 200);
      });
    },
  );

  loading = false;
  await Promise.all(loads);

  await t.test('each answer has its record, once, in the log and in PostgreSQL', async () => {
    const entries = entriesIn(gatewayFolder);
    const places = new Map<string, number>();
    for (const [index, { record }] of entries.entries()) {
      assert.ok(!places.has(record.traceId), 'no call is recorded twice');
      places.set(record.traceId, index);
    }
    for (const { trace, index, status, code } of answered) {
      if (index < 0) {
        assert.equal(code, 'log-unavailable', 'only what could not be recorded names no record');
        continue;
      }
      assert.equal(places.get(trace), index);
      assert.equal(entries[index]?.record.status, status);
      assert.equal(entries[index]?.record.verdict, code);
    }
    const counted = async () => {
      const { rows } = await sql<{ rows: number; traces: number; last: number }>`
        select count(*) as rows, count(distinct trace_id) as traces, max(index) as last
        from exchange.access_records`.execute(db);
      return rows[0] ?? { rows: 0, traces: 0, last: -1 };
    };
    await until('every record in PostgreSQL', async () => (await counted()).rows >= entries.length);
    assert.deepEqual(await counted(), {
      rows: entries.length,
      traces: entries.length,
      last: entries.length - 1,
    });
    assert.ok(entries.length > 100, `${entries.length} calls`);
  });

  await t.test('and the log verifies, offline', async () => {
    await close();
    gateway.kill('SIGTERM');
    await once(gateway, 'exit');
    const verify = run('src/cli.ts', ['log', 'verify', join(gatewayFolder, 'log'), '--json']);
    let out = '';
    verify.stdout?.on('data', (chunk) => {
      out += chunk;
    });
    const [code] = await once(verify, 'close');
    assert.equal(code, 0, out);
    assert.equal(JSON.parse(out).ok, true, out);
  });
});
