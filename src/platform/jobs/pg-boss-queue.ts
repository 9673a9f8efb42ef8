// The job queue on pg-boss: claims, wake-ups, schedules. What a run does and how it ends is in run-work.ts.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Job, PgBoss, QueueOptions } from 'pg-boss';
import type { Clock } from '../clock.ts';
import type { DatabaseAddress } from '../database/connection.ts';
import type { Kernel } from '../kernel.ts';
import type { Logger } from '../log.ts';
import type { JobDefinition } from './job.ts';
import type { JobQueue } from './queue.ts';
import { runOnce } from './run-work.ts';
import { insertRun } from './runs.repository.ts';
import { sweepRuns } from './sweep.ts';

/** The library, read at its first use: a page must not wait for it. */
const pgBoss = () => import('pg-boss');

/** What pg-boss keeps of a run; the run's own row is in jobs.runs. */
interface Payload {
  readonly name: string;
  readonly input: object;
}

/** Two queues only: a worker polls its queue, so one queue a job would cost a query a second for each. */
const LONG = 'socle.long';
const QUICK = 'socle.quick';
const WORKERS = { [LONG]: 2, [QUICK]: 2 };

const DAY_SECONDS = 24 * 60 * 60;

const QUEUE: QueueOptions & { notify: boolean } = {
  notify: true,
  // A process that dies is noticed 10 s later (pg-boss's least), at the next look at the claims (every 10 s).
  heartbeatSeconds: 10,
  expireInSeconds: DAY_SECONDS,
  // jobs.runs counts faults and interruptions and decides; pg-boss only brings the run back.
  retryLimit: 1000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  retentionSeconds: 365 * DAY_SECONDS,
  deleteAfterSeconds: DAY_SECONDS,
};

/** The job queue, before and after its workers start. */
export interface Jobs {
  /** Goes into the kernel; it queues from the first moment, in a process without workers too. */
  readonly queue: JobQueue;
  /**
   * Starts the workers and the schedules. Called once, after the kernel is made (its jobs get that kernel) and the
   * server listens (pg-boss needs some hundred milliseconds). A process that only queues (a command) never calls it.
   */
  work(kernel: Kernel): Promise<void>;
  /** Aborts the signal of the running jobs, waits at most `graceMs` (8,000 unless told) for them, and closes. */
  stop(graceMs?: number): Promise<void>;
}

/** What the queue stands on. */
export interface JobsOptions {
  /** pg-boss keeps a few connections of its own: one of them listens. */
  readonly address: DatabaseAddress;
  /** Every module's jobs; the sweep of old runs is added here. Throws when two claim one name. */
  readonly definitions: readonly JobDefinition<never>[];
  readonly clock: Clock;
  readonly log: Logger;
  /** Seconds between two looks for work that has become due, such as a second try; 5 unless told. New work needs none. */
  readonly lookSeconds?: number;
}

