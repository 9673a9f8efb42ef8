// Step: the person or company whom the call concerns, as the keyed hash that is recorded.
import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SubjectPlace } from '../../policy/policy.types.ts';
import { subjectHash, subjectText } from '../../subject.rules.ts';
import type { Refusal, ResolvedApi } from '../call.types.ts';

/**
 * The hash of the subject of a request; null where the API concerns nobody. A request that names nobody although its API
 * concerns somebody, or that names them twice, is refused: it could not be shown to whom it concerns.
 */
export function subjectOf(
  place: SubjectPlace | null,
  { query, parameters }: Pick<ResolvedApi, 'query' | 'parameters'>,
  request: Pick<IncomingMessage, 'headers' | 'rawHeaders'>,
  key: KeyObject,
): string | null | Refusal {
  if (place === null) return null;
  const values = valuesAt(place, query, parameters, request);
  if (values === null) return { code: 'malformed-request', detail: `${place.names.join(', ')}: given twice` };
  const text = subjectText(place.kind, values);
  if (text === null) {
    return {
      code: 'subject-missing',
      detail: `whom the call concerns: ${place.names.join(', ')} (${place.in})`,
    };
  }
  return subjectHash(key, place.kind, text);
}

function valuesAt(
  place: SubjectPlace,
  query: string,
  parameters: ResolvedApi['parameters'],
  { headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>,
): string[] | null {
  if (place.in === 'query') {
    return queryValues(place.names, new URLSearchParams(query));
  }
  if (place.in === 'path') return place.names.map((name) => decoded(parameters[name] ?? ''));
  // Two headers of one name were joined by the parser: they are told by what came over the wire.
  const given = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const names = place.names.map((name) => name.toLowerCase());
  if (names.some((name) => given.indexOf(name) !== given.lastIndexOf(name))) return null;
  return names.map((name) => String(headers[name] ?? ''));
}

/** The values of `names`; null where one is given twice, in one spelling or in two that some server takes for one. */
function queryValues(names: readonly string[], asked: URLSearchParams): string[] | null {
  const values = names.map(() => '');
  const spellings = new Map<string, string>();
  for (const [spelling, value] of asked) {
    const exact = names.indexOf(spelling);
    const at = exact >= 0 ? exact : looseNames(names).indexOf(looseName(spelling));
    const name = names[at];
    if (name === undefined) continue;
    if (spelling === `${name}[]`) {
      // A list of given names comes as repeated `prenoms[]`; the first one counts.
      if (spellings.get(name) === spelling) continue;
    } else if (spelling !== name) return null;
    if (spellings.has(name)) return null;
    spellings.set(name, spelling);
    values[at] = value;
  }
  return values;
}

const loose = new WeakMap<readonly string[], readonly string[]>();

function looseNames(names: readonly string[]): readonly string[] {
  const known = loose.get(names) ?? names.map(looseName);
  loose.set(names, known);
  return known;
}

/** A name as careless servers read it: without case, without what stands in brackets, and with one mark for several. */
function looseName(name: string): string {
  const [base = ''] = name.split('[', 1);
  return base
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/_$/, '');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
