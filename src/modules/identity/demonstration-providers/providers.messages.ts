// The words of the demonstration providers' pages, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './providers.messages.en.ts';
import { fr } from './providers.messages.fr.ts';

/** The words in `locale`. */
export const demonstrationProviderMessages = defineMessages('identity.demonstration-providers', { fr, en });
