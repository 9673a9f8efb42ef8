// Filters of SCIM (RFC 7644, 3.4.2.2), on either side of the library that parses them: what it is given, and what its
// result asks for. Pure. Nothing of a filter reaches SQL but as a value.
import type { Translated } from '#platform/i18n/locale.ts';
import { USER_SCHEMA } from './scim-attributes.rules.ts';
import type { ScimCondition, ScimFilter } from './scim-users.types.ts';

/** A filter, or why it is refused. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: Translated };

/** A filter whose texts stand apart, so that the parser sees none of what is in them. */
export interface MaskedFilter {
  readonly expression: string;
  readonly texts: readonly string[];
}

const LONGEST_FILTER = 1_000;
const MOST_CONDITIONS = 10;
const MOST_GROUPS = 5;
const MARK = '§';

const refused = (fr: string, en: string) => ({ ok: false, reason: { fr, en } }) as const;

/**
 * Takes the JSON texts out of a filter and puts marks in their place: the parser understands no escape in a text, and
 * takes forever over some that are not closed. What is left is bounded, since groups multiply out.
 */
export function maskFilter(filter: string): Read<MaskedFilter> {
  if (filter.trim() === '') return refused('il est vide.', 'it is empty.');
  if (filter.length > LONGEST_FILTER || filter.includes(MARK)) {
    return refused(`il dépasse ${LONGEST_FILTER} caractères.`, `it exceeds ${LONGEST_FILTER} characters.`);
  }
  const texts: string[] = [];
  let isReadable = true;
  const expression = filter.replace(/"(?:[^"\\]|\\.)*"/gs, (literal) => {
    try {
      texts.push(JSON.parse(literal) as string);
    } catch {
      isReadable = false;
    }
    return `"${MARK}${texts.length - 1}"`;
  });
  const bare = expression.replace(/"§\d+"/g, '');
  if (!isReadable || /["\\\p{Cc}]/u.test(bare) || texts.some((text) => text.includes('\u0000'))) {
    return refused('un texte y est mal écrit ou mal fermé.', 'a text in it is badly written or not closed.');
  }
  if ((bare.match(/\b(?:eq|ne|co|sw|ew|gt|ge|lt|le|pr)\b/gi) ?? []).length > MOST_CONDITIONS) {
    return refused(
      `il compte plus de ${MOST_CONDITIONS} conditions.`,
      `it has more than ${MOST_CONDITIONS} conditions.`,
    );
  }
  if ((bare.match(/[([]/g) ?? []).length > MOST_GROUPS) {
    return refused(`il compte plus de ${MOST_GROUPS} groupes.`, `it has more than ${MOST_GROUPS} groups.`);
  }
  // The parser negates each condition of such a group on its own, which is not the same.
  if (/\bnot\s*\([^)]*\b(?:and|or)\b/i.test(bare)) {
    return refused('« not » n’y porte que sur une seule condition.', '"not" takes a single condition.');
  }
  return { ok: true, value: { expression, texts } };
}

const FIELDS: Readonly<Record<string, ScimCondition['field']>> = {
  id: 'id',
  username: 'userName',
  externalid: 'externalId',
  active: 'active',
  displayname: 'displayName',
  emails: 'email',
  'emails.value': 'email',
  'meta.created': 'created',
  'meta.lastmodified': 'lastModified',
};

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] as const;
const TEXT_OPERATORS: readonly string[] = ['eq', 'ne', 'co', 'sw', 'ew', 'pr'];

/** The path of an attribute as the table of fields names it: in lower case, without the prefix of users' own schema. */
function pathOf(name: string): string {
  const path = name.toLowerCase();
  const prefix = `${USER_SCHEMA.toLowerCase()}:`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

/** What the parsed filter asks for: alternatives of conditions. `branches` is the library's result. */
export function conditionsOf(branches: readonly object[], texts: readonly string[]): Read<ScimFilter> {
  const filter: ScimCondition[][] = [];
  for (const branch of branches) {
    const conditions: ScimCondition[] = [];
    const fault = collect(branch, '', texts, conditions);
    if (fault) return { ok: false, reason: fault };
    if (conditions.length === 0) return refused('il ne dit rien.', 'it says nothing.');
    filter.push(conditions);
  }
  return { ok: true, value: filter };
}

function collect(
  node: object,
  prefix: string,
  texts: readonly string[],
  into: ScimCondition[],
): Translated | null {
  for (const [name, held] of Object.entries(node) as [string, unknown][]) {
    const path = prefix === '' ? pathOf(name) : `${prefix}.${name.toLowerCase()}`;
    if (!Array.isArray(held)) {
      const fault = collect(held as object, path, texts, into);
      if (fault) return fault;
      continue;
    }
    for (const comparison of held.every(Array.isArray) ? (held as unknown[][]) : [held as unknown[]]) {
      const read = conditionOf(path, comparison, texts);
      if (!read.ok) return read.reason;
      if (read.value) into.push(read.value);
    }
  }
  return null;
}

function conditionOf(
  path: string,
  comparison: readonly unknown[],
  texts: readonly string[],
): Read<ScimCondition | null> {
  const isNegated = comparison[0] === 'not';
  const [operator, raw] = (isNegated ? comparison.slice(1) : comparison) as [
    ScimCondition['operator'],
    unknown,
  ];
  if (!OPERATORS.includes(operator) || (operator === 'pr') !== (raw === undefined)) {
    return refused('une condition y est incomplète.', 'a condition in it is incomplete.');
  }
  const mark = typeof raw === 'string' ? /^§(\d+)$/.exec(raw)?.[1] : undefined;
  const value = mark === undefined ? raw : texts[Number(mark)];
  if (typeof raw === 'string' && value === raw) {
    return refused('écrivez les textes entre guillemets.', 'write texts between quotes.');
  }
  // Only work addresses are searched, so the condition holds for each.
  if (path === 'emails.type' && operator === 'eq' && value === 'work' && !isNegated)
    return { ok: true, value: null };
  const field = FIELDS[path];
  if (field === undefined) {
    return refused(
      'un des attributs ne se filtre pas ici.',
      'one of the attributes cannot be filtered by here.',
    );
  }
  const given = valueFor(field, operator, value);
  if (given === undefined) {
    return refused(
      'une valeur ou un opérateur ne convient pas à son attribut.',
      'a value or an operator does not suit its attribute.',
    );
  }
  return { ok: true, value: { field, operator, value: given, isNegated } };
}

/** The value as its field compares it; undefined where it cannot. */
function valueFor(
  field: ScimCondition['field'],
  operator: ScimCondition['operator'],
  value: unknown,
): ScimCondition['value'] | undefined {
  if (operator === 'pr') return null;
  if (value === null) return operator === 'eq' || operator === 'ne' ? null : undefined;
  if (field === 'active') {
    const word = String(value).toLowerCase();
    if ((operator !== 'eq' && operator !== 'ne') || !['true', 'false'].includes(word)) return undefined;
    return word === 'true';
  }
  if (field === 'created' || field === 'lastModified') {
    const isMoment = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(value);
    const moment = new Date(isMoment ? value : Number.NaN);
    return Number.isNaN(moment.getTime()) || ['co', 'sw', 'ew'].includes(operator) ? undefined : moment;
  }
  return typeof value === 'string' && TEXT_OPERATORS.includes(operator) ? value : undefined;
}
