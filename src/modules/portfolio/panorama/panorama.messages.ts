// The words of the portfolio's pages, in both languages: phases, bands, figures, lists.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './panorama.messages.en.ts';
import { fr } from './panorama.messages.fr.ts';

/** Reads the portfolio's words in a language. */
export const panoramaMessages = defineMessages('portfolio', { fr, en });
