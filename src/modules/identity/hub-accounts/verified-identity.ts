// Who a person is by the identity that they proved as a citizen, and where to write to them. What is sealed at rest is
// opened here for one person at a time.
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { readVerifiedClaims } from '../hub/accounts.actions.ts';
import { findPerson } from '../people.repository.ts';
import { addressOfCitizen } from './own-connections.mail.ts';
import { accountsOfPerson } from './person-accounts.repository.ts';

/** The pivot identity, by which administrations name one natural person. */
export interface PivotIdentity {
  readonly birthName: string;
  /** All given names in the order of the birth certificate. */
  readonly givenNames: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  /** INSEE code (COG) of the commune of birth, or of the country for who was born abroad. */
  readonly birthPlace: string;
}

/**
 * The pivot identity of a person who proved theirs at a level of assurance that verifies it (substantial or high); null
 * for anyone else.
 */
export async function findPivotIdentity(
  kernel: Pick<Kernel, 'db' | 'secret'>,
  personId: string,
): Promise<PivotIdentity | null> {
  const claims = await readVerifiedClaims(kernel, kernel.db, personId);
  if (claims === null) return null;
  const text = (name: string) => String(claims[name] ?? '');
  return {
    birthName: text('family_name'),
    givenNames: text('given_name'),
    birthDate: text('birthdate'),
    birthPlace: text('birthplace') || text('birthcountry'),
  };
}

/** A citizen may have no address; the column of people then holds this domain, to which nothing is ever sent. */
const NO_ADDRESS = /@usager\.invalid$/;

/** Where and in which language to write to a person; null when they gave no address or their account is closed. */
export async function findContactOf(
  { secret }: Pick<Kernel, 'secret'>,
  db: Db | Trx,
  personId: string,
): Promise<{ readonly email: string; readonly locale: Locale } | null> {
  const person = await findPerson(db, personId);
  if (!person || person.closedAt !== null) return null;
  const citizen = (await accountsOfPerson(db, personId)).filter(({ realm }) => realm === 'citizens');
  const email = (await addressOfCitizen({ db, secret }, citizen)) ?? person.email;
  return NO_ADDRESS.test(email) ? null : { email, locale: person.locale };
}
