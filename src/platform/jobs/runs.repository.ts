// Reads and writes of runs. It decides nothing: what follows from a run's end is in run-work.ts.
import { sql } from 'kysely';
import type { Db, Trx } from '../database/connection.ts';
import type { Translated } from '../i18n/locale.ts';
import type { JobsTables } from './runs.tables.ts';
import { type JobRunRecord, RUN_STATES, type RunReader, type RunState } from './runs.types.ts';

const runs = (db: Db) => db.withTables<JobsTables>();

/** Writes a queued run, in the transaction that also queues the work. */
export async function insertRun(
  trx: Trx,
  run: { id: string; name: string; requestedBy: string | null; requestedAt: Date },
): Promise<void> {
  await runs(trx)
    .insertInto('jobs.runs')
    .values({
      id: run.id,
      name: run.name,
      requested_by: run.requestedBy,
      state: 'queued',
      requested_at: run.requestedAt,
    })
    .execute();
}

/** One start of a run: its number fences every later save. */
export interface RunStart {
  readonly id: string;
  readonly starts: number;
  /** Earlier starts that a fault ended. */
  readonly faults: number;
  /** Earlier starts that were neither ended by a fault nor stopped in good order: their process died. */
  readonly interruptions: number;
  readonly requestedBy: string | null;
}

/**
 * Marks a run as running and raises its number of starts; a run of the schedule has no row before and gets it here.
 * @returns null when the run has ended before: its process died after the result was saved.
 */
export async function startRun(db: Db, id: string, name: string, now: Date): Promise<RunStart | null> {
  const row = await runs(db)
    .insertInto('jobs.runs')
    .values({ id, name, requested_by: null, state: 'running', starts: 1, requested_at: now, started_at: now })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          state: 'running',
          starts: sql<number>`jobs.runs.starts + 1`,
          done: 0,
          total: null,
          started_at: now,
        })
        .where('jobs.runs.state', 'in', ['queued', 'running']),
    )
    .returning(['starts', 'faults', 'stops', 'requested_by'])
    .executeTakeFirst();
  if (!row) return null;
  const { starts, faults, stops } = row;
  return { id, starts, faults, interruptions: starts - 1 - faults - stops, requestedBy: row.requested_by };
}

function startedRun(db: Db, start: RunStart) {
  return runs(db)
    .updateTable('jobs.runs')
    .where('id', '=', start.id)
    .where('starts', '=', start.starts)
    .where('state', '=', 'running');
}

/** Saves how far the work is; nothing happens when another process has started the run since. */
export async function saveProgress(db: Db, start: RunStart, done: number, total: number): Promise<void> {
  await startedRun(db, start).set({ done, total }).execute();
}

/** Puts the run back in the queue, and counts why. */
export async function requeueRun(db: Db, start: RunStart, because: 'fault' | 'stop'): Promise<void> {
  await startedRun(db, start)
    .set({
      state: 'queued',
      done: 0,
      total: null,
      faults: sql<number>`faults + ${because === 'fault' ? 1 : 0}`,
      stops: sql<number>`stops + ${because === 'stop' ? 1 : 0}`,
    })
    .execute();
}

/** Ends the run with its result. Progress then reads as complete. */
export async function finishRun(db: Db, start: RunStart, result: unknown, now: Date): Promise<void> {
  await startedRun(db, start)
    .set({
      state: 'succeeded',
      result: JSON.stringify(result ?? null),
      done: sql<number>`coalesce(total, done)`,
      finished_at: now,
    })
    .execute();
}

/** Ends the run without a result: refused by the job, or failed by a fault. */
export async function endRunWithError(
  db: Db,
  start: RunStart,
  end: { state: 'refused' | 'failed'; code: string; text: Translated; now: Date },
): Promise<void> {
  await startedRun(db, start)
    .set({
      state: end.state,
      error_code: end.code,
      error_fr: end.text.fr,
      error_en: end.text.en,
      finished_at: end.now,
    })
    .execute();
}

const shown = [
  'id',
  'name',
  'requested_by',
  'state',
  'done',
  'total',
  'result',
  'error_code',
  'error_fr',
  'error_en',
  'requested_at',
  'started_at',
  'finished_at',
] as const;

function visibleRuns(db: Db, reader: RunReader) {
  const all = runs(db).selectFrom('jobs.runs').select(shown);
  return reader.seesAll ? all : all.where('requested_by', '=', reader.personId);
}

type ShownRow = Awaited<ReturnType<ReturnType<typeof visibleRuns>['execute']>>[number];

function toRecord(row: ShownRow): JobRunRecord {
  return {
    id: row.id,
    name: row.name,
    requestedBy: row.requested_by,
    state: row.state,
    done: row.done,
    total: row.total,
    result: row.result,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, text: { fr: row.error_fr ?? '', en: row.error_en ?? '' } },
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** The run, or null when there is none or `reader` may not see it. `id` must be a UUID. */
export async function findRun(db: Db, id: string, reader: RunReader): Promise<JobRunRecord | null> {
  const row = await visibleRuns(db, reader).where('id', '=', id).executeTakeFirst();
  return row ? toRecord(row) : null;
}

/** Runs that `reader` may see, newest first, at most `limit`, from after the run `after` where one is given. */
export async function listRuns(
  db: Db,
  reader: RunReader,
  { limit, after }: { limit: number; after?: string },
): Promise<JobRunRecord[]> {
  let query = visibleRuns(db, reader).orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(requested_at, id) < (select requested_at, id from jobs.runs where id = ${after}::uuid)`,
    );
  }
  return (await query.execute()).map(toRecord);
}

/** How many runs there are in each state, for the metrics. */
export async function jobCounts(db: Db): Promise<Record<RunState, number>> {
  const rows = await runs(db)
    .selectFrom('jobs.runs')
    .select(['state', sql<number>`count(*)`.as('count')])
    .groupBy('state')
    .execute();
  const counts = Object.fromEntries(RUN_STATES.map((state) => [state, 0])) as Record<RunState, number>;
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/**
 * Deletes at most `limit` runs that ended before `before`; with `unasked`, only those that no person asked for.
 * @returns how many went.
 */
export async function deleteOldRuns(
  db: Db,
  { before, unasked, limit }: { before: Date; unasked: boolean; limit: number },
): Promise<number> {
  let old = runs(db).selectFrom('jobs.runs').select('id').where('finished_at', '<', before).limit(limit);
  if (unasked) old = old.where('requested_by', 'is', null);
  const gone = await runs(db).deleteFrom('jobs.runs').where('id', 'in', old).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
