// The words of sources, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './sources.messages.en.ts';
import { fr } from './sources.messages.fr.ts';

/** The words in `locale`. */
export const sourcesMessages = defineMessages('impact.sources', { fr, en });
