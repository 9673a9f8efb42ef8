// The words of funding, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './funding.messages.en.ts';
import { fr } from './funding.messages.fr.ts';

/** The words in `locale`. */
export const fundingMessages = defineMessages('support.funding', { fr, en });
