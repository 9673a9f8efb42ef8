// How long a person waits: from the start of the process to the first answered page, on an empty data folder (database
// made, demonstration State loaded) and on one that is there already. The peer in the same run is a bare Fastify.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, printFigures, printMachine, round } from '../support/figures.ts';
import { startServer } from '../support/server.ts';

const ROUNDS = 7;

/** Milliseconds from the start of the process to the whole of the first page. */
async function startSocle(dataFolder: string): Promise<number> {
  const start = performance.now();
  const server = await startServer(dataFolder);
  const answer = await fetch(server.address, { headers: { accept: 'text/html' } });
  await answer.text();
  const elapsed = performance.now() - start;
  if (answer.status !== 200) throw new Error(`The first page answered ${answer.status}.`);
  await server.stop();
  return elapsed;
}

const BARE = `
  import Fastify from 'fastify';
  const app = Fastify();
  app.get('/', (request, reply) => reply.type('text/html').send('<h1>Bare</h1>'));
  console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
`;

async function startBare(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '-e', BARE], {
    cwd: new URL('../../', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [address] = await once(child.stdout, 'data');
  await (await fetch(String(address).trim())).text();
  const elapsed = performance.now() - start;
  child.kill();
  await once(child, 'exit');
  return elapsed;
}

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
try {
  const first: number[] = [];
  const later: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const data = join(folder, `data-${i}`);
    first.push(await startSocle(data));
    later.push(await startSocle(data));
    bare.push(await startBare());
  }
  const row = (what: string, values: readonly number[]) => ({
    what,
    median_ms: round(median(values), 0),
    least_ms: round(Math.min(...values), 0),
    most_ms: round(Math.max(...values), 0),
  });
  printMachine();
  printFigures(
    [row('first start, empty folder', first), row('later start', later), row('bare Fastify', bare)],
    'npm itself (about half a second on a usual machine), a cold disk cache, another PostgreSQL.',
    {
      first_start_ms: round(median(first), 0),
      later_start_ms: round(median(later), 0),
      bare_fastify_ms: round(median(bare), 0),
      vs_bare_fastify: round(median(bare) / median(later), 3),
    },
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
