// The Merkle tree of a log as it grows, with the tiles that its hashes make. It keeps what is not whole, and nothing else.
import { edgeOf, GrowingTree } from '#platform/ledger/growing-tree.ts';
import { subtreesOf } from '#platform/ledger/merkle.ts';
import {
  firstHashes,
  type HashTile,
  hashesAt,
  hashFromTile,
  splitHashes,
  TILE_HEIGHT,
  TILE_WIDTH,
  type TileWidth,
  tileOf,
} from './tiles.rules.ts';

/** A tile of hashes, with how much of it is asked for. */
export type HashTileWidth = TileWidth & { readonly level: number };

/** The tree, with its tiles. */
export class TiledTree {
  readonly #tree: GrowingTree;
  /** Of each level the hashes of the tile that is not whole yet, and its index. */
  readonly #rows: { index: number; hashes: Buffer[] }[] = [];
  #whole: HashTile[] = [];

  private constructor(tree: (onSubtree: (level: number, hash: Buffer) => void) => GrowingTree) {
    this.#tree = tree((level, hash) => {
      if (level % TILE_HEIGHT === 0) this.#add(level / TILE_HEIGHT, hash);
    });
  }

  /**
   * The tree of `size` entries, taken up from its tiles. `readTile` gives the bytes of one, at least as wide as asked;
   * throws when it gives less.
   */
  static of(size: number, readTile: (tile: HashTileWidth) => Buffer | null): TiledTree {
    const read = (level: number, index: number) =>
      readTile({ level, index, width: Math.min(TILE_WIDTH, hashesAt(level, size) - index * TILE_WIDTH) });
    const edge = edgeOf(
      size,
      subtreesOf(0, size).map((subtree) => {
        const { level, index } = tileOf(subtree);
        const hash = hashFromTile(subtree, read(level, index) ?? Buffer.alloc(0));
        if (!hash) throw new Error(`The tile ${level}/${index} lacks hashes.`);
        return hash;
      }),
    );
    const tiled = new TiledTree(
      (onSubtree) => new GrowingTree({ edge, onSubtree: ({ level, hash }) => onSubtree(level, hash) }),
    );
    for (let level = 0; hashesAt(level, size) > 0; level += 1) {
      const index = Math.floor(hashesAt(level, size) / TILE_WIDTH);
      const width = hashesAt(level, size) % TILE_WIDTH;
      const bytes = width === 0 ? Buffer.alloc(0) : firstHashes(read(level, index) as Buffer, width);
      tiled.#rows.push({ index, hashes: splitHashes(Buffer.from(bytes)) });
    }
    return tiled;
  }

  /** Number of entries. */
  get size(): number {
    return this.#tree.size;
  }

  /** Hash of the whole tree. */
  get root(): Buffer {
    return this.#tree.root;
  }

  /** Adds an entry, given the hash of its leaf. */
  append(leafHash: Buffer): void {
    this.#add(0, leafHash);
    this.#tree.append(leafHash);
  }

  /** The tiles that became whole since they were last taken. */
  takeWhole(): HashTile[] {
    const whole = this.#whole;
    this.#whole = [];
    return whole;
  }

  /** The tiles that are not whole. */
  partial(): HashTile[] {
    return this.#rows.flatMap(({ index, hashes }, level) =>
      hashes.length === 0 ? [] : [{ level, index, hashes: Buffer.concat(hashes) }],
    );
  }

  #add(level: number, hash: Buffer): void {
    const row = this.#rows[level] ?? { index: 0, hashes: [] };
    this.#rows[level] = row;
    row.hashes.push(hash);
    if (row.hashes.length < TILE_WIDTH) return;
    this.#whole.push({ level, index: row.index, hashes: Buffer.concat(row.hashes) });
    row.index += 1;
    row.hashes = [];
  }
}
