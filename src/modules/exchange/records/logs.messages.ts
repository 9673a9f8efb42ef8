// The words of the gateways' logs, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './logs.messages.en.ts';
import { fr } from './logs.messages.fr.ts';

/** The words in `locale`. */
export const logsMessages = defineMessages('exchange.records', { fr, en });
