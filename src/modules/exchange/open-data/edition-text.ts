// The bytes of the open data of accreditations: rows in, text out, a piece at a time. It reads no database.
import { stringify } from 'csv-stringify/sync';
import { type Cell, formulaSafe } from '#platform/http/csv.ts';
import type { EditionFormat, PublishedAccreditation } from './editions.types.ts';

const COLUMNS = [
  'number',
  'organisation',
  'siret',
  'api',
  'api_name',
  'producer',
  'scopes',
  'purpose',
  'legal_basis',
  'valid_from',
  'valid_until',
];

/** The text of a file, piece by piece; `at` is the moment that it tells of. */
export function textOf(
  format: EditionFormat,
  at: Date,
  all: AsyncIterable<PublishedAccreditation>,
): AsyncGenerator<string> {
  return format === 'csv' ? csvOf(all) : jsonOf(at, all);
}

/** RFC 4180, one line for each API that an accreditation opens. */
async function* csvOf(all: AsyncIterable<PublishedAccreditation>): AsyncGenerator<string> {
  const lines = (rows: readonly (readonly Cell[])[]) =>
    stringify(
      rows.map((row) => row.map(formulaSafe)),
      { record_delimiter: '\r\n' },
    );
  yield lines([COLUMNS]);
  for await (const one of all) {
    yield lines(
      one.apis.map((api) => [
        one.number,
        one.organisation,
        one.siret,
        api.slug,
        api.name,
        api.producer,
        api.scopes.join(' '),
        one.purpose,
        one.legalBasis,
        one.validFrom.toISOString(),
        one.validUntil?.toISOString() ?? null,
      ]),
    );
  }
}

async function* jsonOf(at: Date, all: AsyncIterable<PublishedAccreditation>): AsyncGenerator<string> {
  yield `{"at":${JSON.stringify(at.toISOString())},"accreditations":[`;
  let separator = '\n';
  for await (const one of all) {
    yield separator + JSON.stringify(one);
    separator = ',\n';
  }
  yield '\n]}\n';
}
