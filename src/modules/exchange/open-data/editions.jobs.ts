// The monthly edition, as a job of each night: the first that finds the month's edition missing freezes it.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { freezeEdition } from './editions.actions.ts';
import { editionsMessages } from './editions.messages.ts';
import { monthAt } from './editions.rules.ts';

/** Freezes the edition of the month that began. */
export const freezeOpenDataJob: JobDefinition<
  Record<string, never>,
  { readonly month: string; readonly frozen: boolean }
> = {
  name: 'exchange.freeze-open-data',
  title: { fr: 'Édition mensuelle des habilitations', en: 'Monthly edition of accreditations' },
  input: Type.Object({}),
  schedule: '5 0 * * *',
  retries: 3,
  async run(_input, { kernel }) {
    const month = monthAt(kernel.clock.now());
    return { month, frozen: await freezeEdition(kernel, month) };
  },
  describe({ month, frozen }, locale) {
    const words = editionsMessages(locale);
    return {
      sentence: frozen ? words.frozenNow(month) : words.frozenBefore(month),
      link: { href: '/exchange/open-data', text: words.title },
    };
  },
};
