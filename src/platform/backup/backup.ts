// Saves an installation in one file: a consistent snapshot of every table, the key files, and the folders that hold data
// beside the database. It changes nothing.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Pack, pack } from 'tar-stream';
import { diskFull } from '../database/database.errors.ts';
import { appliedMigrations } from '../database/migrations.ts';
import { isSocleError } from '../errors.ts';
import { backupExists, backupNotWritten } from './backup.errors.ts';
import {
  digestOf,
  listSequences,
  listTables,
  PLAIN_TEXT_SETTINGS,
  quoted,
  type Table,
} from './catalogue.repository.ts';
import {
  FORMAT,
  type KeptFolder,
  type KeyFile,
  type Manifest,
  type SavedFile,
  type SavedFolder,
  type SavedFolderFile,
  type SavedTable,
} from './manifest.types.ts';

// A tar entry states its size first, so a table is written in parts of a size that memory holds.
const PART_BYTES = 4 * 1024 * 1024;

/** What to save and where. */
export interface BackupOptions {
  readonly pool: pg.Pool;
  /** The file to write, a `.tar.gz`; it must not exist. */
  readonly file: string;
  /** Key files; one that is not there (another machine keeps it) is left out. */
  readonly keyFiles: readonly KeyFile[];
  /** Where `folders` lie. */
  readonly dataFolder: string;
  /** Folders beside the database; one that is not there (its gateway runs on another machine) is left out. */
  readonly folders: readonly KeptFolder[];
  /** Version of Socle. */
  readonly version: string;
  readonly now: Date;
}

/**
 * Writes a backup, readable by its owner alone, since it holds the keys. The installation may be in use: what is saved
 * is the state at one moment. The file appears when it is whole, or not at all.
 * @throws SocleError when the file exists or cannot be written.
 */
export async function backup({ file, ...options }: BackupOptions): Promise<Manifest> {
  const path = resolve(file);
  if (existsSync(path)) throw backupExists({}, path);
  const draft = `${path}.part-${process.pid}`;
  try {
    const archive = pack();
    const written = pipeline(
      archive,
      createGzip(),
      createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }),
    );
    // It may fail before anyone waits for it.
    written.catch(() => {});
    const manifest = await writeEntries(archive, written, options);
    await written;
    await rename(draft, path);
    await keepName(dirname(path));
    return manifest;
  } catch (error) {
    await rm(draft, { force: true });
    if (isSocleError(error)) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull({ cause: error }, dirname(path));
    if (error instanceof Error && 'syscall' in error) throw backupNotWritten({ cause: error }, path);
    throw error;
  }
}

async function writeEntries(
  archive: Pack,
  written: Promise<void>,
  { pool, keyFiles, dataFolder, folders, version, now }: Omit<BackupOptions, 'file'>,
): Promise<Manifest> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(PLAIN_TEXT_SETTINGS);
    const entry = entryWriter(archive, written, now);
    await entry('socle-backup.json', Buffer.from(JSON.stringify({ format: FORMAT, version })));
    const tables: SavedTable[] = [];
    for (const table of await listTables(client)) {
      tables.push(
        await saveTable(client, table, (part, bytes) => entry(`tables/${tables.length}/${part}`, bytes)),
      );
    }
    const files: SavedFile[] = [];
    for (const { name, path } of keyFiles) {
      const bytes = await readFile(path).catch((error) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (bytes === null) continue;
      await entry(`keys/${name}`, bytes);
      files.push({ name, sha256: createHash('sha256').update(bytes).digest('hex') });
    }
    const savedFolders: SavedFolder[] = [];
    for (const kept of folders) {
      const files = await saveFolder(kept, dataFolder, entry);
      if (files !== null) savedFolders.push({ name: kept.name, files });
    }
    const server = await client.query(`select current_setting('server_version') as version`);
    const manifest: Manifest = {
      format: FORMAT,
      version,
      madeAt: now.toISOString(),
      postgresql: server.rows[0].version,
      migrations: await appliedMigrations(client),
      tables,
      sequences: await listSequences(client),
      files,
      folders: savedFolders,
    };
    await entry('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
    await client.query('commit');
    archive.finalize();
    return manifest;
  } catch (error) {
    failure = error as Error;
    archive.destroy(failure);
    // It fails with what is wrong with the file, or with what was wrong here.
    await written;
    throw error;
  } finally {
    client.release(failure);
  }
}

async function saveTable(
  client: pg.PoolClient,
  table: Table,
  writePart: (part: number, bytes: Buffer) => Promise<void>,
): Promise<SavedTable> {
  const { rows, digest } = await digestOf(client, table);
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let size = 0;
  let part = 0;
  const flush = async () => {
    if (size === 0) return;
    const bytes = Buffer.concat(waiting);
    waiting = [];
    size = 0;
    hash.update(bytes);
    await writePart(part++, bytes);
  };
  for await (const chunk of client.query(copyTo(`copy ${quoted(table)} (${columns}) to stdout`))) {
    waiting.push(chunk);
    size += chunk.length;
    if (size >= PART_BYTES) await flush();
  }
  await flush();
  return { ...table, rows, sha256: hash.digest('hex'), digest };
}

/** Writes the files of a folder; null where there is none. */
async function saveFolder(
  { name, hold }: KeptFolder,
  dataFolder: string,
  entry: ReturnType<typeof entryWriter>,
): Promise<SavedFolderFile[] | null> {
  const folder = join(dataFolder, name);
  if (!existsSync(folder)) return null;
  const held = join(dataFolder, `.backup-of-${name}`);
  // One that a killed process left holds the place of files that are gone elsewhere.
  await rm(held, { recursive: true, force: true });
  await mkdir(held, { mode: 0o700 });
  try {
    const saved: SavedFolderFile[] = [];
    for (const { path, size } of hold(folder, held)) {
      const hash = createHash('sha256');
      let at = 0;
      for (let part = 0; at < size || part === 0; part += 1) {
        const bytes = await readPart(join(held, path), at, Math.min(PART_BYTES, size - at));
        hash.update(bytes);
        await entry(`folders/${name}/${saved.length}/${part}`, bytes);
        at += bytes.length;
      }
      saved.push({ path, size, sha256: hash.digest('hex') });
    }
    return saved;
  } finally {
    await rm(held, { recursive: true, force: true });
  }
}

async function readPart(file: string, start: number, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file, { start, end: start + length - 1 })) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (bytes.length < length) throw new Error(`${file} became shorter while it was saved`);
  return bytes;
}

function entryWriter(archive: Pack, written: Promise<void>, now: Date) {
  return async (name: string, bytes: Buffer): Promise<void> => {
    const { promise: taken, resolve, reject } = Promise.withResolvers<void>();
    const header = { name, size: bytes.length, mode: 0o600, mtime: now };
    const entry = archive.entry(header, (error) => (error ? reject(error) : resolve()));
    entry.on('error', reject);
    entry.end(bytes);
    // When the file cannot be written, an entry may never be taken.
    await Promise.race([taken, written]);
  };
}

// The new name is on the disk when its folder is.
async function keepName(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
