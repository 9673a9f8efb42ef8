// What a PATCH asks (RFC 7644, 3.5.2), put so that the library does it as the RFC and the directories in use mean it. Pure.
import {
  ATTRIBUTES_KEPT,
  ATTRIBUTES_LEFT_OUT,
  ATTRIBUTES_OF_SEVERAL,
  ENTERPRISE_SCHEMA,
  USER_SCHEMA,
  withBooleans,
} from './scim-attributes.rules.ts';

/** One operation of a PATCH. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: unknown;
}

/** How many operations one PATCH may hold. */
export const MOST_OPERATIONS = 100;

const CORE = `${USER_SCHEMA.toLowerCase()}:`;
const ENTERPRISE = ENTERPRISE_SCHEMA.toLowerCase();
const KEPT = new Map<string, string>(ATTRIBUTES_KEPT.map((name) => [name.toLowerCase(), name]));
const LEFT_OUT: readonly string[] = ['schemas', 'id', 'meta', ...ATTRIBUTES_LEFT_OUT].map((name) =>
  name.toLowerCase(),
);

/** A path by the attributes' own names; null where it leads to something that is known and not kept. */
function knownPath(path: string): string | null {
  const plain = path.toLowerCase().startsWith(CORE) ? path.slice(CORE.length) : path;
  if (plain.toLowerCase().startsWith(ENTERPRISE))
    return `${ENTERPRISE_SCHEMA}${plain.slice(ENTERPRISE.length)}`;
  if (plain.toLowerCase().startsWith('urn:')) return null;
  const root = /^[\w$-]+/.exec(plain)?.[0] ?? '';
  if (LEFT_OUT.includes(root.toLowerCase())) return null;
  return `${KEPT.get(root.toLowerCase()) ?? root}${plain.slice(root.length)}`;
}

/** Tells whether the library may be given the path: what it does with others has no bound. */
function isReadablePath(path: string): boolean {
  return path.length <= 300 && !/[\\(\p{Cc}]/u.test(path) && (path.match(/"/g) ?? []).length % 2 === 0;
}

/** Tells whether a value may stand in an attribute of several: the library writes such values into filters. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return !/["\\\p{Cc}]/u.test(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isPlain);
}

function lastWord(path: string): string {
  return path.split(/[.:]/).at(-1) ?? path;
}

/**
 * The operations, each with a path and with booleans for words, without those on attributes that are not kept. A value
 * without a path is taken apart: its attributes it does not know are ignored, and each of the others is one operation.
 * @returns null when a path or a value cannot be read.
 */
export function operationsAsMeant(
  operations: readonly { readonly op: string; readonly path?: string; readonly value?: unknown }[],
): PatchOperation[] | null {
  const meant: PatchOperation[] = [];
  for (const { op: typed, path: sentPath, value } of operations) {
    const op = typed.toLowerCase() as PatchOperation['op'];
    // Nothing is no value to set (RFC 7644, 3.5.2.1 and 3.5.2.3); null is one, and clears.
    if (op !== 'remove' && value === undefined) return null;
    // To remove some of several values, a filter in the path says which (RFC 7644, 3.5.2.2).
    if (op === 'remove' && value !== undefined && value !== null) return null;
    const parts: [string, unknown][] =
      sentPath === undefined && typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).filter(([name]) => isKnownRoot(name))
        : [[sentPath ?? '', value]];
    for (const [sent, part] of parts) {
      if (!isReadablePath(sent)) return null;
      const path = knownPath(sent);
      if (path === null) continue;
      const root = /^[\w$-]+/.exec(path)?.[0] ?? '';
      if (ATTRIBUTES_OF_SEVERAL.includes(root) && !isPlain(part)) return null;
      meant.push({
        op: opFor(op, path, part),
        path,
        ...(op !== 'remove' && { value: withBooleans(part, lastWord(path)) }),
      });
    }
  }
  return meant;
}

function isKnownRoot(name: string): boolean {
  const path = isReadablePath(name) ? knownPath(name) : null;
  return (
    path !== null &&
    (path.startsWith(ENTERPRISE_SCHEMA) || KEPT.has((/^[\w$-]+/.exec(path)?.[0] ?? '').toLowerCase()))
  );
}

/** To replace an attribute of parts leaves the parts that are not named unchanged (RFC 7644, 3.5.2.3): that is to add. */
function opFor(op: PatchOperation['op'], path: string, value: unknown): PatchOperation['op'] {
  const hasParts = path === 'name' || path === ENTERPRISE_SCHEMA;
  return op === 'replace' && hasParts && typeof value === 'object' && value !== null ? 'add' : op;
}

const AIMED = /^(emails|phoneNumbers)\[\s*(\w+)\s+eq\s+(?:"([^"]*)"|(true|false))\s*\](?:\.(\w+))?$/i;

/**
 * The operation on a resource as it stands: where it sets one of several values that is not there yet, such as
 * `emails[type eq "work"].value`, it adds that value, as directories expect.
 */
export function operationOn(
  resource: Readonly<Record<string, unknown>>,
  operation: PatchOperation,
): PatchOperation {
  const [, attribute, key, text, word, part] = AIMED.exec(operation.path) ?? [];
  if (operation.op === 'remove' || !attribute || !key) return operation;
  const wanted = word === undefined ? text : word.toLowerCase() === 'true';
  const held = (resource[attribute] ?? []) as readonly Record<string, unknown>[];
  if (held.some((item) => item[key] === wanted)) return operation;
  const given = part === undefined ? (operation.value as object) : { [part]: operation.value };
  return { op: 'add', path: attribute, value: [{ [key]: wanted, ...given }] };
}
