// The words of webhooks, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './webhooks.messages.en.ts';
import { fr } from './webhooks.messages.fr.ts';

/** The words in `locale`. */
export const webhooksMessages = defineMessages('exchange.webhooks', { fr, en });
