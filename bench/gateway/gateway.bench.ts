// Calls through the data exchange's gateway, with all that it does (token, live policy, quota, field filter, record on the
// disk before the answer), against HAProxy that verifies the same tokens and writes a log, bare nginx, and a bare proxy of
// the gateway's own HTTP server and client. One processor
// serves the load and the producer, the other one the proxy that is measured; all in interleaved rounds of one run.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childrenOf, cpuSeconds } from '../support/cpu-time.ts';
import { startGateway } from '../support/exchange-gateways.ts';
import { publishBenchKeys, seedExchange } from '../support/exchange-policy.ts';
import { median, printFigures, printMachine, round } from '../support/figures.ts';
import { withInstallation } from '../support/installation.ts';
import { startServer } from '../support/server.ts';
import { printProfile } from './cpu-profile.ts';
import { type Load, runLoad } from './load.ts';
import {
  HAPROXY,
  NGINX,
  type ProxyServer,
  startBareProxy,
  startHaproxy,
  startNginxProxy,
  startProducer,
} from './peers.ts';

const SECONDS = 6;
const ROUNDS = 3;
const TOKENS = 1_000;
const WARM_UP_SECONDS = 8;

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const dataFolder = join(folder, 'data');
const stops: (() => Promise<unknown>)[] = [];

interface Round {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  /** With the processes beside it counted as well: the keeper of the gateway's log. */
  readonly perCpuSecondInAll: number;
  readonly p50: number;
  readonly p99: number;
}

/** One proxy under load: what it answered, and what it cost. */
async function measure(proxy: ProxyServer, load: Load, seconds: number): Promise<Round> {
  const beside = proxy.pids.flatMap(childrenOf);
  const before = [cpuSeconds(proxy.pids), cpuSeconds(beside)] as const;
  const result = await runLoad(proxy.url, load, seconds);
  const cpu = cpuSeconds(proxy.pids) - before[0];
  const besideCpu = cpuSeconds(beside) - before[1];
  if (result.failed > 0)
    throw new Error(`${result.failed} calls through ${proxy.name} were not answered with 200.`);
  return {
    perSecond: result.requests / result.seconds,
    perCpuSecond: result.requests / cpu,
    perCpuSecondInAll: result.requests / (cpu + besideCpu),
    p50: result.p50,
    p99: result.p99,
  };
}

