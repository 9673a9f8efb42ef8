// The words for a job's run. No query and no queue lives here.
import type { Translated } from '../i18n/locale.ts';

/**
 * Where a run is. `refused`: the job said no, with a reason that its asker can read (never tried again).
 * `failed`: a fault, whose detail is in the log alone.
 */
export const RUN_STATES = ['queued', 'running', 'succeeded', 'refused', 'failed'] as const;

/** One of the states of a run. */
export type RunState = (typeof RUN_STATES)[number];

/** A run as its asker sees it. */
export interface JobRunRecord {
  readonly id: string;
  readonly name: string;
  /** The person who asked; null for the schedule or a command. */
  readonly requestedBy: string | null;
  readonly state: RunState;
  /** Steps done so far. */
  readonly done: number;
  /** Steps in all; null while the job has not told. */
  readonly total: number | null;
  /** What the job returned, as JSON keeps it; null until it succeeded. */
  readonly result: unknown;
  readonly error: { readonly code: string; readonly text: Translated } | null;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Whose runs a person may see: their own, or everyone's for an administrator. */
export interface RunReader {
  readonly personId: string;
  readonly seesAll: boolean;
}

/** Tells whether nothing more will happen to the run. */
export function isFinished(state: RunState): boolean {
  return state === 'succeeded' || state === 'refused' || state === 'failed';
}
