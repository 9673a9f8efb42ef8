// Migrations: plain SQL files of each module, applied once, in order, checksummed. It knows no module's tables.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import type { Logger } from '../log.ts';
import { migrationChanged, migrationFailed, migrationMissing } from './database.errors.ts';

/** Where one module (or part of the platform) keeps its migrations. */
export interface MigrationSource {
  /** Stable name of the owner, the first half of a migration's name. */
  readonly name: string;
  /** Folder of `NNN-what.sql` files; the address ends with a slash. */
  readonly folder: URL;
}

/** One migration file. */
export interface Migration {
  /** `<source>/NNN-what.sql`, by which sentences name it. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, in hex. */
  readonly checksum: string;
}

/** A migration as the database remembers it. */
export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
}

/** How the files and the database differ. */
export interface MigrationState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  readonly changed: readonly string[];
  readonly missing: readonly string[];
}

// Any number will do, as long as nothing else in the database takes it.
const ADVISORY_LOCK = 7_305_203_911;

const FILE_NAME = /^\d{3}-[a-z0-9-]+\.sql$/;

/**
 * Reads the migrations of `sources`, in the order in which they are applied: sources as given, files by number.
 * @throws Error when a folder holds another sort of file or a number twice.
 */
export async function readMigrations(sources: readonly MigrationSource[]): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const { name, folder } of sources) {
    const files = (await readdir(folder)).sort();
    const numbers = files.map((file) => file.slice(0, 3));
    const wrong = files.find(
      (file, at) => !FILE_NAME.test(file) || numbers.indexOf(numbers[at] ?? '') !== at,
    );
    if (wrong) throw new Error(`${name}/${wrong}: a migration is named NNN-what.sql, each number once.`);
    for (const file of files) {
      const sql = await readFile(new URL(file, folder), 'utf8');
      migrations.push({
        name: `${name}/${file}`,
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      });
    }
  }
  return migrations;
}

/**
 * Applies what is missing, each migration in a transaction of its own. Several processes may call it at once.
 * @returns the names of those that it applied.
 * @throws SocleError that names a changed or missing old migration, or one that failed.
 */
export async function migrate(
  pool: pg.Pool,
  sources: readonly MigrationSource[],
  { log }: { log?: Logger | undefined } = {},
): Promise<string[]> {
  const migrations = await readMigrations(sources);
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // A migration of a large table, or another process's, may outlast the limit of an ordinary statement.
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await prepareRecord(client);
    const pending = pendingOf(migrations, await appliedMigrations(client));
    for (const migration of pending) {
      await client.query('begin');
      try {
        await applyMigration(client, migration);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
      log?.info({ migration: migration.name }, 'migration applied');
    }
    return pending.map(({ name }) => name);
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    if (!broken) {
      await client.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]);
      await client.query('reset statement_timeout');
    }
    // A connection given back with an error is closed, which frees the lock.
    client.release(broken);
  }
}

/** Compares the files of `sources` with what the database remembers; changes nothing. */
export async function migrationState(
  pool: pg.Pool,
  sources: readonly MigrationSource[],
): Promise<MigrationState> {
  const migrations = await readMigrations(sources);
  const client = await pool.connect();
  try {
    const { rows } = await client.query(`select to_regclass('platform.migrations') is not null as there`);
    return compare(migrations, rows[0].there ? await appliedMigrations(client) : []);
  } finally {
    client.release();
  }
}

/** Makes the table that remembers the migrations, where it is missing. */
export async function prepareRecord(client: pg.ClientBase): Promise<void> {
  await client.query(`
    create schema if not exists platform;
    create table if not exists platform.migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
}

/** What the database remembers, by name. */
export async function appliedMigrations(client: pg.ClientBase): Promise<AppliedMigration[]> {
  const { rows } = await client.query('select name, checksum from platform.migrations order by name');
  return rows;
}

/**
 * The migrations that `applied` lacks, in order.
 * @throws SocleError that names the first of `applied` that was changed or is no longer known.
 */
export function pendingOf(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration[] {
  const { changed, missing, pending } = compare(migrations, applied);
  if (changed[0] !== undefined) throw migrationChanged({}, changed[0]);
  if (missing[0] !== undefined) throw migrationMissing({}, missing[0]);
  return migrations.filter(({ name }) => pending.includes(name));
}

function compare(migrations: readonly Migration[], applied: readonly AppliedMigration[]): MigrationState {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  const done = new Set(applied.map(({ name }) => name));
  return {
    applied: applied.map(({ name }) => name),
    pending: migrations.map(({ name }) => name).filter((name) => !done.has(name)),
    changed: applied
      .filter(({ name, checksum }) => known.has(name) && known.get(name) !== checksum)
      .map((a) => a.name),
    missing: applied.filter(({ name }) => !known.has(name)).map(({ name }) => name),
  };
}

/**
 * Runs one migration and remembers it; the caller's transaction is open.
 * @throws SocleError when PostgreSQL refuses it.
 */
export async function applyMigration(
  client: pg.ClientBase,
  { name, sql, checksum }: Migration,
): Promise<void> {
  try {
    await client.query(sql);
  } catch (cause) {
    const { message, position } = cause as pg.DatabaseError;
    const line = position ? ` (line ${sql.slice(0, Number(position)).split('\n').length})` : '';
    throw migrationFailed({ cause, detail: message }, name, `${message}${line}`);
  }
  await client.query('insert into platform.migrations (name, checksum) values ($1, $2)', [name, checksum]);
}
