// Reads a CSV file as a stream, within bounds of size, rows and cells, and refuses what is none with a sentence.
// It knows nothing of projects.
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import {
  brokenCsv,
  cellTooLong,
  fileCut,
  fileEmpty,
  fileMissing,
  fileTooLarge,
  notText,
  notUtf8,
  tooManyRows,
  wrongCells,
} from './panorama.errors.ts';

/** How large a file may be. */
export interface SheetLimits {
  readonly bytes: number;
  readonly rows: number;
  readonly cellCharacters: number;
}

/** The bounds of an import unless told otherwise: 100,000 rows as long as the published ones make 113 MB. */
export const SHEET_LIMITS: SheetLimits = { bytes: 150 * 1024 * 1024, rows: 200_000, cellCharacters: 100_000 };

/** A file to read: its name for the record, and its bytes. */
export interface SheetSource {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** One row: the line of the file where it starts, and its cells, as many as the header has. */
export interface SheetRow {
  readonly line: number;
  readonly cells: string[];
}

/** A file being read. */
export interface Sheet {
  readonly headers: readonly string[];
  /** The rows that hold anything, once, in order. */
  readonly rows: AsyncIterable<SheetRow>;
  /** SHA-256 of the bytes in hexadecimal, and whether the last row ends with a line break; known after the last row. */
  ending(): { readonly sha256: string; readonly endsWithLineBreak: boolean };
}

/** The bytes of a file on disk. Reading throws `fileMissing` when it is not there. */
export async function* bytesOfFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (
      code === 'ENOENT' ||
      code === 'EACCES' ||
      code === 'EISDIR' ||
      code === 'ENOTDIR' ||
      code === 'ENAMETOOLONG'
    ) {
      throw fileMissing({ cause: error }, path);
    }
    throw error;
  }
}

/** Files whose first bytes say that they are no text: zip and spreadsheets, PDF, gzip, the old Office format. */
const BINARY_STARTS = ['504b0304', '25504446', '1f8b', 'd0cf11e0'];

/**
 * Opens a CSV file: UTF-8, with or without its mark, parted by `,` or `;` (told from the header).
 * Throws the refusals of portfolio.errors.ts, while opening or while its rows are read.
 */
