// The words of the catalogue, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './catalogue.messages.en.ts';
import { fr } from './catalogue.messages.fr.ts';

/** The words in `locale`. */
export const catalogueMessages = defineMessages('exchange.catalogue', { fr, en });
