// The words of the watch.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './watch.messages.en.ts';
import { fr } from './watch.messages.fr.ts';

/** The words in `locale`. */
export const watchMessages = defineMessages('portfolio.watch', { fr, en });
