// The columns of identity.people, for repositories alone.
import type { Generated } from 'kysely';
import type { Locale } from '#platform/i18n/locale.ts';

/** A row of identity.people. */
export interface PeopleTable {
  id: Generated<string>;
  name: string;
  email: string;
  locale: Locale;
  created_at: Date;
  closed_at: Date | null;
  is_fictitious: Generated<boolean>;
  search_text: string;
  /** Known by the citizens' realm: the address is not the account's own. */
  is_citizen: Generated<boolean>;
}
