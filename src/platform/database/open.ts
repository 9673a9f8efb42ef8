// How the server and every command reach the installation's database, whichever it is. It applies no migration.
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { systemClock } from '../clock.ts';
import { type Lock, readHolder, takeLock } from '../installation/lock.ts';
import type { Logger } from '../log.ts';
import { type Connection, connect, type DatabaseAddress } from './connection.ts';
import {
  alreadyRunning,
  folderBusy,
  otherDatabase,
  serverTooOld,
  serverUnreachable,
} from './database.errors.ts';
import { embeddedAddress, startEmbedded } from './embedded.ts';

/** The oldest PostgreSQL that Socle's SQL runs on. */
export const LEAST_POSTGRESQL = 15;

/** What to open, and as what. */
export interface OpenOptions {
  readonly dataFolder: string;
  /** Another server than the embedded one; null for the embedded one. */
  readonly databaseUrl: string | null;
  readonly log: Logger;
  /**
   * `server`: takes the data folder for itself until it is closed, and refuses when a server runs there already.
   * `command`: joins the running server, or starts the database for the time of the command.
   */
  readonly as: 'server' | 'command';
  /** Connections at the most, 10 unless told. */
  readonly connections?: number;
  /** How long to wait for another command to end, in milliseconds; 10 minutes unless told. */
  readonly patience?: number;
}

/** The installation's database, open. */
export interface OpenDatabase extends Connection {
  readonly address: DatabaseAddress;
  /** True when a server was running and this process joined its database. */
  readonly joined: boolean;
  /** Tells whoever asks (`socle doctor`, a second start) where the pages are. */
  announceUrl(url: string): void;
  /** Closes the connections, stops what was started, frees the data folder. */
  close(): Promise<void>;
}

/**
 * Opens the database of an installation.
 * @throws SocleError with a sentence: a server runs here already, the folder or the server cannot be used.
 */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const { dataFolder, databaseUrl, log, as } = options;
  if (databaseUrl !== null) {
    // A command on another server needs nothing of the folder but its keys.
    const lock = as === 'server' ? await takeFolder(options) : null;
    return opening(lock, async () => {
      const address = { connectionString: databaseUrl };
      await checkServer(address);
      lock?.announce({ database: 'elsewhere' });
      return { ...connected(address, options), joined: false, stop: async () => {} };
    });
  }

  const lock = await takeFolder(options);
  if (lock === null) {
    const address = embeddedAddress(dataFolder);
    return opening(null, async () => ({
      ...connected(address, options),
      joined: true,
      stop: async () => {},
    }));
  }
  return opening(lock, async () => {
    const server = await startEmbedded({ dataFolder, log });
    try {
      lock.announce({ database: 'embedded' });
    } catch (error) {
      await server.stop();
      throw error;
    }
    return { ...connected(server.address, options), joined: false, stop: () => server.stop() };
  });
}

interface Opened {
  readonly connection: Connection;
  readonly address: DatabaseAddress;
  readonly joined: boolean;
  stop(): Promise<void>;
}

function connected(address: DatabaseAddress, { log, connections = 10 }: OpenOptions) {
  const onIdleError = (error: Error) => log.warn({ error: error.message }, 'a database connection broke');
  return { address, connection: connect(address, { max: connections, onIdleError }) };
}

async function opening(lock: Lock | null, open: () => Promise<Opened>): Promise<OpenDatabase> {
  try {
    const { connection, address, joined, stop } = await open();
    return {
      ...connection,
      address,
      joined,
      announceUrl: (url) => lock?.announce({ url }),
      async close() {
        try {
          await connection.close();
          await stop();
        } finally {
          lock?.release();
        }
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Takes the folder; null tells a command that a server runs there and its database answers. */
async function takeFolder({
  dataFolder,
  databaseUrl,
  as,
  log,
  patience = 600_000,
}: OpenOptions): Promise<Lock | null> {
  const start = Date.now();
  for (let said = false; ; ) {
    const lock = takeLock(dataFolder, as, systemClock.now());
    if (lock) return lock;
    const holder = readHolder(dataFolder);
    if (holder?.as === 'server') {
      if (as === 'server') throw alreadyRunning({}, dataFolder, holder.pid, holder.url);
      if (holder.database === 'elsewhere' && databaseUrl === null) throw otherDatabase({}, dataFolder);
      // It may be starting its database again, or just stopping: then this loop looks once more.
      if (holder.database === 'embedded' && (await answers(embeddedAddress(dataFolder)))) return null;
    }
    const waited = Date.now() - start;
    if (waited > patience) throw folderBusy({}, dataFolder, holder?.pid ?? 0);
    if (!said && waited > 500) {
      said = true;
      log.warn({ pid: holder?.pid }, 'another process uses the data folder; waiting until it has finished');
    }
    await wait(50);
  }
}

async function answers(address: DatabaseAddress): Promise<boolean> {
  return checkServer(address).then(
    () => true,
    () => false,
  );
}

/** The version of the server at `address`, such as 18.4. @throws SocleError when it is too old or does not answer. */
export async function checkServer(address: DatabaseAddress): Promise<string> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
    );
    const { version, number } = rows[0] as { version: string; number: number };
    const short = version.split(' ')[0] ?? version;
    if (number < LEAST_POSTGRESQL * 10_000) throw serverTooOld({}, short, LEAST_POSTGRESQL);
    return short;
  } catch (error) {
    if (error instanceof Error && error.name === 'SocleError') throw error;
    throw serverUnreachable({ cause: error, detail: (error as Error).message });
  } finally {
    await client.end().catch(() => {});
  }
}
