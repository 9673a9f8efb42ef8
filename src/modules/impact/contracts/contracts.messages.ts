// The words of contracts, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './contracts.messages.en.ts';
import { fr } from './contracts.messages.fr.ts';

/** The words in `locale`. */
export const contractsMessages = defineMessages('impact.contracts', { fr, en });
