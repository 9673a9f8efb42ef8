// Step: the person or company whom the call concerns, as the keyed hash that is recorded.
import type { KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
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
  headers: IncomingHttpHeaders,
  key: KeyObject,
): string | null | Refusal {
  if (place === null) return null;
  const values = valuesAt(place, query, parameters, headers);
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
  headers: IncomingHttpHeaders,
): string[] | null {
  if (place.in === 'query') {
    const asked = new URLSearchParams(query);
    const values: string[] = [];
    for (const name of place.names) {
      const all = asked.getAll(name);
      // A list of given names comes as repeated names or as `prenoms[]`; the first one counts.
      if (all.length > 1) return null;
      values.push(all[0] ?? asked.get(`${name}[]`) ?? '');
    }
    return values;
  }
  if (place.in === 'path') return place.names.map((name) => decoded(parameters[name] ?? ''));
  return place.names.map((name) => String(headers[name.toLowerCase()] ?? ''));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
