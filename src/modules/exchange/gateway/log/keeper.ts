// The keeper of a gateway's log: makes of the entries on the disk a signed Merkle log (C2SP tlog-tiles, tlog-checkpoint).
//
// It follows the segments that the gateway writes. Each turn writes tiles, bundles of entries, the checkpoint and the heads
// of the producers, which all follow from the segments again should they be lost; now and then it waits until they are on
// the disk, says so in its state, and deletes the segments that nobody needs any more.
import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { openCheckpoint } from '#platform/ledger/signed-note.ts';
import type { LedgerSigner } from '#platform/ledger/signer.ts';
import { type ChainHead, chainLinkOf, goesOn, headText } from './chain.rules.ts';
import { type KeeperState, readState, STATE_FILE } from './keeper-state.ts';
import { logDamaged } from './log.errors.ts';
import {
  CHECKPOINT_FILE,
  deleteTile,
  headFile,
  LogFiles,
  readLogFile,
  readTileFile,
  VERIFIER_FILE,
  wholeSince,
} from './log-files.ts';
import { type HashTileWidth, TiledTree } from './tiled-tree.ts';
import { framedEntry, readBundle, TILE_WIDTH } from './tiles.rules.ts';
import { listSegments, WalReader } from './wal.ts';

/** How long, and for how many bytes of entries, tiles may not be safe on the disk yet. */
const SEAL_MS = 10_000;
const SEAL_BYTES = 16 * 1024 * 1024;
/** A head that did not change is signed anew, for the log as large as it is, so often. */
const RENEW_MS = 60_000;
/** Bundles of entries stay on the disk for so long, and so many at the most, once PostgreSQL has them. */
const KEPT_MS = 7 * 24 * 3_600_000;
const KEPT_BUNDLES = 8_192;

/** A checkpoint as it was signed last, with the heads of the producers at most as large. */
export interface Published {
  readonly size: number;
  readonly root: Buffer;
  readonly at: Date;
  readonly note: string;
  readonly heads: readonly PublishedHead[];
}

/** The signed head of a producer. */
export interface PublishedHead {
  readonly producer: string;
  /** Size of the log when it was signed. */
  readonly size: number;
  readonly entries: number;
  readonly note: string;
}

interface Head extends ChainHead {
  /** Null: it changed since it was signed. */
  signed: (PublishedHead & { readonly at: number }) | null;
}

/** What a keeper works with. */
export interface KeeperParts {
  /** Folder of the log; no other keeper may be at it. */
  readonly folder: string;
  readonly signer: LedgerSigner;
  /** Milliseconds since 1970. */
  now(): number;
  /** Told before each thing that a turn writes. */
  onStep?(step: string): void;
}

/** The keeper. */
export class LogKeeper {
  readonly #parts: KeeperParts;
  readonly #files: LogFiles;
  readonly #reader: WalReader;
  readonly #tree: TiledTree;
  readonly #heads = new Map<string, Head>();
  /** The entries of the bundle that is not whole yet, each after its length. */
  #bundle: Buffer[];
  #published: Published | null = null;
  #sealed: KeeperState | null;
  #sealedAt: number;
  #bytesSinceSeal = 0;
  /** Entries that PostgreSQL has for certain. */
  #shipped = 0;

  /** Takes up the log where it was left. Throws `exchange.log-damaged` where tiles or state are not what was signed. */
  constructor(parts: KeeperParts) {
    const { folder, signer, now } = parts;
    this.#parts = parts;
    this.#files = new LogFiles(folder);
    this.#sealed = readState(folder);
    this.#sealedAt = now();
    const { size = 0, root, segment = 0, offset = 0, heads = {} } = this.#sealed ?? {};
    this.#tree = TiledTree.of(size, (tile) => readTileFile(folder, tile));
    if (root !== undefined && this.#tree.root.toString('base64') !== root) {
      throw logDamaged({ detail: { size } }, folder);
    }
    for (const [producer, head] of Object.entries(heads))
      this.#heads.set(producer, { ...head, signed: null });
    this.#bundle = framedBundle(folder, size);
    this.#reader = new WalReader(folder, { segment, offset, index: size });
    this.#files.write(VERIFIER_FILE, `${signer.verifierKey}\n`);
  }

  /** What was signed last; null while there is nothing. */
  get published(): Published | null {
    return this.#published;
  }

  /** Tells that PostgreSQL has the first `size` entries. */
  shipped(size: number): void {
    this.#shipped = size;
  }

  /** Takes in what came since the last turn, signs it, and makes it safe when that is due, or at once if `seals`. */
  async turn({ seals = false }: { seals?: boolean } = {}): Promise<void> {
    this.#takeIn();
    this.#publish();
    const isDue =
      this.#bytesSinceSeal >= SEAL_BYTES || this.#parts.now() - this.#sealedAt >= SEAL_MS || seals;
    if (isDue && this.#tree.size > (this.#sealed?.size ?? 0)) await this.#seal();
  }

  close(): void {
    this.#reader.close();
  }

  #step(name: string): void {
    this.#parts.onStep?.(name);
  }

