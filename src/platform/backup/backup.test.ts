// Backup and restore: what comes back is what was saved, all of it or nothing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type pg from 'pg';
import { freshDatabase } from '#test/support/database.ts';
import { type MigrationSource, migrate } from '../database/migrations.ts';
import { backup } from './backup.ts';
import type { KeptFolder } from './manifest.types.ts';
import { restore } from './restore.ts';

const NOW = new Date('2026-03-01T10:00:00Z');
const noFolders = { dataFolder: tmpdir(), folders: [] };

// Everything that makes a restore hard: references in a circle and to themselves, triggers that refuse or add,
// identities, generated columns, rows that a migration put, odd names and odd values.
const SCHEMA = `
  create schema one;
  create table one.z_parents (id bigint generated always as identity primary key, child_id bigint, name text,
    upper_name text generated always as (upper(name)) stored, parent_id bigint references one.z_parents);
  create table one.children (id bigint primary key, parent_id bigint not null references one.z_parents);
  alter table one.z_parents add foreign key (child_id) references one.children deferrable initially deferred;
  create table one."Odd ""name" (a_text text, "b c" bytea, n numeric, f double precision, at timestamptz, d date, j jsonb, list text[], span interval);
  create table one.seeds (n int);
  insert into one.seeds values (1), (2);
  create sequence one.steps;
  create table one.hours (at timestamptz not null, n int) partition by range (at);
  create table one.echoes (n int);
  create function one.refuse() returns trigger language plpgsql as $$ begin raise exception 'never changed'; end $$;
  create function one.echo() returns trigger language plpgsql as $$ begin insert into one.echoes values (1); return null; end $$;
  create trigger never before update or delete or truncate on one.z_parents for each statement execute function one.refuse();
  create trigger echo after insert on one.children for each row execute function one.echo();
  alter table one.children enable always trigger echo;
`;
const ROWS = `
  begin;
  insert into one.z_parents (name, child_id, parent_id) values ('a', 10, 2), ('é\tb\n\\\\', 10, null), (null, null, 1);
  insert into one.children values (10, 1), (11, 2);
  commit;
  insert into one."Odd ""name" values ('\\N', '\\x00ff', 'NaN', 0.1::float8 + 0.2, '2026-03-01 10:00+05', '0044-03-15 BC', '{"a": [1, null]}', '{x,"y z",NULL}', '1 mon -3 days 00:00:01.5'), (null, '', 1e20, 'Infinity', 'infinity', null, 'null', '{}', null);
  insert into one.seeds values (3);
  create table one.hours_2026_03 partition of one.hours for values from ('2026-03-01T00:00:00Z') to ('2026-04-01T00:00:00Z');
  create table one.hours_other partition of one.hours default;
  insert into one.hours values ('2026-03-31T23:59:59Z', 1), ('2026-04-01T00:00:00Z', 2);
  select nextval('one.steps'), nextval('one.steps');
`;

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-backup-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function sourceWith(folder: string, ...files: string[]): Promise<MigrationSource[]> {
  const place = join(folder, `migrations-${crypto.randomUUID()}`);
  await mkdir(place);
  for (const [at, sql] of files.entries()) await writeFile(join(place, `00${at + 1}-step.sql`), sql);
  return [{ name: 'one', folder: pathToFileURL(`${place}/`) }];
}

const EVERYTHING = [
  'one.z_parents',
  'one.children',
  'one."Odd ""name"',
  'one.seeds',
  'one.echoes',
  'one.hours',
  'one.hours_2026_03',
  'platform.migrations',
];

async function contentOf(pool: pg.Pool): Promise<Record<string, unknown>> {
  const content: Record<string, unknown> = {};
  for (const table of EVERYTHING) {
    const { rows } = await pool.query(`select t::text from ${table} t order by 1`);
    content[table] = rows.map((row) => row.t);
  }
  const next = await pool.query('select last_value, is_called from one.steps');
  const references = await pool.query(
    `select conname, pg_get_constraintdef(oid) as is from pg_constraint where contype = 'f' order by 1, 2`,
  );
  const triggers = await pool.query(
    'select tgname, tgenabled from pg_trigger where not tgisinternal order by 1',
  );
  return { ...content, next: next.rows, references: references.rows, triggers: triggers.rows };
}

