// Up to where a log is safe in its tiles: written by the keeper once they are on the disk, read by whoever starts, so that
// nobody reads the whole log again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChainHead } from './chain.rules.ts';
import { logDamaged } from './log.errors.ts';

/** What is safe: everything before this place is on the disk in tiles and bundles. */
export interface KeeperState {
  readonly version: 1;
  /** Number of entries. */
  readonly size: number;
  /** Base64 of the tree's root at that size. */
  readonly root: string;
  /** Where the next entry begins: first entry of its segment, and byte in it. */
  readonly segment: number;
  readonly offset: number;
  /** The producers' chains, by producer. */
  readonly heads: Readonly<Record<string, ChainHead>>;
  /** First bundle of entries that was not deleted. */
  readonly firstBundle: number;
}

/** Name of its file in the log's folder. */
export const STATE_FILE = 'state.json';

/** Reads it; null where the log has none yet. Throws `exchange.log-damaged` for a file that is none. */
export function readState(folder: string): KeeperState | null {
  const file = join(folder, STATE_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const state = JSON.parse(text) as KeeperState;
    if (state.version === 1 && Number.isSafeInteger(state.size)) return state;
  } catch {
    // Told below.
  }
  throw logDamaged({}, file);
}
