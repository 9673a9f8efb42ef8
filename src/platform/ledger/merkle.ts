// Merkle tree hashing and proofs (RFC 9162, section 2.1). Pure: where hashes are kept is not known here.
import { hash } from 'node:crypto';

const LEAF = Buffer.from([0x00]);
/** The bytes of a node while it is hashed: 0x01 and two hashes. */
const node = Buffer.alloc(65, 0x01);

/** Root of the empty tree: SHA-256 of nothing (RFC 9162, 2.1.1). */
export const EMPTY_ROOT = hash('sha256', '', 'buffer');

/** Hash of a leaf: SHA-256(0x00 || bytes). */
export function leafHash(bytes: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([LEAF, bytes]), 'buffer');
}

/** Hash of a node: SHA-256(0x01 || left || right), each of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1);
  node.set(right, 33);
  return hash('sha256', node, 'buffer');
}

/**
 * Where a complete subtree stands: `level` 0 is the leaves, and `index` counts the subtrees of 2^level leaves from
 * the left. Complete subtrees never change once they are full, so each is hashed once and kept.
 */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** Largest power of two below `n`, for n > 1. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The complete subtrees, from the largest, whose leaves together are `start` to `end` (start a multiple of the first's size). */
export function subtreesOf(start: number, end: number): Subtree[] {
  const subtrees: Subtree[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level += 1;
    subtrees.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return subtrees;
}

/** Hash of the tree over hashes of complete subtrees of falling size, as `subtreesOf` lists them. */
export function foldRight(hashes: readonly Uint8Array[]): Buffer {
  const last = hashes.at(-1);
  if (!last) return EMPTY_ROOT;
  return hashes.slice(0, -1).reduceRight<Buffer>((right, left) => nodeHash(left, right), Buffer.from(last));
}

/** Hash of the complete subtree over 2^n hashes of one level. */
export function foldComplete(hashes: readonly Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    const below = row;
    row = Array.from({ length: below.length / 2 }, (_, i) =>
      nodeHash(below[i * 2] as Buffer, below[i * 2 + 1] as Buffer),
    );
  }
  return row[0] as Buffer;
}

/** Tree range whose hash is part of a proof: leaves `start` up to, not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The ranges whose hashes prove that leaf `index` is in the tree of `size` leaves, from the leaf up
 * (RFC 9162, 2.1.3.1).
 * @throws RangeError unless 0 <= index < size.
 */
export function inclusionPath(index: number, size: number): Range[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`Leaf ${index} is not in a tree of ${size}.`);
  const walk = (at: number, start: number, end: number): Range[] => {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return at < middle
      ? [...walk(at, start, middle), { start: middle, end }]
      : [...walk(at, middle, end), { start, end: middle }];
  };
  return walk(index, 0, size);
}

/**
 * The ranges whose hashes prove that the tree of `from` leaves is the start of the tree of `to` leaves
 * (RFC 9162, 2.1.4.1).
 * @throws RangeError unless 0 < from <= to.
 */
export function consistencyPath(from: number, to: number): Range[] {
  if (!(from > 0 && from <= to)) throw new RangeError(`A tree of ${from} is not the start of one of ${to}.`);
  const walk = (m: number, start: number, end: number, whole: boolean): Range[] => {
    if (start + m === end) return whole ? [] : [{ start, end }];
    const k = splitOf(end - start);
    return m <= k
      ? [...walk(m, start, start + k, whole), { start: start + k, end }]
      : [...walk(m - k, start + k, end, false), { start, end: start + k }];
  };
  return walk(from, 0, to, true);
}

/** Checks an inclusion proof (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  { index, size, leaf, root }: { index: number; size: number; leaf: Uint8Array; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!(index >= 0 && index < size)) return false;
  let fn = index;
  let sn = size - 1;
  let hash: Buffer = Buffer.from(leaf);
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && hash.equals(root);
}

/** Checks a consistency proof (RFC 9162, 2.1.4.2). */
export function verifyConsistency(
  { from, to, oldRoot, newRoot }: { from: number; to: number; oldRoot: Uint8Array; newRoot: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (from === to) return proof.length === 0 && Buffer.compare(oldRoot, newRoot) === 0;
  if (!(from > 0 && from < to) || proof.length === 0) return false;
  const isPowerOfTwo = Number.isInteger(Math.log2(from));
  const path = isPowerOfTwo ? [oldRoot, ...proof] : proof;
  let fn = from - 1;
  let sn = to - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  const first = path[0] as Uint8Array;
  let fr: Buffer = Buffer.from(first);
  let sr: Buffer = Buffer.from(first);
  for (const hash of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(hash, fr);
      sr = nodeHash(hash, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, hash);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && fr.equals(oldRoot) && sr.equals(newRoot);
}
