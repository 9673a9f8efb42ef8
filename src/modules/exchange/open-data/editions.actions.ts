// Freezing a month's edition: the same bytes for ever, with their hash in the ledger.
import { createHash } from 'node:crypto';
import type { Trx } from '#platform/database/connection.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { textOf } from './edition-text.ts';
import {
  eachPublished,
  insertEdition,
  insertFile,
  insertPiece,
  updateEditionCount,
} from './editions.repository.ts';
import { beginningOf } from './editions.rules.ts';
import { EDITION_FORMATS, type EditionFile, type EditionFormat } from './editions.types.ts';

/** How much of a file is held in memory and kept in one row. */
const PIECE_BYTES = 256 * 1024;

/**
 * Freezes what was in force when `month` (YYYY-MM) began, unless it is frozen already: both files from one look at the
 * database. @returns whether it did.
 */
export async function freezeEdition(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  month: string,
): Promise<boolean> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const now = clock.now();
      if (!(await insertEdition(trx, month, now))) return false;
      const files: EditionFile[] = [];
      let accreditations = 0;
      for (const format of EDITION_FORMATS) {
        const frozen = await freezeFile(trx, month, format);
        files.push(frozen.file);
        accreditations = frozen.accreditations;
      }
      await updateEditionCount(trx, month, accreditations);
      await appendToLedger(trx, now, {
        kind: 'exchange.open-data-frozen',
        subject: `exchange/open-data/${month}`,
        actor: { kind: 'system', name: 'exchange.freeze-open-data' },
        data: { month, accreditations, files: files.map((file) => ({ ...file })) },
      });
      await publicDataChanged(trx);
      return true;
    });
}

async function freezeFile(
  trx: Trx,
  month: string,
  format: EditionFormat,
): Promise<{ readonly file: EditionFile; readonly accreditations: number }> {
  const hash = createHash('sha256');
  const at = beginningOf(month);
  let accreditations = 0;
  async function* counted() {
    for await (const one of eachPublished(trx, at)) {
      accreditations += 1;
      yield one;
    }
  }
  let place = 0;
  let bytes = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  const keep = async () => {
    if (heldBytes === 0) return;
    await insertPiece(trx, { month, format, place, content: Buffer.concat(held) });
    place += 1;
    held = [];
    heldBytes = 0;
  };
  for await (const text of textOf(format, at, counted())) {
    const part = Buffer.from(text);
    hash.update(part);
    bytes += part.length;
    held.push(part);
    heldBytes += part.length;
    if (heldBytes >= PIECE_BYTES) await keep();
  }
  await keep();
  const file = { format, bytes, sha256: hash.digest('hex') };
  await insertFile(trx, month, file);
  return { file, accreditations };
}
