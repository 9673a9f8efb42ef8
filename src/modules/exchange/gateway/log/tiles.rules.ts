// Where the hashes and entries of a log stand in files (C2SP tlog-tiles): names of tiles, their bytes, and how the hash of a
// subtree follows from a tile. Pure.
import { foldComplete, type Subtree } from '#platform/ledger/merkle.ts';

/** Hashes of a whole tile, entries of a whole bundle. */
export const TILE_WIDTH = 256;
/** Levels of the tree between two levels of tiles. */
export const TILE_HEIGHT = 8;
const HASH_BYTES = 32;
const LEVELS = 64;

/** A tile, or with `entries` as its level a bundle of entries. */
export interface TilePlace {
  readonly level: number | 'entries';
  readonly index: number;
}

/** A tile with how much of it is there: 1 to 256. */
export interface TileWidth extends TilePlace {
  readonly width: number;
}

/** A tile of hashes and its bytes, which may grow until it is whole. */
export interface HashTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: Buffer;
}

/** `tile/<level>/<index>[.p/<width>]`, the index in groups of three digits (C2SP tlog-tiles, Merkle tree tiles). */
export function tilePath({ level, index, width }: TileWidth): string {
  const groups: string[] = [];
  for (let rest = index, last = true; last || rest > 0; rest = Math.floor(rest / 1000), last = false) {
    groups.unshift(`${last ? '' : 'x'}${String(rest % 1000).padStart(3, '0')}`);
  }
  const part = width < TILE_WIDTH ? `.p/${width}` : '';
  return `tile/${level}/${groups.join('/')}${part}`;
}

/** Reads such a path; null when it is not written exactly so. */
export function parseTilePath(path: string): TileWidth | null {
  const [, name = '', groups = '', width = '256'] =
    /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  const level = name === 'entries' ? 'entries' : Number(name);
  const place: TileWidth = { level, index: Number(groups.replaceAll(/[x/]/g, '')), width: Number(width) };
  const isThere = name !== '' && (level === 'entries' || level < LEVELS);
  return isThere && place.width > 0 && tilePath(place) === path ? place : null;
}

/** How many hashes tiles of `level` hold in all when the log has `size` entries. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** The tiles and bundles, each with its width, that a log of `size` entries has and one of `from` entries lacks. */
export function* tilesBetween(from: number, size: number): Generator<TileWidth> {
  yield* widths('entries', from, size);
  for (let level = 0; hashesAt(level, size) > 0; level += 1) {
    yield* widths(level, hashesAt(level, from), hashesAt(level, size));
  }
}

function* widths(level: TilePlace['level'], from: number, end: number): Generator<TileWidth> {
  if (from === end) return;
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < end; index += 1) {
    yield { level, index, width: Math.min(TILE_WIDTH, end - index * TILE_WIDTH) };
  }
}

/** The tile that holds the hashes of which `subtree` is made. */
export function tileOf({ level, index }: Subtree): { level: number; index: number } {
  const width = 2 ** (level % TILE_HEIGHT);
  return { level: Math.floor(level / TILE_HEIGHT), index: Math.floor((index * width) / TILE_WIDTH) };
}

/** Hash of a subtree from its tile's bytes; null when they do not reach so far. */
export function hashFromTile({ level, index }: Subtree, hashes: Buffer): Buffer | null {
  const width = 2 ** (level % TILE_HEIGHT);
  const start = (index * width) % TILE_WIDTH;
  if (hashes.length < (start + width) * HASH_BYTES) return null;
  return foldComplete(splitHashes(hashes.subarray(start * HASH_BYTES, (start + width) * HASH_BYTES)));
}

/** The hashes in a tile's bytes. */
export function splitHashes(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.floor(bytes.length / HASH_BYTES) }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}

/** The first `width` hashes of a tile's bytes. */
export function firstHashes(bytes: Buffer, width: number): Buffer {
  return bytes.subarray(0, width * HASH_BYTES);
}

/** An entry as it stands in a bundle: after its length, of 2 bytes. A copy. */
export function framedEntry(entry: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(entry.length + 2);
  framed.writeUInt16BE(entry.length);
  entry.copy(framed, 2);
  return framed;
}

/** The entries in a bundle's bytes, each after its length of 2 bytes (C2SP tlog-tiles, Log entries); null for anything else. */
export function readBundle(bytes: Buffer): Buffer[] | null {
  const entries: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 2 > bytes.length) return null;
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) return null;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
