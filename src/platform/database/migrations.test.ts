// Migrations: applied once, in order, by several processes at once; a changed or missing one stops the start.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { freshDatabase } from '#test/support/database.ts';
import { connect } from './connection.ts';
import { migrate, migrationState } from './migrations.ts';

async function folderWith(t: TestContext, files: Record<string, string>): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-migrations-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
  return pathToFileURL(`${folder}/`);
}

test('migrations are applied once, in the order of the sources and of their numbers', async (t) => {
  const { pool } = await freshDatabase(t);
  const first = await folderWith(t, {
    '002-b.sql': 'insert into one.steps values (2)',
    '001-a.sql': 'create schema one; create table one.steps (n int); insert into one.steps values (1)',
  });
  const second = await folderWith(t, { '001-c.sql': 'insert into one.steps values (3)' });
  const sources = [
    { name: 'one', folder: first },
    { name: 'a-later-one', folder: second },
  ];
  assert.deepEqual((await migrationState(pool, sources)).pending.length, 3);
  assert.deepEqual(await migrate(pool, sources), ['one/001-a.sql', 'one/002-b.sql', 'a-later-one/001-c.sql']);
  assert.deepEqual(await migrate(pool, sources), []);
  const { rows } = await pool.query('select n from one.steps');
  assert.deepEqual(
    rows.map(({ n }) => n),
    [1, 2, 3],
  );
});

test('several processes that migrate at once apply each migration once', async (t) => {
  const { address } = await freshDatabase(t);
  const folder = await folderWith(t, {
    '001-a.sql': 'create schema one; create table one.steps (n int); select pg_sleep(0.1)',
    '002-b.sql': 'insert into one.steps values (1)',
  });
  const connections = [1, 2, 3, 4].map(() => connect(address, { max: 2 }));
  t.after(() => Promise.all(connections.map((connection) => connection.close())));
  const done = await Promise.all(connections.map(({ pool }) => migrate(pool, [{ name: 'one', folder }])));
  assert.deepEqual(done.map((names) => names.length).sort(), [0, 0, 0, 2]);
  assert.equal((await connections[0]?.pool.query('select from one.steps'))?.rowCount, 1);
});

test('a changed old migration stops the start with a sentence that names it', async (t) => {
  const { pool } = await freshDatabase(t);
  const before = await folderWith(t, { '001-a.sql': 'create schema one' });
  await migrate(pool, [{ name: 'one', folder: before }]);
  const changed = await folderWith(t, {
    '001-a.sql': 'create schema one -- changed',
    '002-b.sql': 'create schema two',
  });
  const sources = [{ name: 'one', folder: changed }];
  await assert.rejects(migrate(pool, sources), (error: Error) => {
    assert.match(error.message, /^migration-changed: The migration one\/001-a\.sql was changed/);
    return true;
  });
  const { rowCount } = await pool.query(`select from pg_namespace where nspname = 'two'`);
  assert.equal(rowCount, 0, 'nothing after it is applied');
  assert.deepEqual((await migrationState(pool, sources)).changed, ['one/001-a.sql']);
});

test('a database with a migration that this version does not know stops the start', async (t) => {
  const { pool } = await freshDatabase(t);
  const newer = await folderWith(t, { '001-a.sql': 'select 1', '002-b.sql': 'select 2' });
  await migrate(pool, [{ name: 'one', folder: newer }]);
  const older = await folderWith(t, { '001-a.sql': 'select 1' });
  await assert.rejects(
    migrate(pool, [{ name: 'one', folder: older }]),
    /migration-missing: .* one\/002-b\.sql/,
  );
});

test('a migration that fails leaves nothing of itself and names its line', async (t) => {
  const { pool } = await freshDatabase(t);
  const folder = await folderWith(t, {
    '001-a.sql': 'create schema one',
    '002-b.sql': 'create table one.t (n int);\nselec 1',
  });
  await assert.rejects(
    migrate(pool, [{ name: 'one', folder }]),
    /migration-failed: .*one\/002-b\.sql.*line 2/,
  );
  const { rows } = await pool.query(
    `select to_regclass('one.t') as t, (select count(*) from platform.migrations) as n`,
  );
  assert.deepEqual(rows, [{ t: null, n: 1 }]);
});

test('a file that is named otherwise, or a number used twice, is refused', async (t) => {
  const { pool } = await freshDatabase(t);
  const odd = await folderWith(t, { 'notes.txt': '' });
  await assert.rejects(migrate(pool, [{ name: 'one', folder: odd }]), /one\/notes\.txt/);
  const twice = await folderWith(t, { '001-a.sql': '', '001-b.sql': '' });
  await assert.rejects(migrate(pool, [{ name: 'one', folder: twice }]), /one\/001-b\.sql/);
});
