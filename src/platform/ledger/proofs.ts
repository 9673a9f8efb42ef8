// Roots and proofs (RFC 9162, section 2.1) of a log whose hashes of complete subtrees somebody keeps, wherever that is.
import { consistencyPath, foldRight, inclusionPath, type Range, type Subtree, subtreesOf } from './merkle.ts';

/** Reads hashes of complete subtrees, in the order asked. Throws when one that should be there is not. */
export type SubtreeReader = (subtrees: readonly Subtree[]) => Promise<Buffer[]>;

async function hashesOf(read: SubtreeReader, ranges: readonly Range[]): Promise<Buffer[]> {
  const parts = ranges.map(({ start, end }) => subtreesOf(start, end));
  const hashes = await read(parts.flat());
  let at = 0;
  return parts.map((part) => {
    const own = hashes.slice(at, at + part.length);
    at += part.length;
    return foldRight(own);
  });
}

/** Root of the first `size` entries. */
export async function rootOf(read: SubtreeReader, size: number): Promise<Buffer> {
  return foldRight(await read(subtreesOf(0, size)));
}

/** Proof that the entry at `index` is among the first `size`. Throws RangeError when it cannot be. */
export async function inclusionProofOf(read: SubtreeReader, index: number, size: number): Promise<Buffer[]> {
  return hashesOf(read, inclusionPath(index, size));
}

/** Proof that the first `from` entries are the start of the first `to`. Throws RangeError when they cannot be. */
export async function consistencyProofOf(read: SubtreeReader, from: number, to: number): Promise<Buffer[]> {
  return hashesOf(read, consistencyPath(from, to));
}
