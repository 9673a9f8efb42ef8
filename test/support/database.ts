// Databases for tests: one embedded server for the run, a template with the migrations, a fresh copy for each file.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import pg from 'pg';
import { type Connection, connect, type DatabaseAddress } from '#platform/database/connection.ts';
import { startEmbedded } from '#platform/database/embedded.ts';
import { type MigrationSource, migrate, readMigrations } from '#platform/database/migrations.ts';
import { silentLog } from './silent-log.ts';

/**
 * Name of the variable by which `scripts/test.mjs` passes its server's address (as JSON) to the test files.
 * It does not start with SOCLE_, so that the configuration does not take it for a setting of the installation.
 */
export const TEST_DATABASE_VARIABLE = 'TEST_DATABASE';

/** A database of the test's own. */
export interface FreshDatabase extends Connection {
  readonly address: DatabaseAddress;
}

/** What a template holds beyond the migrations, put in once in a run. */
export interface Filling {
  /** One name for one content: files that ask by the same name share the template. */
  readonly name: string;
  /** Fills the database at `address`, and leaves no connection to it open. */
  readonly fill: (address: DatabaseAddress) => Promise<void>;
}

/** Whatever can run a function when a test (or a suite, or a file) has ended. */
export interface TestScope {
  after(work: () => Promise<void>): void;
}

let ownServer: Promise<DatabaseAddress> | undefined;

/** The run's server, or one of this process's own when the file is run by itself. */
export function testServer(): Promise<DatabaseAddress> {
  const given = process.env[TEST_DATABASE_VARIABLE];
  if (given) return Promise.resolve(JSON.parse(given) as DatabaseAddress);
  ownServer ??= startOwnServer();
  return ownServer;
}

async function startOwnServer(): Promise<DatabaseAddress> {
  const server = await startTestServer();
  stopOwnServer = server.stop;
  return server.address;
}

let stopOwnServer: (() => Promise<void>) | undefined;

// Node runs `after` hooks in the order in which they were added, and what stands on a database must end before it.
const ends: (() => Promise<void>)[] = [];
after(async () => {
  for (const end of ends.toReversed()) await end();
  await stopOwnServer?.();
});

/** Runs `work` when the file has ended, before what was there earlier ends: the databases that it uses among it. */
export function atTheEnd(work: () => Promise<void>): void {
  ends.push(work);
}

/** Starts a server for tests in a temporary folder; `stop` removes the folder too. Nothing in it is durable. */
export async function startTestServer(): Promise<{ address: DatabaseAddress; stop(): Promise<void> }> {
  await removeLeftovers();
  const dataFolder = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  const server = await startEmbedded({ dataFolder, log: silentLog, forTests: true });
  return {
    address: server.address,
    async stop() {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

const FOLDER_PREFIX = 'socle-test-';

// What runs that were killed left: folders named after a process that is no more.
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${FOLDER_PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true });
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

/**
 * Makes a database that holds what the migrations of `sources` and then `filling` make, and nothing else; it is dropped
 * when `scope` (the test's context, or the file when none is given) has ended. The first call for a list applies the
 * migrations to a template, the next ones (of other files too) copy that; so it is with the filling.
 */
export async function freshDatabase(
  scope: TestScope | undefined,
  sources: readonly MigrationSource[] = [],
  filling?: Filling,
): Promise<FreshDatabase> {
  const server = await testServer();
  const template = await templateFor(server, sources, filling);
  const name = `t_${crypto.randomUUID().replaceAll('-', '')}`;
  await inMaintenance(server, (client) => copyDatabase(client, template, name));
  const address = { ...server, database: name };
  const connection = connect(address);
  let closed = false;
  const drop = async () => {
    if (!closed) await connection.close();
    closed = true;
    await inMaintenance(server, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  if (scope) scope.after(drop);
  else atTheEnd(drop);
  return {
    ...connection,
    address,
    async close() {
      if (!closed) await connection.close();
      closed = true;
    },
  };
}

const templates = new Map<string, Promise<string>>();

async function templateFor(
  server: DatabaseAddress,
  sources: readonly MigrationSource[],
  filling: Filling | undefined,
): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, checksum } of await readMigrations(sources)) hash.update(`${name} ${checksum}\n`);
  const migrated = `template_${hash.digest('hex').slice(0, 16)}`;
  const empty = makeOnce(migrated, () =>
    makeTemplate(server, migrated, (client, draft) => migrateNew(server, client, draft, sources)),
  );
  if (!filling) return empty;
  await empty;
  const filled = `${migrated}_${filling.name}`;
  return makeOnce(filled, () =>
    makeTemplate(server, filled, async (client, draft) => {
      await copyDatabase(client, migrated, draft);
      await filling.fill({ ...server, database: draft });
    }),
  );
}

function makeOnce(template: string, make: () => Promise<void>): Promise<string> {
  const ready = templates.get(template) ?? make().then(() => template);
  templates.set(template, ready);
  return ready;
}

/** Makes the template by `make`, which creates the database of the name that it is given. */
async function makeTemplate(
  server: DatabaseAddress,
  template: string,
  make: (client: pg.Client, draft: string) => Promise<void>,
): Promise<void> {
  await inMaintenance(server, async (client) => {
    // Of the files that run at once, one makes the template and the others wait for it.
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const found = await client.query('select from pg_database where datname = $1', [template]);
    if (found.rowCount) return;
    const draft = `${template}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await make(client, draft);
    await renameWhenFree(client, draft, template);
  });
}

async function migrateNew(
  server: DatabaseAddress,
  client: pg.Client,
  database: string,
  sources: readonly MigrationSource[],
): Promise<void> {
  await client.query(`create database ${database}`);
  const { pool, close } = connect({ ...server, database }, { max: 1 });
  try {
    await migrate(pool, sources);
  } finally {
    await close();
  }
}

// Nothing here waits for the disk, so that copying the files costs less than writing each page to the log.
async function copyDatabase(client: pg.Client, from: string, to: string): Promise<void> {
  await client.query(`create database ${to} template ${from} strategy file_copy`);
}

// A closed connection's server process lives on for a moment, and a database in use cannot be renamed.
async function renameWhenFree(client: pg.Client, from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await client.query(`alter database ${from} rename to ${to}`);
      return;
    } catch (error) {
      if ((error as pg.DatabaseError).code !== '55006' || attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function inMaintenance<T>(
  server: DatabaseAddress,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
