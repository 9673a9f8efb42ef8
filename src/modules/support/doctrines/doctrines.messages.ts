// The words of doctrines and assessments, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './doctrines.messages.en.ts';
import { fr } from './doctrines.messages.fr.ts';

/** The words in `locale`. */
export const doctrinesMessages = defineMessages('support.doctrines', { fr, en });
