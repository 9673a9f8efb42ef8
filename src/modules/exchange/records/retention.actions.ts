// Erases records: whole months by rule, one record where a decision asks for it. Both are told to the ledger, and the proofs
// of what remains stay: the logs' tiles hold hashes alone.
import type { Db, Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { gatewayNameOf } from '../gateway/log/log-origin.rules.ts';
import { thinCheckpoints } from './logs.repository.ts';
import { ensureMonth } from './records.repository.ts';
import { dropMonth, eraseContent, listMonths } from './retention.repository.ts';
import { isPastRetention, KEPT_MONTHS, monthsAhead, thinnedBefore } from './retention.rules.ts';

/** What came of a turn of the retention. */
export interface Retained {
  readonly months: number;
  readonly records: number;
}

/** Makes the partitions of the coming months, and erases the months past their retention. */
export async function applyRetention(db: Db, now: Date): Promise<Retained> {
  for (const month of monthsAhead(now)) await ensureMonth(db, month);
  await db.transaction().execute((trx) => thinCheckpoints(trx, thinnedBefore(now)));
  const past = (await listMonths(db)).filter((month) => isPastRetention(month, now));
  let records = 0;
  for (const month of past) {
    records += await db.transaction().execute((trx) => eraseMonth(trx, now, month));
  }
  return { months: past.length, records };
}

async function eraseMonth(trx: Trx, now: Date, month: Date): Promise<number> {
  const logs = await dropMonth(trx, month);
  const name = month.toISOString().slice(0, 7);
  await appendToLedger(trx, now, {
    kind: 'exchange.records-erased',
    subject: `exchange/records/${name}`,
    actor: { kind: 'system', name: 'exchange.keep-records' },
    data: { month: name, keptMonths: KEPT_MONTHS, logs },
  });
  return logs.reduce((sum, each) => sum + each.records, 0);
}

/**
 * Erases what one record says (GDPR, article 17), and records that it was done, by whom and why.
 * @throws SocleError `not-found` where there is no such record, or it is erased already.
 */
export async function eraseRecord(
  trx: Trx,
  now: Date,
  { log, index, actor, reason }: { log: string; index: number; actor: LedgerActor; reason: string },
): Promise<void> {
  if (!(await eraseContent(trx, now, { log, index }))) throw notFound();
  await appendToLedger(trx, now, {
    kind: 'exchange.record-erased',
    subject: `exchange/records/${gatewayNameOf(log)}/${index}`,
    actor,
    data: { log, index, reason },
  });
}
