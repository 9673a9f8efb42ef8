// Work that this module does by itself: forgetting attempts at the door that count no longer.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { sweepAttempts } from './attempts.repository.ts';

/** Forgets, each night, the attempts of accounts that nobody tried for a day. */
export const forgetOldAttempts: JobDefinition<Record<string, never>> = {
  name: 'identity.forget-old-attempts',
  input: Type.Object({}),
  schedule: '17 3 * * *',
  async run(_input, { kernel }) {
    return { forgotten: await sweepAttempts(kernel.db, kernel.clock.now()) };
  },
};
