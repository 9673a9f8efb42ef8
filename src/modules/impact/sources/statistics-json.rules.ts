// Reading measures out of a JSON document whose shape its product chose. Pure.
import { dayAsWritten, MOST_LINES, numberAsWritten } from './sources.rules.ts';
import type { Reading, StatisticsPlaces } from './sources.types.ts';

/** What a JSON Pointer leads to (RFC 6901, section 4); undefined where it leads nowhere. */
export function valueAt(document: unknown, pointer: string): unknown {
  let at = document;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** Reads the lines of a JSON text. A line without a day or value is kept as one that will be refused, with its number. */
export function readJsonStatistics(text: string, places: StatisticsPlaces): Reading {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { ok: false, outcome: 'unreadable' };
  }
  const list = valueAt(document, places.list);
  if (!Array.isArray(list)) return { ok: false, outcome: 'no-list' };
  if (list.length > MOST_LINES) return { ok: false, outcome: 'too-many-lines' };
  return {
    ok: true,
    lines: list.map((item: unknown) => {
      const segment = places.segment === '' ? '' : valueAt(item, places.segment);
      return {
        day: dayAsWritten(valueAt(item, places.day)),
        value: numberAsWritten(valueAt(item, places.value)),
        segment: typeof segment === 'string' || typeof segment === 'number' ? String(segment) : '',
      };
    }),
  };
}
