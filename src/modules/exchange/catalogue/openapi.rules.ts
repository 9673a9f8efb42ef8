// Reading an OpenAPI 3 document: references, operations, the fields of its answers. Pure; whatever the document, it ends.
import type { OpenApiDocument } from './catalogue.types.ts';
import { pointerStep } from './json-pointers.rules.ts';

/** The methods that an operation may have. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

/** One operation of a document. */
export interface Operation {
  /** Upper case. */
  readonly method: string;
  /** As the document writes it: `/foyers/{id}`. */
  readonly path: string;
  readonly id: string | null;
  readonly summary: string | null;
  readonly parameters: readonly OperationParameter[];
  readonly node: JsonObject;
}

/** One parameter of an operation. */
export interface OperationParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string | null;
  /** A value to try, as text; null where the document gives none. */
  readonly example: string | null;
  /** Its schema, as the document writes it. */
  readonly schema: unknown;
}

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells whether a value is an object of JSON. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MOST_REFERENCES = 50;

/** What a value stands for: local references (`#/components/...`) are followed; undefined where one leads nowhere. */
export function resolved(document: OpenApiDocument, value: unknown): unknown {
  let at = value;
  for (let steps = 0; isObject(at) && typeof at.$ref === 'string'; steps++) {
    if (steps >= MOST_REFERENCES || !at.$ref.startsWith('#/')) return undefined;
    at = atPointer(document, at.$ref.slice(1));
  }
  return at;
}

function atPointer(document: OpenApiDocument, pointer: string): unknown {
  let at: unknown = document;
  for (const step of pointer.slice(1).split('/')) {
    const name = percentDecoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

function percentDecoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** The object that a value stands for; an empty one where it is none. */
export function objectAt(document: OpenApiDocument, value: unknown): JsonObject {
  const found = resolved(document, value);
  return isObject(found) ? found : {};
}

/** Every operation, in the order of the document. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(objectAt(document, document.paths))) {
    const node = objectAt(document, item);
    for (const method of METHODS) {
      if (!isObject(node[method])) continue;
      operations.push(operationOf(document, path, method, node, node[method]));
    }
  }
  return operations;
}

function operationOf(
  document: OpenApiDocument,
  path: string,
  method: string,
  item: JsonObject,
  node: JsonObject,
): Operation {
  const parameters = new Map<string, OperationParameter>();
  for (const one of [item.parameters, node.parameters].flatMap((list) => (Array.isArray(list) ? list : []))) {
    const parameter = parameterOf(document, one);
    if (parameter) parameters.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return {
    method: method.toUpperCase(),
    path,
    id: textOf(node.operationId),
    summary: textOf(node.summary),
    parameters: [...parameters.values()],
    node,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function parameterOf(document: OpenApiDocument, value: unknown): OperationParameter | null {
  const node = objectAt(document, value);
  const name = textOf(node.name);
  const place = textOf(node.in);
  if (name === null || place === null) return null;
  const example =
    node.example ?? firstExample(document, node.examples) ?? schemaExample(document, node.schema);
  return {
    name,
    in: place,
    required: node.required === true || place === 'path',
    description: textOf(node.description),
    example: example === undefined || typeof example === 'object' ? null : String(example),
    schema: node.schema,
  };
}

/** The value of the first of named examples (OpenAPI, Example Object); undefined for none. */
export function firstExample(document: OpenApiDocument, examples: unknown): unknown {
  for (const one of Object.values(objectAt(document, examples))) {
    const example = objectAt(document, one);
    if (Object.hasOwn(example, 'value')) return example.value;
  }
  return undefined;
}

function schemaExample(document: OpenApiDocument, value: unknown): unknown {
  const schema = objectAt(document, value);
  if (schema.example !== undefined) return schema.example;
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  return Array.isArray(schema.enum) ? schema.enum[0] : undefined;
}

/** The media types of an answer that are JSON, with their objects. */
export function jsonContents(
  document: OpenApiDocument,
  answer: unknown,
): [type: string, media: JsonObject][] {
  return Object.entries(objectAt(document, objectAt(document, answer).content))
    .filter(([type]) => /[/+]json\s*(;|$)/i.test(type))
    .map(([type, media]) => [type, objectAt(document, media)]);
}

/** The answers of an operation by status, as the document writes them. */
export function answersOf(
  document: OpenApiDocument,
  operation: Pick<Operation, 'node'>,
): [string, unknown][] {
  return Object.entries(objectAt(document, operation.node.responses));
}

const DEEPEST_FIELD = 12;
const MOST_FIELDS = 500;
/** Schemas that name one another many times over would be walked without end. */
const MOST_SCHEMAS = 20_000;

/** Every field of the successful answers of a document that are JSON, as patterns for scopes, at most 500, sorted. */
export function fieldsOf(document: OpenApiDocument): string[] {
  const fields = new Set<string>();
  const budget = { left: MOST_SCHEMAS };
  for (const operation of operationsOf(document)) {
    for (const [status, answer] of answersOf(document, operation)) {
      if (!/^2(\d\d|XX)$/i.test(status)) continue;
      for (const [, media] of jsonContents(document, answer)) {
        addFields(document, media.schema, '', fields, { above: new Set(), budget });
      }
    }
  }
  return [...fields].sort();
}

function addFields(
  document: OpenApiDocument,
  value: unknown,
  at: string,
  fields: Set<string>,
  { above, budget }: { above: ReadonlySet<unknown>; budget: { left: number } },
): void {
  budget.left -= 1;
  if (budget.left < 0) return;
  const schema = objectAt(document, value);
  // A schema inside itself, a tree for one, is named once: what is below it comes with it.
  if (fields.size >= MOST_FIELDS || above.size > DEEPEST_FIELD || above.has(schema)) {
    if (at !== '' && fields.size < MOST_FIELDS) fields.add(at);
    return;
  }
  const inside = new Set(above).add(schema);
  const go = (next: unknown, place: string) =>
    addFields(document, next, place, fields, { above: inside, budget });
  for (const word of ['allOf', 'anyOf', 'oneOf'] as const) {
    const parts = schema[word];
    if (Array.isArray(parts)) for (const part of parts) go(part, at);
  }
  const properties = Object.entries(isObject(schema.properties) ? schema.properties : {});
  for (const [name, property] of properties) {
    if (name !== '') go(property, `${at}/${pointerStep(name)}`);
  }
  if (isObject(schema.items)) go(schema.items, `${at}/*`);
  const combines = ['allOf', 'anyOf', 'oneOf'].some((word) => Array.isArray(schema[word]));
  if (properties.length === 0 && !isObject(schema.items) && !combines && at !== '') fields.add(at);
}
