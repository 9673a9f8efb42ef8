// The words of the hub's pages, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './hub.messages.en.ts';
import { fr } from './hub.messages.fr.ts';

/** The words in `locale`. */
export const hubMessages = defineMessages('identity.hub', { fr, en });
