// Work of the watch that nobody asks for: the daily look at every live file.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { lookAtFiles, type WatchResult } from './watch.actions.ts';
import { watchMessages } from './watch.messages.ts';

/** Each morning, before what is overdue is escalated. */
export const watchJob: JobDefinition<Record<string, never>, WatchResult> = {
  name: 'portfolio.watch',
  title: { fr: 'Veille sur les grands projets', en: 'Watch on major projects' },
  input: Type.Object({}),
  schedule: '10 5 * * *',
  retries: 2,
  run: (_input, { kernel }) => lookAtFiles(kernel),
  describe: ({ files, opened, reopened, open }, locale) => ({
    sentence: watchMessages(locale).job(files, opened + reopened, open),
    link: { href: '/projects/watch', text: watchMessages(locale).title },
  }),
};
