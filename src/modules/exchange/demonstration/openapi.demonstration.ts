// The OpenAPI document, the sandbox examples and the answers of an invented API, all from its compact description. Pure.
import type { OpenApiDocument, SandboxExample } from '../catalogue/catalogue.types.ts';
import type {
  Flaw,
  InventedApi,
  InventedCall,
  InventedParameter,
  InventedVersion,
} from './apis.demonstration.types.ts';
import { PERSON_PARAMETERS, SIREN_PARAMETER } from './parts.demonstration.data.ts';
import { drawsFrom, type Fields, type Shape, valuesOf } from './shapes.demonstration.ts';

type Json = Record<string, unknown>;

/** Most items of a page of a list, and how many it has where the caller does not say. */
export const PAGE = { most: 50, usual: 10 } as const;

/** The parameters of a call: those that name the subject, then its own. */
export function parametersOf(
  { subject }: Pick<InventedApi, 'subject'>,
  call: InventedCall,
): InventedParameter[] {
  const own = call.parameters ?? [];
  if (subject === 'person') return [...PERSON_PARAMETERS, ...own];
  if (subject === 'company') {
    return [{ ...SIREN_PARAMETER, in: call.path.includes('{siren}') ? 'path' : 'query' }, ...own];
  }
  return [...own];
}

/** The fields that a version answers with. */
export function fieldsOfVersion(call: InventedCall, { lacks = [] }: InventedVersion): Fields {
  return lacks.length === 0
    ? call.fields
    : Object.fromEntries(Object.entries(call.fields).filter(([name]) => !lacks.includes(name)));
}

/**
 * What the producer answers to a call: about `subject` (the pivot identity, or a SIREN), or the page of a list for the
 * words `subject[0]`, of `limit` items.
 */
export function answerTo(
  { slug }: Pick<InventedApi, 'slug'>,
  version: InventedVersion,
  call: InventedCall,
  subject: readonly string[],
  limit: number = PAGE.usual,
): Json {
  const fields = fieldsOfVersion(call, version);
  const draw = drawsFrom([slug, call.path, ...subject].join('|').normalize('NFKD').toUpperCase());
  if (!call.isList) return valuesOf(fields, draw, subject);
  const resultats = Array.from({ length: limit }, () => valuesOf(fields, draw, subject));
  return { resultats, suivant: null };
}

const exampleSubject = (api: InventedApi, call: InventedCall): string[] =>
  parametersOf(api, call).map(({ example }) => example);

/** Examples for the sandbox: each call's answer for the person or company of the documentation, and a refusal. */
export function sandboxExamplesOf(api: InventedApi, version: InventedVersion): SandboxExample[] {
  return api.calls.map((call) => ({
    method: 'GET',
    path: call.path,
    status: 200,
    body: answerTo(api, version, call, exampleSubject(api, call), 3),
  }));
}

