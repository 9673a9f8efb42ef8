// The logs of the gateways of this machine as they stand at one moment, held for a backup while gateways and keepers go on.
// Everything in a log is either replaced as a whole or only grows, so that links and lengths hold it.
import { linkSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HeldFile } from '#platform/backup/manifest.types.ts';
import { readState, STATE_FILE } from './keeper-state.ts';
import { logDamaged } from './log.errors.ts';
import { CHECKPOINT_FILE, DRAFT_ENDING, HEADS_FOLDER, readTileFile, VERIFIER_FILE } from './log-files.ts';
import { TiledTree } from './tiled-tree.ts';
import { TILE_WIDTH } from './tiles.rules.ts';
import { listSegments } from './wal.ts';

/** Folder of `SOCLE_DATA` that holds a folder for each gateway, named as it is. */
export const GATEWAYS_FOLDER = 'gateways';
/** File of the key that signs a gateway's log. */
export const KEY_FILE = 'log.key';

const TILES_FOLDER = 'tile';

/** A keeper that makes its log safe, or deletes what is old, in the middle of it: then it is tried again. */
const TRIES = 20;

/** Holds every log below `folder` in `held`. */
export function holdLogs(folder: string, held: string): readonly HeldFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      holdLog(join(folder, name), join(held, name)).map((file) => ({
        ...file,
        path: `${name}/${file.path}`,
      })),
    );
}

function holdLog(folder: string, held: string): HeldFile[] {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const files = linkAll(folder, held);
      if (isSame(folder, held)) {
        checkHeld(held);
        return files;
      }
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
    rmSync(held, { recursive: true, force: true });
    if (attempt === TRIES) throw logDamaged({ detail: { attempt } }, folder);
  }
}

/** The state first, then the checkpoint, then the entries: neither may speak of entries that are not held. */
function linkAll(folder: string, held: string): HeldFile[] {
  mkdirSync(held, { recursive: true, mode: 0o700 });
  const files: HeldFile[] = [];
  const link = (path: string, { mayLack = false } = {}) => {
    const file = join(held, path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    try {
      linkSync(join(folder, path), file);
    } catch (error) {
      if (mayLack && (error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    files.push({ path, size: statSync(file).size });
  };
  for (const path of [STATE_FILE, KEY_FILE, VERIFIER_FILE, CHECKPOINT_FILE]) link(path, { mayLack: true });
  for (const path of filesBelow(folder, HEADS_FOLDER)) link(path);
  for (const { file } of listSegments(folder)) link(file.slice(folder.length + 1));
  // Bundles and narrow tiles come and go; whether those that are needed are there is looked at in the end.
  for (const path of filesBelow(folder, TILES_FOLDER)) link(path, { mayLack: true });
  return files;
}

function filesBelow(folder: string, below: string): string[] {
  const entries = (() => {
    try {
      return readdirSync(join(folder, below), { withFileTypes: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  })();
  return entries.flatMap((entry) => {
    const path = `${below}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(folder, path);
    return entry.name.endsWith(DRAFT_ENDING) ? [] : [path];
  });
}

/** Tells whether the state is still the one that is held: before the next one nothing that it speaks of is deleted. */
function isSame(folder: string, held: string): boolean {
  const inode = (place: string) => statSync(join(place, STATE_FILE), { throwIfNoEntry: false })?.ino;
  return inode(folder) === inode(held);
}

/** Throws where what is held lacks a tile that its state needs. */
function checkHeld(held: string): void {
  const state = readState(held);
  if (!state) return;
  const tree = TiledTree.of(state.size, (tile) => readTileFile(held, tile));
  const width = state.size % TILE_WIDTH;
  const last = { level: 'entries', index: Math.floor(state.size / TILE_WIDTH), width } as const;
  if (tree.root.toString('base64') !== state.root || (width > 0 && readTileFile(held, last) === null)) {
    throw logDamaged({ detail: { size: state.size } }, held);
  }
}
