// The words of the producer's room, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './producers.messages.en.ts';
import { fr } from './producers.messages.fr.ts';

/** The words in `locale`. */
export const producersMessages = defineMessages('exchange.producers', { fr, en });
