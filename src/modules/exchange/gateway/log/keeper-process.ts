// The keeper of a gateway's log as a process beside the gateway: started with it, started again when it ends, ended with it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DatabaseAddress } from '#platform/database/connection.ts';
import { keepRunning } from '#platform/kept-process.ts';
import type { Logger } from '#platform/log.ts';

const PROGRAM = fileURLToPath(new URL('./keeper.process.ts', import.meta.url));
/** Longest time that it gets for what is not shipped yet: it goes on with that when it starts again. */
const GRACE_MS = 5_000;

/** What the keeper's process is told when it starts. */
export interface KeeperOrder {
  /** Folder of the log. */
  readonly folder: string;
  /** File of the key that signs it. */
  readonly keyFile: string;
  readonly origin: string;
  readonly address: DatabaseAddress;
  readonly logLevel: string;
}

/** How far the keeper is: entries signed, and entries that PostgreSQL has. */
export interface KeeperProgress {
  readonly signed: number;
  readonly shipped: number;
}

/** A keeper that runs. */
export interface RunningKeeper {
  readonly progress: KeeperProgress;
  /** Waits until it has signed what there is, and shipped it where the database answers in time. */
  stop(): Promise<void>;
}

/** Starts the keeper of a log. */
export function startKeeper(order: Omit<KeeperOrder, 'logLevel'>, log: Logger): RunningKeeper {
  let progress: KeeperProgress = { signed: 0, shipped: 0 };
  const kept = keepRunning({
    start() {
      const child = spawn(process.execPath, ['--max-semi-space-size=8', PROGRAM], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      child.on('message', (message: KeeperProgress) => {
        progress = message;
      });
      // What it is told holds the database's password: it goes by the channel, not by arguments that others may list.
      child.send({ ...order, logLevel: log.level } satisfies KeeperOrder, () => {});
      return child;
    },
    name: 'the keeper of the log',
    graceMs: GRACE_MS,
    log,
  });
  return {
    get progress() {
      return progress;
    },
    stop: () => kept.stop(),
  };
}
