// Reading measures out of a CSV text with a header line.
import { CsvError, type Parser, parse } from 'csv-parse';
import type { MeasureLine } from '../indicators/indicators.types.ts';
import { dayAsWritten, MOST_LINES, numberAsWritten } from './sources.rules.ts';
import type { StatisticsPlaces } from './sources.types.ts';
import { StatisticsUnreadable } from './statistics-unreadable.ts';

const LONGEST_RECORD = 10_000;

/** The columns of a CSV text. */
export interface CsvPlaces extends Omit<StatisticsPlaces, 'list'> {
  /** The column of segments may be absent: all is then of the whole. */
  readonly segmentMayLack?: boolean;
}

/**
 * Reads the lines of a CSV text (RFC 4180; commas, semicolons or tabs) by the names of its columns, some at a time. Throws
 * StatisticsUnreadable.
 */
export async function* readCsvStatistics(
  bytes: AsyncIterable<Uint8Array>,
  places: CsvPlaces,
): AsyncGenerator<MeasureLine[]> {
  const records = new Records(places);
  let parser: Parser | null = null;
  let start = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (parser === null) {
      // The header decides on the separator, so it must be there as a whole.
      start = Buffer.concat([start, chunk]);
      if (start.length < LONGEST_RECORD && !start.includes(0x0a)) continue;
      parser = records.parserFor(separatorOf(start.toString('utf8')));
      await written(parser, start);
    } else await written(parser, chunk);
    yield records.taken();
  }
  if (parser === null) {
    parser = records.parserFor(separatorOf(start.toString('utf8')));
    await written(parser, start);
  }
  await ended(parser);
  const last = records.taken();
  if (!records.hasHeader) throw new StatisticsUnreadable('no-column');
  yield last;
}

/** Takes records as the parser finds them: it tells them as soon as it is given a piece, one call for each. */
class Records {
  readonly #places: CsvPlaces;
  #columns: { day: number; value: number; segment: number } | null = null;
  #lines: MeasureLine[] = [];
  #count = 0;

  constructor(places: CsvPlaces) {
    this.#places = places;
  }

  get hasHeader(): boolean {
    return this.#columns !== null;
  }

  /** The lines since the last call. */
  taken(): MeasureLine[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  parserFor(delimiter: string): Parser {
    const parser = parse({
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: LONGEST_RECORD,
      on_record: (record: string[]) => {
        if (this.#columns === null) this.#columns = this.#columnsIn(record);
        else this.#take(record, this.#columns);
        return null;
      },
    });
    // Told by whoever waits for a piece to be written.
    parser.on('error', () => {});
    return parser.resume();
  }

  #columnsIn(header: readonly string[]) {
    const places = this.#places;
    const day = header.indexOf(places.day);
    const value = header.indexOf(places.value);
    const segment = places.segment === '' ? -1 : header.indexOf(places.segment);
    if (day < 0 || value < 0 || (places.segment !== '' && segment < 0 && !places.segmentMayLack))
      throw new StatisticsUnreadable('no-column', { line: 1 });
    return { day, value, segment };
  }

  #take(record: readonly string[], { day, value, segment }: { day: number; value: number; segment: number }) {
    this.#count += 1;
    if (this.#count > MOST_LINES) throw new StatisticsUnreadable('too-many-lines');
    this.#lines.push({
      day: dayAsWritten(record[day]),
      value: numberAsWritten(record[value]),
      segment: segment < 0 ? '' : (record[segment] ?? ''),
    });
  }
}

function written(parser: Parser, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(piece, (error) => (error ? reject(refusalOf(error)) : resolve()));
  });
}

function ended(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', (error) => reject(refusalOf(error))).once('end', resolve);
    parser.end();
  });
}

function refusalOf(error: Error): StatisticsUnreadable {
  if (error instanceof StatisticsUnreadable) return error;
  const line = error instanceof CsvError && typeof error.lines === 'number' ? error.lines : null;
  return new StatisticsUnreadable('unreadable', { line, cause: error });
}

/** The separator that the header line holds most often. */
function separatorOf(text: string): string {
  const header = text.slice(0, LONGEST_RECORD).split(/\r?\n/, 1)[0] ?? '';
  const [first = ','] = [',', ';', '\t'].sort(
    (one, other) => header.split(other).length - header.split(one).length,
  );
  return first;
}
