// The files that a log shows beside its segments: tiles, bundles of entries, checkpoint, heads. Each is whole at any moment.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseCheckpoint } from '#platform/ledger/signed-note.ts';
import { TILE_WIDTH, type TilePlace, type TileWidth, tilePath } from './tiles.rules.ts';

/** The signed note of the latest size and root. */
export const CHECKPOINT_FILE = 'checkpoint';
/** The log's public key (C2SP signed-note verifier key). */
export const VERIFIER_FILE = 'verifier';
/** Folder of the signed notes of the producers' heads. */
export const HEADS_FOLDER = 'slices';

/** With what the name of a file ends that is not whole yet. */
export const DRAFT_ENDING = '.new';

const SYNCED_AT_ONCE = 4;

/** Name of a producer's head in its folder; what names no producer is `-`. */
export function headFile(producer: string): string {
  return `${HEADS_FOLDER}/${encodeURIComponent(producer) || '-'}`;
}

/** Reads a file of the log; null where there is none. */
export function readLogFile(folder: string, path: string): Buffer | null {
  try {
    return readFileSync(join(folder, path));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** Size that the last checkpoint in the folder states, 0 without one. Its signature is not looked at. */
export function signedSize(folder: string): number {
  const note = readLogFile(folder, CHECKPOINT_FILE)?.toString();
  return (note !== undefined && parseCheckpoint(note)?.size) || 0;
}

/**
 * The bytes of a tile or bundle of `width` or more, null where there is none: of several the narrowest, since a wider one
 * may not be safe on the disk yet.
 */
export function readTileFile(folder: string, { width, ...place }: TileWidth): Buffer | null {
  const whole = join(folder, tilePath({ ...place, width: TILE_WIDTH }));
  const parts = existsSync(`${whole}.p`) ? readdirSync(`${whole}.p`).map(Number) : [];
  const [found = TILE_WIDTH] = parts.filter((part) => part >= width).sort((one, other) => one - other);
  return readLogFile(folder, tilePath({ ...place, width: found }));
}

/** Deletes a tile or bundle in every width. */
export function deleteTile(folder: string, place: TilePlace): void {
  const path = join(folder, tilePath({ ...place, width: TILE_WIDTH }));
  rmSync(path, { force: true });
  rmSync(`${path}.p`, { recursive: true, force: true });
}

/** Moment of the last change of a whole tile or bundle; null where there is none. */
export function wholeSince(folder: string, place: TilePlace): number | null {
  const found = statSync(join(folder, tilePath({ ...place, width: TILE_WIDTH })), { throwIfNoEntry: false });
  return found?.mtimeMs ?? null;
}

/** Writes the files of a log. What it has written is on the disk for certain after `sync`, and not before. */
export class LogFiles {
  readonly folder: string;
  readonly #folders = new Set<string>();
  /** Files since the last `sync`. */
  readonly #unsynced = new Set<string>();
  #narrow: TileWidth[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Writes a tile or bundle. */
  writeTile(tile: TileWidth, bytes: Buffer): void {
    this.write(tilePath(tile), bytes);
    this.#narrow.push(tile);
  }

  /** Writes a file, so that whoever reads it sees all of it or what was there before. */
  write(path: string, bytes: Buffer | string): void {
    const file = join(this.folder, path);
    this.#makeFolder(dirname(file));
    const draft = `${file}${DRAFT_ENDING}`;
    writeFileSync(draft, bytes, { mode: 0o600 });
    renameSync(draft, file);
    this.#unsynced.add(file);
  }

  /** Writes a file that is on the disk when this returns. */
  writeDurably(path: string, text: string): void {
    this.write(path, text);
    const file = join(this.folder, path);
    for (const each of [file, dirname(file)]) syncNow(each);
  }

  /** Waits until everything written is on the disk; then narrower copies of what was written are removed. */
  async sync(): Promise<void> {
    const files = [...this.#unsynced];
    const narrow = this.#narrow;
    this.#unsynced.clear();
    this.#narrow = [];
    try {
      const there = files.filter((file) => existsSync(file));
      await inTurns(there, syncFile);
      await inTurns([...new Set(files.map(dirname))], syncFile);
    } catch (error) {
      for (const file of files) this.#unsynced.add(file);
      this.#narrow = [...narrow, ...this.#narrow];
      throw error;
    }
    this.#removeNarrower(narrow);
  }

  #removeNarrower(written: readonly TileWidth[]): void {
    const widest = new Map(written.map((tile) => [tilePath({ ...tile, width: TILE_WIDTH }), tile]));
    for (const [path, { width }] of widest) {
      const parts = join(this.folder, `${path}.p`);
      if (width === TILE_WIDTH) rmSync(parts, { recursive: true, force: true });
      else
        for (const name of readdirSync(parts))
          if (Number(name) < width) rmSync(join(parts, name), { force: true });
    }
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
    // The names of new folders are in the ones above them.
    for (let at = folder; first && at.length >= dirname(first).length; at = dirname(at))
      this.#unsynced.add(at);
    this.#folders.add(folder);
  }
}

function syncNow(file: string): void {
  const fd = openSync(file, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function inTurns(files: readonly string[], work: (file: string) => Promise<void>): Promise<void> {
  const waiting = files.values();
  const worker = async () => {
    for (const file of waiting) await work(file);
  };
  await Promise.all(Array.from({ length: SYNCED_AT_ONCE }, worker));
}
