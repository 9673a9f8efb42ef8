// Jobs of the house itself, that no module owns: what expires is removed.
import { Type } from 'typebox';
import { sweepSessions } from '#platform/http/session-store.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';

const sweepSessionsJob: JobDefinition = {
  name: 'app.sweep-sessions',
  title: { fr: 'Suppression des sessions expirées', en: 'Removal of expired sessions' },
  input: Type.Object({}),
  schedule: '11 * * * *',
  quick: true,
  run: async (_input, { kernel }) => ({ removed: await sweepSessions(kernel.db, kernel.clock.now()) }),
};

/** The jobs of the house. */
export const upkeepJobs: readonly JobDefinition<never>[] = [sweepSessionsJob];
