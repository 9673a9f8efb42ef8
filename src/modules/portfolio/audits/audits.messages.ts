// The words of audits, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './audits.messages.en.ts';
import { fr } from './audits.messages.fr.ts';

/** The words in `locale`. */
export const auditsMessages = defineMessages('portfolio.audits', { fr, en });
