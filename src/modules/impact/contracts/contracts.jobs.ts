// Work on contracts that nobody asks for: the daily look at deadlines.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { contractsMessages } from './contracts.messages.ts';
import { recordDeadlines } from './reviews.actions.ts';

/** Each night: contracts whose deadline passed are measured, or found without a measure. */
export const contractDeadlinesJob: JobDefinition<
  Record<string, never>,
  { readonly measured: number; readonly unmeasured: number }
> = {
  name: 'impact.contract-deadlines',
  title: { fr: 'Échéances des contrats de succès', en: 'Deadlines of success contracts' },
  input: Type.Object({}),
  schedule: '20 3 * * *',
  retries: 2,
  run: (_input, { kernel, signal }) => recordDeadlines(kernel, signal),
  describe: ({ measured, unmeasured }, locale) => ({
    sentence: contractsMessages(locale).job(measured, unmeasured),
    link: { href: '/impact/contracts', text: contractsMessages(locale).title },
  }),
};
