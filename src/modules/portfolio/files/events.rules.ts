// What an event does to a file, and whether a project that leaves was in difficulty. Pure.
import type { Slippage } from '../baselines/baselines.types.ts';
import type { FileEventKind, FileState } from './files.types.ts';

/** From which states each kind of event is possible, and the state that it leads to (null: it stays). */
const EFFECTS: Readonly<
  Record<FileEventKind, { readonly from: readonly FileState[]; readonly to: FileState | null }>
> = {
  'scope-cut': { from: ['submitted', 'running', 'suspended'], to: null },
  split: { from: ['submitted', 'running', 'suspended'], to: null },
  merge: { from: ['submitted', 'running', 'suspended'], to: 'exited' },
  suspension: { from: ['running'], to: 'suspended' },
  resumption: { from: ['suspended'], to: 'running' },
  exit: { from: ['submitted', 'running', 'suspended'], to: 'exited' },
  finish: { from: ['running'], to: 'finished' },
  reorientation: { from: ['submitted', 'running', 'suspended'], to: null },
  support: { from: ['submitted', 'running', 'suspended'], to: null },
  stop: { from: ['submitted', 'running', 'suspended'], to: 'exited' },
};

/** The state after the event; undefined where the event is not possible in `state`. */
export function stateAfter(state: FileState, kind: FileEventKind): FileState | undefined {
  const { from, to } = EFFECTS[kind];
  return from.includes(state) ? (to ?? state) : undefined;
}

/** The kinds of events that are possible in `state`. */
export function eventsPossibleIn(state: FileState): FileEventKind[] {
  return (Object.keys(EFFECTS) as FileEventKind[]).filter((kind) => EFFECTS[kind].from.includes(state));
}

/** From this slippage on (cost or schedule, against the first baseline) a project counts as in difficulty. */
export const DIFFICULTY_SHARE = 0.25;

/**
 * Tells whether a project is in difficulty: suspended, or more than a quarter dearer or later than its first baseline.
 * Definition `slippage/1`: an exit of such a project stays in the corrected mean with its last state.
 */
export function isInDifficulty(state: FileState, slippage: Slippage | null): boolean {
  if (state === 'suspended') return true;
  if (slippage === null) return false;
  return slippage.costShare > DIFFICULTY_SHARE || (slippage.scheduleShare ?? 0) > DIFFICULTY_SHARE;
}
