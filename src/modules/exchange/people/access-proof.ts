// The proof that a record of one's own is in its gateway's log, as the page shows it and as a file to verify offline.
import type { Db } from '#platform/database/connection.ts';
import type { InclusionProof } from '../gateway/log/verify-proof.ts';
import { findPosition } from '../records/logs.repository.ts';
import { findRecordProof } from '../records/record-proofs.actions.ts';
import type { AccessPlace } from './people.types.ts';

/** The proof; null while no signed checkpoint covers the record. */
export async function findAccessProof(
  db: Db,
  { log, index }: Pick<AccessPlace, 'log' | 'index'>,
): Promise<InclusionProof | null> {
  const [proof, position] = await Promise.all([findRecordProof(db, { log, index }), findPosition(db, log)]);
  if (!proof || !position) return null;
  return {
    origin: log,
    verifier: position.verifier,
    index,
    size: proof.size,
    leafHash: proof.leafHash.toString('base64'),
    path: proof.path.map((hash) => hash.toString('base64')),
    checkpoint: proof.checkpoint,
  };
}
