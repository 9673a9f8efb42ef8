// What the State's technical doctrine asks of a document, as functions from the document to the places at fault. Pure: the
// check (doctrine-check.ts) hands them to the linter.
import type { FindingSeverity, OpenApiDocument } from './catalogue.types.ts';
import { pointerStep } from './json-pointers.rules.ts';
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

/** A place in a document: the keys that lead there. */
export type Place = readonly (string | number)[];

/** A rule of the doctrine: which severity its findings have, and where a document breaks it. */
export interface DoctrineRule {
  readonly severity: FindingSeverity;
  find(document: OpenApiDocument): Iterable<Place>;
}

const placeOf = ({ path, method }: Operation): Place => ['paths', path, method.toLowerCase()];

function* whereOperation(
  document: OpenApiDocument,
  isBroken: (operation: Operation) => boolean,
): Generator<Place> {
  for (const operation of operationsOf(document)) if (isBroken(operation)) yield placeOf(operation);
}

function isLongText(value: unknown, least: number): boolean {
  return typeof value === 'string' && value.trim().length >= least;
}

/** Every schema that has a name: those of the components, and what lies in their properties, once each. */
function* schemasOf(document: OpenApiDocument): Generator<[Place, JsonObject]> {
  const { schemas } = objectAt(document, document.components);
  const waiting: [Place, unknown][] = isObject(schemas)
    ? Object.entries(schemas).map(([name, schema]) => [['components', 'schemas', name], schema])
    : [];
  for (const operation of operationsOf(document)) {
    for (const [status, answer] of answersOf(document, operation)) {
      for (const [type, media] of jsonContents(document, answer)) {
        waiting.push([[...placeOf(operation), 'responses', status, 'content', type, 'schema'], media.schema]);
      }
    }
  }
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [place, schema] = next;
    // A reference is looked at where it leads.
    if (!isObject(schema) || schema.$ref !== undefined || place.length > 40) continue;
    yield [place, schema];
    if (isObject(schema.properties)) {
      for (const [name, property] of Object.entries(schema.properties))
        waiting.push([[...place, 'properties', name], property]);
    }
    if (isObject(schema.items)) waiting.push([[...place, 'items'], schema.items]);
    for (const word of ['allOf', 'oneOf', 'anyOf'] as const) {
      const parts = schema[word];
      if (Array.isArray(parts))
        for (const [at, part] of parts.entries()) waiting.push([[...place, word, at], part]);
    }
  }
}

/** Names of parameters by which a person is identified. An address is kept in logs, histories and caches on its way. */
const IDENTIFIERS =
  /^(nir|nss|numero-?(de-)?securite-?sociale|num-?secu|social-?security(-?number)?|ssn|spi|numero-?fiscal|tax-?(number|id)|ine|nom(-(naissance|usage|famille))?|prenoms?|(last|first|birth|family|given)-?names?|date-?(de-)?naissance|birth-?date|date-?of-?birth|e-?mail|courriel|telephone|phone)$/;

function asWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[_.\s]+/g, '-')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
}

function isDateName(name: string): boolean {
  return /(^|-)(date|datetime|timestamp|horodatage)(-|$)|-(at|le)$/.test(asWords(name));
}

function isPage(name: string): boolean {
  return /^(limit|cursor|page(-?(size|number|token))?|offset|per-?page|after|taille|curseur|limite)$/.test(
    asWords(name),
  );
}

function answersWithList(document: OpenApiDocument, operation: Operation): boolean {
  return answersOf(document, operation).some(
    ([status, answer]) =>
      /^2/.test(status) &&
      jsonContents(document, answer).some(([, media]) => {
        const schema = objectAt(document, media.schema);
        if (schema.type === 'array') return true;
        const { properties } = schema;
        // An envelope: a list among two or three members, as `{items, next}`.
        return (
          isObject(properties) &&
          Object.keys(properties).length <= 3 &&
          ['items', 'data', 'results', 'resultats', 'elements'].some(
            (name) => objectAt(document, properties[name]).type === 'array',
          )
        );
      }),
  );
}

