// Reading measures out of a JSON document whose shape its product chose.
import type { MeasureLine } from '../indicators/indicators.types.ts';
import { JsonList } from './json-list.rules.ts';
import { stepsOf, valueAt } from './json-pointer.rules.ts';
import { dayAsWritten, MOST_LINES, numberAsWritten } from './sources.rules.ts';
import type { StatisticsPlaces } from './sources.types.ts';
import { StatisticsUnreadable } from './statistics-unreadable.ts';

/**
 * Reads the lines of a JSON text, some at a time. A line without a day or value is kept as one that will be refused, with its
 * number. Throws StatisticsUnreadable.
 */
export async function* readJsonStatistics(
  bytes: AsyncIterable<Uint8Array>,
  places: StatisticsPlaces,
): AsyncGenerator<MeasureLine[]> {
  const decoder = new TextDecoder();
  const list = new JsonList(stepsOf(places.list));
  let count = 0;
  const linesOf = (items: readonly unknown[]) => {
    count += items.length;
    if (count > MOST_LINES) throw new StatisticsUnreadable('too-many-lines');
    return items.map((item) => lineOf(item, places));
  };
  for await (const chunk of bytes) yield linesOf(list.take(decoder.decode(chunk, { stream: true })));
  yield linesOf(list.take(decoder.decode()));
  list.end();
}

function lineOf(item: unknown, places: StatisticsPlaces): MeasureLine {
  const segment = places.segment === '' ? '' : valueAt(item, places.segment);
  return {
    day: dayAsWritten(valueAt(item, places.day)),
    value: numberAsWritten(valueAt(item, places.value)),
    segment: typeof segment === 'string' || typeof segment === 'number' ? String(segment) : '',
  };
}
