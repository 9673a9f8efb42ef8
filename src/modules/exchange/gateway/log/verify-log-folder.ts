// Verifies a gateway's log offline, as it stands in a folder (C2SP tlog-tiles): checkpoint, tiles, entries, chains and heads.
// It needs no installation and changes nothing.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { leafHash } from '#platform/ledger/merkle.ts';
import {
  type Checkpoint,
  openCheckpoint,
  openNote,
  parseVerifier,
  type Verifier,
} from '#platform/ledger/signed-note.ts';
import { Unfit } from '#platform/ledger/verify.ts';
import { type ChainHead, chainLinkOf, goesOn, parseHeadText, type SignedHead } from './chain.rules.ts';
import { LOG_FAULTS } from './log-faults.ts';
import { CHECKPOINT_FILE, HEADS_FOLDER, readLogFile, VERIFIER_FILE } from './log-files.ts';
import type { LogVerdict, VerifyLogOptions } from './log-verdict.types.ts';
import { TiledTree } from './tiled-tree.ts';
import {
  firstHashes,
  hashesAt,
  parseTilePath,
  readBundle,
  splitHashes,
  TILE_WIDTH,
  type TilePlace,
  type TileWidth,
  tilePath,
} from './tiles.rules.ts';

/** Verifies the log in `folder`. */
export function verifyLogFolder(folder: string, options: VerifyLogOptions = {}): LogVerdict {
  const verdict = { origin: '', entries: 0, read: 0, slices: [] };
  try {
    return { ...verdict, ...verify(folder, options), fault: null };
  } catch (error) {
    if (error instanceof Unfit) return { ...verdict, fault: error.fault };
    throw error;
  }
}

function verify(folder: string, { kept = null, verifierKey = null }: VerifyLogOptions) {
  const text = verifierKey ?? readLogFile(folder, VERIFIER_FILE)?.toString() ?? '';
  const verifier = parseVerifier(text);
  if (!verifier) throw new Unfit(null, LOG_FAULTS.noVerifier);
  const note = readLogFile(folder, CHECKPOINT_FILE)?.toString() ?? '';
  const checkpoint = openCheckpoint(note, verifier);
  if (!checkpoint) throw new Unfit(null, LOG_FAULTS.checkpoint);
  const log = new FolderLog(folder, verifier, checkpoint);
  log.verifyEntries(keptCheckpoint(kept, verifier, checkpoint));
  log.verifyTiles();
  log.verifyHeads();
  return { origin: checkpoint.origin, entries: checkpoint.size, read: log.read };
}

/** The checkpoint that somebody kept. Throws Unfit when the log is shorter, or it is none of this log. */
export function keptCheckpoint(
  kept: string | null,
  verifier: Verifier,
  { size }: Checkpoint,
): Checkpoint | null {
  if (kept === null) return null;
  const checkpoint = openCheckpoint(kept, verifier);
  if (!checkpoint) throw new Unfit(null, LOG_FAULTS.keptCheckpoint);
  if (checkpoint.size > size) throw new Unfit(null, LOG_FAULTS.shorter);
  return checkpoint;
}

class FolderLog {
  readonly #folder: string;
  readonly #verifier: Verifier;
  readonly #checkpoint: Checkpoint;
  /** Every tile and bundle in the folder, by place. */
  readonly #tiles = new Map<string, TileWidth[]>();
  readonly #chains = new Map<string, ChainHead>();
  readonly #heads = new Map<string, SignedHead>();
  /** The heads as the entries give them, each when the log was as large as at its signing. */
  readonly #found = new Map<string, ChainHead>();
  readonly #tree = TiledTree.of(0, () => null);
  read = 0;

  constructor(folder: string, verifier: Verifier, checkpoint: Checkpoint) {
    this.#folder = folder;
    this.#verifier = verifier;
    this.#checkpoint = checkpoint;
    for (const path of filesBelow(folder, 'tile')) {
      const tile = parseTilePath(path);
      if (!tile) throw new Unfit(null, LOG_FAULTS.strange(path));
      const key = tilePath({ ...tile, width: TILE_WIDTH });
      this.#tiles.set(key, [...(this.#tiles.get(key) ?? []), tile]);
    }
    for (const path of filesBelow(folder, HEADS_FOLDER)) this.#readHead(path);
  }

