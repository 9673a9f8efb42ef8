// Who else must know, in the same transaction, that a contract was reviewed or judged: the modules above, which act on it.
// Impact knows none of them: they make themselves known.
import type { Db, Trx } from '#platform/database/connection.ts';
import type { ContractReview } from './reviews.types.ts';

/** What a watcher is told: the review, and what was decided on it (null until its reviewer has judged). */
export type VerdictNews = ContractReview & { readonly organisationId: string };

/** Told inside the transaction that records a verdict or a judgement: what it throws undoes that. */
export type VerdictWatcher = (trx: Trx, now: Date, news: VerdictNews) => Promise<void>;

// Per database and not for the whole process, which may hold several installations (tests do).
const watchers = new WeakMap<Db, VerdictWatcher[]>();

/** Makes a watcher known to whatever this process records in the database `db`, for as long as that is open. */
export function onVerdict(db: Db, watcher: VerdictWatcher): void {
  watchers.set(db, [...(watchers.get(db) ?? []), watcher]);
}

/** Tells every watcher of `db`, within `trx`. */
export async function tellVerdict(db: Db, trx: Trx, now: Date, news: VerdictNews): Promise<void> {
  for (const watcher of watchers.get(db) ?? []) await watcher(trx, now, news);
}
