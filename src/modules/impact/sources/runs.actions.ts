// Reading sources: what is due, one by one, through the guarded way out. Whatever comes of it is kept as a run.
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { isSocleError } from '#platform/errors.ts';
import { OutgoingError } from '#platform/http/outgoing.ts';
import { type SpooledBody, spoolBody } from '#platform/http/spooled-body.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { MeasureLine } from '../indicators/indicators.types.ts';
import { takeMeasures } from '../indicators/measures.actions.ts';
import { offeredMeasures } from './offered-measures.ts';
import { claimDueSources, findSource, insertRun, lockSource } from './sources.repository.ts';
import { countsOf, isGood, isTypeOf, MOST_BYTES, nextRunAfter, outcomeOf } from './sources.rules.ts';
import type { RunOutcome, Source, SourceRun } from './sources.types.ts';
import { readStatistics } from './statistics.reader.ts';
import { StatisticsUnreadable } from './statistics-unreadable.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'outgoing' | 'config' | 'log'>;

/** How long a source is held by whoever reads it: longer than any reading takes. */
const HELD_MS = 600_000;
const AT_ONCE = 5;
/** Days read again at each run of a module’s measure, so that a day without a run leaves no gap. */
const DAYS_AGAIN = 7;

/** What was read, before any of it is taken. */
interface Read {
  readonly outcome: RunOutcome;
  readonly status: number | null;
  readonly etag: string | null;
  /** What a module gave. */
  readonly lines: readonly MeasureLine[];
  /** What an address answered. */
  readonly document: SpooledBody | null;
}

const endedAs = (outcome: RunOutcome, status: number | null = null): Read => ({
  outcome,
  status,
  etag: null,
  lines: [],
  document: null,
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
  if (source.kind === 'address') {
    const read = await readAddress(kernel, source);
    try {
      return await keep(kernel, id, read);
    } finally {
      await read.document?.[Symbol.asyncDispose]();
    }
  }
  if (source.kind === 'module') return keep(kernel, id, await readModule(kernel, source));
  return null;
}

async function readAddress({ outgoing, log }: Needs, source: Source): Promise<Read> {
  const { settings, etag } = source;
  try {
    const answer = await outgoing.fetch(settings.url, {
      headers: {
        accept: settings.format === 'json' ? 'application/json' : 'text/csv',
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
      maxBytes: MOST_BYTES,
      isLong: true,
    });
    const refused = refusalOf(answer, source);
    if (refused === null) return await documentOf(answer);
    await answer.body?.cancel();
    return refused;
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    log.debug({ err: error, sourceId: source.id }, 'source not read');
    return endedAs(error.reason);
  }
}

/** Why an answer is not read; null for one that is. */
function refusalOf({ status, headers }: Response, { settings, etag }: Source): Read | null {
  if (status === 304 && etag !== null) return { ...endedAs('not-modified', status), etag };
  if (status >= 300 && status < 400) return endedAs('redirected', status);
  if (status !== 200) return endedAs('bad-status', status);
  return isTypeOf(settings.format, headers.get('content-type')) ? null : endedAs('wrong-type', status);
}

async function documentOf({ status, headers, body }: Response): Promise<Read> {
  const document = await spoolBody(body ?? [], MOST_BYTES);
  // Only Socle's own answer may be so long: another is cut on its way.
  if (document.isCut) {
    await document[Symbol.asyncDispose]();
    return endedAs('too-long', status);
  }
  const validator = headers.get('etag');
  const etag = validator !== null && validator.length <= 200 ? validator : null;
  return { outcome: 'read', status, etag, lines: [], document };
}

async function readModule({ db, clock, config }: Needs, { settings }: Source): Promise<Read> {
  const measure = offeredMeasures(db).find(({ name }) => name === settings.measure);
  if (!measure) return endedAs('no-figure');
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
  return lines.length === 0 ? endedAs('no-figure') : { ...endedAs('read'), lines };
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
                lines: read.document ? readStatistics(read.document.read(), source.settings) : read.lines,
              },
              now,
              config.timeZone,
            )
          : { taken: 0, unchanged: 0, corrected: 0, refused: [], refusedCount: 0 };
      const outcome = read.outcome === 'read' ? outcomeOf(intake) : read.outcome;
      const failures = isGood(outcome) ? 0 : source.failures + 1;
      // Lines that were refused may be good tomorrow: they are then read again, whether the document changed or not.
      const etag = intake.refusedCount === 0 ? read.etag : null;
      const run = {
        at: now,
        status: read.status,
        outcome,
        ...countsOf(intake),
      };
      const next = nextRunAfter(now, source.settings.everyHours, failures);
      await insertRun(trx, { id, failures, etag, next }, run);
      return run;
    });
  } catch (error) {
    if (error instanceof StatisticsUnreadable) return keep(kernel, id, endedAs(error.outcome, read.status));
    if (!isSocleError(error) || read.outcome === 'indicator-closed') throw error;
    return keep(kernel, id, endedAs('indicator-closed', read.status));
  }
}
