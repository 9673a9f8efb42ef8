// The lock of a data folder: one process at a time uses it, and says who it is. It knows nothing of the database.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { folderNotWritable, startErrorOf } from '../database/database.errors.ts';

/** Who uses a data folder. */
export interface Holder {
  readonly pid: number;
  /** A server stays; a command ends by itself. */
  readonly as: 'server' | 'command';
  /** ISO 8601. */
  readonly since: string;
  /** Where its database is: in this folder, or elsewhere (DATABASE_URL). Null until it answers. */
  readonly database: 'embedded' | 'elsewhere' | null;
  /** Address of a server's pages; null until it listens. */
  readonly url: string | null;
}

/** The lock, held until `release` or the end of the process, however that comes. */
export interface Lock {
  /** Tells others more about the holder. */
  announce(facts: { database?: Holder['database']; url?: string }): void;
  release(): void;
}

const LOCK_FILE = 'socle.lock';
const HOLDER_FILE = 'socle.running.json';

/**
 * Takes the lock of `dataFolder`, or returns null when another process has it. The operating system frees it when its
 * holder ends (kill -9 included), so that no stale lock is ever to be told from a real one: it is SQLite's lock of an
 * empty file, the one lock by the kernel that Node carries.
 * @throws SocleError when the folder cannot be written.
 */
export function takeLock(dataFolder: string, as: Holder['as'], now: Date): Lock | null {
  let file: DatabaseSync | undefined;
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    file = new DatabaseSync(join(dataFolder, LOCK_FILE));
    file.exec('begin exclusive');
  } catch (error) {
    file?.close();
    if (isBusy(error)) return null;
    if (error instanceof Error && 'errcode' in error) throw folderNotWritable({ cause: error }, dataFolder);
    throw startErrorOf((error as Error).message, dataFolder, error);
  }
  const held = file;
  let holder: Holder = { pid: process.pid, as, since: now.toISOString(), database: null, url: null };
  try {
    writeHolder(dataFolder, holder);
  } catch (error) {
    held.close();
    throw startErrorOf((error as Error).message, dataFolder, error);
  }
  let released = false;
  return {
    announce(facts) {
      holder = { ...holder, ...facts };
      writeHolder(dataFolder, holder);
    },
    release() {
      if (released) return;
      released = true;
      rmSync(join(dataFolder, HOLDER_FILE), { force: true });
      held.close();
    },
  };
}

/** Who uses `dataFolder` at this moment; null when nobody does. */
export function holderOf(dataFolder: string): Holder | null {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(join(dataFolder, LOCK_FILE), { readOnly: true });
    file.prepare('select count(*) from sqlite_schema').get();
    return null;
  } catch (error) {
    if (!isBusy(error)) return null;
  } finally {
    file?.close();
  }
  return readHolder(dataFolder);
}

/**
 * What the holder of a taken lock said of itself; null in the moment before it has, when the file is still the one of
 * a holder that was killed.
 */
export function readHolder(dataFolder: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(join(dataFolder, HOLDER_FILE), 'utf8')) as Holder;
    return isAlive(holder.pid) ? holder : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function writeHolder(dataFolder: string, holder: Holder): void {
  const path = join(dataFolder, HOLDER_FILE);
  writeFileSync(`${path}.new`, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return error instanceof Error && 'errcode' in error && ((error.errcode as number) & 0xff) === SQLITE_BUSY;
}
