// What must hold for a resource and for a grant of one. Pure: who else has the identifier is asked elsewhere.
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacter, isUuid, tidied } from '#platform/typed-text.ts';
import { addressFault } from './addresses.rules.ts';
import type { Resource, ResourceInput } from './resources.types.ts';

/** Most scopes of a resource. */
export const MOST_SCOPES = 50;

/** Seconds that a token lives unless told, and within which bounds. */
export const TOKEN_SECONDS = { usual: 600, least: 60, most: 3600 } as const;

/** Scopes that mean something to the hub itself. */
const RESERVED_SCOPES: readonly string[] = [
  'openid',
  'offline_access',
  'profile',
  'email',
  'address',
  'phone',
];

/** What the team of a resource writes, once it is checked. */
export type ResourceFields = Pick<
  Resource,
  'identifier' | 'name' | 'organisationId' | 'scopes' | 'tokenSeconds'
>;

/** What was typed, tidied; to be kept only if `faultsOfResource` finds none. */
export function resourceAsTyped(input: ResourceInput): ResourceFields {
  return {
    identifier: input.identifier.trim(),
    name: tidied(input.name),
    organisationId: input.organisationId.trim(),
    scopes: [...new Set(input.scopes.map((scope) => scope.trim()).filter((scope) => scope !== ''))],
    tokenSeconds: input.tokenSeconds.trim() === '' ? TOKEN_SECONDS.usual : Number(input.tokenSeconds.trim()),
  };
}

/** Tells whether `scope` is a scope token (RFC 6749, section 3.3) that means nothing to the hub itself. */
export function isResourceScope(scope: string): boolean {
  return /^[\x21\x23-\x5B\x5D-\x7E]{1,60}$/.test(scope) && !RESERVED_SCOPES.includes(scope);
}

/** Every fault of a resource's own fields, each in words that say what to do. */
export function faultsOfResource(resource: ResourceFields): FieldError[] {
  const { identifier, name, organisationId, scopes, tokenSeconds } = resource;
  const faults: FieldError[] = [];
  const wrong = addressFault(identifier, { loopbackMayBeHttp: false });
  if (wrong) faults.push({ field: 'identifier', text: wrong });
  else if (identifier.length < 8 || identifier.length > 300 || identifier.includes('?')) {
    faults.push({
      field: 'identifier',
      text: {
        fr: 'Saisissez une adresse sans «\u00A0?\u00A0», de 300 caractères au plus.',
        en: 'Enter an address without “?”, of at most 300 characters.',
      },
    });
  }
  if (name === '' || name.length > 120 || hasControlCharacter(name)) {
    faults.push({
      field: 'name',
      text: { fr: 'Saisissez un nom de 1 à 120 caractères.', en: 'Enter a name of 1 to 120 characters.' },
    });
  }
  if (!isUuid(organisationId)) {
    faults.push({
      field: 'organisationId',
      text: {
        fr: 'Choisissez une organisation pour laquelle vous produisez des données.',
        en: 'Choose an organisation for which you produce data.',
      },
    });
  }
  const odd = scopes.find((scope) => !isResourceScope(scope));
  if (scopes.length === 0 || scopes.length > MOST_SCOPES || odd !== undefined) {
    faults.push({
      field: 'scopes',
      text: {
        fr: `Saisissez de 1 à ${MOST_SCOPES} portées, une par ligne, sans espace ni accent, hors des mots réservés (${RESERVED_SCOPES.join(', ')}).`,
        en: `Enter 1 to ${MOST_SCOPES} scopes, one a line, without spaces or accents, other than the reserved words (${RESERVED_SCOPES.join(', ')}).`,
      },
    });
  }
  const { least, most } = TOKEN_SECONDS;
  if (!Number.isInteger(tokenSeconds) || tokenSeconds < least || tokenSeconds > most) {
    faults.push({
      field: 'tokenSeconds',
      text: {
        fr: `Saisissez une durée de ${least} à ${most} secondes.`,
        en: `Enter a duration of ${least} to ${most} seconds.`,
      },
    });
  }
  return faults;
}

/** The fault of the scopes of a grant, of which the resource must know each; null when they may be granted. */
export function faultOfGrantedScopes(
  resource: Pick<Resource, 'scopes'>,
  scopes: readonly string[],
): FieldError | null {
  if (scopes.length > 0 && scopes.every((scope) => resource.scopes.includes(scope))) return null;
  return {
    field: 'scopes',
    text: {
      fr: 'Choisissez au moins une portée parmi celles de la ressource.',
      en: 'Choose at least one scope of the resource.',
    },
  };
}
