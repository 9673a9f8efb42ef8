// The embedded server and its data folder: kill -9 of either process, a second start, commands at once, wrong folders.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { silentLog } from '#test/support/silent-log.ts';
import { holderOf } from '../installation/lock.ts';
import { connect } from './connection.ts';
import { embeddedAddress, startEmbedded } from './embedded.ts';
import { openDatabase } from './open.ts';

const TRIAL = fileURLToPath(new URL('../installation/holder-trial.ts', import.meta.url));

const undone = new WeakMap<TestContext, (() => unknown)[]>();

/** Runs `work` when the test has ended, last asked first: a server stops before its folder goes. */
function afterwards(t: TestContext, work: () => unknown): void {
  const list = undone.get(t);
  if (list) {
    list.push(work);
    return;
  }
  const works = [work];
  undone.set(t, works);
  t.after(async () => {
    for (const next of works.toReversed()) await next();
  });
}

async function emptyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-embedded-'));
  afterwards(t, () => rm(folder, { recursive: true, force: true }));
  return folder;
}

let made: Promise<string> | undefined;
after(async () => {
  if (made) await rm(await made, { recursive: true, force: true });
});

/** A data folder with a database at rest, copied from one that was made once: making it takes a second of computing. */
async function restingFolder(t: TestContext): Promise<string> {
  made ??= (async () => {
    const original = await mkdtemp(join(tmpdir(), 'socle-embedded-'));
    await (await startEmbedded({ dataFolder: original, log: silentLog })).stop();
    return original;
  })();
  const dataFolder = await emptyFolder(t);
  execFileSync('cp', ['-a', join(await made, 'postgres'), dataFolder]);
  return dataFolder;
}

interface Trial {
  readonly process: ChildProcess;
  readonly said: { joined?: boolean; started?: string; error?: string };
}

/** Runs the trial process and waits for what it says. */
async function trial(t: TestContext, ...args: string[]): Promise<Trial> {
  const child = spawn(process.execPath, [TRIAL, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  afterwards(t, async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.stdin.end();
    await once(child, 'exit');
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { process: child, said: JSON.parse(line) };
}

async function postmasterOf(dataFolder: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataFolder, 'postgres/postmaster.pid'), 'utf8'), 10);
}

// A process that ended and whose parent has not asked how is alive no more.
function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await what()) return;
    await wait(50);
  }
  assert.fail('it never came');
}

const answers = (dataFolder: string) => async () => {
  const { pool, close } = connect(embeddedAddress(dataFolder), { max: 1 });
  const answer = await pool.query('select 1').then(
    () => true,
    () => false,
  );
  await close();
  return answer;
};

test('the role of the application is no superuser and the superuser cannot come in', async (t) => {
  const dataFolder = await restingFolder(t);
  const server = await startEmbedded({ dataFolder, log: silentLog });
  afterwards(t, () => server.stop());
  const { pool, close } = connect(server.address);
  afterwards(t, close);
  const { rows } = await pool.query(
    `select rolsuper, rolcreaterole, rolcreatedb, current_setting('fsync') as fsync, current_setting('data_checksums') as sums
     from pg_roles where rolname = current_user`,
  );
  assert.deepEqual(rows, [
    { rolsuper: false, rolcreaterole: false, rolcreatedb: false, fsync: 'on', sums: 'on' },
  ]);
  const superuser = connect({ ...server.address, user: 'postgres', database: 'postgres' }, { max: 1 });
  await assert.rejects(superuser.pool.query('select 1'), /pg_hba.conf rejects/);
  await superuser.close();
});

test('a data folder with a very long path works, and every process finds its socket', async (t) => {
  const dataFolder = join(await emptyFolder(t), 'a-long-name-'.repeat(10));
  const server = await startEmbedded({ dataFolder, log: silentLog });
  afterwards(t, () => server.stop());
  assert.ok((server.address.host?.length ?? 0) < 90);
  assert.ok(await answers(dataFolder)());
});

test('when the database is killed, it is started again and the pool connects again, with all that was acknowledged', async (t) => {
  const dataFolder = await restingFolder(t);
  const open = await openDatabase({ dataFolder, databaseUrl: null, log: silentLog, as: 'server' });
  afterwards(t, open.close);
  await open.pool.query('create schema s; create table s.kept (n int)');
  await open.pool.query('insert into s.kept values (1), (2)');
  const first = await postmasterOf(dataFolder);
  process.kill(first, 'SIGKILL');
  await until(answers(dataFolder));
  assert.notEqual(await postmasterOf(dataFolder), first);
  let rows: unknown[] = [];
  await until(async () => {
    const result = await open.pool.query('select n from s.kept').catch(() => null);
    rows = result?.rows ?? [];
    return result !== null;
  });
  assert.deepEqual(rows, [{ n: 1 }, { n: 2 }]);
});

test('when its process is killed, the database stops, and the next start finds all that was acknowledged', async (t) => {
  const dataFolder = await restingFolder(t);
  const first = await trial(t, dataFolder, 'server', 'create schema s; create table s.kept as select 1 as n');
  const postmaster = await postmasterOf(dataFolder);
  first.process.kill('SIGKILL');
  // At once, while the former database is still stopping.
  const second = await trial(t, dataFolder, 'server', 'insert into s.kept values (2)');
  assert.equal(second.said.error, undefined);
  assert.ok(!isAlive(postmaster));
  second.process.kill('SIGKILL');
  await until(() => holderOf(dataFolder) === null);
  const third = await trial(t, dataFolder, 'command', 'insert into s.kept values (3)');
  assert.equal(third.said.error, undefined);
});

