// The words of the partners' space, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './services.messages.en.ts';
import { fr } from './services.messages.fr.ts';

/** The words in `locale`. */
export const servicesMessages = defineMessages('identity.services', { fr, en });
