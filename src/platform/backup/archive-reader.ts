// Reads a backup from its start to its end and checks it. It knows no database.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Extract, extract } from 'tar-stream';
import { isSocleError } from '../errors.ts';
import { backupDamaged, backupTooNew, backupUnreadable } from './backup.errors.ts';
import { FORMAT, type Manifest } from './manifest.types.ts';

type Entry = (Extract extends AsyncIterable<infer E> ? E : never) & AsyncIterable<Buffer>;

const LARGEST_SMALL_ENTRY = 64 * 1024 * 1024;

/** A backup that was read once from end to end, every hash compared. */
export interface CheckedBackup {
  readonly manifest: Manifest;
  /** The key files, by name. */
  readonly keys: ReadonlyMap<string, Buffer>;
}

/**
 * Reads the whole of `file` and checks it against its manifest.
 * @throws SocleError when it is no whole backup, or newer than this version can read.
 */
export async function checkBackup(file: string): Promise<CheckedBackup> {
  try {
    return await check(file);
  } catch (error) {
    if (isSocleError(error)) throw error;
    // An archive of something else: its entries are not what ours hold.
    throw backupDamaged({ cause: error, detail: (error as Error).message }, file);
  }
}

async function check(file: string): Promise<CheckedBackup> {
  const hashes = new Map<string, Hash>();
  const keys = new Map<string, Buffer>();
  let manifest: Manifest | undefined;
  let first = true;
  for await (const entry of entriesOf(file)) {
    const { name } = entry.header;
    if (first) {
      const { format, version } = JSON.parse(String(await small(entry)));
      if (name !== 'socle-backup.json' || typeof format !== 'number') throw backupDamaged({}, file);
      if (format > FORMAT) throw backupTooNew({}, String(version), `format ${format}`);
      first = false;
      continue;
    }
    const table = /^tables\/(\d+)\/\d+$/.exec(name)?.[1];
    if (table !== undefined) {
      const hash = hashes.get(table) ?? createHash('sha256');
      hashes.set(table, hash);
      for await (const chunk of entry) hash.update(chunk);
    } else if (name.startsWith('keys/')) keys.set(name.slice('keys/'.length), await small(entry));
    else if (name === 'manifest.json') manifest = JSON.parse(String(await small(entry)));
    else throw backupDamaged({ detail: `unknown entry ${name}` }, file);
  }
  if (!manifest) throw backupDamaged({ detail: 'no manifest' }, file);
  for (const [at, { sha256, schema, name }] of manifest.tables.entries()) {
    const found = (hashes.get(String(at)) ?? createHash('sha256')).digest('hex');
    if (found !== sha256) throw backupDamaged({ detail: `hash of ${schema}.${name}` }, file);
  }
  for (const { name, sha256 } of manifest.files) {
    const found = createHash('sha256')
      .update(keys.get(name) ?? '')
      .digest('hex');
    if (found !== sha256) throw backupDamaged({ detail: `hash of ${name}` }, file);
  }
  return { manifest, keys };
}

/** Reads the tables' saved text once more, table after table, in the manifest's order. */
export interface TableReader {
  /** The saved text of the table at place `at` of the manifest; each place is asked for once, in order. */
  textOf(at: number): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** Opens `file`, which `checkBackup` found whole. */
export function readTables(file: string): TableReader {
  const entries = entriesOf(file);
  let next: Entry | null | undefined;
  const advance = async () => {
    const result = await entries.next();
    next = result.done ? null : result.value;
  };
  return {
    async *textOf(at) {
      if (next === undefined) await advance();
      while (next?.header.name === 'socle-backup.json') {
        next.resume();
        await advance();
      }
      while (next?.header.name.startsWith(`tables/${at}/`)) {
        yield* next;
        await advance();
      }
    },
    async close() {
      await entries.return(undefined);
    },
  };
}

async function* entriesOf(file: string): AsyncGenerator<Entry, undefined> {
  const tar = extract();
  const flow = pipeline(createReadStream(file), createGunzip(), tar).catch((error) => error as Error);
  try {
    yield* tar as AsyncIterable<Entry>;
    const error = await flow;
    if (error) throw error;
  } catch (error) {
    if (isSocleError(error)) throw error;
    if (error instanceof Error && 'syscall' in error) throw backupUnreadable({ cause: error }, file);
    throw backupDamaged({ cause: error, detail: (error as Error).message }, file);
  } finally {
    tar.destroy();
    await flow;
  }
}

async function small(entry: Entry): Promise<Buffer> {
  if ((entry.header.size ?? 0) > LARGEST_SMALL_ENTRY) throw new Error(`${entry.header.name} is too large`);
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  return Buffer.concat(chunks);
}
