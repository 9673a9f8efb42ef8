// Which attributes of a SCIM user are kept, and within which bounds. Pure: the library has read the JSON before.
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacter, tidied } from '#platform/typed-text.ts';
import { emailAsStored, isEmail } from '../people.rules.ts';
import type { SentUser } from './scim-users.types.ts';

/** The schema of users (RFC 7643, 4.1). */
export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** The enterprise extension (RFC 7643, 4.3). */
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/**
 * Attributes of RFC 7643 that are not kept, because nothing here needs them (GDPR, article 5(1)(c)). They are ignored
 * wherever a directory sends them.
 */
export const ATTRIBUTES_LEFT_OUT = [
  'nickName',
  'profileUrl',
  'timezone',
  'password',
  'ims',
  'photos',
  'addresses',
  'groups',
  'entitlements',
  'roles',
  'x509Certificates',
] as const;

/** Attributes that are kept, as RFC 7643 writes them. */
export const ATTRIBUTES_KEPT = [
  'userName',
  'externalId',
  'name',
  'displayName',
  'title',
  'userType',
  'preferredLanguage',
  'locale',
  'active',
  'emails',
  'phoneNumbers',
] as const;

/** Attributes that hold several values. */
export const ATTRIBUTES_OF_SEVERAL: readonly string[] = ['emails', 'phoneNumbers'];

const MOST_VALUES = 10;
const LONGEST_TEXT = 500;
const MOST_ATTRIBUTES_BYTES = 8_000;
const DEEPEST = 10;

/** Tells whether `value` nests no deeper than a SCIM message has reason to. */
export function isWithinDepth(value: unknown, levels: number = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => isWithinDepth(item, levels - 1));
}

/**
 * The value with `active` and `primary` as booleans where a directory wrote them as words ("True", "False"), which
 * some do. `key` is the attribute that holds the value itself.
 */
export function withBooleans(value: unknown, key = ''): unknown {
  if (typeof value === 'string' && ['active', 'primary'].includes(key.toLowerCase())) {
    const word = value.trim().toLowerCase();
    return word === 'true' ? true : word === 'false' ? false : value;
  }
  if (Array.isArray(value)) return value.map((item) => withBooleans(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withBooleans(item, name)]));
}

interface Email {
  readonly value?: string;
  readonly type?: string;
  readonly primary?: boolean;
}

/** The work address among those given: the primary one, else the first of type work, else the first (RFC 7643, 2.4). */
export function workEmailOf(emails: readonly Email[], userName: string): string {
  const chosen =
    emails.find(({ primary }) => primary) ?? emails.find(({ type }) => type === 'work') ?? emails[0];
  return emailAsStored(chosen?.value ?? (emails.length === 0 ? userName : ''));
}

interface Names {
  readonly formatted?: string;
  readonly givenName?: string;
  readonly familyName?: string;
}

/** The name that people read: displayName, else the formatted name, else given and family name, else the userName. */
export function readableName(displayName: string | undefined, name: Names, userName: string): string {
  const parts = tidied(`${name.givenName ?? ''} ${name.familyName ?? ''}`);
  return (
    [displayName, name.formatted, parts].map((text) => tidied(text ?? '')).find(Boolean) ?? tidied(userName)
  );
}

function wrong(field: string, fr: string, en: string): FieldError {
  return { field, text: { fr, en } };
}

function eachText(value: unknown, path: string, see: (path: string, text: string) => void): void {
  if (typeof value === 'string') see(path, value);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      eachText(item, Array.isArray(value) ? path : path === '' ? key : `${path}.${key}`, see);
    }
  }
}

/** Tells whether PostgreSQL and people can keep the text: JSON allows more than either. */
function isKeepable(text: string, longest: number): boolean {
  return text.length <= longest && text.isWellFormed() && !hasControlCharacter(text);
}

/** What of the resource is kept beside its own columns, without what SCIM itself manages. */
function attributesOf(resource: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { userName, externalId, active, schemas, id, meta, ...attributes } = resource;
  return attributes;
}

/** A resource as the library read it (attributes by their own names), tidied; with every fault that it has. */
export function userAsSent(resource: Readonly<Record<string, unknown>>): {
  sent: SentUser;
  faults: FieldError[];
} {
  const userName = tidied(String(resource.userName ?? ''));
  const externalId =
    resource.externalId === undefined ? null : tidied(String(resource.externalId ?? '')) || null;
  const emails = (resource.emails ?? []) as readonly Email[];
  const attributes = attributesOf(resource);
  const email = workEmailOf(emails, userName);
  const name = readableName(
    resource.displayName as string | undefined,
    (resource.name ?? {}) as Names,
    userName,
  );
  const language = String(resource.preferredLanguage ?? resource.locale ?? 'fr').toLowerCase();
  const sent: SentUser = {
    userName,
    externalId,
    email,
    name,
    locale: language.startsWith('en') ? 'en' : 'fr',
    active: typeof resource.active === 'boolean' ? resource.active : null,
    attributes,
  };
  return { sent, faults: faultsOf(sent) };
}

function faultsOf({ userName, externalId, email, name, attributes }: SentUser): FieldError[] {
  const faults: FieldError[] = [];
  if (userName === '' || !isKeepable(userName, 254)) {
    faults.push(wrong('userName', 'Envoyez de 1 à 254 caractères.', 'Send 1 to 254 characters.'));
  }
  if (externalId !== null && !isKeepable(externalId, 254)) {
    faults.push(wrong('externalId', 'Envoyez au plus 254 caractères.', 'Send at most 254 characters.'));
  }
  if (!isEmail(email) || email.length > 254) {
    faults.push(
      wrong(
        'emails',
        'Envoyez une adresse électronique professionnelle complète.',
        'Send a complete work e-mail address.',
      ),
    );
  }
  if (!isKeepable(name, 120)) {
    faults.push(
      wrong('name', 'Envoyez un nom de 1 à 120 caractères.', 'Send a name of 1 to 120 characters.'),
    );
  }
  for (const several of ATTRIBUTES_OF_SEVERAL) {
    if (((attributes[several] ?? []) as unknown[]).length > MOST_VALUES) {
      faults.push(
        wrong(several, `Envoyez au plus ${MOST_VALUES} valeurs.`, `Send at most ${MOST_VALUES} values.`),
      );
    }
  }
  eachText(attributes, '', (path, text) => {
    if (!isKeepable(text, LONGEST_TEXT)) {
      faults.push(
        wrong(
          path,
          `Envoyez au plus ${LONGEST_TEXT} caractères, sans caractère de commande.`,
          `Send at most ${LONGEST_TEXT} characters, without control characters.`,
        ),
      );
    }
  });
  if (JSON.stringify(attributes).length > MOST_ATTRIBUTES_BYTES) {
    faults.push(wrong('', 'Envoyez moins d’attributs.', 'Send fewer attributes.'));
  }
  return faults;
}
