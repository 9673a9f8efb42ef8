// Support of tests: a queue with workers on a test's database, and a log that can be read. Never part of an installation.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, systemClock } from '../clock.ts';
import type { DatabaseAddress, Db } from '../database/connection.ts';
import type { Kernel } from '../kernel.ts';
import type { Logger } from '../log.ts';
import type { JobDefinition } from './job.ts';
import { type Jobs, openJobs } from './pg-boss-queue.ts';
import { findRun } from './runs.repository.ts';
import { isFinished, type JobRunRecord, type RunState } from './runs.types.ts';

/** A line that a test can read back. */
interface LogLine {
  readonly level: string;
  readonly facts: Record<string, unknown>;
  readonly sentence: string;
}

/** A logger that keeps its lines. */
function keptLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const write = (level: string) => (facts: Record<string, unknown>, sentence: string) => {
    lines.push({ level, facts, sentence });
  };
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, write(level)]);
  const log = { ...Object.fromEntries(levels), level: 'trace', silent() {}, child: () => log } as Logger;
  return { log, lines };
}

/** A queue, its kernel and its log. */
export interface JobTrial {
  readonly jobs: Jobs;
  readonly kernel: Kernel;
  readonly lines: LogLine[];
  /** Queues one run in a transaction of its own. */
  enqueue(name: string, input?: object, requestedBy?: string): Promise<string>;
}

/**
 * Opens a queue with `definitions`; its workers start at `jobs.work(kernel)` and stop with the test at the latest.
 * Only the parts that jobs use are in the kernel.
 */
export function tryJobs(
  scope: { after(work: () => Promise<void>): void },
  database: { readonly db: Db; readonly address: DatabaseAddress },
  definitions: readonly JobDefinition<never>[],
  clock: Clock = systemClock,
): JobTrial {
  const { log, lines } = keptLog();
  const jobs = openJobs({ address: database.address, definitions, clock, log, lookSeconds: 0.5 });
  scope.after(() => jobs.stop());
  const kernel = { db: database.db, clock, log, jobs: jobs.queue } as Kernel;
  return {
    jobs,
    kernel,
    lines,
    enqueue: (name, input = {}, requestedBy = 'person-1') =>
      database.db.transaction().execute((trx) => jobs.queue.enqueue(trx, name, input, requestedBy)),
  };
}

/** Waits until `found` returns something else than null, undefined or false; throws after `seconds`. */
export async function eventually<T>(
  found: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  seconds = 30,
): Promise<T> {
  for (let waited = 0; waited < seconds * 1000; waited += 20) {
    const value = await found();
    if (value !== null && value !== undefined && value !== false) return value;
    await sleep(20);
  }
  throw new Error(`It did not happen within ${seconds} s.`);
}

/** Waits until the run has ended, or is in `state` where one is given. */
export function untilRun(db: Db, id: string, state?: RunState): Promise<JobRunRecord> {
  return eventually(async () => {
    const run = await findRun(db, id, { personId: '', seesAll: true });
    return run && (state ? run.state === state : isFinished(run.state)) ? run : null;
  });
}