/** The rules by name. Each says in `doctrine.messages` what to mend. */
export const DOCTRINE: Readonly<Record<string, DoctrineRule>> = {
  'readable-title': {
    severity: 'warning',
    *find(document) {
      const { title } = objectAt(document, document.info);
      if (!isLongText(title, 5) || /^(api|openapi|swagger|title|test)$/i.test(String(title).trim()))
        yield ['info', 'title'];
    },
  },
  description: {
    severity: 'error',
    *find(document) {
      if (!isLongText(objectAt(document, document.info).description, 30)) yield ['info'];
    },
  },
  contact: {
    severity: 'error',
    *find(document) {
      const contact = objectAt(document, objectAt(document, document.info).contact);
      if (!isLongText(contact.email, 5) && !isLongText(contact.url, 8)) yield ['info'];
    },
  },
  'https-servers': {
    severity: 'error',
    *find(document) {
      const servers = Array.isArray(document.servers) ? document.servers : [];
      if (servers.length === 0) yield ['servers'];
      for (const [at, server] of servers.entries()) {
        const { url } = objectAt(document, server);
        if (typeof url !== 'string' || /^(?!https:)[a-z][a-z0-9+.-]*:/i.test(url)) yield ['servers', at];
      }
    },
  },
  'versioned-address': {
    severity: 'warning',
    *find(document) {
      const servers = Array.isArray(document.servers) ? document.servers : [];
      const isVersioned = (text: unknown) => typeof text === 'string' && /\/v\d+(\/|$)/.test(text);
      if (servers.length > 0 && servers.every((server) => isVersioned(objectAt(document, server).url)))
        return;
      if (Object.keys(objectAt(document, document.paths)).every(isVersioned)) return;
      yield ['servers'];
    },
  },
  'readable-paths': {
    severity: 'warning',
    *find(document) {
      for (const path of Object.keys(objectAt(document, document.paths))) {
        const words = path.split('/').filter((part) => part !== '' && !part.startsWith('{'));
        if (!words.every((word) => /^[a-z0-9]+([-.][a-z0-9]+)*$/.test(word))) yield ['paths', path];
      }
    },
  },
  'no-identifier-in-path': {
    severity: 'error',
    *find(document) {
      for (const path of Object.keys(objectAt(document, document.paths))) {
        const names = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => asWords(name));
        if (names.some((name) => IDENTIFIERS.test(name))) yield ['paths', path];
      }
    },
  },
  'stable-operation-ids': {
    severity: 'error',
    *find(document) {
      const seen = new Set<string>();
      for (const operation of operationsOf(document)) {
        const { id } = operation;
        if (id === null || !/^[A-Za-z][A-Za-z0-9._-]{2,79}$/.test(id) || seen.has(id))
          yield placeOf(operation);
        if (id !== null) seen.add(id);
      }
    },
  },
  'explained-operations': {
    severity: 'warning',
    find: (document) =>
      whereOperation(
        document,
        ({ summary, node }) => !isLongText(summary, 5) && !isLongText(node.description, 10),
      ),
  },
  'explained-parameters': {
    severity: 'warning',
    find: (document) =>
      whereOperation(document, ({ parameters }) =>
        parameters.some(({ description }) => !isLongText(description, 5)),
      ),
  },
  'explained-fields': {
    severity: 'advice',
    *find(document) {
      for (const [place, schema] of schemasOf(document)) {
        if (place.at(-2) !== 'properties') continue;
        if (!isLongText(schema.description, 3) && !isLongText(schema.title, 3)) yield place;
      }
    },
  },
  examples: {
    severity: 'warning',
    find: (document) =>
      whereOperation(document, (operation) => {
        const successes = answersOf(document, operation).filter(([status]) => /^2/.test(status));
        const contents = successes.flatMap(([, answer]) => jsonContents(document, answer));
        return (
          contents.length > 0 &&
          !contents.some(
            ([, media]) =>
              media.example !== undefined ||
              firstExample(document, media.examples) !== undefined ||
              hasExample(objectAt(document, media.schema)),
          )
        );
      }),
  },
  'problem-errors': {
    severity: 'error',
    find: (document) =>
      whereOperation(document, (operation) => {
        const refusals = answersOf(document, operation).filter(([status]) =>
          /^(4\d\d|4XX|5\d\d|5XX|default)$/i.test(status),
        );
        return (
          refusals.length === 0 ||
          !refusals.every(([, answer]) =>
            Object.keys(objectAt(document, objectAt(document, answer).content)).some((type) =>
              /^application\/problem\+json\b/i.test(type),
            ),
          )
        );
      }),
  },
  'declared-security': {
    severity: 'error',
    *find(document) {
      const { securitySchemes } = objectAt(document, document.components);
      if (!isObject(securitySchemes) || Object.keys(securitySchemes).length === 0) {
        yield ['components'];
        return;
      }
      const hasSome = (value: unknown) => Array.isArray(value) && value.length > 0;
      if (hasSome(document.security)) return;
      yield* whereOperation(document, ({ node }) => !hasSome(node.security));
    },
  },
  pagination: {
    severity: 'warning',
    find: (document) =>
      whereOperation(
        document,
        (operation) =>
          operation.method === 'GET' &&
          answersWithList(document, operation) &&
          !operation.parameters.some(({ name }) => isPage(name)),
      ),
  },
  'rfc3339-dates': {
    severity: 'warning',
    *find(document) {
      for (const [place, schema] of schemasOf(document)) {
        if (place.at(-2) !== 'properties' || !isDateName(String(place.at(-1)))) continue;
        const types = [schema.type].flat();
        const isDate =
          types.includes('string') && /^(date|date-time|time|duration)$/.test(String(schema.format));
        if (!isDate && !isObject(schema.properties) && !types.includes('boolean')) yield place;
      }
    },
  },
  'self-contained': {
    severity: 'error',
    *find(document) {
      yield* outerReferences(document);
    },
  },
};

function hasExample(schema: JsonObject): boolean {
  if (schema.example !== undefined || Array.isArray(schema.examples)) return true;
  const properties = isObject(schema.properties) ? Object.values(schema.properties) : [];
  return (
    properties.length > 0 &&
    properties.every((one) => isObject(one) && (one.example !== undefined || Array.isArray(one.examples)))
  );
}

function* outerReferences(document: OpenApiDocument): Generator<Place> {
  const waiting: [Place, unknown][] = [[[], document]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [place, value] = next;
    if (Array.isArray(value)) {
      for (const [at, item] of value.entries()) waiting.push([[...place, at], item]);
    } else if (isObject(value)) {
      if (typeof value.$ref === 'string' && !value.$ref.startsWith('#')) yield place;
      for (const [key, item] of Object.entries(value)) waiting.push([[...place, key], item]);
    }
  }
}

/** The document without references that leave it, so that whatever reads it fetches nothing. */
export function withoutOuterReferences(value: OpenApiDocument): OpenApiDocument {
  return inward(value) as OpenApiDocument;
}

function inward(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inward);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      key === '$ref' && typeof item === 'string' && !item.startsWith('#') ? [] : [[key, inward(item)]],
    ),
  );
}

/** A place as a JSON Pointer (RFC 6901). */
export function pointerOf(place: Place): string {
  return place.map((step) => `/${pointerStep(String(step))}`).join('');
}