async function savedInstallation(t: TestContext) {
  const folder = await folderOf(t);
  const { pool } = await freshDatabase(t);
  const sources = await sourceWith(folder, SCHEMA);
  await migrate(pool, sources);
  await pool.query(ROWS);
  const keyFiles = [
    { name: 'ledger.key', path: join(folder, 'keys/ledger.key') },
    { name: 'session.key', path: join(folder, 'keys/absent.key') },
  ];
  await mkdir(join(folder, 'keys'));
  await writeFile(join(folder, 'keys/ledger.key'), 'a secret');
  const file = join(folder, 'saved.tar.gz');
  const manifest = await backup({ pool, file, keyFiles, ...noFolders, version: '1.2.3', now: NOW });
  return { folder, pool, sources, keyFiles, file, manifest };
}

test('every table, sequence, reference, trigger and key comes back as it was', async (t) => {
  const { folder, pool, sources, file, manifest } = await savedInstallation(t);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.deepEqual(
    manifest.files.map(({ name }) => name),
    ['ledger.key'],
  );
  assert.equal(manifest.tables.find(({ name }) => name === 'seeds')?.rows, 3);

  const target = await freshDatabase(t);
  const key = join(folder, 'elsewhere/ledger.key');
  await restore({
    pool: target.pool,
    file,
    sources,
    keyFiles: [{ name: 'ledger.key', path: key }],
    ...noFolders,
  });
  assert.deepEqual(await contentOf(target.pool), await contentOf(pool));
  assert.equal(await readFile(key, 'utf8'), 'a secret');
  assert.equal((await stat(key)).mode & 0o777, 0o600);
  const { rows } = await target.pool.query(
    `insert into one.z_parents (name) values ('next') returning id, upper_name`,
  );
  assert.deepEqual(rows, [{ id: 4, upper_name: 'NEXT' }]);
  await assert.rejects(target.pool.query('delete from one.z_parents'), /never changed/);
  await assert.rejects(target.pool.query('insert into one.children values (12, 99)'), /foreign key/);
});

test('a backup taken while others write is the state of one moment', async (t) => {
  const folder = await folderOf(t);
  const { pool } = await freshDatabase(t);
  const sources = await sourceWith(
    folder,
    'create schema one; create table one.a (n int); create table one.b (n int)',
  );
  await migrate(pool, sources);
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n++)
      await pool.query(`with x as (insert into one.a values (${n})) insert into one.b values (${n})`);
  })();
  const file = join(folder, 'saved.tar.gz');
  try {
    for (let round = 0; round < 5; round++) {
      await rm(file, { force: true });
      const { tables } = await backup({ pool, file, keyFiles: [], ...noFolders, version: '1', now: NOW });
      const [a, b] = ['a', 'b'].map((name) => tables.find((table) => table.name === name));
      assert.equal(a?.digest, b?.digest);
      assert.equal(a?.sha256, b?.sha256);
    }
  } finally {
    writing = false;
    await writer;
  }
});

test('a table of many parts comes back whole', async (t) => {
  const folder = await folderOf(t);
  const { pool } = await freshDatabase(t);
  const sources = await sourceWith(folder, 'create schema one; create table one.large (n int, words text)');
  await migrate(pool, sources);
  await pool.query(
    `insert into one.large select n, repeat(md5(n::text), 10) from generate_series(1, 40000) n`,
  );
  const file = join(folder, 'saved.tar.gz');
  const saved = await backup({ pool, file, keyFiles: [], ...noFolders, version: '1', now: NOW });
  assert.ok(
    execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).split('\n').length > 5,
    'an ordinary tar reads it',
  );
  const target = await freshDatabase(t);
  await restore({ pool: target.pool, file, sources, keyFiles: [], ...noFolders });
  const again = await backup({
    pool: target.pool,
    file: `${file}2`,
    keyFiles: [],
    ...noFolders,
    version: '1',
    now: NOW,
  });
  const digests = ({ tables }: typeof saved) =>
    tables.map(({ name, rows, digest }) => ({ name, rows, digest }));
  assert.deepEqual(digests(again), digests(saved));
});

