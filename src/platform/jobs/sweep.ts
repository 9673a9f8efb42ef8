// The job that forgets old runs. It touches finished runs alone.
import { Type } from 'typebox';
import type { JobDefinition } from './job.ts';
import { deleteOldRuns } from './runs.repository.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 1000;

/** How long a finished run stays for the person who asked for it, in days. */
export const KEPT_DAYS = 180;

/** How long a finished run that nobody asked for (the schedule's) stays, in days. */
export const UNASKED_KEPT_DAYS = 2;

/** Forgets finished runs once a night: 180 days after their end, or 2 where no person asked for them. */
export const sweepRuns: JobDefinition = {
  name: 'jobs.sweep',
  title: { fr: 'Nettoyage des anciens traitements', en: 'Sweep of old jobs' },
  input: Type.Object({}),
  schedule: '17 3 * * *',
  quick: true,
  async run(_input, { kernel, signal }) {
    const now = kernel.clock.now().getTime();
    let deleted = 0;
    for (const [days, unasked] of [
      [KEPT_DAYS, false],
      [UNASKED_KEPT_DAYS, true],
    ] as const) {
      const before = new Date(now - days * DAY_MS);
      let gone = BATCH;
      while (gone === BATCH && !signal.aborted) {
        gone = await deleteOldRuns(kernel.db, { before, unasked, limit: BATCH });
        deleted += gone;
      }
    }
    return { deleted };
  },
};
