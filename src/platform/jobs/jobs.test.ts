// The job queue on a real PostgreSQL: what is queued, run, shown, tried again, and what survives a death.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { Type } from 'typebox';
import { freshDatabase } from '#test/support/database.ts';
import { clockStandingAt } from '../clock.ts';
import { notFound } from '../errors.ts';
import type { JobDefinition } from './job.ts';
import { eventually, tryJobs, untilRun } from './job-trial.ts';
import { deleteOldRuns, findRun, jobCounts, listRuns } from './runs.repository.ts';
import { KEPT_DAYS, sweepRuns, UNASKED_KEPT_DAYS } from './sweep.ts';

const SOURCES = [{ name: 'jobs', folder: new URL('./migrations/', import.meta.url) }];

const database = await freshDatabase(undefined, SOURCES);

function job(name: string, run: JobDefinition['run'], more: Partial<JobDefinition> = {}): JobDefinition {
  return { name, input: Type.Object({}), run, ...more };
}

/** Stops a run in the middle until the test lets it go on. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}

test('a run that is queued in a transaction that rolls back never existed', async (t) => {
  let ran = 0;
  const trial = tryJobs(t, database, [job('trial.rolled-back', async () => ran++)]);
  await trial.jobs.work(trial.kernel);
  let id = '';
  await assert.rejects(
    database.db.transaction().execute(async (trx) => {
      id = await trial.jobs.queue.enqueue(trx, 'trial.rolled-back', {}, 'person-1');
      throw new Error('the caller changed its mind');
    }),
    /changed its mind/,
  );
  await untilRun(database.db, await trial.enqueue('trial.rolled-back'));
  assert.equal(await findRun(database.db, id, { personId: '', seesAll: true }), null);
  assert.equal(ran, 1);
});

test('the progress of a run can be read while it works, and its result stays', async (t) => {
  const middle = gate();
  const trial = tryJobs(t, database, [
    job('trial.steps', async (_input, run) => {
      run.progress(1, 3);
      await middle.passed;
      return { at: run.kernel.clock.now(), lines: 3 };
    }),
  ]);
  await trial.jobs.work(trial.kernel);
  const id = await trial.enqueue('trial.steps');
  const reader = { personId: 'person-1', seesAll: false };
  const running = await eventually(async () => {
    const run = await findRun(database.db, id, reader);
    return run?.total === 3 ? run : null;
  });
  assert.equal(running.state, 'running');
  assert.equal(running.done, 1);
  middle.open();
  const ended = await untilRun(database.db, id);
  assert.equal(ended.state, 'succeeded');
  assert.equal(ended.done, 3);
  assert.equal((ended.result as { lines: number }).lines, 3);
  assert.equal(await findRun(database.db, id, { personId: 'person-2', seesAll: false }), null);
});

test('a refusal is shown with its public text and is not tried again', async (t) => {
  let ran = 0;
  const trial = tryJobs(t, database, [
    job(
      'trial.refuses',
      async () => {
        ran++;
        throw notFound({ detail: 'secret detail' });
      },
      { retries: 3 },
    ),
  ]);
  await trial.jobs.work(trial.kernel);
  const run = await untilRun(database.db, await trial.enqueue('trial.refuses'));
  assert.equal(run.state, 'refused');
  assert.equal(run.error?.code, 'not-found');
  assert.equal(run.error?.text.en, 'This page or record does not exist.');
  assert.equal(ran, 1);
});

test('a fault is tried again as often as the job says, then shown as a general sentence', async (t) => {
  let good = 0;
  let bad = 0;
  const trial = tryJobs(t, database, [
    job(
      'trial.second-time',
      async () => {
        if (++good === 1) throw new Error('connection to 10.0.0.7 lost');
        return { good };
      },
      { retries: 1 },
    ),
    job('trial.never', async () => {
      bad++;
      throw new Error('password of the other system is wrong');
    }),
  ]);
  await trial.jobs.work(trial.kernel);
  const [second, never] = await Promise.all([
    trial.enqueue('trial.second-time').then((id) => untilRun(database.db, id)),
    trial.enqueue('trial.never').then((id) => untilRun(database.db, id)),
  ]);
  assert.equal(second.state, 'succeeded');
  assert.deepEqual(second.result, { good: 2 });
  assert.equal(never.state, 'failed');
  assert.equal(bad, 1);
  assert.equal(never.error?.code, 'job-failed');
  assert.doesNotMatch(JSON.stringify(never), /password/);
  const logged = trial.lines.find(({ facts }) => facts.run === never.id);
  assert.equal((logged?.facts.err as Error | undefined)?.message, 'password of the other system is wrong');
});

test('two processes share the runs and none is run twice', async (t) => {
  const runs: string[] = [];
  const shared = job('trial.shared', async (_input, run) => {
    await sleep(5);
    runs.push(run.id);
  });
  const one = tryJobs(t, database, [shared]);
  const two = tryJobs(t, database, [shared]);
  await Promise.all([one.jobs.work(one.kernel), two.jobs.work(two.kernel)]);
  const ids = await database.db.transaction().execute(async (trx) => {
    const queued: string[] = [];
    for (let i = 0; i < 40; i++) queued.push(await one.jobs.queue.enqueue(trx, 'trial.shared', {}, null));
    return queued;
  });
  for (const id of ids) await untilRun(database.db, id);
  assert.deepEqual(runs.toSorted(), ids.toSorted());
});

test('a stop aborts the running job, and the next process runs it again from its start', async (t) => {
  const started = gate();
  const first = tryJobs(t, database, [
    job('trial.stopped', async (_input, run) => {
      run.progress(5, 10);
      started.open();
      await sleep(60_000, undefined, { signal: run.signal });
    }),
  ]);
  await first.jobs.work(first.kernel);
  const id = await first.enqueue('trial.stopped');
  await started.passed;
  await first.jobs.stop();
  assert.equal((await untilRun(database.db, id, 'queued')).done, 0);
  const next = tryJobs(t, database, [job('trial.stopped', async () => 'done by the next one')]);
  await next.jobs.work(next.kernel);
  assert.equal((await untilRun(database.db, id)).result, 'done by the next one');
});

test('a run whose process was killed is run again by the next process', async (t) => {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.resolve('./job-casualty.ts'))], {
    env: { ...process.env, TRIAL_ADDRESS: JSON.stringify(database.address) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = await once(child.stdout, 'data');
  const id = String(first).trim();
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal((await untilRun(database.db, id, 'running')).done, 7);
  // In place of waiting ten seconds for the heartbeat to be missed.
  await sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 minute' where id = ${id}`.execute(
    database.db,
  );
  await sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null`.execute(database.db);
  const next = tryJobs(t, database, [job('trial.casualty', async () => 'alive')]);
  await next.jobs.work(next.kernel);
  assert.equal((await untilRun(database.db, id)).result, 'alive');
});

test('a job that kills its process again and again is given up', async (t) => {
  const trial = tryJobs(t, database, [job('trial.deadly', async () => 'alive')]);
  const id = await trial.enqueue('trial.deadly');
  await sql`update jobs.runs set state = 'running', starts = 12 where id = ${id}`.execute(database.db);
  await trial.jobs.work(trial.kernel);
  const run = await untilRun(database.db, id);
  assert.equal(run.state, 'failed');
  assert.equal(run.error?.code, 'job-interrupted');
});

test('a process that lost its claim changes nothing any more', async (t) => {
  const overtaken = gate();
  const started = gate();
  const trial = tryJobs(t, database, [
    job('trial.overtaken', async (_input, run) => {
      started.open();
      await overtaken.passed;
      run.progress(9, 9);
      return 'too late';
    }),
  ]);
  await trial.jobs.work(trial.kernel);
  const id = await trial.enqueue('trial.overtaken');
  await started.passed;
  await sql`update jobs.runs set starts = starts + 1 where id = ${id}`.execute(database.db);
  overtaken.open();
  await trial.jobs.stop();
  const run = await untilRun(database.db, id, 'running');
  assert.equal(run.done, 0);
  assert.equal(run.result, null);
});

test('a scheduled job leaves a run that nobody asked for, and a schedule that is gone leaves the database', async (t) => {
  const schedules = () =>
    sql<{ key: string; cron: string }>`select key, cron from pgboss.schedule order by key`.execute(
      database.db,
    );
  const trial = tryJobs(t, database, [
    job('trial.nightly', async () => 'slept well', { schedule: '0 4 * * *' }),
  ]);
  await trial.jobs.work(trial.kernel);
  assert.deepEqual(
    (await schedules()).rows.map(({ key }) => key),
    ['jobs.sweep', 'trial.nightly'],
  );
  // The hour strikes: pg-boss sends what it keeps with the schedule.
  const { rows } = await sql<{ id: string }>`
    insert into pgboss.job (name, data, policy)
    select name, data, 'standard' from pgboss.schedule where key = 'trial.nightly' returning id`.execute(
    database.db,
  );
  const run = await untilRun(database.db, rows[0]?.id ?? '');
  assert.equal(run.requestedBy, null);
  assert.equal(run.result, 'slept well');
  await trial.jobs.stop();
  const without = tryJobs(t, database, []);
  await without.jobs.work(without.kernel);
  assert.deepEqual(
    (await schedules()).rows.map(({ key }) => key),
    ['jobs.sweep'],
  );
});

test('a wrong input or an unknown job is refused where it is queued', async (t) => {
  const trial = tryJobs(t, database, [
    job('trial.shaped', async () => 0, { input: Type.Object({ file: Type.String() }) }),
  ]);
  await assert.rejects(trial.enqueue('trial.shaped', { file: 3 }), /has not its shape/);
  await assert.rejects(trial.enqueue('trial.unheard-of'), /No module declares/);
});

test('a process without workers queues, and nothing runs until one works', async (t) => {
  const command = tryJobs(t, database, [job('trial.later', async () => 'done')]);
  const id = await command.enqueue('trial.later');
  await command.jobs.stop();
  assert.equal((await untilRun(database.db, id, 'queued')).startedAt, null);
  const server = tryJobs(t, database, [job('trial.later', async () => 'done')]);
  await server.jobs.work(server.kernel);
  assert.equal((await untilRun(database.db, id)).result, 'done');
});

test('runs are listed newest first, page by page, to their asker alone', async (t) => {
  const trial = tryJobs(t, database, [job('trial.listed', async () => 0)]);
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.unshift(await trial.enqueue('trial.listed', {}, 'person-lists'));
  const reader = { personId: 'person-lists', seesAll: false };
  const first = await listRuns(database.db, reader, { limit: 3 });
  const second = await listRuns(database.db, reader, { limit: 3, after: first.at(-1)?.id });
  assert.deepEqual(
    [...first, ...second].map(({ id }) => id),
    ids,
  );
  assert.deepEqual(
    await listRuns(database.db, { personId: 'person-other', seesAll: false }, { limit: 3 }),
    [],
  );
  assert.equal((await jobCounts(database.db)).queued >= 5, true);
});

test('the sweep forgets old finished runs, sooner those nobody asked for, and no unfinished one', async (t) => {
  const own = await freshDatabase(t, SOURCES);
  const day = (days: number) => new Date(Date.UTC(2030, 0, 1) - days * 86_400_000);
  const rows = [
    { id: '00000000-0000-4000-8000-000000000001', asker: 'person-1', finished: day(KEPT_DAYS + 1) },
    { id: '00000000-0000-4000-8000-000000000002', asker: 'person-1', finished: day(KEPT_DAYS - 1) },
    { id: '00000000-0000-4000-8000-000000000003', asker: null, finished: day(UNASKED_KEPT_DAYS + 1) },
    { id: '00000000-0000-4000-8000-000000000004', asker: null, finished: null },
  ];
  for (const { id, asker, finished } of rows) {
    await sql`insert into jobs.runs (id, name, requested_by, state, requested_at, finished_at)
      values (${id}, 'x', ${asker}, ${finished ? 'succeeded' : 'queued'}, ${day(400)}, ${finished})`.execute(
      own.db,
    );
  }
  const trial = tryJobs(t, own, [], clockStandingAt(day(0)));
  await sweepRuns.run(
    {},
    {
      id: '',
      kernel: trial.kernel,
      requestedBy: null,
      progress() {},
      signal: new AbortController().signal,
    },
  );
  const left = await listRuns(own.db, { personId: '', seesAll: true }, { limit: 10 });
  assert.deepEqual(left.map(({ id }) => id.slice(-1)).toSorted(), ['2', '4']);
  assert.equal(await deleteOldRuns(own.db, { before: day(0), unasked: false, limit: 10 }), 1);
});
