// The words of the pages of provisioning, in both languages, put together.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './provisioning.messages.en.ts';
import { fr } from './provisioning.messages.fr.ts';

/** The words in `locale`. */
export const provisioningMessages = defineMessages('identity.scim', { fr, en });
