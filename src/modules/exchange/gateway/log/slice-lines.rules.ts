// The lines of a slice: the entries of one producer in one log, with what proves them. A file holds one part for each log.
// Whoever verifies without Socle relies on this form. Pure.

/** First line of a part: whose log, whose entries, and what the gateway signed of both. */
export interface SliceHeader {
  readonly type: 'slice';
  readonly version: 1;
  readonly origin: string;
  /** The log's public key (C2SP signed-note verifier key). */
  readonly verifier: string;
  readonly producer: string;
  /** Signed size and root, to which the inclusion proofs lead (C2SP tlog-checkpoint). */
  readonly checkpoint: string;
  /** Signed end of the producer's chain; null where none was signed yet. */
  readonly head: string | null;
}

/** An entry: its very text. Its number in the producer's chain is in it. */
export interface SliceEntry {
  readonly type: 'entry';
  readonly entry: string;
}

/** An entry whose content was erased: the hash of its leaf stays. */
export interface SliceErased {
  readonly type: 'erased';
  /** Its number among the producer's entries, from 0. */
  readonly seq: number;
  readonly leafHash: string;
}

/**
 * Inclusion proof of the entry in the line before (RFC 9162, 2.1.3): hashes in base64, from the leaf up. The first and the
 * last entry have one.
 */
export interface SliceProof {
  readonly type: 'proof';
  /** The entry's place in the log. */
  readonly index: number;
  readonly path: readonly string[];
}

/** Last line of a part. */
export interface SliceEnd {
  readonly type: 'end';
  readonly entries: number;
}

/** A line. */
export type SliceLine = SliceHeader | SliceEntry | SliceErased | SliceProof | SliceEnd;

/** Reads a line; null when it is not written exactly as it is exported: nothing unsigned is to be read into it. */
export function parseSliceLine(text: string): SliceLine | null {
  try {
    const line = rebuilt(JSON.parse(text) as Record<string, unknown>);
    return line && JSON.stringify(line) === text ? line : null;
  } catch {
    return null;
  }
}

function rebuilt(line: Record<string, unknown>): SliceLine | null {
  const { type, index, entries } = line;
  if (type === 'slice') return header(line);
  if (type === 'end') return isPlace(entries) ? { type, entries } : null;
  const { entry, seq, leafHash, path } = line;
  if (type === 'entry') return typeof entry === 'string' ? { type, entry } : null;
  if (type === 'erased') return isPlace(seq) && isHash(leafHash) ? { type, seq, leafHash } : null;
  const isProof = type === 'proof' && isPlace(index) && Array.isArray(path) && path.every(isHash);
  return isProof ? { type, index, path } : null;
}

function header(line: Record<string, unknown>): SliceHeader | null {
  const { origin, verifier, producer, checkpoint, head } = line;
  const texts = [origin, verifier, producer, checkpoint, head ?? ''];
  if (!texts.every((text) => typeof text === 'string')) return null;
  return { type: 'slice', version: 1, origin, verifier, producer, checkpoint, head } as SliceHeader;
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value;
}
