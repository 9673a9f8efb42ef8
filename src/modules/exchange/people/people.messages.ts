// The words of the person's room, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './people.messages.en.ts';
import { fr } from './people.messages.fr.ts';

/** The words in `locale`. */
export const peopleMessages = defineMessages('exchange.people', { fr, en });
