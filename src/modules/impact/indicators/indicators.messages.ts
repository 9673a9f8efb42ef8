// The words of indicators, in both languages; each language has a file.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './indicators.messages.en.ts';
import { fr } from './indicators.messages.fr.ts';

/** The words in `locale`. */
export const indicatorsMessages = defineMessages('impact.indicators', { fr, en });
