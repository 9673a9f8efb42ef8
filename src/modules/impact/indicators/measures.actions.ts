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
import { writeMeasures } from './measures.repository.ts';
import { sortLines } from './measures.rules.ts';

const BATCH = 20_000;

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
  readonly lines: readonly MeasureLine[];
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
  const { good, repeated, refused } = sortLines(lines, dayIn(now, timeZone));
  const of = { indicatorId, origin, sourceId, personId: actor?.personId ?? null, evidence };
  let taken = 0;
  let corrected = 0;
  for (let at = 0; at < good.length; at += BATCH) {
    const written = await writeMeasures(trx, of, good.slice(at, at + BATCH), now);
    taken += written.taken;
    corrected += written.corrected;
  }
  const unchanged = repeated + good.length - taken - corrected;
  if (taken + corrected > 0) {
    await appendToLedger(trx, now, {
      kind: 'impact.measures-taken',
      subject: `impact/indicator/${indicatorId}`,
      actor: ledgerActorOf(actor, indicator.organisationId),
      data: { origin, sourceId, taken, corrected, unchanged, refused: refused.length },
    });
  }
  return { taken, unchanged, corrected, refused };
}
