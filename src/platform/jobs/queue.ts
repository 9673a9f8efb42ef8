// The door to the job queue that actions use. The queue itself (pg-boss) is in pg-boss-queue.ts.
import type { Trx } from '../database/connection.ts';
import type { JobDefinition } from './job.ts';

/** Puts work on the queue, in the caller's own transaction. */
export interface JobQueue {
  /**
   * Queues a run of the job `name` when `trx` commits, and not otherwise.
   * Throws when no module declares such a job or `input` has not its shape: both are faults of the caller.
   * @returns the run's id; its progress and result are at `/jobs/<id>`, readable by `requestedBy` alone.
   */
  enqueue(trx: Trx, name: string, input: object, requestedBy: string | null): Promise<string>;
  /** The declared job of that name, null when a run's job is no longer declared. */
  definition(name: string): JobDefinition<never> | null;
}
