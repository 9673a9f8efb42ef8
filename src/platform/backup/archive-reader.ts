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

/** A part of a table, or of a file of a folder: what it is a part of, and its place in it. */
const PART = /^(tables\/\d+|folders\/[\w-]+\/\d+)\/\d+$/;

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
    const part = PART.exec(name)?.[1];
    if (part !== undefined) {
      const hash = hashes.get(part) ?? createHash('sha256');
      hashes.set(part, hash);
      for await (const chunk of entry) hash.update(chunk);
    } else if (name.startsWith('keys/')) keys.set(name.slice('keys/'.length), await small(entry));
    else if (name === 'manifest.json') manifest = JSON.parse(String(await small(entry)));
    else throw backupDamaged({ detail: `unknown entry ${name}` }, file);
  }
  if (!manifest) throw backupDamaged({ detail: 'no manifest' }, file);
  const hashOf = (of: string) => (hashes.get(of) ?? createHash('sha256')).digest('hex');
  for (const [at, { sha256, schema, name }] of manifest.tables.entries()) {
    if (hashOf(`tables/${at}`) !== sha256) throw backupDamaged({ detail: `hash of ${schema}.${name}` }, file);
  }
  for (const { name, files } of manifest.folders ?? []) {
    for (const [at, { path, sha256 }] of files.entries()) {
      if (!isPathBelow(path) || hashOf(`folders/${name}/${at}`) !== sha256)
        throw backupDamaged({ detail: `${name}/${path}` }, file);
    }
  }
  for (const { name, sha256 } of manifest.files) {
    const found = createHash('sha256')
      .update(keys.get(name) ?? '')
      .digest('hex');
    if (found !== sha256) throw backupDamaged({ detail: `hash of ${name}` }, file);
  }
  return { manifest, keys };
}

/** Tells whether a path of a backup stays below the folder that it is written to. */
function isPathBelow(path: string): boolean {
  return path.split('/').every((part) => /^[^\\/\0]+$/.test(part) && part !== '.' && part !== '..');
}

/** Reads the saved text of tables and the saved files once more, in the manifest's order. */
export interface PartReader {
  /** The saved text of the table at place `at` of the manifest; each place is asked for once, in order. */
  textOf(at: number): AsyncGenerator<Buffer>;
  /** The bytes of the file at place `at` of a folder; asked for after the tables, in order. */
  bytesOf(folder: string, at: number): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** Opens `file`, which `checkBackup` found whole. */
export function readParts(file: string): PartReader {
  const entries = entriesOf(file);
  let next: Entry | null | undefined;
  const advance = async () => {
    const result = await entries.next();
    next = result.done ? null : result.value;
  };
  async function* partsOf(of: string): AsyncGenerator<Buffer> {
    if (next === undefined) await advance();
    while (next && !PART.test(next.header.name)) {
      next.resume();
      await advance();
    }
    while (next?.header.name.startsWith(`${of}/`)) {
      yield* next;
      await advance();
    }
  }
  return {
    textOf: (at) => partsOf(`tables/${at}`),
    bytesOf: (folder, at) => partsOf(`folders/${folder}/${at}`),
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
