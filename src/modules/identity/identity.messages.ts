// The words of this module's pages and commands, in both languages, put together; the two languages have a file each.
import type { Role } from '#platform/access.ts';
import { defineMessages, type Locale } from '#platform/i18n/locale.ts';
import { en } from './identity.messages.en.ts';
import { fr } from './identity.messages.fr.ts';
import type { OrganisationKind } from './organisations.types.ts';

/** The words in `locale`. */
export const identityMessages = defineMessages('identity', { fr, en });

/** The name of a role, for a reader. */
export function roleName(locale: Locale, role: Role): string {
  return identityMessages(locale).roles[role];
}

/** The name of a kind of organisation, for a reader. */
export function organisationKindName(locale: Locale, kind: OrganisationKind): string {
  return identityMessages(locale).kinds[kind];
}
