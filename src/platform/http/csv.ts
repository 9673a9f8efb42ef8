// CSV answers: streamed, bounded in memory, and harmless when a spreadsheet opens them.
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';

/** A value of a cell. */
export type Cell = string | number | boolean | null;

/**
 * A text that no spreadsheet takes for a formula: one that starts like a formula gets an apostrophe before it
 * (OWASP, CSV injection). Numbers pass as they are.
 */
export function formulaSafe(cell: Cell): Cell {
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/**
 * Sends `rows` as RFC 4180 CSV in UTF-8 with a header line, row by row as the source gives them.
 * @param filename name offered for saving, ASCII.
 */
export function sendCsv(
  reply: FastifyReply,
  filename: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
): FastifyReply {
  const stringifier = stringify({ header: true, columns: [...columns], record_delimiter: '\r\n' });
  const safeRows = Readable.from(rows).map((row: readonly Cell[]) => row.map(formulaSafe));
  safeRows.on('error', (error) => stringifier.destroy(error));
  reply.raw.on('close', () => safeRows.destroy());
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${filename}"`)
    .send(safeRows.pipe(stringifier));
}
