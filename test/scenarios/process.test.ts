// Socle as a process, as an operator meets it: start, second start, commands beside it, Ctrl-C, and kill -9 of either
// process. What was acknowledged is there afterwards.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const ROOT = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'socle-process-'));
const data = join(folder, 'data');
const running = new Set<ChildProcess>();
after(async () => {
  for (const child of running) child.kill('SIGKILL');
  // The supervisor stops the database a moment after its parent's end.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const environment = {
  PATH: process.env.PATH,
  LANG: 'C',
  PORT: '0',
  SOCLE_PRIVATE_PORT: '0',
  SOCLE_GATEWAY: 'off',
  SOCLE_DATA: data,
  SOCLE_LOG_LEVEL: 'warn',
};

function run(script: string, args: readonly string[], more: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, env: { ...environment, ...more } });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function outcome(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

const command = (...args: string[]) => outcome(run('src/cli.ts', args));

async function start(): Promise<{ child: ChildProcess; address: string; words: string }> {
  const child = run('src/main.ts', []);
  let words = '';
  for await (const chunk of child.stdout ?? []) {
    words += chunk;
    const address = /answers at (\S+)[\s\S]*stops everything/.exec(words)?.[1];
    if (address) return { child, address, words };
  }
  throw new Error(`ended before it answered: ${words}`);
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 150; i++) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`${what} did not come about`);
}

const isReady = (address: string) => async () => (await fetch(`${address}/ready`)).status === 200;
const databasePid = () => Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

const table = join(folder, 'edition.csv');
writeFileSync(
  table,
  'Ministère porteur,Ministère nom complet,Nom du projet,Projet interministériel,Description et objectifs du projet,Début,Durée prévisionnelle en année,Phase du projet en cours,Coût estimé,Zone fonctionnelle\n' +
    'MEF,Ministère des Finances,PAIE,Non,Refonte,2014-09-01,"4,5",Déploiement,"12,4",Ressources humaines\n',
);

