// The files of the open data of accreditations: their names, media types and months. Pure.
import { EDITION_FORMATS, type EditionFormat } from './editions.types.ts';

/** What a file's name names: a month, or what is in force now. */
export interface NamedFile {
  readonly edition: string | 'current';
  readonly format: EditionFormat;
}

/** What the name of a file names; null for any other name. */
export function namedFile(name: string): NamedFile | null {
  const [, edition, format] =
    /^accreditations-(\d{4}-(?:0[1-9]|1[0-2])|current)\.(csv|json)$/.exec(name) ?? [];
  const known = EDITION_FORMATS.find((one) => one === format);
  return edition !== undefined && known ? { edition, format: known } : null;
}

/** The name of a file. */
export function fileNameOf({ edition, format }: NamedFile): string {
  return `accreditations-${edition}.${format}`;
}

/** The media type of a format. */
export const MEDIA_TYPES: Readonly<Record<EditionFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** The month of a moment (UTC), YYYY-MM. */
export function monthAt(moment: Date): string {
  return moment.toISOString().slice(0, 7);
}

/** The moment at which a month begins (UTC). */
export function beginningOf(month: string): Date {
  return new Date(`${month}-01T00:00:00Z`);
}