/** Makes the queue. Nothing connects before the first use. */
export function openJobs({ address, definitions, clock, log, lookSeconds = 5 }: JobsOptions): Jobs {
  const byName = new Map<string, JobDefinition<never>>();
  for (const definition of [...definitions, sweepRuns]) {
    if (byName.has(definition.name)) throw new Error(`The job ${definition.name} is declared twice.`);
    byName.set(definition.name, definition);
  }
  const stopping = new AbortController();
  let opened: Promise<PgBoss> | null = null;
  let starting: Promise<void> | null = null;

  const open = (worker: boolean): Promise<PgBoss> => {
    stopping.signal.throwIfAborted();
    opened ??= openBoss(address, worker, log).catch((error) => {
      opened = null;
      throw error;
    });
    return opened;
  };

  const queue: JobQueue = {
    definition: (name) => byName.get(name) ?? null,
    async enqueue(trx, name, input, requestedBy) {
      const definition = byName.get(name);
      if (!definition) throw new Error(`No module declares the job ${name}.`);
      const { Value } = await import('typebox/value');
      if (!Value.Check(definition.input, input))
        throw new Error(`The input of the job ${name} has not its shape.`);
      const boss = await open(false);
      const { fromKysely } = await pgBoss();
      const id = randomUUID();
      await insertRun(trx, { id, name, requestedBy, requestedAt: clock.now() });
      const payload: Payload = { name, input };
      await boss.send(queueOf(definition), payload, { id, db: fromKysely(trx) });
      return id;
    },
  };

  return {
    queue,
    work(kernel) {
      if (starting) throw new Error('The workers are started once.');
      starting = startWorkers(kernel);
      return starting;
    },
    async stop(graceMs = 8_000) {
      stopping.abort(new Error('The process stops.'));
      // A start that is under way ends first: it would not survive the queue being closed beneath it.
      await starting?.catch(() => {});
      const boss = await opened?.catch(() => null);
      await boss?.stop({ graceful: true, timeout: graceMs, close: true });
    },
  };

  /** Tries until the workers run or the queue stops: a database that is away for a moment must not end the process. */
  async function startWorkers(kernel: Kernel): Promise<void> {
    for (let pause = 500; !stopping.signal.aborted; pause = Math.min(pause * 2, 10_000)) {
      try {
        return await tryWorkers(kernel);
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.error({ err: error }, 'The workers did not start; another try follows.');
        await wait(pause, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  async function tryWorkers(kernel: Kernel): Promise<void> {
    const boss = await startedBoss();
    const runClaim = (job: Job<Payload>) => runClaimed(job, kernel, byName, stopping.signal);
    await schedule(boss, byName);
    for (const [name, count] of Object.entries(WORKERS)) {
      for (let i = 0; i < count; i++) {
        if (stopping.signal.aborted) return;
        await startWorker(boss, name, lookSeconds, runClaim);
      }
    }
    // A process that was killed left its claims: the first look is now, not at the first interval's end.
    boss.supervise().catch((error) => log.warn({ err: error }, 'The claims of jobs could not be looked at.'));
  }

  /** A process that queued before it worked has a pg-boss without supervision: it gets a whole one now. */
  async function startedBoss(): Promise<PgBoss> {
    const before = opened;
    opened = null;
    const boss = await open(true);
    await (await before?.catch(() => null))?.stop({ graceful: false, close: true });
    return boss;
  }
}

function queueOf(definition: JobDefinition<never>): string {
  return definition.quick ? QUICK : LONG;
}

/** Opens pg-boss, installing or migrating its own schema `pgboss` and the two queues where that is still to be done. */
async function openBoss(address: DatabaseAddress, worker: boolean, log: Logger): Promise<PgBoss> {
  const { PgBoss } = await pgBoss();
  const boss = new PgBoss({
    ...address,
    application_name: 'socle-jobs',
    max: worker ? 4 : 1,
    supervise: worker,
    schedule: worker,
    useListenNotify: worker,
    registerInstance: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 1,
    monitorVacuum: false,
    persistWarnings: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.error({ err: error }, 'The job queue met an error.'));
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'The job queue warns.'));
  await boss.start();
  const there = new Set((await boss.getQueues([LONG, QUICK])).map(({ name }) => name));
  for (const name of [LONG, QUICK]) {
    if (!there.has(name)) await boss.createQueue(name, QUEUE);
  }
  return boss;
}

async function startWorker(
  boss: PgBoss,
  queue: string,
  lookSeconds: number,
  runClaim: (job: Job<Payload>) => Promise<void>,
): Promise<void> {
  // Woken by NOTIFY; the polling is for what becomes due later and for a lost connection.
  const polling = {
    pollingIntervalSeconds: Math.min(2, lookSeconds),
    notifyPollingIntervalSeconds: lookSeconds,
  };
  const worker: string = await boss.work<Payload>(
    queue,
    { ...polling, heartbeatRefreshSeconds: 3 },
    async ([job]) => {
      try {
        if (job) await runClaim(job);
      } finally {
        // Looks for the next one at once: pg-boss would sleep through a queue that filled in the meantime.
        boss.notifyWorker(worker);
      }
    },
  );
}

async function runClaimed(
  job: Job<Payload>,
  kernel: Kernel,
  definitions: ReadonlyMap<string, JobDefinition<never>>,
  stopping: AbortSignal,
): Promise<void> {
  const { name, input } = job.data;
  const end = await runOnce(kernel, {
    id: job.id,
    name,
    input,
    definition: definitions.get(name) ?? null,
    signal: AbortSignal.any([job.signal, stopping]),
  });
  if (end === 'again') throw new Error(`The run ${job.id} of ${name} is to be claimed again.`);
}

/** Makes the stored schedules those of the definitions: a changed cron line is replaced, a job that is gone leaves. */
async function schedule(boss: PgBoss, definitions: ReadonlyMap<string, JobDefinition<never>>): Promise<void> {
  const stored = await boss.getSchedules();
  for (const { name, key } of stored) {
    const definition = definitions.get(key);
    if (!definition?.schedule || queueOf(definition) !== name) await boss.unschedule(name, key);
  }
  for (const definition of definitions.values()) {
    if (!definition.schedule) continue;
    const name = queueOf(definition);
    if (stored.some((s) => s.name === name && s.key === definition.name && s.cron === definition.schedule))
      continue;
    const payload: Payload = { name: definition.name, input: {} };
    await boss.schedule(name, definition.schedule, payload, {
      key: definition.name,
      tz: 'UTC',
      missed: 'once',
    });
  }
}
