// Work on accreditations that nobody asks for: their end, and the reminders before it.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { accreditationsMessages } from './accreditations.messages.ts';
import { expireAccreditations, remindOfEnds } from './expiry.actions.ts';

/** Every ten minutes, so that lists and open data never show for long what gateways refuse already. */
export const endAccreditationsJob: JobDefinition<
  Record<string, never>,
  { readonly expired: number; readonly reminded: number }
> = {
  name: 'exchange.end-accreditations',
  title: { fr: 'Fin des habilitations et rappels', en: 'Ends of accreditations, and reminders' },
  input: Type.Object({}),
  schedule: '*/10 * * * *',
  retries: 2,
  async run(_input, { kernel, signal }) {
    const expired = await expireAccreditations(kernel, signal);
    return { expired, reminded: await remindOfEnds(kernel, signal) };
  },
  describe: ({ expired, reminded }, locale) => ({
    sentence: accreditationsMessages(locale).job.ended(expired, reminded),
    link: { href: '/exchange/accreditations', text: accreditationsMessages(locale).title },
  }),
};
