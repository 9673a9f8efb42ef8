// What a person is here: whoever may sign in. What they hold is in memberships.types.ts, how they prove it elsewhere.
import type { Role } from '#platform/access.ts';
import type { Locale } from '#platform/i18n/locale.ts';

/** Someone who may sign in. Seen by themselves and by administrators only. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  readonly locale: Locale;
  readonly createdAt: Date;
  /** Since when the account is closed; null while it is open. */
  readonly closedAt: Date | null;
  /** Made up for the demonstration State. */
  readonly isFictitious: boolean;
}

/** What a form or a command says of a person, as typed. */
export interface PersonInput {
  readonly name: string;
  readonly email: string;
  readonly locale: string;
}

/** How a list of people is narrowed. */
export interface PeopleFilter {
  /** Words of the name or of the e-mail address. */
  readonly search?: string;
  /** Only those who hold this role at `now`. */
  readonly role?: Role;
  readonly account?: 'open' | 'closed';
}
