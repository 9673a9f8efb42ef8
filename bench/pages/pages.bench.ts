// The panorama page, as any reader gets it, against a bare Fastify route that returns the same bytes from a buffer (a
// string, which Node encodes anew for each answer, would be a weaker peer). The two processes
// run one after the other, in interleaved rounds, with the same load: 50 connections.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { median, printFigures, printMachine, round } from '../support/figures.ts';
import { startServer } from '../support/server.ts';

const CONNECTIONS = 50;
const SECONDS = 5;
const ROUNDS = 5;
const HEADERS = { accept: 'text/html', 'accept-language': 'fr' };

interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

async function load(url: string, headers: Record<string, string> = HEADERS): Promise<Load> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS, headers });
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0) throw new Error(`${bad} answers of ${url} were not 200.`);
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const socle = await startServer(join(folder, 'data'));
try {
  const url = `${socle.address}/panorama`;
  const page = await (await fetch(url, { headers: HEADERS })).text();
  await writeFile(join(folder, 'page.html'), page);
  const bareFile = join(folder, 'bare.mjs');
  await writeFile(
    bareFile,
    `import { readFileSync } from 'node:fs';
     import Fastify from ${JSON.stringify(import.meta.resolve('fastify'))};
     const page = readFileSync(${JSON.stringify(join(folder, 'page.html'))});
     const app = Fastify();
     app.get('/panorama', (request, reply) => reply.type('text/html; charset=utf-8').send(page));
     console.log(await app.listen({ host: '127.0.0.1', port: 0 }));`,
  );
  const bare = spawn(process.execPath, [bareFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [bareAddress] = await once(bare.stdout, 'data');
  const bareUrl = `${String(bareAddress).trim()}/panorama`;

  // A page that nobody asked for before, each time: what the first reader after a change waits for.
  const fresh: number[] = [];
  for (let i = 0; i < 40; i++) {
    const start = performance.now();
    await (await fetch(`${url}?fresh=${i}`, { headers: HEADERS })).text();
    fresh.push(performance.now() - start);
  }

  const ours: Load[] = [];
  const theirs: Load[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    ours.push(await load(url));
    theirs.push(await load(bareUrl));
  }
  bare.kill();

  const row = (what: string, loads: readonly Load[]) => ({
    what,
    requests_per_s: round(median(loads.map((l) => l.perSecond)), 0),
    spread: `${round(Math.min(...loads.map((l) => l.perSecond)), 0)} to ${round(Math.max(...loads.map((l) => l.perSecond)), 0)}`,
    p50_ms: median(loads.map((l) => l.p50)),
    p99_ms: median(loads.map((l) => l.p99)),
  });
  printMachine({
    page: `${Buffer.byteLength(page)} bytes, not compressed`,
    connections: String(CONNECTIONS),
  });
  printFigures(
    [row('panorama', ours), row('bare Fastify, same bytes', theirs)],
    'TLS, a network, readers who are signed in (their pages are made anew), the load generator takes a processor too.',
    {
      vs_bare_fastify: round(
        median(ours.map((l) => l.perSecond)) / median(theirs.map((l) => l.perSecond)),
        3,
      ),
      requests_per_s: round(median(ours.map((l) => l.perSecond)), 0),
      p50_ms: median(ours.map((l) => l.p50)),
      p99_ms: median(ours.map((l) => l.p99)),
      made_anew_p50_ms: round(median(fresh)),
      made_anew_most_ms: round(Math.max(...fresh)),
    },
  );
} finally {
  await socle.stop();
  await rm(folder, { recursive: true, force: true });
}
