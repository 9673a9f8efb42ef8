// The doctor: a healthy installation has no trouble, and each trouble is named with its mend.
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { freshDatabase } from '#test/support/database.ts';
import { migrate } from '../database/migrations.ts';
import { checkServer } from '../database/open.ts';
import { diagnose, type Installation } from './doctor.ts';
import { takeLock } from './lock.ts';

async function newInstallation(t: TestContext): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-doctor-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const dataFolder = join(folder, 'data');
  await mkdir(dataFolder, { mode: 0o700 });
  const keyFiles = [{ name: 'ledger.key', path: join(dataFolder, 'ledger.key') }];
  const sources = [] as const;
  return { dataFolder, databaseUrl: null, host: '127.0.0.1', port: 0, sources, keyFiles, now: new Date() };
}

async function troublesOf(installation: Installation): Promise<string[]> {
  const findings = await diagnose(installation);
  for (const { ok, found, mend } of findings) {
    assert.equal(mend === null, ok);
    assert.ok(found.fr && found.en);
  }
  return findings.filter(({ ok }) => !ok).map(({ check }) => check);
}

test('a new folder has no trouble, and looking changes nothing in it', async (t) => {
  const installation = await newInstallation(t);
  assert.deepEqual(await troublesOf(installation), []);
  assert.deepEqual(await readdir(installation.dataFolder), []);
  assert.deepEqual(
    await troublesOf({ ...installation, dataFolder: join(installation.dataFolder, 'absent') }),
    [],
  );
});

test('a key that others can read, or that is missing where data is, is named', async (t) => {
  const installation = await newInstallation(t);
  const { dataFolder } = installation;
  await mkdir(join(dataFolder, 'postgres'));
  await writeFile(join(dataFolder, 'postgres/PG_VERSION'), '18\n');
  assert.deepEqual(await troublesOf(installation), ['key ledger.key']);
  await writeFile(join(dataFolder, 'ledger.key'), 'x', { mode: 0o644 });
  assert.deepEqual(await troublesOf(installation), ['key ledger.key']);
  await chmod(join(dataFolder, 'ledger.key'), 0o600);
  assert.deepEqual(await troublesOf(installation), []);
});

test('a database of another version, or one that is not whole, is named', async (t) => {
  const installation = await newInstallation(t);
  await writeFile(join(installation.dataFolder, 'ledger.key'), 'x', { mode: 0o600 });
  await mkdir(join(installation.dataFolder, 'postgres'));
  assert.deepEqual(await troublesOf(installation), ['database']);
  await writeFile(join(installation.dataFolder, 'postgres/PG_VERSION'), '14\n');
  assert.deepEqual(await troublesOf(installation), ['database']);
});

test('a folder that everyone can write, a clock that went back and a taken port are named', async (t) => {
  const installation = await newInstallation(t);
  await chmod(installation.dataFolder, 0o777);
  assert.deepEqual(await troublesOf(installation), ['folder']);
  await chmod(installation.dataFolder, 0o700);
  const yesterday = new Date(Date.now() - 86_400_000);
  assert.deepEqual(await troublesOf({ ...installation, now: yesterday }), ['clock']);
  assert.deepEqual(await troublesOf({ ...installation, now: new Date(0) }), ['clock']);
  const port = await listening(t, () => {});
  assert.deepEqual(await troublesOf({ ...installation, port }), ['port']);
  assert.deepEqual(await troublesOf({ ...installation, host: '192.0.2.1' }), ['port']);
});

test('who uses the folder is said, and a killed holder is not taken for a living one', async (t) => {
  const installation = await newInstallation(t);
  const lock = takeLock(installation.dataFolder, 'server', new Date());
  assert.ok(lock);
  lock.announce({ url: 'http://localhost:3000' });
  const findings = await diagnose(installation);
  const running = findings.find(({ check }) => check === 'running');
  assert.match(running?.found.en ?? '', new RegExp(`process ${process.pid}, http://localhost:3000`));
  lock.release();
  const after = (await diagnose(installation)).find(({ check }) => check === 'running');
  assert.match(after?.found.en ?? '', /No server is running/);
});

test('a database in use tells the state of its migrations', async (t) => {
  const installation = await newInstallation(t);
  await writeFile(join(installation.dataFolder, 'ledger.key'), 'x', { mode: 0o600 });
  const { pool, address } = await freshDatabase(t);
  const databaseUrl = `postgresql://${address.user}@/${address.database}?host=${encodeURIComponent(address.host ?? '')}`;
  const folder = join(installation.dataFolder, 'one');
  await mkdir(folder);
  await writeFile(join(folder, '001-a.sql'), 'select 1');
  const sources = [{ name: 'one', folder: pathToFileURL(`${folder}/`) }];
  await migrate(pool, sources);
  assert.deepEqual(await troublesOf({ ...installation, databaseUrl, sources }), []);
  assert.deepEqual(await troublesOf({ ...installation, databaseUrl }), ['migrations']);
  await writeFile(join(folder, '001-a.sql'), 'select 2');
  assert.deepEqual(await troublesOf({ ...installation, databaseUrl, sources }), ['migrations']);
});

test('a server that does not answer, or is too old, is refused with a sentence', async (t) => {
  const installation = await newInstallation(t);
  const port = await listening(t, (socket) => socket.destroy());
  const databaseUrl = `postgresql://socle@127.0.0.1:${port}/socle`;
  assert.deepEqual(await troublesOf({ ...installation, databaseUrl }), ['database']);
  await assert.rejects(checkServer({ connectionString: databaseUrl }), /database-unreachable/);
  const old = await listening(t, answerAsVersion14);
  const oldUrl = `postgresql://socle@127.0.0.1:${old}/socle`;
  await assert.rejects(
    checkServer({ connectionString: oldUrl }),
    /database-too-old: .*PostgreSQL 14\.3.*15 or newer/,
  );
});

async function listening(t: TestContext, onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer(onConnection);
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

/** Speaks just enough of PostgreSQL's protocol to say its version, whatever it is asked. */
function answerAsVersion14(socket: Socket): void {
  const message = (kind: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(kind), length, body]);
  };
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
  const int32 = (value: number) =>
    Buffer.from([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
  const column = (name: string, type: number) =>
    Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(type), int16(4), int32(-1), int16(0)]);
  const value = (text: string) => Buffer.concat([int32(text.length), Buffer.from(text)]);
  const ready = message('Z', Buffer.from('I'));
  socket.once('data', () => {
    socket.write(Buffer.concat([message('R', int32(0)), ready]));
    socket.on('data', () => {
      socket.write(
        Buffer.concat([
          message('T', Buffer.concat([int16(2), column('version', 25), column('number', 23)])),
          message('D', Buffer.concat([int16(2), value('14.3'), value('140003')])),
          message('C', Buffer.from('SELECT 1\0')),
          ready,
        ]),
      );
    });
  });
  socket.on('error', () => {});
}
