// From an OpenAPI document to what a reader wants of each address. Pure.

/** The part of an OpenAPI 3.1 document that is read here. */
export interface OpenApiDocument {
  readonly paths?: Record<string, Record<string, Operation>>;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly responses?: Record<string, { readonly description?: string }>;
}

/** One address of the API. */
export interface Endpoint {
  /** Names it in the page's own addresses. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly place: 'query' | 'path' | 'header' | 'body';
    readonly type: string;
    readonly required: boolean;
    readonly description: string;
  }[];
  readonly answers: readonly { readonly status: string; readonly description: string }[];
  /** True when a plain link shows an answer: a GET without a variable in its path. */
  readonly canBeTried: boolean;
}

function typeOf(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  return [schema.type ?? ''].flat().join(' | ');
}

/** Every address of the document, in the order of its paths. */
export function endpointsOf(document: OpenApiDocument): Endpoint[] {
  return Object.entries(document.paths ?? {})
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        id: `${method}${path}`
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/-$/, ''),
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? '',
        parameters: (operation.parameters ?? []).map((parameter) => ({
          name: parameter.name,
          place: parameter.in as 'query' | 'path' | 'header',
          type: typeOf(parameter.schema),
          required: parameter.required ?? false,
          description: parameter.description ?? '',
        })),
        answers: Object.entries(operation.responses ?? {}).map(([status, { description = '' }]) => ({
          status,
          description,
        })),
        canBeTried: method === 'get' && !path.includes('{'),
      })),
    );
}
