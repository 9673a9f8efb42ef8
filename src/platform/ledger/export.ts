// The whole log as lines that anyone can verify without the database: a header, then entries in their order, each
// checkpoint after the last entry that it covers.
import type { Clock } from '../clock.ts';
import type { Db } from '../database/connection.ts';
import { erasedBy } from './erase.ts';
import { type ExportedLine, exportedCheckpoint, exportedEntry } from './exported-line.ts';
import { integratePending } from './integrator.ts';
import { findLatestCheckpoint, listCheckpoints, listEntries } from './ledger.repository.ts';
import type { LedgerSigner } from './signer.ts';

const PAGE = 1_000;

/** The lines of the export, page by page: memory stays the same however long the log is. */
export async function* exportLedger(
  { db, clock }: { db: Db; clock: Clock },
  signer: LedgerSigner,
): AsyncGenerator<ExportedLine> {
  yield { type: 'ledger', version: 1, origin: signer.origin, verifier: signer.verifierKey };
  const unexplained = new Set<string>();
  let from = 0;
  for (;;) {
    const end = (await findLatestCheckpoint(db))?.size ?? 0;
    for await (const line of linesBetween(db, from, end)) {
      if (line.type === 'entry') {
        if (line.data === null) unexplained.add(line.id);
        unexplained.delete(erasedBy(line) ?? '');
      }
      yield line;
    }
    // An entry erased while this was going on is explained by a record that was appended meanwhile.
    if (unexplained.size === 0 || (from === end && (await integratePending(db, signer, clock)) === 0)) return;
    from = end;
  }
}

/** The entries from `from` up to, not including, `end`, and the checkpoints of a size in between or `end`. */
export async function* linesBetween(db: Db, from: number, end: number): AsyncGenerator<ExportedLine> {
  let next = from;
  let checkpoints = await listCheckpoints(db, { after: from, limit: PAGE });
  while (next < end) {
    const entries = await listEntries(db, { from: next, limit: Math.min(PAGE, end - next) });
    for (const entry of entries) {
      yield exportedEntry(entry);
      next = entry.index + 1;
      while (checkpoints[0] && checkpoints[0].size <= next) {
        yield exportedCheckpoint(checkpoints[0]);
        const { size } = checkpoints[0];
        checkpoints = checkpoints.slice(1);
        if (checkpoints.length === 0) checkpoints = await listCheckpoints(db, { after: size, limit: PAGE });
      }
    }
    // Entries that somebody removed: the checkpoint alone tells that they are missing.
    if (entries.length === 0) next = end;
  }
  if (checkpoints[0] && checkpoints[0].size <= end) yield exportedCheckpoint(checkpoints[0]);
}
