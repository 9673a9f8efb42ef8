// Reading sources: what is due, one by one, through the guarded way out. Whatever comes of it is kept as a run.
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { isSocleError } from '#platform/errors.ts';
import { OutgoingError } from '#platform/http/outgoing.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { MeasureLine } from '../indicators/indicators.types.ts';
import { takeMeasures } from '../indicators/measures.actions.ts';
import { offeredMeasures } from './offered-measures.ts';
import { claimDueSources, findSource, insertRun, lockSource } from './sources.repository.ts';
import { detailOf, isGood, isTypeOf, MOST_BYTES, nextRunAfter, outcomeOf } from './sources.rules.ts';
import type { RunOutcome, Source, SourceRun } from './sources.types.ts';
import { readCsvStatistics } from './statistics-csv.rules.ts';
import { readJsonStatistics } from './statistics-json.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'outgoing' | 'config' | 'log'>;

/** How long a source is held by whoever reads it: longer than any reading takes. */
const HELD_MS = 120_000;
const AT_ONCE = 5;
/** Days read again at each run of a module’s measure, so that a day without a run leaves no gap. */
const DAYS_AGAIN = 7;

/** What was read, before any of it is taken. */
interface Read {
  readonly outcome: RunOutcome;
  readonly status: number | null;
  readonly etag: string | null;
  readonly lines: readonly MeasureLine[];
}

const failed = (outcome: RunOutcome, status: number | null = null): Read => ({
  outcome,
  status,
  etag: null,
  lines: [],
});

/** Reads every source that is due. @returns how many were read well, and how many were not. */
export async function readDueSources(
  kernel: Needs,
  signal?: AbortSignal,
): Promise<{ readonly good: number; readonly bad: number }> {
  const counts = { good: 0, bad: 0 };
  for (;;) {
    signal?.throwIfAborted();
    const now = kernel.clock.now();
    const due = await claimDueSources(kernel.db, {
      now,
      heldUntil: new Date(now.getTime() + HELD_MS),
      limit: AT_ONCE,
    });
    if (due.length === 0) return counts;
    const runs = await Promise.all(due.map((id) => runSource(kernel, id)));
    for (const run of runs) if (run) counts[isGood(run.outcome) ? 'good' : 'bad'] += 1;
  }
}

/** Reads one source of kind address or module now. @returns its run; null when it is gone, paused or of another kind. */
export async function runSource(kernel: Needs, id: string): Promise<Omit<SourceRun, 'id'> | null> {
  const source = await findSource(kernel.db, 'all', id);
  if (source?.state !== 'active') return null;
  if (source.kind === 'address') return keep(kernel, id, await readAddress(kernel, source));
  if (source.kind === 'module') return keep(kernel, id, await readModule(kernel, source));
  return null;
}

async function readAddress({ outgoing, log }: Needs, source: Source): Promise<Read> {
  const { settings, etag } = source;
  let answer: Response;
  let text: string;
  try {
    answer = await outgoing.fetch(settings.url, {
      headers: {
        accept: settings.format === 'json' ? 'application/json' : 'text/csv',
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
      maxBytes: MOST_BYTES,
    });
    text = await answer.text();
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    log.debug({ err: error, sourceId: source.id }, 'source not read');
    return failed(error.reason);
  }
  const { status } = answer;
  if (status === 304 && etag !== null) return { outcome: 'not-modified', status, etag, lines: [] };
  if (status >= 300 && status < 400) return failed('redirected', status);
  if (status !== 200) return failed('bad-status', status);
  if (!isTypeOf(settings.format, answer.headers.get('content-type'))) return failed('wrong-type', status);
  const reading =
    settings.format === 'json' ? readJsonStatistics(text, settings) : readCsvStatistics(text, settings);
  if (!reading.ok) return failed(reading.outcome, status);
  const validator = answer.headers.get('etag');
  const fits = validator !== null && validator.length <= 200;
  return { outcome: 'read', status, etag: fits ? validator : null, lines: reading.lines };
}

async function readModule({ db, clock, config }: Needs, { settings }: Source): Promise<Read> {
  const measure = offeredMeasures(db).find(({ name }) => name === settings.measure);
  if (!measure) return failed('no-figure');
  const today = dayIn(clock.now(), config.timeZone);
  const lines: MeasureLine[] = [];
  for (let ago = DAYS_AGAIN; ago > 0; ago -= 1) {
    const day = daysBefore(today, ago);
    const value = await measure.read(db, settings.subject, {
      from: new Date(`${day}T00:00:00Z`),
      to: new Date(`${daysBefore(today, ago - 1)}T00:00:00Z`),
    });
    if (value !== null) lines.push({ day, value });
  }
  return lines.length === 0 ? failed('no-figure') : { outcome: 'read', status: null, etag: null, lines };
}

/** Takes what was read and keeps the run, in one transaction; a refused intake leaves a run alone. */
async function keep(kernel: Needs, id: string, read: Read): Promise<Omit<SourceRun, 'id'> | null> {
  const { db, clock, config } = kernel;
  try {
    return await db.transaction().execute(async (trx) => {
      const source = await lockSource(trx, 'all', id);
      if (source?.state !== 'active') return null;
      const now = clock.now();
      const intake =
        read.outcome === 'read'
          ? await takeMeasures(
              trx,
              {
                indicatorId: source.indicatorId,
                origin: 'measured',
                sourceId: id,
                actor: null,
                evidence: '',
                lines: read.lines,
              },
              now,
              config.timeZone,
            )
          : { taken: 0, unchanged: 0, corrected: 0, refused: [] };
      const outcome = read.outcome === 'read' ? outcomeOf(intake) : read.outcome;
      const failures = isGood(outcome) ? 0 : source.failures + 1;
      // Lines that were refused may be good tomorrow: they are then read again, whether the document changed or not.
      const etag = intake.refused.length === 0 ? read.etag : null;
      const run = {
        at: now,
        status: read.status,
        ...intake,
        outcome,
        refused: intake.refused.length,
        detail: detailOf(intake),
      };
      const next = nextRunAfter(now, source.settings.everyHours, failures);
      await insertRun(trx, { id, failures, etag, next }, run);
      return run;
    });
  } catch (error) {
    if (!isSocleError(error) || read.outcome === 'indicator-closed') throw error;
    return keep(kernel, id, failed('indicator-closed', read.status));
  }
}
