// The words of accreditations, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './accreditations.messages.en.ts';
import { fr } from './accreditations.messages.fr.ts';

/** The words in `locale`. */
export const accreditationsMessages = defineMessages('exchange.accreditations', { fr, en });
