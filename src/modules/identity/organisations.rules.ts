// What must hold for an organisation to be recorded. Pure: the ancestors and the numbers taken are given.
import type { FieldError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import { hasControlCharacter, isDay, isUuid, tidied } from '#platform/typed-text.ts';
import {
  ORGANISATION_KINDS,
  type Organisation,
  type OrganisationInput,
  type OrganisationKind,
} from './organisations.types.ts';
import { isSiret, siretAsStored } from './siret.rules.ts';

/** Tells whether `value` names a kind of organisation. */
export function isOrganisationKind(value: string): value is OrganisationKind {
  return (ORGANISATION_KINDS as readonly string[]).includes(value);
}

/** What was typed, tidied and with nothing for empty fields; to be recorded only if `faultsOfOrganisation` finds none. */
export function organisationAsTyped(input: OrganisationInput): Omit<Organisation, 'id'> {
  return {
    kind: input.kind as OrganisationKind,
    name: tidied(input.name),
    code: tidied(input.code).toUpperCase() || null,
    siret: siretAsStored(input.siret) || null,
    parentId: input.parentId.trim() || null,
    existsFrom: input.existsFrom.trim() || null,
    existsUntil: input.existsUntil.trim() || null,
  };
}

/** Every fault of an organisation's own fields, each in words that say what to do; empty when it may be recorded. */
export function faultsOfOrganisation(organisation: Omit<Organisation, 'id'>): FieldError[] {
  const { kind, name, code, siret, parentId, existsFrom, existsUntil } = organisation;
  const faults: FieldError[] = [];
  const fault = (field: keyof OrganisationInput, text: Translated) => faults.push({ field, text });

  if (!isOrganisationKind(kind)) {
    fault('kind', { fr: 'Choisissez la nature de l’organisation.', en: 'Choose the kind of organisation.' });
  }
  if (name === '' || name.length > 200 || hasControlCharacter(name)) {
    fault('name', {
      fr: 'Saisissez un nom de 1 à 200 caractères.',
      en: 'Enter a name of 1 to 200 characters.',
    });
  }
  if (code !== null && !/^[A-Z0-9][A-Z0-9-]{0,19}$/.test(code)) {
    fault('code', {
      fr: 'Saisissez un code de 20 caractères au plus\u00A0: lettres sans accent, chiffres et tirets.',
      en: 'Enter a code of at most 20 characters: letters without accents, digits and hyphens.',
    });
  }
  if (siret !== null && !isSiret(siret)) {
    fault('siret', {
      fr: 'Vérifiez le SIRET : il compte 14 chiffres et sa clé de contrôle doit être juste.',
      en: 'Check the SIRET: it has 14 digits and its key must be right.',
    });
  }
  if (parentId !== null && (!isUuid(parentId) || kind === 'state')) {
    fault('parentId', {
      fr: 'Choisissez une organisation de la liste\u00A0; l’État lui-même n’en a pas au-dessus de lui.',
      en: 'Choose an organisation of the list; the State itself has none above it.',
    });
  }
  for (const [field, day] of [['existsFrom', existsFrom] as const, ['existsUntil', existsUntil] as const]) {
    if (day !== null && !isDay(day)) {
      fault(field, { fr: 'Saisissez un jour qui existe.', en: 'Enter a day that exists.' });
    }
  }
  if (faults.length === 0 && existsFrom !== null && existsUntil !== null && existsUntil < existsFrom) {
    fault('existsUntil', {
      fr: 'Saisissez un dernier jour qui ne précède pas le premier.',
      en: 'Enter a last day that is not before the first.',
    });
  }
  return faults;
}

/** Tells whether `parentAndAncestors` (the chosen parent and all above it) puts an organisation above itself. */
export function isPutAboveItself(organisationId: string, parentAndAncestors: readonly string[]): boolean {
  return parentAndAncestors.includes(organisationId);
}

/** Tells whether the organisation exists on `day` (YYYY-MM-DD), its first and last day included. */
export function existsOn(organisation: Organisation, day: string): boolean {
  return (
    (organisation.existsFrom === null || organisation.existsFrom <= day) &&
    (organisation.existsUntil === null || day <= organisation.existsUntil)
  );
}
