// The embedded PostgreSQL of an installation: made at the first start, watched, started again when it dies.
// The caller holds the installation's lock.
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import { APPLICATION_NAME, prepareCluster } from './cluster.ts';
import type { DatabaseAddress } from './connection.ts';
import { findRuntime, unprivilegedAccount } from './runtime.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { socketFolderOf } from './socket-folder.ts';

// Given on the command line at each start, so that an old data folder gets today's settings.
const SETTINGS = [
  // The socket lies in the cluster's own folder, which only its owner (and root) can enter.
  'listen_addresses=',
  'unix_socket_directories=.',
  'unix_socket_permissions=0700',
  // What was acknowledged is on the disk.
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  // Nobody replicates an embedded server; crash recovery does not need more.
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_logical_replication_workers=0',
  'max_wal_size=512MB',
  'shared_buffers=64MB',
  'work_mem=8MB',
  'maintenance_work_mem=64MB',
  'max_connections=60',
  'io_method=sync',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
  'lc_messages=C',
  'logging_collector=off',
  'log_line_prefix=',
  'log_checkpoints=off',
];

// For tests alone: a crash may lose everything, nothing waits for the disk. A vacuum worker, which belongs to the
// superuser, would keep a test's database from being copied or dropped.
const CARELESS_SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'max_connections=200',
];

/** An embedded server that runs. */
export interface EmbeddedServer {
  /** Where clients on this machine find it, as the application's role. */
  readonly address: DatabaseAddress;
  /** The server's process id; another one after it was started again. */
  pid(): number;
  /** Stops it cleanly; open connections are cut. */
  stop(): Promise<void>;
}

/** Options of `startEmbedded`. */
export interface EmbeddedOptions {
  readonly dataFolder: string;
  readonly log: Logger;
  /** For tests alone: nothing is durable, and the role may create databases. */
  readonly forTests?: boolean;
}

/** Where the embedded server of `dataFolder` answers when it runs. */
export function embeddedAddress(dataFolder: string): DatabaseAddress {
  const host = socketFolderOf(join(dataFolder, 'postgres'));
  return { host, port: 5432, user: APPLICATION_NAME, database: APPLICATION_NAME };
}

/**
 * Starts the embedded server of `dataFolder`, making its cluster first where there is none, and watches over it: when
 * it dies, it is started again. It stops with this process, however that ends.
 * @throws SocleError with a sentence when it cannot start.
 */
export async function startEmbedded({
  dataFolder,
  log,
  forTests = false,
}: EmbeddedOptions): Promise<EmbeddedServer> {
  const clusterFolder = join(dataFolder, 'postgres');
  const account = await unprivilegedAccount(clusterFolder);
  const runtime = await findRuntime(account);
  await prepareCluster(clusterFolder, { runtime, account, createDatabases: forTests });
  const run = {
    runtime,
    account,
    clusterFolder: await realpath(clusterFolder),
    settings: forTests ? [...SETTINGS, ...CARELESS_SETTINGS] : SETTINGS,
    onLine: (line: string) => logLine(log, line),
  };
  let stopping = false;
  let server = await startServer(run);
  log.debug({ pid: server.pid }, 'the database answers');
  let watch = watchOver(server);

  async function watchOver(current: ServerProcess): Promise<void> {
    const words = await current.ended;
    if (stopping) return;
    log.error({ detail: words.slice(-2_000) }, 'the database ended by itself; starting it again');
    for (let pause = 100; !stopping; pause = Math.min(pause * 2, 5_000)) {
      try {
        server = await startServer(run);
        log.warn({ pid: server.pid }, 'the database answers again');
        watch = watchOver(server);
        return;
      } catch (error) {
        log.error({ err: error }, 'the database did not start again; another try follows');
        await wait(pause);
      }
    }
  }

  return {
    address: embeddedAddress(dataFolder),
    pid: () => server.pid,
    async stop() {
      stopping = true;
      await server.stop();
      // A restart that was under way has seen `stopping` or brought up a server of its own.
      await watch;
      await server.stop();
    },
  };
}

function logLine(log: Logger, line: string): void {
  if (/^PANIC:/.test(line)) log.error({ postgres: line }, 'the database says');
  // Each connection cut by a stop says so, and each refused statement is its caller's to report.
  else if (/^FATAL:(?!.*administrator command)|^WARNING:/.test(line))
    log.warn({ postgres: line }, 'the database says');
  else log.debug({ postgres: line }, 'the database says');
}
