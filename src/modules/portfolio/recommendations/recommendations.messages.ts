// The words of the register of recommendations.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './recommendations.messages.en.ts';
import { fr } from './recommendations.messages.fr.ts';

/** The words in `locale`. */
export const recommendationsMessages = defineMessages('portfolio.recommendations', { fr, en });
