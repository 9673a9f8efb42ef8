// Writes a producer's slice of the gateways' logs, line by line: what `socle log verify` checks offline.
import type { Db } from '#platform/database/connection.ts';
import { inclusionProofOf } from '#platform/ledger/proofs.ts';
import type { SliceLine, SliceProof } from '../gateway/log/slice-lines.rules.ts';
import { subtreesIn } from './log-tiles.repository.ts';
import {
  listOwnEntries,
  listSliceParts,
  type OwnEntry,
  type Period,
  type SlicePart,
} from './slices.repository.ts';

const PAGE = 1_000;

/** The lines of the slice of a producer, page by page: memory stays the same however long it is. */
export async function* sliceLines(db: Db, producerId: string, period: Period): AsyncGenerator<SliceLine> {
  for (const part of await listSliceParts(db, producerId, period)) yield* partLines(db, producerId, part);
}

async function* partLines(db: Db, producerId: string, part: SlicePart): AsyncGenerator<SliceLine> {
  const { log, verifier, checkpoint, head, firstSeq, lastSeq } = part;
  yield { type: 'slice', version: 1, origin: log, verifier, producer: producerId, checkpoint, head };
  let entries = 0;
  let last: OwnEntry | undefined;
  for (let after = firstSeq - 1; after < lastSeq; ) {
    const page = await listOwnEntries(db, producerId, { log, after, last: lastSeq, limit: PAGE });
    for (const own of page) {
      yield await lineOf(db, part, own);
      entries += 1;
      if (entries === 1 && own.seq !== lastSeq) yield await proofOf(db, part, own);
    }
    if (page.length === 0) break;
    last = page.at(-1) as OwnEntry;
    after = last.seq;
  }
  if (last) yield await proofOf(db, part, last);
  yield { type: 'end', entries };
}

async function lineOf(db: Db, { log }: SlicePart, { index, seq, entry }: OwnEntry): Promise<SliceLine> {
  if (entry) return { type: 'entry', entry: entry.toString() };
  const [hash] = await subtreesIn(db, log)([{ level: 0, index }]);
  return { type: 'erased', seq, leafHash: (hash as Buffer).toString('base64') };
}

async function proofOf(db: Db, { log, size }: SlicePart, { index }: OwnEntry): Promise<SliceProof> {
  const path = await inclusionProofOf(subtreesIn(db, log), index, size);
  return { type: 'proof', index, path: path.map((hash) => hash.toString('base64')) };
}
