// The words of stops, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './stops.messages.en.ts';
import { fr } from './stops.messages.fr.ts';

/** The words in `locale`. */
export const stopsMessages = defineMessages('exchange.stops', { fr, en });