try {
  if (!existsSync(NGINX))
    throw new Error('This benchmark needs nginx as the producer: install the Debian package nginx.');
  const producer = await startProducer(folder);
  stops.push(producer.stop);
  const server = await startServer(dataFolder);
  stops.push(server.stop);
  const seed = await withInstallation(dataFolder, (kernel) =>
    seedExchange(kernel, { upstream: producer.url, tokens: TOKENS, pipelining: true }),
  );
  const load = (tokens: readonly string[]): Load => ({ folder, path: seed.path, tokens });

  const gateway = await startGateway(dataFolder, { name: `bench-${randomBytes(2).toString('hex')}`, cpu: 1 });
  stops.push(gateway.stop);
  const acceptTokens = () => withInstallation(dataFolder, (kernel) => publishBenchKeys(kernel, seed));
  await acceptTokens();
  const loads = new Map<ProxyServer, Load>();
  const socle: ProxyServer = { name: 'Socle’s gateway', url: gateway.url, pids: gateway.pids };
  loads.set(socle, load(seed.es256));
  const nginx = await startNginxProxy(folder, producer.url);
  stops.push(nginx.stop);
  loads.set(nginx, load(seed.es256));
  const bare = await startBareProxy(folder, producer.url);
  stops.push(bare.stop);
  loads.set(bare, load(seed.es256));
  const haproxies = existsSync(HAPROXY)
    ? {
        es256: await startHaproxy(folder, { alg: 'ES256', publicPem: seed.es256Pem, producer: producer.url }),
        rs256: await startHaproxy(folder, { alg: 'RS256', publicPem: seed.rs256Pem, producer: producer.url }),
      }
    : null;
  if (haproxies) {
    stops.push(haproxies.es256.stop, haproxies.rs256.stop);
    loads.set(haproxies.es256, load(seed.es256));
    loads.set(haproxies.rs256, load(seed.rs256));
  } else process.stdout.write('HAProxy is not installed (Debian package haproxy): its rows are missing.\n');

  for (const [proxy, its] of loads) await measure(proxy, its, WARM_UP_SECONDS);
  const rounds = new Map<ProxyServer, Round[]>();
  for (let at = 0; at < ROUNDS; at++) {
    for (const [proxy, its] of loads) {
      rounds.set(proxy, [...(rounds.get(proxy) ?? []), await measure(proxy, its, SECONDS)]);
    }
  }
  const of = (proxy: ProxyServer, figure: keyof Round) =>
    median((rounds.get(proxy) ?? []).map((one) => one[figure]));

  printMachine({ connections: '64', tokens: String(TOKENS), rounds: String(ROUNDS), ...(await versions()) });
  const rows = [...loads.keys()].map((proxy) => {
    const all = (rounds.get(proxy) ?? []).map(({ perCpuSecond }) => perCpuSecond);
    return {
      proxy: proxy.name,
      requests_per_s: round(of(proxy, 'perSecond'), 0),
      per_cpu_second: round(of(proxy, 'perCpuSecond'), 0),
      with_what_runs_beside: round(of(proxy, 'perCpuSecondInAll'), 0),
      spread: `${round(Math.min(...all), 0)} to ${round(Math.max(...all), 0)}`,
      p50_ms: of(proxy, 'p50'),
      p99_ms: of(proxy, 'p99'),
    };
  });
  // Where the processor's time goes, in a run of its own: the profiler costs some of it.
  const profiled = await startGateway(dataFolder, {
    name: 'bench-profiled',
    cpu: 1,
    profileIn: join(folder, 'profile'),
  });
  await acceptTokens();
  await runLoad(profiled.url, load(seed.es256), WARM_UP_SECONDS);
  await profiled.stop();
  await printProfile(join(folder, 'profile'));

  const ratio = (peer: ProxyServer) => round(of(socle, 'perCpuSecond') / of(peer, 'perCpuSecond'), 2);
  printFigures(
    rows,
    'TLS, a network, several processes, bodies larger than 1 kB. HAProxy verifies the signature of each call and writes its log without waiting for the disk; Socle verifies each token once, remembers it by its hash, asks the live policy at each call, filters fields, and answers once its record is on the disk. nginx and the bare proxy of node do neither. The keeper of the gateway’s log (tiles, checkpoints, records to PostgreSQL) is a process of its own on the same processor, at a lower priority: per_cpu_second counts the proxy alone, with_what_runs_beside both, and neither counts PostgreSQL.',
    {
      vs_nginx_bare: ratio(nginx),
      vs_own_http_stack_bare: ratio(bare),
      ...(haproxies && {
        vs_haproxy_es256: ratio(haproxies.es256),
        vs_haproxy_rs256: ratio(haproxies.rs256),
        p99_vs_haproxy_es256: round(of(socle, 'p99') / of(haproxies.es256, 'p99'), 2),
      }),
      ...(haproxies && {
        with_keeper_vs_haproxy_es256: round(
          of(socle, 'perCpuSecondInAll') / of(haproxies.es256, 'perCpuSecond'),
          2,
        ),
      }),
      per_cpu_second: round(of(socle, 'perCpuSecond'), 0),
      p50_ms: of(socle, 'p50'),
      p99_ms: of(socle, 'p99'),
    },
  );
} finally {
  for (const stop of stops.toReversed()) await stop();
  await rm(folder, { recursive: true, force: true });
}

async function versions(): Promise<Record<string, string>> {
  const { versionOf } = await import('./peers.ts');
  return {
    nginx: versionOf(NGINX, '-v'),
    haproxy: existsSync(HAPROXY) ? versionOf(HAPROXY, '-v') : 'not installed',
  };
}