export async function openSheet(source: SheetSource, limits: SheetLimits = SHEET_LIMITS): Promise<Sheet> {
  const hash = createHash('sha256');
  let lastByte = 0;

  async function* checkedBytes(): AsyncGenerator<Uint8Array> {
    let size = 0;
    let unfinished: Uint8Array = new Uint8Array();
    for await (const chunk of source.bytes) {
      if (chunk.length === 0) continue;
      if (size === 0) {
        const start = Buffer.from(chunk.subarray(0, 4)).toString('hex');
        if (BINARY_STARTS.some((mark) => start.startsWith(mark))) throw notText();
      }
      size += chunk.length;
      if (size > limits.bytes) throw fileTooLarge({}, Math.round(limits.bytes / 1024 / 1024));
      // UTF-16 has a zero in every other byte, and its mark at the start.
      if (chunk.includes(0)) throw startsAsUtf16(chunk, size) ? notUtf8() : notText();
      hash.update(chunk);
      lastByte = chunk.at(-1) ?? 0;
      // A letter of several bytes may be cut by the end of a piece: it is checked with the next one.
      const bytes = unfinished.length > 0 ? Buffer.concat([unfinished, chunk]) : chunk;
      const whole = bytes.length - unfinishedLetter(bytes);
      if (!isUtf8(bytes.subarray(0, whole))) throw notUtf8();
      unfinished = bytes.slice(whole);
      yield chunk;
    }
    if (unfinished.length > 0) throw notUtf8();
    if (size === 0) throw fileEmpty();
  }

  const bytes = checkedBytes();
  const start: Uint8Array[] = [];
  // The signs that part cells are ASCII, so that the header can be looked at byte by byte.
  const startText = () =>
    Buffer.concat(start)
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, '');
  let delimiter: string | undefined;
  while (delimiter === undefined) {
    const next = await bytes.next();
    if (next.done) break;
    start.push(next.value);
    delimiter = delimiterOf(startText(), limits.cellCharacters);
  }
  if (delimiter === undefined && startText().trim() === '') throw fileEmpty();

  const parser = parse({
    bom: true,
    delimiter: delimiter ?? delimiterOf(`${startText()}\n`, limits.cellCharacters) ?? ',',
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.cellCharacters * 4,
    info: true,
  });
  const input = Readable.from(
    (async function* () {
      yield* start;
      yield* bytes;
    })(),
  );
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);

  let line = 1;
  const records = parser[Symbol.asyncIterator]() as AsyncIterator<{
    record: string[];
    info: { lines: number };
  }>;
  const nextRecord = async (): Promise<SheetRow | undefined> => {
    try {
      const { done, value } = await records.next();
      if (done) return undefined;
      const row = { line: value.info.lines - lineBreaksIn(value.record), cells: value.record };
      line = value.info.lines;
      return row;
    } catch (error) {
      throw refusalOf(error, line, limits);
    }
  };

  const header = await nextRecord();
  if (!header) throw fileEmpty();
  const named = header.cells.findLastIndex((cell) => cell.trim() !== '') + 1;

  async function* rows(): AsyncGenerator<SheetRow> {
    let count = 0;
    let short: SheetRow | undefined;
    try {
      for (;;) {
        const row = await nextRecord();
        // A short row is a cut file when it is the last one.
        if (short) {
          throw row ? wrongCells({}, short.line, short.cells.length, named) : fileCut({}, short.line);
        }
        if (!row) return;
        const { cells } = row;
        if (cells.every((cell) => cell.trim() === '')) continue;
        if (cells.slice(named).some((cell) => cell.trim() !== '')) {
          throw wrongCells({}, row.line, cells.findLastIndex((cell) => cell.trim() !== '') + 1, named);
        }
        if (cells.some((cell) => cell.length > limits.cellCharacters)) {
          throw cellTooLong({}, row.line, limits.cellCharacters);
        }
        if (cells.length < named) {
          short = row;
          continue;
        }
        count += 1;
        if (count > limits.rows) throw tooManyRows({}, limits.rows);
        yield { line: row.line, cells: cells.slice(0, named) };
      }
    } finally {
      input.destroy();
      parser.destroy();
    }
  }

  return {
    headers: header.cells.slice(0, named),
    rows: rows(),
    ending: () => ({
      sha256: hash.copy().digest('hex'),
      endsWithLineBreak: lastByte === 10 || lastByte === 13,
    }),
  };
}

function startsAsUtf16(chunk: Uint8Array, size: number): boolean {
  return (
    size === chunk.length &&
    ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff))
  );
}

/** How many bytes at the end begin a letter that goes on in the next piece: 0 to 3. */
function unfinishedLetter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

function lineBreaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) for (const sign of cell) if (sign === '\n') breaks += 1;
  return breaks;
}

/** The sign that parts the header's cells, counted outside quotes; undefined while the header is not complete. */
function delimiterOf(text: string, longest: number): ',' | ';' | undefined {
  let quoted = false;
  let commas = 0;
  let semicolons = 0;
  for (const sign of text.slice(0, longest)) {
    if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === ',') commas += 1;
    else if (sign === ';') semicolons += 1;
    else if (sign === '\n' && commas + semicolons > 0) return semicolons > commas ? ';' : ',';
  }
  return text.length >= longest ? ',' : undefined;
}

function refusalOf(error: unknown, line: number, limits: SheetLimits): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return fileCut({ cause: error }, line + 1);
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return cellTooLong({ cause: error }, line + 1, limits.cellCharacters);
  return brokenCsv({ cause: error }, line + 1);
}
