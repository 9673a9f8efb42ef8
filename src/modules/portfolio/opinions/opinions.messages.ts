// The words of opinions, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './opinions.messages.en.ts';
import { fr } from './opinions.messages.fr.ts';

/** The words in `locale`. */
export const opinionsMessages = defineMessages('portfolio.opinions', { fr, en });
