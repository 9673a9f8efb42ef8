// The words of people's own sign-ins and of organisation links, put together; the two languages have a file each.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './hub-accounts.messages.en.ts';
import { fr } from './hub-accounts.messages.fr.ts';

/** The words in `locale`. */
export const hubAccountsMessages = defineMessages('identity.hub-accounts', { fr, en });
