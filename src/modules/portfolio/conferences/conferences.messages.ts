// The words of ministerial digital conferences.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './conferences.messages.en.ts';
import { fr } from './conferences.messages.fr.ts';

/** The words in `locale`. */
export const conferencesMessages = defineMessages('portfolio.conferences', { fr, en });
