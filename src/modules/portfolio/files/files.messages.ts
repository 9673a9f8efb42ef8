// The words of project files, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './files.messages.en.ts';
import { fr } from './files.messages.fr.ts';

/** The words in `locale`. */
export const filesMessages = defineMessages('portfolio.files', { fr, en });
