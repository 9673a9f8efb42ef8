// Keeps a file sent through the web page until its import has run, in pieces, so that it never stands whole in memory.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { fileEmpty, fileTooLarge } from './panorama.errors.ts';
import type { SheetSource } from './sheet.reader.ts';

const PIECE_BYTES = 1024 * 1024;
/** A file sent through the page: 50 MiB, as its form says. A longer one is for the command line. */
const MOST_PIECES = 50;
/** A file whose import never ran (the browser left in the middle) goes after a day. */
const KEPT_HOURS = 24;

/**
 * Keeps a file as it arrives.
 * @returns its identifier. Throws `fileTooLarge` or `fileEmpty`, and then keeps nothing.
 */
export async function keepUpload(
  db: Db,
  upload: { fileName: string; bytes: AsyncIterable<Uint8Array>; personId: string; now: Date },
): Promise<string> {
  const id = randomUUID();
  const { now } = upload;
  const expired = new Date(now.getTime() - KEPT_HOURS * 3_600_000);
  await sql`delete from portfolio.uploads where uploaded_at < ${expired}`.execute(db);
  await sql`insert into portfolio.uploads (id, file_name, uploaded_by, uploaded_at)
    values (${id}, ${upload.fileName.slice(0, 300)}, ${upload.personId}, ${now})`.execute(db);
  let position = 0;
  let waiting: Uint8Array[] = [];
  let size = 0;
  let total = 0;
  const write = async () => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    size = 0;
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      const piece = bytes.subarray(start, start + PIECE_BYTES);
      await sql`insert into portfolio.upload_pieces (upload_id, position, content)
        values (${id}, ${position}, ${piece})`.execute(db);
      position += 1;
    }
  };
  try {
    for await (const chunk of upload.bytes) {
      total += chunk.length;
      if (total > MOST_PIECES * PIECE_BYTES) throw fileTooLarge({}, MOST_PIECES);
      waiting.push(chunk);
      size += chunk.length;
      // Whole pieces only, so that their number stays bounded however small the chunks are.
      if (size >= PIECE_BYTES) {
        const bytes = Buffer.concat(waiting);
        const whole = bytes.length - (bytes.length % PIECE_BYTES);
        waiting = [bytes.subarray(0, whole)];
        await write();
        waiting = [bytes.subarray(whole)];
        size = bytes.length - whole;
      }
    }
    await write();
    if (total === 0) throw fileEmpty();
    return id;
  } catch (error) {
    await removeUpload(db, id);
    throw error;
  }
}

/** A kept file as an import reads it; undefined when it is gone. */
export async function findUpload(db: Db, id: string): Promise<SheetSource | undefined> {
  const { rows } = await sql<{ name: string }>`
    select file_name as name from portfolio.uploads where id = ${id}::uuid`.execute(db);
  return rows[0] && { name: rows[0].name, bytes: piecesOf(db, id) };
}

async function* piecesOf(db: Db, id: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position += 1) {
    const { rows } = await sql<{ content: Buffer }>`
      select content from portfolio.upload_pieces
      where upload_id = ${id}::uuid and position = ${position}`.execute(db);
    if (!rows[0]) return;
    yield rows[0].content;
  }
}

/** Removes a kept file. */
export async function removeUpload(db: Db, id: string): Promise<void> {
  await sql`delete from portfolio.uploads where id = ${id}::uuid`.execute(db);
}
