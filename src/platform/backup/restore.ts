// Brings a backup back into an empty installation, all of it or nothing.
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import {
  applyMigration,
  type Migration,
  type MigrationSource,
  pendingOf,
  prepareRecord,
  readMigrations,
} from '../database/migrations.ts';
import { type CheckedBackup, checkBackup, type PartReader, readParts } from './archive-reader.ts';
import { backupTooNew, restoreDiffers, targetNotEmpty } from './backup.errors.ts';
import {
  digestOf,
  listReferences,
  listTables,
  listTriggers,
  PLAIN_TEXT_SETTINGS,
  quoted,
} from './catalogue.repository.ts';
import type { KeptFolder, KeyFile, Manifest, Partition, SavedTable } from './manifest.types.ts';

/** What to restore and where. */
export interface RestoreOptions {
  /** A database in which Socle never ran: its migrations have not been applied. */
  readonly pool: pg.Pool;
  readonly file: string;
  /** Where the key files go. One that is there with another content is kept beside, its name ending in `.before-restore`. */
  readonly keyFiles: readonly KeyFile[];
  /** Where `folders` go. */
  readonly dataFolder: string;
  /** The folders that this version of Socle keeps beside the database. */
  readonly folders: readonly Pick<KeptFolder, 'name'>[];
  /** The migrations of this version of Socle. */
  readonly sources: readonly MigrationSource[];
}

/**
 * Restores `file`: builds the tables as they were when it was made, fills and compares them, then applies the
 * migrations that came since. Everything happens in one transaction, the folders beside the database included.
 * @throws SocleError, having changed nothing, when the file is not whole, is newer, or the target is not empty.
 */
export async function restore({
  pool,
  file,
  keyFiles,
  dataFolder,
  folders,
  sources,
}: RestoreOptions): Promise<Manifest> {
  const checked = await checkBackup(file);
  const { manifest } = checked;
  const migrations = await readMigrations(sources);
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  const strange = manifest.migrations.find(({ name, checksum }) => known.get(name) !== checksum);
  if (strange) throw backupTooNew({}, manifest.version, strange.name);

  for (const { name } of manifest.folders ?? []) {
    if (!folders.some((known) => known.name === name)) throw backupTooNew({}, manifest.version, name);
    if ((await namesIn(join(dataFolder, name))).length > 0) throw targetNotEmpty({ detail: name });
  }

  const client = await pool.connect();
  const reader = readParts(file);
  let failure: Error | undefined;
  try {
    await client.query('begin');
    await client.query(PLAIN_TEXT_SETTINGS);
    await buildAsItWas(client, manifest, migrations);
    await fill(client, reader, manifest);
    for (const migration of pendingOf(migrations, manifest.migrations))
      await applyMigration(client, migration);
    // Before the commit: should it not come, keys without data do no harm, and a second try finds the same ones.
    await putKeys(keyFiles, checked);
    await putFolders(dataFolder, manifest, reader);
    await client.query('commit');
    return manifest;
  } catch (error) {
    failure = error as Error;
    await client.query('rollback').catch(() => {});
    for (const { name } of manifest.folders ?? []) {
      // They were empty or not there: what is in them now came from this file.
      await rm(join(dataFolder, name), { recursive: true, force: true });
    }
    throw error;
  } finally {
    await reader.close();
    client.release(failure);
  }
}

/** A range between two moments, or whatever no other partition takes. */
const BOUND = /^(?:FOR VALUES FROM \('[\d :+-]+'\) TO \('[\d :+-]+'\)|DEFAULT)$/;
const RECORD = { schema: 'platform', name: 'migrations' };

async function buildAsItWas(
  client: pg.ClientBase,
  manifest: Manifest,
  migrations: readonly Migration[],
): Promise<void> {
  if (!(await isEmpty(client))) throw targetNotEmpty();
  await prepareRecord(client);
  const had = new Set(manifest.migrations.map(({ name }) => name));
  for (const migration of migrations) if (had.has(migration.name)) await applyMigration(client, migration);
  for (const table of manifest.tables) {
    if (table.partition) await addPartition(client, table, table.partition);
  }
}

// Partitions come with time and not with a migration; their bounds are the one SQL that is taken from the file.
async function addPartition(client: pg.ClientBase, table: SavedTable, partition: Partition): Promise<void> {
  if (!BOUND.test(partition.bound)) {
    throw restoreDiffers({ detail: partition }, `${table.schema}.${table.name}`);
  }
  await client.query(
    `create table if not exists ${quoted(table)} partition of ${quoted(partition)} ${partition.bound}`,
  );
}

// A first start that was refused may have left the record of migrations, with nothing in it.
async function isEmpty(client: pg.ClientBase): Promise<boolean> {
  const [first, ...others] = await listTables(client);
  if (first === undefined) return true;
  return (
    others.length === 0 && quoted(first) === quoted(RECORD) && (await digestOf(client, first)).rows === 0
  );
}

async function fill(client: pg.PoolClient, reader: PartReader, manifest: Manifest): Promise<void> {
  const there = await listTables(client);
  const saved = new Set(manifest.tables.map(quoted));
  const unknown =
    manifest.tables.find((table) => !there.some((candidate) => hasShapeOf(candidate, table))) ??
    there.find((table) => !saved.has(quoted(table)));
  if (unknown) throw restoreDiffers({ detail: 'the tables are others' }, `${unknown.schema}.${unknown.name}`);

  const lifted = [...(await listReferences(client)), ...(await listTriggers(client))];
  for (const { off } of lifted) await client.query(off);
  // Migrations may have put rows of their own, which the saved ones replace.
  await client.query(`truncate ${there.map(quoted).join(', ')}`);
  for (const [at, table] of manifest.tables.entries()) {
    const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
    await pipeline(
      reader.textOf(at),
      client.query(copyFrom(`copy ${quoted(table)} (${columns}) from stdin`)),
    );
    const { rows, digest } = await digestOf(client, table);
    if (rows !== table.rows || digest !== table.digest) {
      throw restoreDiffers({ detail: { rows, digest, table } }, `${table.schema}.${table.name}`);
    }
  }
  for (const sequence of manifest.sequences) {
    await client.query('select setval($1::regclass, $2, $3)', [
      quoted(sequence),
      sequence.lastValue,
      sequence.isCalled,
    ]);
  }
  for (const { on } of lifted) await client.query(on);
}

function hasShapeOf(candidate: Pick<SavedTable, 'schema' | 'name' | 'columns'>, table: SavedTable): boolean {
  return quoted(candidate) === quoted(table) && candidate.columns.join('\n') === table.columns.join('\n');
}

async function putKeys(keyFiles: readonly KeyFile[], { keys }: CheckedBackup): Promise<void> {
  for (const { name, path } of keyFiles) {
    const bytes = keys.get(name);
    if (bytes === undefined) continue;
    const former = await readFile(path).catch(() => null);
    if (former?.equals(bytes)) continue;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    if (former) await rename(path, `${path}.before-restore`);
    await writeFile(`${path}.new`, bytes, { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
  }
}

async function putFolders(dataFolder: string, { folders = [] }: Manifest, reader: PartReader): Promise<void> {
  for (const { name, files } of folders) {
    for (const [at, { path }] of files.entries()) {
      const file = join(dataFolder, name, path);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await pipeline(
        reader.bytesOf(name, at),
        createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }),
      );
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
