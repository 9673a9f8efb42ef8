// Reading measures that a service pushes line by line.
import type { SpooledBody } from '#platform/http/spooled-body.ts';
import type { MeasureLine } from '../indicators/indicators.types.ts';
import { MOST_LINES } from './sources.rules.ts';
import { readCsvStatistics } from './statistics-csv.reader.ts';
import { StatisticsUnreadable } from './statistics-unreadable.ts';

/** The longest line, in characters. */
const LONGEST_LINE = 10_000;

/** The columns of a pushed CSV text. */
const COLUMNS = { day: 'day', value: 'value', segment: 'segment', segmentMayLack: true };

/** The measures of a pushed body. Throws StatisticsUnreadable, with the line; also for a body that is cut. */
export async function* readPushed(
  body: SpooledBody,
  format: 'csv' | 'ndjson',
): AsyncGenerator<MeasureLine[]> {
  if (body.isCut) throw new StatisticsUnreadable('too-long');
  yield* format === 'csv' ? readCsvStatistics(body.read(), COLUMNS) : readJsonLines(body.read());
}

/**
 * Reads newline-delimited JSON, an object with `day`, `value` and perhaps `segment` on each line, some lines at a time. Empty
 * lines are none. Throws StatisticsUnreadable, with the line that is no such object.
 */
async function* readJsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<MeasureLine[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let line = 0;
  let count = 0;
  const read = (texts: readonly string[]) => {
    const measures: MeasureLine[] = [];
    for (const text of texts) {
      line += 1;
      if (text.length > LONGEST_LINE) throw new StatisticsUnreadable('unreadable', { line });
      if (text.trim() === '') continue;
      count += 1;
      if (count > MOST_LINES) throw new StatisticsUnreadable('too-many-lines');
      measures.push(measureIn(text, line));
    }
    return measures;
  };
  for await (const chunk of bytes) {
    const texts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = texts.pop() ?? '';
    if (rest.length > LONGEST_LINE)
      throw new StatisticsUnreadable('unreadable', { line: line + texts.length + 1 });
    yield read(texts);
  }
  yield read([rest + decoder.decode()]);
}

function measureIn(text: string, line: number): MeasureLine {
  let item: unknown;
  try {
    item = JSON.parse(text);
  } catch (cause) {
    throw new StatisticsUnreadable('unreadable', { line, cause });
  }
  const { day, value, segment = '' } = (item ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof segment !== 'string') throw new StatisticsUnreadable('unreadable', { line });
  return {
    day: typeof day === 'string' ? day : '',
    value: typeof value === 'number' ? value : Number.NaN,
    segment,
  };
}