  #takeIn(): void {
    for (let leaves = this.#reader.next(); leaves.length > 0; leaves = this.#reader.next()) {
      for (const leaf of leaves) this.#add(leaf);
      for (const { level, index, hashes } of this.#tree.takeWhole()) {
        this.#step('tile');
        this.#files.writeTile({ level, index, width: TILE_WIDTH }, hashes);
      }
    }
  }

  #add(leaf: Buffer): void {
    const entry = leaf.subarray(1);
    const leafHash = hash('sha256', leaf, 'buffer');
    const link = chainLinkOf(entry);
    const index = this.#tree.size;
    if (!link || !goesOn(link, this.#heads.get(link.producer))) {
      throw logDamaged({ detail: { index } }, this.#parts.folder);
    }
    this.#heads.set(link.producer, {
      entries: link.seq + 1,
      index,
      hash: leafHash.toString('base64'),
      signed: null,
    });
    this.#tree.append(leafHash);
    this.#bytesSinceSeal += leaf.length;
    this.#bundle.push(framedEntry(entry));
    if (this.#bundle.length < TILE_WIDTH) return;
    this.#step('bundle');
    this.#writeBundle(Math.floor(index / TILE_WIDTH));
    this.#bundle = [];
  }

  #writeBundle(index: number): void {
    const width = this.#bundle.length;
    this.#files.writeTile({ level: 'entries', index, width }, Buffer.concat(this.#bundle));
  }

  /** Signs the log as large as it is. What the checkpoint covers is written before it. */
  #publish(): void {
    const { size } = this.#tree;
    if (size === 0 || size === this.#published?.size) return;
    this.#checkEarlier();
    for (const { level, index, hashes } of this.#tree.partial()) {
      this.#step('partial tile');
      this.#files.writeTile({ level, index, width: hashes.length / 32 }, hashes);
    }
    if (this.#bundle.length > 0) {
      this.#step('partial bundle');
      this.#writeBundle(Math.floor(size / TILE_WIDTH));
    }
    const { root } = this.#tree;
    const at = this.#parts.now();
    const note = this.#parts.signer.sign({ size, root });
    this.#step('checkpoint');
    this.#files.write(CHECKPOINT_FILE, note);
    this.#signHeads(size, at);
    const heads = [...this.#heads.values()].flatMap(({ signed }) => signed ?? []);
    this.#published = { size, root, at: new Date(at), note, heads };
  }

  /** A keeper that starts compares what it has read with what was signed before it: nobody signs two histories. */
  #checkEarlier(): void {
    if (this.#published) return;
    const { folder, signer } = this.#parts;
    const note = readLogFile(folder, CHECKPOINT_FILE)?.toString();
    const earlier = note === undefined ? null : openCheckpoint(note, signer.verifier);
    if (!earlier || earlier.size > this.#tree.size) {
      if (note === undefined || note === '') return;
      throw logDamaged({ detail: { signed: earlier?.size ?? null } }, folder);
    }
    const then = TiledTree.of(earlier.size, (tile) => this.#tileNow(tile));
    if (!then.root.equals(earlier.root)) throw logDamaged({ detail: { signed: earlier.size } }, folder);
  }

  #tileNow(tile: HashTileWidth): Buffer | null {
    const partial = this.#tree
      .partial()
      .find(({ level, index }) => level === tile.level && index === tile.index);
    return partial?.hashes ?? readTileFile(this.#parts.folder, tile);
  }

  #signHeads(size: number, at: number): void {
    const { signer } = this.#parts;
    for (const [producer, head] of this.#heads) {
      if (head.signed && at - head.signed.at < RENEW_MS) continue;
      const { entries, index, hash: last } = head;
      const note = signer.signText(headText(signer.origin, { producer, size, entries, index, hash: last }));
      this.#step('head');
      this.#files.write(headFile(producer), note);
      head.signed = { producer, size, entries, note, at };
    }
  }

  async #seal(): Promise<void> {
    const { size, root } = this.#tree;
    const { segment, offset } = this.#reader.place;
    const heads = Object.fromEntries(
      [...this.#heads].map(([producer, { entries, index, hash: last }]) => [
        producer,
        { entries, index, hash: last },
      ]),
    );
    const firstBundle = this.#firstKeptBundle(this.#sealed?.firstBundle ?? 0);
    this.#step('sync');
    await this.#files.sync();
    const state = {
      version: 1,
      size,
      root: root.toString('base64'),
      segment,
      offset,
      heads,
      firstBundle,
    } as const;
    this.#step('state');
    this.#files.writeDurably(STATE_FILE, `${JSON.stringify(state)}\n`);
    const before = this.#sealed?.firstBundle ?? 0;
    this.#sealed = state;
    this.#sealedAt = this.#parts.now();
    this.#bytesSinceSeal = 0;
    for (const { file, first } of listSegments(this.#parts.folder)) {
      if (first >= segment) break;
      this.#step('delete segment');
      rmSync(file, { force: true });
    }
    for (let index = before; index < firstBundle; index += 1) {
      this.#step('delete bundle');
      deleteTile(this.#parts.folder, { level: 'entries', index });
    }
  }

  #firstKeptBundle(from: number): number {
    const shipped = Math.floor(Math.min(this.#shipped, this.#tree.size) / TILE_WIDTH);
    const oldest = this.#parts.now() - KEPT_MS;
    let first = from;
    while (first < shipped) {
      const since = wholeSince(this.#parts.folder, { level: 'entries', index: first });
      if (first >= shipped - KEPT_BUNDLES && since !== null && since > oldest) break;
      first += 1;
    }
    return first;
  }
}

/** The entries of the bundle that a log of `size` entries is in the middle of, framed as they stand in it. */
function framedBundle(folder: string, size: number): Buffer[] {
  const width = size % TILE_WIDTH;
  if (width === 0) return [];
  const place = { level: 'entries', index: Math.floor(size / TILE_WIDTH), width } as const;
  const entries = readBundle(readTileFile(folder, place) ?? Buffer.alloc(0)) ?? [];
  if (entries.length < width) throw logDamaged({ detail: { ...place, found: entries.length } }, folder);
  return entries.slice(0, width).map(framedEntry);
}