  /** Entries where they are there, their hashes, the root of each size that was signed. */
  verifyEntries(kept: Checkpoint | null): void {
    const { size, root } = this.#checkpoint;
    for (let index = 0; index * TILE_WIDTH < size; index += 1) {
      const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
      const hashes = splitHashes(this.#hashes({ level: 0, index, width }));
      this.#verifyBundles(index, width, hashes);
      for (const hash of hashes) {
        this.#tree.append(hash);
        if (this.#tree.size === kept?.size && !this.#tree.root.equals(kept.root)) {
          throw new Unfit(null, LOG_FAULTS.fork);
        }
      }
      for (const tile of this.#tree.takeWhole()) this.#expect({ ...tile, width: TILE_WIDTH }, tile.hashes);
    }
    if (!this.#tree.root.equals(root)) throw new Unfit(null, LOG_FAULTS.root);
  }

  /** Tiles that are not whole, and every narrower copy of any tile. */
  verifyTiles(): void {
    for (const tile of this.#tree.partial()) {
      this.#expect({ ...tile, width: tile.hashes.length / 32 }, tile.hashes);
    }
    for (const [path, copies] of this.#tiles) {
      const [{ level, index }] = copies as [TileWidth];
      if (level === 'entries' || level === 0) continue;
      if (index * TILE_WIDTH >= hashesAt(level, this.#checkpoint.size)) {
        throw new Unfit(null, LOG_FAULTS.strange(path));
      }
    }
  }

  verifyHeads(): void {
    for (const [producer, head] of this.#heads) {
      const found = this.#found.get(producer);
      const isFound =
        found !== undefined &&
        found.entries === head.entries &&
        found.index === head.index &&
        found.hash === head.hash;
      // Where the entries are not there any more the hash of the last one still is.
      const hash = () =>
        splitHashes(
          this.#hashes({
            level: 0,
            index: Math.floor(head.index / TILE_WIDTH),
            width: (head.index % TILE_WIDTH) + 1,
          }),
        )
          .at(-1)
          ?.toString('base64');
      if (!(found ? isFound : head.index < head.size && hash() === head.hash)) {
        throw new Unfit(head.index, LOG_FAULTS.head(producer));
      }
    }
  }

  #readHead(path: string): void {
    const producer = decodeURIComponent(path.slice(HEADS_FOLDER.length + 1)).replace(/^-$/, '');
    const text = openNote(readLogFile(this.#folder, path)?.toString() ?? '', this.#verifier);
    const head = text === null ? null : parseHeadText(this.#checkpoint.origin, text);
    if (head?.producer !== producer || head.size > this.#checkpoint.size) {
      throw new Unfit(null, LOG_FAULTS.head(producer));
    }
    this.#heads.set(producer, head);
  }

  /** The bundle at `index` in every width in which it is there. */
  #verifyBundles(index: number, width: number, hashes: readonly Buffer[]): void {
    const place = { level: 'entries', index } as const;
    const copies = this.#tiles.get(tilePath({ ...place, width: TILE_WIDTH })) ?? [];
    let widest: readonly Buffer[] = [];
    for (const copy of copies) {
      const path = tilePath(copy);
      const entries = readBundle(readLogFile(this.#folder, path) ?? Buffer.alloc(0));
      if (!entries || entries.length !== copy.width) throw new Unfit(null, LOG_FAULTS.noTile(path));
      for (const [at, entry] of entries.slice(0, width).entries()) {
        if (!leafHash(entry).equals(hashes[at] as Buffer)) {
          throw new Unfit(index * TILE_WIDTH + at, LOG_FAULTS.entry);
        }
      }
      if (entries.length > widest.length) widest = entries.slice(0, width);
    }
    // What PostgreSQL has is deleted here after some time, the oldest first, in whole bundles.
    if (copies.length === 0 && this.read === 0 && width === TILE_WIDTH) return;
    if (widest.length < width) {
      throw new Unfit(null, LOG_FAULTS.noTile(tilePath({ ...place, width })));
    }
    for (const [at, entry] of widest.entries()) {
      this.#verifyLink(index * TILE_WIDTH + at, entry, hashes[at] as Buffer);
    }
  }

  #verifyLink(index: number, entry: Buffer, hash: Buffer): void {
    const link = chainLinkOf(entry);
    const before = this.#chains.get(link?.producer ?? '');
    // Earlier entries may have been deleted here: the first one that is there stands for itself.
    const isFirst = this.read < index && !before;
    if (!link || !(isFirst || goesOn(link, before))) throw new Unfit(index, LOG_FAULTS.chain);
    const chain = { entries: link.seq + 1, index, hash: hash.toString('base64') };
    this.#chains.set(link.producer, chain);
    if (index < (this.#heads.get(link.producer)?.size ?? 0)) this.#found.set(link.producer, chain);
    this.read += 1;
  }

  /** The hashes of a tile, from its narrowest copy that is wide enough; the other copies say the same. */
  #hashes(tile: TileWidth): Buffer {
    const copies = this.#tiles.get(tilePath({ ...tile, width: TILE_WIDTH })) ?? [];
    const enough = copies.filter(({ width }) => width >= tile.width).sort((a, b) => a.width - b.width);
    const bytes = enough[0] && readLogFile(this.#folder, tilePath(enough[0]));
    if (!bytes || bytes.length < tile.width * 32) throw new Unfit(null, LOG_FAULTS.noTile(tilePath(tile)));
    const hashes = firstHashes(bytes, tile.width);
    this.#expect(tile, hashes);
    return hashes;
  }

  /** Every copy of a tile holds these hashes, as many as it is wide. */
  #expect(tile: TilePlace & { readonly width: number }, hashes: Buffer): void {
    const copies = this.#tiles.get(tilePath({ ...tile, width: TILE_WIDTH })) ?? [];
    if (!copies.some(({ width }) => width >= tile.width)) {
      throw new Unfit(null, LOG_FAULTS.noTile(tilePath(tile)));
    }
    for (const copy of copies) {
      const bytes = readLogFile(this.#folder, tilePath(copy)) ?? Buffer.alloc(0);
      const common = Math.min(copy.width, tile.width);
      if (
        bytes.length !== copy.width * 32 ||
        !firstHashes(bytes, common).equals(firstHashes(hashes, common))
      ) {
        throw new Unfit(null, LOG_FAULTS.tile(tilePath(copy)));
      }
    }
  }
}

/** Paths of the files in `folder/start`, without those that a keeper has just begun. */
function filesBelow(folder: string, start: string): string[] {
  let names: { name: string; parentPath: string; isFile(): boolean }[];
  try {
    names = readdirSync(join(folder, start), { recursive: true, withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((file) => file.isFile() && !file.name.endsWith('.new'))
    .map((file) => relative(folder, join(file.parentPath, file.name)))
    .sort();
}
