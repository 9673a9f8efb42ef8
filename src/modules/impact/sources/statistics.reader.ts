// Reading measures out of what a source sends, portion by portion: no document is in memory as a whole.
import type { MeasureLine } from '../indicators/indicators.types.ts';
import type { SourceSettings } from './sources.types.ts';
import { readCsvStatistics } from './statistics-csv.reader.ts';
import { readJsonStatistics } from './statistics-json.reader.ts';

/** The measures of a document in the format and places of its source. Throws StatisticsUnreadable. */
export function readStatistics(
  bytes: AsyncIterable<Uint8Array>,
  settings: SourceSettings,
): AsyncGenerator<MeasureLine[]> {
  return settings.format === 'json'
    ? readJsonStatistics(bytes, settings)
    : readCsvStatistics(bytes, settings);
}
