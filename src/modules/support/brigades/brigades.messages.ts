// The words of requests for help, the brigade and its missions.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './brigades.messages.en.ts';
import { fr } from './brigades.messages.fr.ts';

/** The words in `locale`. */
export const brigadesMessages = defineMessages('support.brigades', { fr, en });
