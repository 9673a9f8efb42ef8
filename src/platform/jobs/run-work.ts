// What one start of a run does and how it ends. It knows no queue: the caller brings the claim and its signal.
import { isSocleError } from '../errors.ts';
import type { Kernel } from '../kernel.ts';
import { jobFailed, jobInterrupted } from './job.errors.ts';
import type { JobDefinition } from './job.ts';
import { reportProgress } from './progress.ts';
import {
  endRunWithError,
  finishRun,
  type RunStart,
  requeueRun,
  saveProgress,
  startRun,
} from './runs.repository.ts';

/** How often a run may lose its process before it is given up: a job that kills its process must not do so for ever. */
const MOST_INTERRUPTIONS = 10;

/** How a start ended: for good, or to be claimed again. */
export type StartEnd = 'ended' | 'again';

/** A claimed run, as the queue hands it over. */
export interface ClaimedRun {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  /** Null when no module declares the job any more. */
  readonly definition: JobDefinition<never> | null;
  /** Aborted when the process stops or the claim is lost. */
  readonly signal: AbortSignal;
}

/**
 * Runs a claimed run once. A refusal ends it with its public text; a fault is logged, and tried again as often as
 * the definition allows; a stop puts it back. Throws only when the database cannot be written.
 */
export async function runOnce(kernel: Kernel, claim: ClaimedRun): Promise<StartEnd> {
  const { db, clock } = kernel;
  const start = await startRun(db, claim.id, claim.name, clock.now());
  if (!start) return 'ended';
  const { definition } = claim;
  if (!definition)
    return giveUp(kernel, claim, start, new Error(`No module declares the job ${claim.name}.`));
  if (start.interruptions > MOST_INTERRUPTIONS) {
    const { code, text } = jobInterrupted();
    kernel.log.error({ run: claim.id, job: claim.name }, 'A job was interrupted too often.');
    await endRunWithError(db, start, { state: 'failed', code, text, now: clock.now() });
    return 'ended';
  }
  return work(kernel, claim, start, definition);
}

async function work(
  kernel: Kernel,
  claim: ClaimedRun,
  start: RunStart,
  definition: JobDefinition<never>,
): Promise<StartEnd> {
  const { db, clock, log } = kernel;
  const progress = reportProgress(
    (done, total) => saveProgress(db, start, done, total),
    (error) => log.warn({ err: error, run: claim.id }, 'The progress of a job could not be saved.'),
  );
  try {
    const { Value } = await import('typebox/value');
    if (!Value.Check(definition.input, claim.input))
      throw new Error(`The input of ${claim.name} has not its shape.`);
    const result = await definition.run(claim.input as never, {
      id: claim.id,
      kernel,
      requestedBy: start.requestedBy,
      progress: progress.tell,
      signal: claim.signal,
    });
    await progress.close();
    await finishRun(db, start, result, clock.now());
    return 'ended';
  } catch (error) {
    await progress.close();
    if (isSocleError(error)) {
      log.info(
        { run: claim.id, job: claim.name, code: error.code, detail: error.detail },
        'A job was refused.',
      );
      await endRunWithError(db, start, {
        state: 'refused',
        code: error.code,
        text: error.text,
        now: clock.now(),
      });
      return 'ended';
    }
    if (claim.signal.aborted) {
      log.info({ run: claim.id, job: claim.name }, 'A job was stopped; it will run again.');
      await requeueRun(db, start, 'stop');
      return 'again';
    }
    if (start.faults >= (definition.retries ?? 0)) return giveUp(kernel, claim, start, error);
    log.error(
      { err: error, run: claim.id, job: claim.name },
      'A job failed by a fault; it will be tried again.',
    );
    await requeueRun(db, start, 'fault');
    return 'again';
  }
}

async function giveUp(kernel: Kernel, claim: ClaimedRun, start: RunStart, error: unknown): Promise<StartEnd> {
  kernel.log.error({ err: error, run: claim.id, job: claim.name }, 'A job failed by a fault.');
  const { code, text } = jobFailed();
  await endRunWithError(kernel.db, start, { state: 'failed', code, text, now: kernel.clock.now() });
  return 'ended';
}
