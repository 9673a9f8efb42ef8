// The proof that one entry is in a gateway's log, as a person downloads it: its text, and its verification offline. The
// entry itself is not in it.
import { verifyInclusion } from '#platform/ledger/merkle.ts';
import { openCheckpoint, parseVerifier } from '#platform/ledger/signed-note.ts';
import { Unfit } from '#platform/ledger/verify.ts';
import { LOG_FAULTS } from './log-faults.ts';
import type { LogVerdict, VerifyLogOptions } from './log-verdict.types.ts';
import { keptCheckpoint } from './verify-log-folder.ts';

/** How a file that is such a proof begins. */
export const PROOF_START = '{"type":"inclusion"';

/** Most characters of a proof: 64 hashes, a checkpoint and a key are far below. */
export const LONGEST_PROOF = 100_000;

/** What the file says. */
export interface InclusionProof {
  readonly origin: string;
  /** Verifier key of the log (C2SP signed-note). */
  readonly verifier: string;
  readonly index: number;
  /** Size of the log at the checkpoint. */
  readonly size: number;
  /** Base64 of the hash of the entry (RFC 9162, 2.1.1), and of the path from it to the root (2.1.3). */
  readonly leafHash: string;
  readonly path: readonly string[];
  /** The signed note (C2SP tlog-checkpoint). */
  readonly checkpoint: string;
}

/** The text of the file. */
export function proofText(proof: InclusionProof): string {
  const { origin, verifier, index, size, leafHash, path, checkpoint } = proof;
  return JSON.stringify({ type: 'inclusion', origin, verifier, index, size, leafHash, path, checkpoint });
}

function read(text: string): InclusionProof | null {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
  const { origin, verifier, index, size, leafHash, path, checkpoint } = value;
  const texts = [origin, verifier, leafHash, checkpoint, ...(Array.isArray(path) ? path : [null])];
  const isWhole = (number: unknown) => Number.isSafeInteger(number) && (number as number) >= 0;
  const fits = texts.every((one) => typeof one === 'string') && isWhole(index) && isWhole(size);
  return fits ? (value as unknown as InclusionProof) : null;
}

/** Verifies the text of such a file: its checkpoint's signature, and that the entry is under its root. */
export function verifyProof(
  text: string,
  { verifierKey = null, kept = null }: VerifyLogOptions = {},
): LogVerdict {
  const proof = text.length > LONGEST_PROOF ? null : read(text);
  const verdict = (entries: number, fault: LogVerdict['fault']): LogVerdict => ({
    origin: proof?.origin ?? '',
    entries,
    read: fault === null ? 1 : 0,
    slices: [],
    fault,
  });
  try {
    if (proof === null) throw new Unfit(null, LOG_FAULTS.line);
    const verifier = parseVerifier(proof.verifier);
    if (verifier?.name !== proof.origin) throw new Unfit(null, LOG_FAULTS.noVerifier);
    if (verifierKey !== null && verifierKey.trim() !== proof.verifier) {
      throw new Unfit(null, LOG_FAULTS.otherKey);
    }
    const checkpoint = openCheckpoint(proof.checkpoint, verifier);
    if (!checkpoint || checkpoint.size !== proof.size) throw new Unfit(null, LOG_FAULTS.checkpoint);
    const before = keptCheckpoint(kept, verifier, checkpoint);
    if (before?.size === checkpoint.size && !before.root.equals(checkpoint.root)) {
      throw new Unfit(null, LOG_FAULTS.fork);
    }
    const { index, size } = proof;
    const leaf = Buffer.from(proof.leafHash, 'base64');
    const path = proof.path.map((hash) => Buffer.from(hash, 'base64'));
    if (!verifyInclusion({ index, size, leaf, root: checkpoint.root }, path)) {
      throw new Unfit(index, LOG_FAULTS.inclusion);
    }
    return verdict(checkpoint.size, null);
  } catch (error) {
    if (error instanceof Unfit) return verdict(0, error.fault);
    throw error;
  }
}
