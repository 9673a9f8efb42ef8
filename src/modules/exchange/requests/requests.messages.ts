// The words of requests for accreditation, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './requests.messages.en.ts';
import { fr } from './requests.messages.fr.ts';

/** The words in `locale`. */
export const requestsMessages = defineMessages('exchange.requests', { fr, en });