test('a backup of an older version is brought up to date after it was restored', async (t) => {
  const { folder, file } = await savedInstallation(t);
  const newer = await sourceWith(
    folder,
    SCHEMA,
    'alter table one.seeds add column doubled int; update one.seeds set doubled = 2 * n',
  );
  const target = await freshDatabase(t);
  await restore({ pool: target.pool, file, sources: newer, keyFiles: [], ...noFolders });
  const { rows } = await target.pool.query('select sum(doubled)::int as sum from one.seeds');
  assert.deepEqual(rows, [{ sum: 12 }]);
  assert.deepEqual(await migrate(target.pool, newer), []);
});

test('a backup of a newer version is refused, and nothing is changed', async (t) => {
  const { file } = await savedInstallation(t);
  const target = await freshDatabase(t);
  const older = restore({ pool: target.pool, file, sources: [], keyFiles: [], ...noFolders });
  await assert.rejects(older, /backup-too-new: .*Socle 1\.2\.3.*one\/001-step\.sql/);
  await nothingIn(target.pool);
});

async function nothingIn(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(
    `select to_regnamespace('one') as one, (select count(*) from platform.migrations) as n`,
  );
  assert.deepEqual(rows, [{ one: null, n: 0 }]);
}

test('a restore into an installation that holds data is refused', async (t) => {
  const { pool, sources, file, keyFiles } = await savedInstallation(t);
  const before = await contentOf(pool);
  await assert.rejects(restore({ pool, file, sources, keyFiles, ...noFolders }), /backup-target-not-empty/);
  assert.deepEqual(await contentOf(pool), before);
});

test('a file that was cut, changed, or is something else is refused, and nothing is changed', async (t) => {
  const { folder, sources, file } = await savedInstallation(t);
  const target = await freshDatabase(t);
  const bytes = await readFile(file);
  const plain = gunzipSync(bytes);
  const at = plain.indexOf('a\t10\t2') >= 0 ? plain.indexOf('a\t10\t2') : plain.indexOf('\ta\t');
  assert.ok(at > 0);
  plain[at + 1] = (plain[at + 1] ?? 0) ^ 1;
  const cases: Record<string, Buffer> = {
    cut: bytes.subarray(0, bytes.length / 2),
    changed: gzipSync(plain),
    text: Buffer.from('id;name\n1;a\n'),
    empty: Buffer.alloc(0),
    'another archive': execFileSync('tar', ['-czf', '-', '-C', folder, 'keys']),
  };
  for (const [name, content] of Object.entries(cases)) {
    const path = join(folder, `${name}.tar.gz`);
    await writeFile(path, content);
    await assert.rejects(
      restore({ pool: target.pool, file: path, sources, keyFiles: [], ...noFolders }),
      /backup-damaged/,
      name,
    );
  }
  const absent = restore({
    pool: target.pool,
    file: join(folder, 'absent'),
    sources,
    keyFiles: [],
    ...noFolders,
  });
  await assert.rejects(absent, /backup-unreadable/);
  await nothingIn(target.pool);
});

test('a restore that fails on its last step leaves nothing behind', async (t) => {
  const { folder, file } = await savedInstallation(t);
  const target = await freshDatabase(t);
  const broken = await sourceWith(folder, SCHEMA, 'select 1 / 0');
  const key = join(folder, 'elsewhere/ledger.key');
  const keyFiles = [{ name: 'ledger.key', path: key }];
  await assert.rejects(
    restore({ pool: target.pool, file, sources: broken, keyFiles, ...noFolders }),
    /migration-failed/,
  );
  await nothingIn(target.pool);
  await assert.rejects(stat(key), /ENOENT/);
});

test('a key that is there already is kept beside the restored one', async (t) => {
  const { folder, sources, file } = await savedInstallation(t);
  const target = await freshDatabase(t);
  const key = join(folder, 'other.key');
  await writeFile(key, 'another secret');
  await restore({
    pool: target.pool,
    file,
    sources,
    keyFiles: [{ name: 'ledger.key', path: key }],
    ...noFolders,
  });
  assert.equal(await readFile(key, 'utf8'), 'a secret');
  assert.equal(await readFile(`${key}.before-restore`, 'utf8'), 'another secret');
});

