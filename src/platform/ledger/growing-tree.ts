// A Merkle tree that grows leaf by leaf: it keeps its right edge alone, as many hashes as the logarithm of its size.
import { foldRight, nodeHash, type Subtree, subtreesOf } from './merkle.ts';

/** A complete subtree and its hash. */
export interface HashedSubtree extends Subtree {
  readonly hash: Buffer;
}

/** The tree. It can be taken up again at any size from its complete subtrees. */
export class GrowingTree {
  readonly #edge: HashedSubtree[];
  readonly #onSubtree: ((subtree: HashedSubtree) => void) | undefined;
  #size: number;

  /**
   * @param edge what `subtreesOf(0, size)` lists, with hashes; nothing for the empty tree.
   * @param onSubtree told of each subtree above the leaves at the moment at which it is full.
   */
  constructor({
    edge = [],
    onSubtree,
  }: { edge?: readonly HashedSubtree[]; onSubtree?: (subtree: HashedSubtree) => void } = {}) {
    this.#edge = [...edge];
    this.#size = edge.reduce((sum, { level }) => sum + 2 ** level, 0);
    this.#onSubtree = onSubtree;
  }

  /** Number of leaves. */
  get size(): number {
    return this.#size;
  }

  /** Hash of the whole tree. */
  get root(): Buffer {
    return foldRight(this.#edge.map(({ hash }) => hash));
  }

  /** Adds a leaf, given its hash. */
  append(hash: Buffer): void {
    let full: HashedSubtree = { level: 0, index: this.#size, hash };
    for (let left = this.#edge.at(-1); left?.level === full.level; left = this.#edge.at(-1)) {
      this.#edge.pop();
      full = { level: full.level + 1, index: left.index / 2, hash: nodeHash(left.hash, full.hash) };
      this.#onSubtree?.(full);
    }
    this.#edge.push(full);
    this.#size += 1;
  }
}

/** The edge of a tree of `size` leaves, `hashes` being those of `subtreesOf(0, size)`. */
export function edgeOf(size: number, hashes: readonly Buffer[]): HashedSubtree[] {
  return subtreesOf(0, size).map((subtree, i) => {
    const hash = hashes[i];
    if (!hash) throw new RangeError(`The edge of a tree of ${size} has more hashes than ${hashes.length}.`);
    return { ...subtree, hash };
  });
}
