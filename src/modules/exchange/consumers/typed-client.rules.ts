// A client of one API under one accreditation, as a TypeScript file without any dependency: its types are narrowed to
// the fields of the granted scopes. Pure.
import type { OpenApiDocument } from '../catalogue/catalogue.types.ts';
import {
  answersOf,
  jsonContents,
  type Operation,
  type OperationParameter,
  objectAt,
  operationsOf,
} from '../catalogue/openapi.rules.ts';
import { type FieldNode, fieldTree } from '../gateway/minimise/field-tree.rules.ts';
import { GATEWAY_ERRORS } from '../gateway-errors.ts';
import { commentOf, propertyName, type TypeBudget, typeOf } from './client-types.rules.ts';
import { CLIENT_RUNTIME } from './typed-client.runtime.ts';

/** What a client is made from. */
export interface ClientSource {
  readonly apiName: string;
  readonly slug: string;
  /** `v1`. */
  readonly version: string;
  readonly document: OpenApiDocument;
  /** Audience of the tokens (RFC 8707). */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Pointer patterns of the fields that the scopes let out. */
  readonly fields: readonly string[];
  readonly accreditation: number;
  readonly clientId: string;
  readonly tokenUrl: string;
  /** Where gateways are called, without the API's path. */
  readonly gatewayUrl: string;
}

/** Most operations that a client offers, and most schemas that are drawn for all of them. */
const MOST_OPERATIONS = 100;
const MOST_SCHEMAS = 5_000;

/** Headers that a document may name and that mean nothing there (OpenAPI, Parameter Object). */
const NO_PARAMETERS = ['accept', 'content-type', 'authorization', 'accreditation'];

/** Words in the name's place would be another thing of the class. */
const TAKEN = new Set(['constructor', 'prototype', 'then', 'toString', 'valueOf', 'toJSON']);

/** The words of a text as one name, each with a capital; empty for none. */
function capitalised(text: string): string {
  const words =
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .match(/[A-Za-z0-9]+/g) ?? [];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The name of the class of an API's client. */
export function clientClassName(slug: string): string {
  return `${/^\d/.test(slug) ? 'Api' : ''}${capitalised(slug)}Client`;
}

function methodName({ id, method, path }: Operation, taken: Set<string>): string {
  const given = capitalised(id ?? `${method.toLowerCase()} ${path}`).replace(/^\d+/, '') || 'Call';
  const base = given.charAt(0).toLowerCase() + given.slice(1);
  let name = TAKEN.has(base) ? `${base}Call` : base;
  for (let n = 2; taken.has(name); n += 1) name = `${base}${n}`;
  taken.add(name);
  return name;
}

/** The first method that a client of this document has, with whether it asks for arguments; null for none. */
export function firstMethod(
  document: OpenApiDocument,
): { name: string; arguments: readonly string[] } | null {
  const [operation] = callable(document);
  if (!operation) return null;
  return {
    name: methodName(operation, new Set()),
    arguments: parametersOf(operation).map(
      ({ name, example }) => `${propertyName(name)}: ${JSON.stringify(example ?? '…')}`,
    ),
  };
}

function callable(document: OpenApiDocument): Operation[] {
  return operationsOf(document)
    .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
    .slice(0, MOST_OPERATIONS);
}

function parametersOf({ parameters }: Operation): OperationParameter[] {
  const seen = new Set<string>();
  return parameters.filter(({ name, in: place }) => {
    const isKnown = ['path', 'query', 'header'].includes(place);
    if (!isKnown || seen.has(name) || NO_PARAMETERS.includes(name.toLowerCase())) return false;
    seen.add(name);
    return true;
  });
}

/** The whole file. */
export function typedClient(source: ClientSource): string {
  const { document, slug } = source;
  const tree = fieldTree(source.fields).root;
  const budget = { left: MOST_SCHEMAS };
  const taken = new Set<string>();
  const operations = callable(document).map((operation) =>
    drawnOperation(document, operation, methodName(operation, taken), { tree, budget }),
  );
  const constants = {
    CLIENT_ID: source.clientId,
    TOKEN_URL: source.tokenUrl,
    GATEWAY_URL: source.gatewayUrl,
    BASE_PATH: `/${slug}/${source.version}`,
    RESOURCE: source.resource,
    SCOPE: source.scopes.join(' '),
    ACCREDITATION: String(source.accreditation),
  };
  const codes = Object.keys(GATEWAY_ERRORS).map((code) => `  | '${code}'`);
  return `${commentOf(`Client of the API ${source.apiName} (${slug} ${source.version}) under accreditation ${source.accreditation}.`, '')}// It needs nothing but fetch (Node.js 20 or newer, browsers excepted: a secret has no place there). Its types hold the
// fields that the granted scopes let out, and no others: ${source.scopes.map(lineSafe).join(', ')}.

${Object.entries(constants)
  .map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`)
  .join('\n')}