test('a backup never replaces a file, and one that cannot be written leaves none', async (t) => {
  const { folder, pool, file } = await savedInstallation(t);
  const options = { pool, keyFiles: [], ...noFolders, version: '1', now: NOW };
  await truncate(file, 5);
  await assert.rejects(backup({ ...options, file }), /backup-exists/);
  assert.equal((await stat(file)).size, 5);
  await assert.rejects(
    backup({ ...options, file: join(folder, 'absent/saved.tar.gz') }),
    /backup-not-written/,
  );
  const small = join(folder, 'small');
  await mkdir(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', small], { stdio: 'ignore' });
  } catch {
    return t.diagnostic('the full disk was not tried: a small file system can be mounted by root alone');
  }
  try {
    await pool.query(`insert into one.echoes select (random() * 1e9)::int from generate_series(1, 50000)`);
    await assert.rejects(backup({ ...options, file: join(small, 'saved.tar.gz') }), /database-disk-full/);
    assert.deepEqual(await readdir(small), []);
  } finally {
    execFileSync('umount', ['-l', small]);
  }
});

/** A folder of which it holds `paths`, and of each all but its last two bytes. */
function keptFolder(paths: readonly string[]): KeptFolder {
  return {
    name: 'notes',
    hold(folder, held) {
      return paths.map((path) => {
        const file = join(held, path);
        mkdirSync(dirname(file), { recursive: true });
        linkSync(join(folder, path), file);
        return { path, size: LENGTHS[path] ?? 0 };
      });
    },
  };
}
const LENGTHS: Record<string, number> = { 'a/large': 5_000_000, empty: 0, 'b/c/short %2F': 3 };

async function folderSaved(t: TestContext) {
  const { folder, pool, sources } = await savedInstallation(t);
  const dataFolder = join(folder, 'data');
  for (const [path, size] of Object.entries(LENGTHS)) {
    await mkdir(dirname(join(dataFolder, 'notes', path)), { recursive: true });
    await writeFile(join(dataFolder, 'notes', path), `${'x'.repeat(size)}..`);
  }
  const file = join(folder, 'with-notes.tar.gz');
  const kept = keptFolder(Object.keys(LENGTHS));
  await backup({ pool, file, keyFiles: [], dataFolder, folders: [kept], version: '1', now: NOW });
  return { folder, dataFolder, sources, file };
}

test('a folder beside the database comes back file by file, as far as each was held', async (t) => {
  const { folder, dataFolder, sources, file } = await folderSaved(t);
  assert.deepEqual(await readdir(dataFolder), ['notes']);
  const target = await freshDatabase(t);
  const there = { dataFolder: join(folder, 'restored'), folders: [{ name: 'notes' }] };
  await restore({ pool: target.pool, file, sources, keyFiles: [], ...there });
  for (const [path, size] of Object.entries(LENGTHS)) {
    assert.equal(await readFile(join(there.dataFolder, 'notes', path), 'utf8'), 'x'.repeat(size), path);
  }
  assert.equal((await stat(join(there.dataFolder, 'notes/a/large'))).mode & 0o777, 0o600);
});

test('a folder that is not empty, or of no known name, or damaged, is not restored', async (t) => {
  const { folder, dataFolder, sources, file } = await folderSaved(t);
  const target = await freshDatabase(t);
  const options = { pool: target.pool, sources, keyFiles: [], folders: [{ name: 'notes' }] };
  await assert.rejects(restore({ ...options, file, dataFolder }), /backup-target-not-empty/);
  const dataFolderThere = join(folder, 'restored');
  await assert.rejects(
    restore({ ...options, file, dataFolder: dataFolderThere, folders: [] }),
    /backup-too-new/,
  );
  for (const [name, change] of [
    ['another byte', (text: string) => text.replace('xxxx', 'xxyx')],
    ['a path that leads out', (text: string) => text.replace('"b/c/short %2F"', '"b/../../../up"')],
  ] as const) {
    const changed = join(folder, `${name}.tar.gz`);
    const plain = gunzipSync(await readFile(file)).toString('latin1');
    const now = change(plain);
    assert.notEqual(now, plain);
    await writeFile(changed, gzipSync(Buffer.from(now, 'latin1')));
    await assert.rejects(
      restore({ ...options, file: changed, dataFolder: dataFolderThere }),
      /backup-damaged/,
      name,
    );
  }
  await nothingIn(target.pool);
  await assert.rejects(stat(join(dataFolderThere, 'notes')), /ENOENT/);
});
