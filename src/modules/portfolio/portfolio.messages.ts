// The words of the portfolio's pages, in both languages: phases, bands, figures, lists.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './portfolio.messages.en.ts';
import { fr } from './portfolio.messages.fr.ts';

/** Reads the portfolio's words in a language. */
export const portfolioMessages = defineMessages('portfolio', { fr, en });