test('from the first start to the last', { timeout: 240_000 }, async (t) => {
  let server = await start();

  await t.test('it says where it is, whom one can be, and how to stop', () => {
    assert.match(
      server.words,
      /Demonstration State: enter with one click at http:\S+\/sign-in as Citizen, .*Administrator/,
    );
    assert.match(server.words, /Ctrl-C stops everything/);
  });

  await t.test('a second start says so plainly and touches nothing', async () => {
    const { code, err } = await outcome(run('src/main.ts', []));
    assert.equal(code, 1);
    assert.match(err, /already running/i);
    assert.equal((await fetch(server.address)).status, 200);
  });

  await t.test('a wrong setting stops the start with a sentence', async () => {
    const { code, err } = await outcome(run('src/main.ts', [], { PORT: 'http' }));
    assert.equal(code, 1);
    assert.equal(err, 'PORT is wrong: it takes a whole number from 0 to 65535, not "http".\n');
  });

  await t.test('commands join the running server', async () => {
    const imported = await command('import', 'panorama', table, '--edition', '2016-11', '--json');
    assert.equal(imported.code, 0, imported.err);
    const { read, written, unchanged, leftOut } = JSON.parse(imported.out);
    assert.deepEqual(
      { read, written, unchanged, leftOut },
      { read: 1, written: 1, unchanged: 0, leftOut: [] },
    );
    const page = await (
      await fetch(`${server.address}/panorama`, { headers: { accept: 'text/html' } })
    ).text();
    assert.match(page, /novembre 2016/, 'the page that was kept before the import is void');
  });

  await t.test('kill -9 of the database: it comes back, with everything', async () => {
    const before = databasePid();
    process.kill(before, 'SIGKILL');
    await until('a new database', async () => databasePid() !== before);
    await until('readiness', isReady(server.address));
    assert.equal((await fetch(`${server.address}/api/v1/portfolio/editions/2016-11`)).status, 200);
  });

  await t.test(
    'kill -9 of the server: the database ends too, and the next start has everything',
    async () => {
      const database = databasePid();
      server.child.kill('SIGKILL');
      await once(server.child, 'exit');
      await until('the end of the database', async () => {
        try {
          process.kill(database, 0);
          return false;
        } catch {
          return true;
        }
      });
      server = await start();
      assert.equal((await fetch(`${server.address}/api/v1/portfolio/editions/2016-11`)).status, 200);
      const verified = await command('log', 'verify', '--json');
      assert.equal(verified.code, 0, verified.out + verified.err);
      assert.equal(JSON.parse(verified.out).ok, true);
    },
  );

  await t.test('the ledger leaves with an export that is verified without the installation', async () => {
    const file = join(folder, 'ledger.ndjson');
    assert.equal((await command('log', 'export', file)).code, 0);
    const elsewhere = { SOCLE_DATA: join(folder, 'nowhere') };
    const intact = await outcome(run('src/cli.ts', ['log', 'verify', file], elsewhere));
    assert.equal(intact.code, 0, intact.out + intact.err);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('portfolio.edition-imported', 'portfolio.edition-invented'),
    );
    const changed = await outcome(run('src/cli.ts', ['log', 'verify', file], elsewhere));
    assert.equal(changed.code, 1);
    assert.match(changed.out, /does not fit at entry \d+/);
    assert.equal(existsSync(elsewhere.SOCLE_DATA), false);
  });

  await t.test('a backup is restored elsewhere, and the doctor finds nothing wrong there', async () => {
    const file = join(folder, 'backup.tar.gz');
    assert.equal((await command('backup', file)).code, 0);
    const elsewhere = { SOCLE_DATA: join(folder, 'restored'), PORT: '3987' };
    const restored = await outcome(run('src/cli.ts', ['restore', file, '--json'], elsewhere));
    assert.equal(restored.code, 0, restored.err);
    const verified = await outcome(run('src/cli.ts', ['log', 'verify'], elsewhere));
    assert.equal(verified.code, 0, verified.out + verified.err);
    const again = await outcome(run('src/cli.ts', ['restore', file], elsewhere));
    assert.equal(again.code, 1, 'an installation that is in use is not overwritten');
    const doctor = await outcome(run('src/cli.ts', ['doctor', '--json'], elsewhere));
    assert.equal(doctor.code, 0, doctor.out + doctor.err);
  });

  await t.test('Ctrl-C at the very moment that it answers stops it as cleanly', async () => {
    const child = run('src/main.ts', [], { SOCLE_DATA: join(folder, 'brief') });
    const ended = outcome(child);
    child.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('answers at')) child.kill('SIGINT');
    });
    const { code, err } = await ended;
    assert.deepEqual({ code, err }, { code: 0, err: '' });
  });

  await t.test('kill -9 of the database while the workers are starting ends nothing', async () => {
    const child = run('src/main.ts', [], { SOCLE_DATA: join(folder, 'shaken') });
    const ended = outcome(child);
    const address = await new Promise<string>((resolve) => {
      child.stdout?.on('data', (chunk) => {
        const said = /answers at (\S+)/.exec(String(chunk))?.[1];
        if (said) resolve(said);
      });
    });
    process.kill(
      Number(readFileSync(join(folder, 'shaken/postgres/postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGKILL',
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    await until('readiness', isReady(address));
    child.kill('SIGINT');
    assert.equal((await ended).code, 0);
  });

  await t.test('every command explains itself', async () => {
    const { code, out } = await command('--help');
    assert.equal(code, 0);
    for (const name of ['start', 'import', 'log', 'backup', 'restore', 'user', 'doctor'])
      assert.match(out, new RegExp(`^ +${name}`, 'm'));
    const wrong = await command('imprt');
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /unknown command/);
  });

  await t.test('Ctrl-C stops everything', async () => {
    const database = databasePid();
    server.child.kill('SIGINT');
    const [code] = await once(server.child, 'exit');
    assert.equal(code, 0);
    assert.throws(() => process.kill(database, 0), 'the database has ended');
    assert.equal(existsSync(join(data, 'postgres/postmaster.pid')), false);
  });
});