/** Stable codes of refusals; each is explained at /exchange/errors/<code>. */
export type ProblemCode =
${codes.join('\n')}
  | (string & {});

${operations.map(({ types }) => types).join('\n')}
${CLIENT_RUNTIME.replace('GeneratedClient', () => clientClassName(slug)).replace('  // METHODS\n', () =>
  operations.map(({ method }) => method).join('\n'),
)}`;
}

function lineSafe(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ');
}

function drawnOperation(
  document: OpenApiDocument,
  operation: Operation,
  name: string,
  { tree, budget }: { tree: FieldNode; budget: TypeBudget },
): { types: string; method: string } {
  const parameters = parametersOf(operation);
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const body = bodyType(document, operation, budget);
  const lines = parameters.map(({ name: parameter, required, description, schema }) => {
    const drawn = typeOf(document, schema, null, budget) ?? 'unknown';
    const text = drawn === 'unknown' ? 'string | number | boolean' : drawn;
    return `${commentOf(description, '  ')}  readonly ${propertyName(parameter)}${required ? '' : '?'}: ${text};`;
  });
  if (body !== null) lines.push(`  /** The body of the request. */\n  readonly body: ${body};`);
  const mayOmit = body === null && parameters.every(({ required }) => !required);
  const placed = (place: string) =>
    parameters.filter((parameter) => parameter.in === place).map((parameter) => parameter.name);
  const places = { path: placed('path'), query: placed('query'), header: placed('header') };
  const title = operation.summary ?? `${operation.method} ${operation.path}`;
  return {
    types: `/** What ${name} takes. */
export interface ${type}Arguments {
${lines.join('\n')}
}

/** What ${name} answers, as far as the granted scopes let it out. */
export type ${type}Answer = ${answerType(document, operation, tree, budget)};
`,
    method: `${commentOf(title, '  ')}  ${name}(args${mayOmit ? '?' : ''}: ${type}Arguments): Promise<${type}Answer> {
    return this.#call<${type}Answer>(${JSON.stringify(operation.method)}, ${JSON.stringify(operation.path)}, args, ${JSON.stringify(places)});
  }
`,
  };
}

function bodyType(document: OpenApiDocument, { node }: Operation, budget: TypeBudget): string | null {
  if (node.requestBody === undefined) return null;
  const [content] = jsonContents(document, objectAt(document, node.requestBody));
  return content ? (typeOf(document, content[1].schema, null, budget) ?? 'unknown') : 'unknown';
}

function answerType(
  document: OpenApiDocument,
  operation: Operation,
  tree: FieldNode,
  budget: TypeBudget,
): string {
  const types = answersOf(document, operation)
    .filter(([status]) => /^2(\d\d|XX)$/i.test(status))
    .flatMap(([, answer]) => {
      const [content] = jsonContents(document, answer);
      return content ? (typeOf(document, content[1].schema, tree, budget) ?? []) : [];
    });
  return types.length === 0 ? 'unknown' : [...new Set(types)].join(' | ');
}
