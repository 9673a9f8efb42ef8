// The gateway's figures for Prometheus, and its health, on a port of their own that only the machine itself reaches.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { AccessLog } from './call-record.types.ts';
import type { CallCounts } from './call-server.ts';
import type { KeeperProgress } from './log/keeper-process.ts';
import type { LivePolicy } from './policy/live-policy.ts';
import type { StepTimes } from './run-steps.ts';
import type { TokenVerifier } from './steps/verify-token.ts';

/** What the figures are read from when somebody asks. */
export interface Measured {
  readonly counts: CallCounts;
  readonly times: StepTimes;
  readonly policy: LivePolicy;
  readonly log: AccessLog;
  /** How far the log was signed and shipped; null where nobody does that here. */
  keeperProgress(): KeeperProgress | null;
  readonly tokens: TokenVerifier;
  readonly policyBoundMs: number;
  now(): number;
}

/** Serves `/metrics`, `/health` (the process lives) and `/ready` (calls are served) on loopback. */
export async function serveGatewayMetrics(
  port: number,
  measured: Measured,
): Promise<{ port: number; close(): Promise<void> }> {
  const registry = registryOf(measured);
  const { policy, log, policyBoundMs, now } = measured;
  const server = createServer((request, response) => {
    if (request.url === '/health') response.end('ok\n');
    else if (request.url === '/ready') {
      const isReady = log.isHealthy && now() - policy.confirmedAt <= policyBoundMs;
      response.writeHead(isReady ? 200 : 503).end(isReady ? 'ready\n' : 'not ready\n');
    } else if (request.url === '/metrics') {
      registry.metrics().then(
        (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
        () => response.writeHead(503).end(),
      );
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function registryOf({ counts, times, policy, log, keeperProgress, tokens, now }: Measured): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Counter({
    name: 'gateway_calls_total',
    help: 'Calls by verdict.',
    labelNames: ['verdict'],
    registers,
    collect() {
      this.reset();
      for (const [verdict, count] of counts.verdicts) this.inc({ verdict }, count);
    },
  });
  new Counter({
    name: 'gateway_call_seconds_total',
    help: 'Time from the arrival of calls to their answers.',
    registers,
    collect() {
      this.reset();
      this.inc(counts.latency.seconds);
    },
  });
  new Counter({
    name: 'gateway_step_seconds_total',
    help: 'Time in each step, of one call in sixteen.',
    labelNames: ['step'],
    registers,
    collect() {
      this.reset();
      for (const [step, seconds] of times.seconds) this.inc({ step }, seconds);
    },
  });
  new Counter({
    name: 'gateway_step_calls_total',
    help: 'Runs of each step that were timed.',
    labelNames: ['step'],
    registers,
    collect() {
      this.reset();
      for (const [step, calls] of times.calls) this.inc({ step }, calls);
    },
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('gateway_calls_under_way', 'Calls under way.', () => counts.underWay);
  gauge('gateway_policy_version', 'Version of the policy that is enforced.', () => policy.version);
  gauge('gateway_policy_age_seconds', 'Seconds since the policy was confirmed.', () =>
    Math.max(0, (now() - policy.confirmedAt) / 1000),
  );
  gauge('gateway_log_size', 'Entries of the log on the disk.', () => log.size);
  const behind = (reached: (progress: KeeperProgress) => number) => () => {
    const progress = keeperProgress();
    return progress ? Math.max(0, log.size - reached(progress)) : 0;
  };
  gauge(
    'gateway_log_unsigned',
    'Entries that no checkpoint covers yet.',
    behind(({ signed }) => signed),
  );
  gauge(
    'gateway_log_unshipped',
    'Entries that PostgreSQL does not have yet.',
    behind(({ shipped }) => shipped),
  );
  gauge('gateway_tokens_remembered', 'Verified tokens in memory.', () => tokens.size);
  return registry;
}
