// One PostgreSQL server process that never outlives the process that started it. It knows no data of Socle.
import { spawn } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { leftoverServer, startErrorOf } from './database.errors.ts';
import type { Account, Runtime } from './runtime.ts';

// A small shell stands between: it holds the read end of a pipe whose only write end is in our process. When that
// closes, however our process ends (kill -9 included), the server gets SIGINT, its order for a clean and fast stop.
const SUPERVISOR = `
"$@" 3<&- &
server=$!
( read -r _ <&3; kill -INT "$server" ) &
watcher=$!
exec 3<&-
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

const READY = /database system is ready to accept connections/;
const STOP_PATIENCE_MS = 30_000;
const LEFTOVER_PATIENCE_MS = 10_000;
const START_PATIENCE_MS = 120_000;

/** A server that answers. */
export interface ServerProcess {
  /** The server's own process id. */
  readonly pid: number;
  /** Resolves when the server has ended, whoever ended it, with its last words. */
  readonly ended: Promise<string>;
  /** Asks for a clean and fast stop and waits for it. */
  stop(): Promise<void>;
}

/** How a server is run on a cluster. */
export interface ServerRun {
  readonly runtime: Runtime;
  readonly account: Account | null;
  readonly clusterFolder: string;
  /** `name=value` settings of postgresql.conf. */
  readonly settings: readonly string[];
  /** Gets each line of the server's log. */
  onLine(line: string): void;
}

/**
 * What `postgres` must be told as its data folder, its working folder being the cluster. Root gives up its rights to
 * another account, which may be unable to pass the folders above (/root, for one); the link of /proc needs none.
 */
export function dataFolderArgument(clusterFolder: string, account: Account | null): string {
  return account !== null && process.platform === 'linux' ? '/proc/self/cwd' : clusterFolder;
}

/**
 * Starts a server and waits until it answers. A server left behind on the same cluster by a killed process is waited
 * for, then asked to stop.
 * @throws SocleError when it cannot start.
 */
export async function startServer(run: ServerRun): Promise<ServerProcess> {
  const deadline = Date.now() + LEFTOVER_PATIENCE_MS;
  for (;;) {
    await settleLeftover(run.clusterFolder);
    const attempt = await tryToStart(run);
    if ('pid' in attempt) return attempt;
    // Children of a server that was killed let go of its shared memory a moment after it.
    const another = /shared memory block .* still in use|lock file "postmaster.pid" already exists/.test(
      attempt.words,
    );
    if (!another || Date.now() > deadline) throw startErrorOf(attempt.words, run.clusterFolder);
    await wait(100);
  }
}

async function tryToStart(run: ServerRun): Promise<ServerProcess | { words: string }> {
  const { runtime, account, clusterFolder, settings, onLine } = run;
  const command = [runtime.postgres, '-D', dataFolderArgument(clusterFolder, account)];
  for (const setting of settings) command.push('-c', setting);
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'socle-postgres', ...command], {
    cwd: clusterFolder,
    // Its own process group: Ctrl-C in a terminal reaches our process alone, which stops the server last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...(account ?? {}),
  });
  const leash = child.stdio[3] as Writable;
  leash.on('error', () => {});
  const lines: string[] = [];
  const { promise: ready, resolve: becomeReady } = Promise.withResolvers<true>();
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    lines.push(line);
    if (lines.length > 50) lines.shift();
    if (READY.test(line)) becomeReady(true);
    onLine(line);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${error.message}\n${lines.join('\n')}`));
    child.once('exit', () => resolve(lines.join('\n')));
  }).then((words) => {
    leash.destroy();
    return words;
  });

  const first = await Promise.race([ready, ended, wait(START_PATIENCE_MS, 'no answer', { ref: false })]);
  if (first !== true) {
    leash.destroy();
    return { words: first };
  }
  return {
    pid: pidOfCluster(clusterFolder) ?? 0,
    ended,
    async stop() {
      leash.destroy();
      const stopped = await Promise.race([ended, wait(STOP_PATIENCE_MS, null, { ref: false })]);
      if (stopped === null && child.pid !== undefined) {
        signal(-child.pid, 'SIGQUIT');
        await ended;
      }
    },
  };
}

/** The process id that `postmaster.pid` of the cluster names; null when there is none. */
function pidOfCluster(clusterFolder: string): number | null {
  try {
    return Number.parseInt(readFileSync(join(clusterFolder, 'postmaster.pid'), 'utf8'), 10) || null;
  } catch {
    return null;
  }
}

async function settleLeftover(clusterFolder: string): Promise<void> {
  const pid = pidOfCluster(clusterFolder);
  if (pid === null) return;
  if (signal(pid, 0) && !worksIn(pid, clusterFolder)) {
    // The number was given to another process since; the server would believe itself running.
    rmSync(join(clusterFolder, 'postmaster.pid'), { force: true });
    return;
  }
  const start = Date.now();
  let asked = false;
  while (signal(pid, 0) && worksIn(pid, clusterFolder)) {
    const waited = Date.now() - start;
    if (waited > LEFTOVER_PATIENCE_MS) throw leftoverServer({}, clusterFolder, pid);
    // Its supervisor is already stopping it, unless that was killed too.
    if (waited > 2_000 && !asked) asked = signal(pid, 'SIGINT');
    await wait(20);
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

// A server's working folder is its cluster. Where the system does not tell, the pid file is believed.
function worksIn(pid: number, folder: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return false;
  }
}
