// Schemas of an OpenAPI document as TypeScript types, narrowed to the fields that scopes let out. Pure; whatever the
// document, it ends: beyond a bound a type is `unknown`.
import type { OpenApiDocument } from '../catalogue/catalogue.types.ts';
import { isObject, type JsonObject, objectAt } from '../catalogue/openapi.rules.ts';
import type { FieldNode } from '../gateway/minimise/field-tree.rules.ts';

const DEEPEST = 12;
const MOST_LITERALS = 50;

/** How many schemas a whole client may still draw. */
export interface TypeBudget {
  left: number;
}

/** What the walk carries: the document, how deep it is, what it is inside of, and how much is left. */
interface Walk {
  readonly document: OpenApiDocument;
  readonly depth: number;
  readonly above: ReadonlySet<unknown>;
  readonly budget: TypeBudget;
}

/**
 * The type of a schema: of all of it when `granted` is null, else of what the gateway lets out of it. Null when nothing
 * of it leaves.
 */
export function typeOf(
  document: OpenApiDocument,
  schema: unknown,
  granted: FieldNode | null,
  budget: TypeBudget,
): string | null {
  return typeAt({ document, depth: 0, above: new Set(), budget }, schema, granted);
}

function typeAt(walk: Walk, value: unknown, granted: FieldNode | null): string | null {
  // A pattern that ends here lets out all below it.
  const node = granted !== null && granted.pattern >= 0 ? null : granted;
  const { document, depth, above, budget } = walk;
  const schema = objectAt(document, value);
  budget.left -= 1;
  if (depth > DEEPEST || budget.left < 0 || (node === null && above.has(schema))) return 'unknown';
  const inside: Walk = { document, depth: depth + 1, above: new Set(above).add(schema), budget };
  const literals = literalsOf(schema);
  if (literals !== null) return node === null ? literals : null;
  const parts = partsOf(schema).map(({ word, schemas }) => ({
    word,
    types: schemas.flatMap((part) => typeAt(inside, part, node) ?? []),
  }));
  const own = ownType(inside, schema, node, parts.length > 0);
  const combined = parts.flatMap(({ word, types }) => {
    if (types.length === 0) return [];
    const text = [...new Set(types)].join(word === 'allOf' ? ' & ' : ' | ');
    return types.length > 1 && word !== 'allOf' ? `(${text})` : text;
  });
  const all = [...new Set([...(own === null ? [] : [own]), ...combined])];
  if (all.length === 0) return null;
  const text = all.join(' & ');
  return isNullable(schema) ? `${all.length > 1 ? `(${text})` : text} | null` : text;
}

function partsOf(schema: JsonObject): { word: string; schemas: readonly unknown[] }[] {
  return ['allOf', 'oneOf', 'anyOf'].flatMap((word) => {
    const schemas = schema[word];
    return Array.isArray(schemas) && schemas.length > 0 ? [{ word, schemas }] : [];
  });
}

function literalsOf({ enum: choices, const: only }: JsonObject): string | null {
  const values = Array.isArray(choices) ? choices : only === undefined ? [] : [only];
  const isWritable = (value: unknown) =>
    value === null || ['string', 'number', 'boolean'].includes(typeof value);
  if (values.length === 0 || values.length > MOST_LITERALS || !values.every(isWritable)) return null;
  return [...new Set(values.map((value) => JSON.stringify(value)))].join(' | ');
}

function isNullable({ nullable, type }: JsonObject): boolean {
  return nullable === true || (Array.isArray(type) && type.includes('null') && type.length > 1);
}

/** The type that a schema's own words give; null where nothing leaves, or where it only combines others. */
function ownType(walk: Walk, schema: JsonObject, node: FieldNode | null, combines: boolean): string | null {
  const types = [schema.type].flat().filter((type) => type !== 'null' && type !== undefined);
  const words = types.length > 0 ? types : impliedType(schema);
  if (words.length === 0) return combines ? null : node === null ? 'unknown' : null;
  const drawn = words.flatMap((type) => {
    if (type === 'object') return objectType(walk, schema, node) ?? [];
    if (type === 'array') return arrayType(walk, schema, node) ?? [];
    if (node !== null) return [];
    if (type === 'integer' || type === 'number') return 'number';
    return type === 'string' || type === 'boolean' || type === 'null' ? type : 'unknown';
  });
  if (drawn.length === 0) return null;
  return drawn.length > 1 ? `(${[...new Set(drawn)].join(' | ')})` : (drawn[0] ?? null);
}

function impliedType(schema: JsonObject): string[] {
  if (isObject(schema.properties)) return ['object'];
  return isObject(schema.items) ? ['array'] : [];
}

function arrayType(walk: Walk, { items }: JsonObject, node: FieldNode | null): string | null {
  if (node !== null && node.items === null) return null;
  const inside = typeAt(walk, items, node?.items ?? null);
  return `readonly (${inside ?? 'unknown'})[]`;
}

function objectType(walk: Walk, schema: JsonObject, node: FieldNode | null): string | null {
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const indent = '  '.repeat(walk.depth);
  const lines = properties.flatMap(([name, property]) => {
    const child = node === null ? null : node.names.get(name);
    if (child === undefined) return [];
    const type = typeAt(walk, property, child);
    if (type === null) return [];
    const { description } = objectAt(walk.document, property);
    const mark = required.includes(name) ? '' : '?';
    return `${commentOf(description, `${indent}`)}${indent}readonly ${propertyName(name)}${mark}: ${type};`;
  });
  if (lines.length > 0) return `{\n${lines.join('\n')}\n${'  '.repeat(walk.depth - 1)}}`;
  if (node !== null)
    return node.names.size > 0 && properties.length === 0 ? 'Readonly<Record<string, unknown>>' : null;
  const more = isObject(schema.additionalProperties)
    ? typeAt(walk, schema.additionalProperties, null)
    : 'unknown';
  return `Readonly<Record<string, ${more ?? 'unknown'}>>`;
}

/** A name as a property of a type. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) && name !== '__proto__' ? name : JSON.stringify(name);
}

/** A text as a comment of one line, with its line end; empty for none. What ends a comment cannot stand in it. */
export function commentOf(text: unknown, indent: string): string {
  if (typeof text !== 'string' || text.trim() === '') return '';
  const line = text
    .toWellFormed()
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('*/', '* /')
    .trim();
  return `${indent}/** ${line.slice(0, 200)} */\n`;
}
