// The words of settings, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './settings.messages.en.ts';
import { fr } from './settings.messages.fr.ts';

/** The words in `locale`. */
export const settingsMessages = defineMessages('portfolio.settings', { fr, en });
