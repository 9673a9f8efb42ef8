// What must hold for the scopes of an API. Pure.

import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, tidied } from '#platform/typed-text.ts';
import type { ApiScope } from './catalogue.types.ts';
import { FIELD_LIMITS, isFieldPattern } from './json-pointers.rules.ts';
import { linesOf } from './typed-text.rules.ts';

/** Most scopes of an API: as many as a resource of the hub has. */
export const MOST_SCOPES = 50;

/** A scope as a form or an API call gives it: nothing of it is checked yet. */
export interface ScopeInput {
  readonly name: string;
  readonly title: string;
  /** One pattern a line. */
  readonly fields: string;
  readonly isSensitive: boolean;
}

/** What a scope is, without its place in the database. */
export type ScopeFields = Omit<ApiScope, 'id' | 'apiId'>;

/** What was typed, tidied; to be kept only if `faultsOfScopes` finds none. */
export function scopesAsTyped(inputs: readonly ScopeInput[]): ScopeFields[] {
  return inputs.map((input) => ({
    name: input.name.trim(),
    title: tidied(input.title),
    fields: [...new Set(linesOf(input.fields))].sort(),
    isSensitive: input.isSensitive,
  }));
}

/**
 * Every fault of the scopes of an API; `prefixOf` names the field of the form for a scope by its place. A name is a scope
 * token (RFC 6749, section 3.3) in lower case, at most 60 characters, as the hub takes it.
 */
export function faultsOfScopes(
  scopes: readonly ScopeFields[],
  fieldOf: (at: number, field: 'name' | 'title' | 'fields') => string = (at, field) =>
    `scopes.${at}.${field}`,
): FieldError[] {
  const faults: FieldError[] = [];
  if (scopes.length > MOST_SCOPES) {
    faults.push({
      field: fieldOf(MOST_SCOPES, 'name'),
      text: { fr: `Gardez ${MOST_SCOPES} périmètres au plus.`, en: `Keep at most ${MOST_SCOPES} scopes.` },
    });
  }
  const seen = new Set<string>();
  for (const [at, scope] of scopes.entries()) {
    if (!isScopeName(scope.name)) faults.push({ field: fieldOf(at, 'name'), text: NAME_FAULT });
    else if (seen.has(scope.name)) {
      faults.push({
        field: fieldOf(at, 'name'),
        text: {
          fr: `Le périmètre «\u00A0${scope.name}\u00A0» est là deux fois\u00A0: renommez l’un des deux.`,
          en: `The scope “${scope.name}” is there twice: rename one of them.`,
        },
      });
    }
    seen.add(scope.name);
    if (scope.title.length < 3 || scope.title.length > 200 || hasControlCharacterInLines(scope.title)) {
      faults.push({
        field: fieldOf(at, 'title'),
        text: {
          fr: 'Saisissez un titre de 3 à 200 caractères.',
          en: 'Enter a title of 3 to 200 characters.',
        },
      });
    }
    const wrong = wrongField(scope.fields);
    if (wrong) faults.push({ field: fieldOf(at, 'fields'), text: wrong });
  }
  return faults;
}

const NAME_FAULT = {
  fr: 'Saisissez un nom de 2 à 60 caractères\u00A0: minuscules sans accent, chiffres, «\u00A0_\u00A0», «\u00A0.\u00A0», «\u00A0:\u00A0» ou «\u00A0-\u00A0», en commençant par une lettre.',
  en: 'Enter a name of 2 to 60 characters: lower-case letters without accents, digits, “_”, “.”, “:” or “-”, starting with a letter.',
};

const RESERVED: readonly string[] = ['openid', 'offline_access', 'profile', 'email', 'address', 'phone'];

function isScopeName(name: string): boolean {
  return /^[a-z][a-z0-9_.:-]{1,59}$/.test(name) && !RESERVED.includes(name);
}

function wrongField(fields: readonly string[]): FieldError['text'] | null {
  if (fields.length === 0 || fields.length > FIELD_LIMITS.patterns) {
    return {
      fr: `Saisissez de 1 à ${FIELD_LIMITS.patterns} champs, un par ligne.`,
      en: `Enter 1 to ${FIELD_LIMITS.patterns} fields, one a line.`,
    };
  }
  const wrong = fields.find((field) => !isFieldPattern(field));
  if (wrong === undefined) return null;
  const shown = wrong.length > 60 ? `${wrong.slice(0, 59)}…` : wrong;
  return {
    fr: `Écrivez «\u00A0${shown}\u00A0» comme un chemin, par exemple /foyer/quotient ou /enfants/*/prenom.`,
    en: `Write “${shown}” as a path, such as /household/quotient or /children/*/name.`,
  };
}

/** The fields of `scope` that no answer of the document has; what lies below or above a known field is known. */
export function unknownFields(scope: Pick<ApiScope, 'fields'>, known: readonly string[]): string[] {
  if (known.length === 0) return [];
  return scope.fields.filter(
    (field) =>
      !known.some((one) => one === field || one.startsWith(`${field}/`) || field.startsWith(`${one}/`)),
  );
}
