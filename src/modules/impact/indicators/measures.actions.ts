// Taking measures in, whoever brings them: a person who declares, a source that is read, a file.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { ledgerActorOf } from './indicator-access.rules.ts';
import { indicatorClosed } from './indicators.errors.ts';
import { lockIndicator } from './indicators.repository.ts';
import type { IntakeResult, MeasureLine, MeasureOrigin } from './indicators.types.ts';
import { type IntakeOf, spanOf, writeMeasures } from './measures.repository.ts';
import { type GoodLine, lineSorter } from './measures.rules.ts';

const BATCH = 5_000;
/** So many refused lines are told one by one; the others are counted. */
const MOST_TOLD = 1_000;

/** One intake: where its lines come from. */
export interface Intake {
  readonly indicatorId: string;
  readonly origin: MeasureOrigin;
  /** The source that was read; null for what a person declares. */
  readonly sourceId: string | null;
  /** Who declares; null for what is read. */
  readonly actor: Actor | null;
  /** What proves a declared measure: words or a link. */
  readonly evidence: string;
  /** All at once, or in portions of any length, read as they are taken. */
  readonly lines: readonly MeasureLine[] | AsyncIterable<readonly MeasureLine[]>;
}

/**
 * Takes measures in, within the caller's transaction. Each line that cannot be taken is told with its reason and hinders no
 * other; a known value that comes again changes nothing, another value for a known day is a correction with its history.
 * `timeZone` says which day today is. Throws not-found, impact.indicator-closed.
 */
export async function takeMeasures(
  trx: Trx,
  { indicatorId, origin, sourceId, actor, evidence, lines }: Intake,
  now: Date,
  timeZone = 'Europe/Paris',
): Promise<IntakeResult> {
  const indicator = await lockIndicator(trx, indicatorId);
  if (!indicator) throw notFound();
  if (indicator.state === 'closed') throw indicatorClosed();
  const of = { indicatorId, origin, sourceId, personId: actor?.personId ?? null, evidence };
  const intake = await writeAll(trx, of, lines, now, lineSorter(dayIn(now, timeZone)));
  const { taken, corrected, unchanged, refusedCount } = intake;
  if (taken + corrected > 0) {
    await appendToLedger(trx, now, {
      kind: 'impact.measures-taken',
      subject: `impact/indicator/${indicatorId}`,
      actor: ledgerActorOf(actor, indicator.organisationId),
      data: { origin, sourceId, taken, corrected, unchanged, refused: refusedCount },
    });
  }
  return intake;
}

async function* portionsOf(lines: Intake['lines']): AsyncGenerator<readonly MeasureLine[]> {
  for await (const portion of Symbol.asyncIterator in lines ? lines : [lines]) {
    for (let at = 0; at < portion.length; at += BATCH) yield portion.slice(at, at + BATCH);
  }
}

/** Tells whether any of the lines is on a day within what is kept. */
function touches(span: Awaited<ReturnType<typeof spanOf>>, lines: readonly GoodLine[]): boolean {
  return span !== null && lines.some(({ day }) => day >= span.first && day <= span.last);
}

/** Sorts and writes lines, one batch being read while the one before is written: no more are in memory. */
async function writeAll(
  trx: Trx,
  of: IntakeOf,
  lines: Intake['lines'],
  now: Date,
  sort: ReturnType<typeof lineSorter>,
): Promise<IntakeResult> {
  const refused: IntakeResult['refused'][number][] = [];
  let [taken, corrected, good, repeated, refusedCount] = [0, 0, 0, 0, 0];
  let waiting: GoodLine[] = [];
  let writing = Promise.resolve();
  // No line comes twice past the sorter, so that only what was there before can be known.
  const span = await spanOf(trx, of.indicatorId, of.origin);
  const write = async () => {
    const batch = waiting;
    waiting = [];
    const written = await writeMeasures(trx, of, batch, { now, mayBeKnown: touches(span, batch) });
    taken += written.taken;
    corrected += written.corrected;
  };
  const writeNext = async () => {
    await writing;
    writing = write();
    // Told where it is awaited; until then it must not count as nobody's.
    writing.catch(() => {});
  };
  try {
    for await (const portion of portionsOf(lines)) {
      const sorted = sort(portion);
      good += sorted.good.length;
      repeated += sorted.repeated;
      refusedCount += sorted.refused.length;
      refused.push(...sorted.refused.slice(0, MOST_TOLD - refused.length));
      waiting = waiting.length === 0 ? [...sorted.good] : waiting.concat(sorted.good);
      if (waiting.length >= BATCH) await writeNext();
    }
    if (waiting.length > 0) await writeNext();
    await writing;
  } finally {
    await writing.catch(() => {});
  }
  return { taken, corrected, unchanged: repeated + good - taken - corrected, refused, refusedCount };
}
