// Work on exemptions that nobody asks for: the daily look at those that end soon.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { doctrinesMessages } from './doctrines.messages.ts';
import { remindOfExemptions } from './exemption-reminders.actions.ts';

/** Each morning: the holders of exemptions that end soon are told by mail. */
export const remindOfExemptionsJob: JobDefinition<Record<string, never>, { readonly reminded: number }> = {
  name: 'support.remind-of-exemptions',
  title: { fr: 'Rappels avant la fin des dérogations', en: 'Reminders before exemptions end' },
  input: Type.Object({}),
  schedule: '40 6 * * *',
  retries: 2,
  run: async (_input, { kernel, signal }) => ({ reminded: await remindOfExemptions(kernel, signal) }),
  describe: ({ reminded }, locale) => ({
    sentence: doctrinesMessages(locale).job(reminded),
    link: { href: '/support/assessments', text: doctrinesMessages(locale).assessments.title },
  }),
};
