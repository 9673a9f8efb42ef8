// Proofs of records: that an entry is in the log that its gateway signed, whether or not its content is still there.
import type { Db } from '#platform/database/connection.ts';
import { inclusionProofOf } from '#platform/ledger/proofs.ts';
import { subtreesIn } from './log-tiles.repository.ts';
import { findLatestCheckpoint } from './logs.repository.ts';

/** What proves that an entry is among the first `size` of a log (RFC 9162, 2.1.3): checked by `verifyInclusion`. */
export interface RecordProof {
  readonly index: number;
  /** Size of the log at the checkpoint. */
  readonly size: number;
  readonly leafHash: Buffer;
  /** Hashes from the leaf up. */
  readonly path: readonly Buffer[];
  /** The checkpoint as a signed note: size and root. */
  readonly checkpoint: string;
}

/** The proof of an entry against the latest checkpoint of its log; null while no checkpoint covers it. */
export async function findRecordProof(
  db: Db,
  { log, index }: { log: string; index: number },
): Promise<RecordProof | null> {
  const checkpoint = await findLatestCheckpoint(db, log);
  if (!checkpoint || index >= checkpoint.size) return null;
  const read = subtreesIn(db, log);
  const [path, [leafHash]] = await Promise.all([
    inclusionProofOf(read, index, checkpoint.size),
    read([{ level: 0, index }]),
  ]);
  return {
    index,
    size: checkpoint.size,
    leafHash: leafHash as Buffer,
    path,
    checkpoint: checkpoint.note,
  };
}
