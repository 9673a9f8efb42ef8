// Reading measures out of a CSV text with a header line. Pure.
import { parse } from 'csv-parse/sync';
import { dayAsWritten, MOST_LINES, numberAsWritten } from './sources.rules.ts';
import type { Reading, StatisticsPlaces } from './sources.types.ts';

const LONGEST_RECORD = 10_000;

/** Reads the lines of a CSV text (RFC 4180; commas, semicolons or tabs) by the names of its columns. */
export function readCsvStatistics(text: string, places: Omit<StatisticsPlaces, 'list'>): Reading {
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: LONGEST_RECORD,
      to: MOST_LINES + 2,
    });
  } catch {
    return { ok: false, outcome: 'unreadable' };
  }
  const [header = [], ...records] = rows;
  const day = header.indexOf(places.day);
  const value = header.indexOf(places.value);
  const segment = header.indexOf(places.segment);
  if (day < 0 || value < 0 || (places.segment !== '' && segment < 0))
    return { ok: false, outcome: 'no-column' };
  if (records.length > MOST_LINES) return { ok: false, outcome: 'too-many-lines' };
  return {
    ok: true,
    lines: records.map((record) => ({
      day: dayAsWritten(record[day]),
      value: numberAsWritten(record[value]),
      segment: places.segment === '' ? '' : (record[segment] ?? ''),
    })),
  };
}

/** The separator that the header line holds most often. */
function separatorOf(text: string): string {
  const header = text.slice(0, LONGEST_RECORD).split(/\r?\n/, 1)[0] ?? '';
  const [first = ','] = [',', ';', '\t'].sort(
    (one, other) => header.split(other).length - header.split(one).length,
  );
  return first;
}