/** The OpenAPI 3.1 document of a version, with the flaws that it is said to have. */
export function openApiOf(api: InventedApi, version: InventedVersion): OpenApiDocument {
  const flaws = new Set(version.flaws ?? []);
  const scheme = flaws.has('plain-http') ? 'http' : 'https';
  const place = flaws.has('no-version-in-address') ? '' : `/${version.name}`;
  return {
    openapi: '3.1.0',
    info: {
      title: api.name,
      version: `${version.name.slice(1)}.0.0`,
      description: flaws.has('short-description') ? 'API REST' : api.description,
      ...(!flaws.has('no-contact') && { contact: { email: contactOf(api) } }),
    },
    servers: [{ url: `${scheme}://api.${api.producer.toLowerCase()}.valmarie.example${place}` }],
    ...(!flaws.has('no-security') && { security: [{ jeton: [] }] }),
    paths: Object.fromEntries(
      api.calls.map((call) => [call.path, { get: operationOf(api, version, call, flaws) }]),
    ),
    components: {
      ...(!flaws.has('no-security') && {
        securitySchemes: { jeton: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      }),
      schemas: Object.fromEntries(
        api.calls.map((call) => [nameOf(call), objectOf(fieldsOfVersion(call, version), flaws)]),
      ),
      ...(!flaws.has('no-problems') && { responses: REFUSALS }),
    },
  };
}

/** The address of the team that runs an invented API. */
export function contactOf({ producer }: Pick<InventedApi, 'producer'>): string {
  return `api@${producer.toLowerCase()}.valmarie.example`;
}

const PROBLEM = {
  'application/problem+json': {
    schema: {
      type: 'object',
      properties: {
        type: { type: 'string', format: 'uri', description: 'Genre de refus' },
        title: { type: 'string', description: 'Le refus en quelques mots' },
        status: { type: 'integer', description: 'Code HTTP' },
        detail: { type: 'string', description: 'Ce qu’il faut corriger' },
      },
    },
  },
};

const REFUSALS = {
  Invalide: { description: 'La demande est mal formée', content: PROBLEM },
  Inconnu: { description: 'Le producteur ne connaît pas ce qui est demandé', content: PROBLEM },
};

const nameOf = ({ id }: InventedCall): string => id.replace(/^(lire|chercher|lister)/, '');

function operationOf(
  api: InventedApi,
  version: InventedVersion,
  call: InventedCall,
  flaws: ReadonlySet<Flaw>,
): Json {
  const schema = { $ref: `#/components/schemas/${nameOf(call)}` };
  const body = call.isList ? pageOf(schema, flaws) : schema;
  const example = answerTo(api, version, call, exampleSubject(api, call), 2);
  return {
    ...(!flaws.has('no-operation-ids') && { operationId: call.id }),
    summary: call.summary,
    parameters: parametersOf(api, call)
      .filter(({ name }) => !(flaws.has('no-pagination') && ['limit', 'curseur'].includes(name)))
      .map(({ name, in: place, text, example }) => ({
        name,
        in: place,
        required: place === 'path' || api.subject !== null,
        ...(!flaws.has('unexplained-parameters') && { description: text }),
        schema: { type: 'string' },
        ...(example !== '' && { example }),
      })),
    responses: {
      200: {
        description: call.summary,
        content: { 'application/json': { schema: body, ...(!flaws.has('no-examples') && { example }) } },
      },
      ...(!flaws.has('no-problems') && {
        400: { $ref: '#/components/responses/Invalide' },
        404: { $ref: '#/components/responses/Inconnu' },
      }),
    },
  };
}

function pageOf(items: Json, flaws: ReadonlySet<Flaw>): Json {
  const explained = (text: string) => (flaws.has('unexplained-fields') ? {} : { description: text });
  return {
    type: 'object',
    properties: {
      resultats: { type: 'array', ...explained('Les résultats'), items },
      suivant: { type: ['string', 'null'], ...explained('Curseur de la page suivante') },
    },
  };
}

function objectOf(fields: Fields, flaws: ReadonlySet<Flaw>): Json {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, shape]) => [name, schemaOf(shape, flaws)]),
    ),
  };
}

function schemaOf(shape: Shape, flaws: ReadonlySet<Flaw>): Json {
  const explained = flaws.has('unexplained-fields') ? {} : { description: shape.text };
  const date = flaws.has('french-dates') ? {} : { format: 'date' };
  switch (shape.kind) {
    case 'whole':
      return { type: 'integer', ...explained, minimum: shape.least };
    case 'amount':
      return { type: 'number', ...explained, minimum: shape.least };
    case 'choice':
      return { type: 'string', ...explained };
    case 'day':
      return { type: 'string', ...explained, ...date };
    case 'flag':
      return { type: 'boolean', ...explained };
    case 'code':
      return { type: 'string', ...explained };
    case 'asked':
      return { type: 'string', ...explained, ...(shape.isDay && date) };
    case 'group':
      return { ...objectOf(shape.fields, flaws), ...explained };
    case 'many':
      return { type: 'array', ...explained, items: objectOf(shape.fields, flaws) };
  }
}
