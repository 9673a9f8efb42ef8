// What the sandbox answers: recorded examples, else those of the OpenAPI document. Pure: it never forwards to anybody.
import type { OpenApiDocument, SandboxExample } from './catalogue.types.ts';
import {
  answersOf,
  firstExample,
  isObject,
  type JsonObject,
  jsonContents,
  type Operation,
  objectAt,
  operationsOf,
} from './openapi.rules.ts';

/** An answer of the sandbox. */
export interface SandboxAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

/** Tells whether a path of a document (`/foyers/{id}`) fits a path that was asked (`/foyers/42`). */
export function fitsPath(template: string, path: string): boolean {
  if (template === path) return true;
  const expected = template.split('/');
  const asked = path.split('/');
  return (
    expected.length === asked.length &&
    expected.every((part, at) =>
      part.startsWith('{') && part.endsWith('}') ? asked[at] !== '' : part === asked[at],
    )
  );
}

/**
 * The answer to `method path`: an example recorded for it, the most exact path first; else the example of the document's
 * first successful answer, put together from its schema where there is none. Null when the document knows no such call.
 */
export function sandboxAnswer(
  document: OpenApiDocument,
  examples: readonly SandboxExample[],
  method: string,
  path: string,
): SandboxAnswer | null {
  const asked = method.toUpperCase() === 'HEAD' ? 'GET' : method.toUpperCase();
  const recorded =
    examples.find((example) => example.method.toUpperCase() === asked && example.path === path) ??
    examples.find((example) => example.method.toUpperCase() === asked && fitsPath(example.path, path));
  if (recorded) {
    const contentType = recorded.status >= 400 ? 'application/problem+json' : 'application/json';
    return { status: recorded.status, contentType, body: recorded.body };
  }
  const candidates = operationsOf(document).filter((operation) => operation.method === asked);
  const operation =
    candidates.find((one) => one.path === path) ?? candidates.find((one) => fitsPath(one.path, path));
  return operation ? answerOf(document, operation) : null;
}

function answerOf(document: OpenApiDocument, operation: Operation): SandboxAnswer | null {
  const answers = answersOf(document, operation);
  const [status, answer] = answers.find(([code]) => /^2\d\d$/.test(code)) ?? answers[0] ?? [];
  if (status === undefined) return null;
  const number = /^[1-5]\d\d$/.test(status) ? Number(status) : 200;
  const [type, media] = jsonContents(document, answer)[0] ?? [];
  if (!media) return { status: number, contentType: 'application/json', body: null };
  return {
    status: number,
    contentType: type?.split(';')[0] ?? 'application/json',
    body: bodyOf(document, media),
  };
}

function bodyOf(document: OpenApiDocument, media: JsonObject): unknown {
  if (media.example !== undefined) return media.example;
  const budget = { left: MOST_NODES };
  return firstExample(document, media.examples) ?? exampleOf(document, media.schema, new Set(), 0, budget);
}

/** Schemas that name one another many times over would make an example without end. */
const MOST_NODES = 5_000;

const DEEPEST_EXAMPLE = 12;

const BY_FORMAT: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T09:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'personne@exemple.example',
  uri: 'https://exemple.example/',
};

/** An example that a schema allows, from its own examples, defaults and types. */
function exampleOf(
  document: OpenApiDocument,
  value: unknown,
  above: ReadonlySet<unknown>,
  depth: number,
  budget: { left: number },
): unknown {
  budget.left -= 1;
  if (budget.left < 0) return null;
  const schema = objectAt(document, value);
  if (schema.example !== undefined) return schema.example;
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0];
  if (depth > DEEPEST_EXAMPLE || above.has(schema)) return null;
  const inside = new Set(above).add(schema);
  const go = (next: unknown) => exampleOf(document, next, inside, depth + 1, budget);
  if (Array.isArray(schema.allOf)) {
    const parts = [...schema.allOf.map(go).filter(isObject), ownProperties(schema, go)];
    return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
  }
  for (const word of ['oneOf', 'anyOf'] as const) {
    const choices = schema[word];
    if (Array.isArray(choices) && choices.length > 0) return go(choices[0]);
  }
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  if (isObject(schema.properties) || type === 'object') return ownProperties(schema, go);
  if (isObject(schema.items) || type === 'array') return isObject(schema.items) ? [go(schema.items)] : [];
  if (type === 'integer' || type === 'number') return typeof schema.minimum === 'number' ? schema.minimum : 1;
  if (type === 'boolean') return true;
  if (type === 'string') return BY_FORMAT[String(schema.format)] ?? 'texte';
  return null;
}

function ownProperties(schema: JsonObject, go: (next: unknown) => unknown): JsonObject {
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  return Object.fromEntries(properties.map(([name, property]) => [name, go(property)]));
}

/** A path of a document with a value for each parameter: its example, else 1. */
export function filledPath({ path, parameters }: Pick<Operation, 'path' | 'parameters'>): string {
  return path.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const known = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name);
    return encodeURIComponent(known?.example ?? '1');
  });
}

/** The query of an operation with the examples of its parameters, with its `?`; empty for none. */
export function filledQuery({ parameters }: Pick<Operation, 'parameters'>): string {
  const query = new URLSearchParams(
    parameters.flatMap(({ name, in: place, example }) =>
      place === 'query' && example !== null ? [[name, example] as [string, string]] : [],
    ),
  ).toString();
  return query === '' ? '' : `?${query}`;
}