test('when the supervisor is killed together with its process, the next start stops the former database first', async (t) => {
  const dataFolder = await restingFolder(t);
  const first = await trial(t, dataFolder, 'server', 'create schema s; create table s.kept as select 1 as n');
  const postmaster = await postmasterOf(dataFolder);
  const supervisor = Number(
    execFileSync('ps', ['-o', 'ppid=', '-p', String(postmaster)], { encoding: 'utf8' }),
  );
  const family = execFileSync('ps', ['-o', 'pid=', '--ppid', String(supervisor)], { encoding: 'utf8' });
  for (const pid of [supervisor, ...family.trim().split(/\s+/).map(Number)]) {
    if (pid !== postmaster) process.kill(pid, 'SIGKILL');
  }
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  assert.ok(isAlive(postmaster));
  const second = await trial(t, dataFolder, 'server', 'insert into s.kept values (2)');
  assert.equal(second.said.error, undefined);
  assert.ok(!isAlive(postmaster));
});

test('a pid file whose number now belongs to another process does not stop the start', async (t) => {
  if (process.platform !== 'linux') return t.skip('only Linux tells what a process works in');
  const dataFolder = await restingFolder(t);
  await writeFile(join(dataFolder, 'postgres/postmaster.pid'), `${process.pid}\n`);
  const server = await startEmbedded({ dataFolder, log: silentLog });
  await server.stop();
});

test('a second server on the same folder says so and touches nothing', async (t) => {
  const dataFolder = await restingFolder(t);
  const first = await trial(t, dataFolder, 'server');
  const before = await readdir(dataFolder);
  const second = await trial(t, dataFolder, 'server');
  assert.match(
    second.said.error ?? '',
    new RegExp(`already running on the folder .*process ${first.process.pid}`),
  );
  assert.deepEqual(await readdir(dataFolder), before);
  assert.ok(await answers(dataFolder)());
  assert.equal(holderOf(dataFolder)?.pid, first.process.pid);
});

test('a command joins the running server', async (t) => {
  const dataFolder = await restingFolder(t);
  const server = await trial(t, dataFolder, 'server');
  const command = await trial(t, dataFolder, 'command');
  assert.equal(command.said.joined, true);
  assert.equal(command.said.started, server.said.started);
  await once(command.process, 'exit');
  assert.ok(await answers(dataFolder)(), 'the command left the server running');
});

test('commands at once on a new folder take turns and lose nothing', async (t) => {
  const dataFolder = await emptyFolder(t);
  const work =
    'create table if not exists public.turns (at timestamptz default now()); insert into public.turns default values';
  const commands = await Promise.all([1, 2, 3].map(() => trial(t, dataFolder, 'command', work)));
  for (const { said } of commands) assert.deepEqual([said.error, said.joined], [undefined, false]);
  const open = await openDatabase({ dataFolder, databaseUrl: null, log: silentLog, as: 'command' });
  afterwards(t, open.close);
  const { rows } = await open.pool.query('select count(*) as n from public.turns');
  assert.deepEqual(rows, [{ n: 3 }]);
});

test('a folder of another major version is refused with both versions', async (t) => {
  const dataFolder = await emptyFolder(t);
  await mkdir(join(dataFolder, 'postgres'));
  await writeFile(join(dataFolder, 'postgres/PG_VERSION'), '14\n');
  await assert.rejects(
    startEmbedded({ dataFolder, log: silentLog }),
    /database-other-version: .* belongs to PostgreSQL 14 .* brings PostgreSQL 18/,
  );
});

test('a folder that holds something else is left alone', async (t) => {
  const dataFolder = await emptyFolder(t);
  await mkdir(join(dataFolder, 'postgres'));
  await writeFile(join(dataFolder, 'postgres/notes.txt'), 'mine');
  await assert.rejects(startEmbedded({ dataFolder, log: silentLog }), /database-not-a-database/);
  assert.deepEqual(await readdir(join(dataFolder, 'postgres')), ['notes.txt']);
});

test('what a start that was killed half-way left is cleared away', async (t) => {
  const dataFolder = await emptyFolder(t);
  await mkdir(join(dataFolder, 'postgres.new-1/base'), { recursive: true });
  const server = await startEmbedded({ dataFolder, log: silentLog });
  await server.stop();
  assert.deepEqual(await readdir(dataFolder), ['postgres']);
});

test('a folder that cannot be made is refused with a sentence', async () => {
  for (const as of ['server', 'command'] as const) {
    await assert.rejects(
      openDatabase({ dataFolder: '/dev/null/socle', databaseUrl: null, log: silentLog, as }),
      /^SocleError: database-folder-not-writable/,
    );
  }
});

test('a full disk is said plainly, at the first start and at a later one', async (t) => {
  const dataFolder = await emptyFolder(t);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m,mode=0755', 'tmpfs', dataFolder], {
      stdio: 'ignore',
    });
  } catch {
    return t.skip('a small file system can be mounted by root alone');
  }
  try {
    await writeFile(join(dataFolder, 'ballast'), Buffer.alloc(70e6));
    await assert.rejects(startEmbedded({ dataFolder, log: silentLog }), /database-disk-full/);
    assert.deepEqual(await readdir(dataFolder), ['ballast'], 'nothing half-made is left');
    await rm(join(dataFolder, 'ballast'));
    const server = await startEmbedded({ dataFolder, log: silentLog });
    await server.stop();
    await writeFile(join(dataFolder, 'ballast'), Buffer.alloc(80e6)).catch(() => {});
    await assert.rejects(startEmbedded({ dataFolder, log: silentLog }), /database-disk-full/);
    await rm(join(dataFolder, 'ballast'));
    await (await startEmbedded({ dataFolder, log: silentLog })).stop();
  } finally {
    execFileSync('umount', ['-l', dataFolder]);
  }
});
