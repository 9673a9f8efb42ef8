// What must hold for a person to be recorded. Pure.
import type { FieldError } from '#platform/errors.ts';
import { DEFAULT_LOCALE, isLocale, type Locale } from '#platform/i18n/locale.ts';
import { hasControlCharacter, tidied } from '#platform/typed-text.ts';
import type { PersonInput } from './people.types.ts';

/** An address as it is stored and compared: in lower case, without spaces around it. */
export function emailAsStored(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/**
 * Tells whether `email` may be an address: the pattern by which browsers judge `<input type=email>` (HTML standard,
 * "valid e-mail address"), with a dot in its domain and at most 254 characters (RFC 5321, 4.5.3.1.3).
 */
export function isEmail(email: string): boolean {
  return (
    email.length <= 254 &&
    /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/.test(
      email,
    )
  );
}

/** What was typed of a person, tidied; to be recorded only if `faultsOfPerson` finds none. */
export function personAsTyped(input: PersonInput): { name: string; email: string; locale: Locale } {
  return {
    name: tidied(input.name),
    email: emailAsStored(input.email),
    locale: isLocale(input.locale) ? input.locale : DEFAULT_LOCALE,
  };
}

/** Every fault of a person's details, in words that say what to do. */
export function faultsOfPerson({ name, email }: { name: string; email: string }): FieldError[] {
  const faults: FieldError[] = [];
  if (name === '' || name.length > 120 || hasControlCharacter(name)) {
    faults.push({
      field: 'name',
      text: { fr: 'Saisissez un nom de 1 à 120 caractères.', en: 'Enter a name of 1 to 120 characters.' },
    });
  }
  if (!isEmail(email)) {
    faults.push({
      field: 'email',
      text: {
        fr: 'Saisissez une adresse électronique complète, comme prenom.nom@exemple.fr.',
        en: 'Enter a complete e-mail address, such as first.last@example.org.',
      },
    });
  }
  return faults;
}
