// Reads a cost table from text: a CSV file, or cells pasted from a spreadsheet. It checks no amount: rules do.
import { parse } from 'csv-parse/sync';
import { LOCALES } from '#platform/i18n/locale.ts';
import { foldedForSearch } from '#platform/typed-text.ts';
import { costsMessages } from './costs.messages.ts';
import { MOST_COST_LINES } from './costs.rules.ts';
import { ACTIVITIES, NATURES, RESOURCES, type TypedCostLine } from './costs.types.ts';

/** The columns of the file, in order. */
export const COST_COLUMNS = [
  'year',
  'activity',
  'resource',
  'nature',
  'commitment_eur',
  'payment_eur',
] as const;

const FIELDS: readonly (keyof TypedCostLine)[] = [
  'year',
  'activity',
  'resource',
  'nature',
  'commitment',
  'payment',
];

/** The words that a header may name a column by, beside its own name. */
function headersOf(field: keyof TypedCostLine, at: number): string[] {
  const words = LOCALES.map((locale) => costsMessages(locale)[field]);
  return [
    COST_COLUMNS[at] ?? field,
    field,
    ...words,
    ...words.map((word) => word.replace(/ \(€\)$/, '')),
  ].map(foldedForSearch);
}

/** A key by itself or by its name in either language; text that is neither stays as it is. */
function keyOf<K extends string>(
  text: string,
  keys: readonly K[],
  names: (locale: 'fr' | 'en') => Readonly<Record<K, string>>,
): string {
  const folded = foldedForSearch(text);
  const known = keys.find(
    (key) => key === folded || LOCALES.some((locale) => foldedForSearch(names(locale)[key]) === folded),
  );
  return known ?? text;
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n');
  const counts = ['\t', ';', ','].map((mark) => [mark, first.split(mark).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/**
 * The lines of a table: six columns in order, or with a header that names them. `unreadable` when it is no such table,
 * `too-many` beyond the most lines that a table may have.
 */
export function readCostTable(text: string): TypedCostLine[] | 'unreadable' | 'too-many' {
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trim();
  let rows: string[][];
  try {
    rows = parse(plain, {
      delimiter: delimiterOf(plain),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch {
    return 'unreadable';
  }
  const [first] = rows;
  if (!first) return 'unreadable';
  const header = first.map(foldedForSearch);
  const places = FIELDS.map((field, at) => header.findIndex((cell) => headersOf(field, at).includes(cell)));
  const isHeader = places.every((place) => place >= 0);
  const body = isHeader ? rows.slice(1) : rows;
  if (!isHeader && first.length !== FIELDS.length) return 'unreadable';
  if (body.length > MOST_COST_LINES) return 'too-many';
  return body.map((row) => {
    // The mark that keeps a cell from being taken for a formula is not part of it.
    const cell = (at: number) =>
      (row[isHeader ? (places[at] ?? at) : at] ?? '').replace(/^'/, '').slice(0, 200);
    return {
      year: cell(0),
      activity: keyOf(cell(1), ACTIVITIES, (locale) => costsMessages(locale).activities),
      resource: keyOf(cell(2), RESOURCES, (locale) => costsMessages(locale).resources),
      nature: keyOf(cell(3), NATURES, (locale) => costsMessages(locale).natures),
      commitment: cell(4),
      payment: cell(5),
    };
  });
}
