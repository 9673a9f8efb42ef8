// What the portfolio's tests share: a database of their own, files made of text, and the real data where it is there.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrationSources } from '#app/modules.ts';
import type { Clock } from '#platform/clock.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { freshDatabase, type TestScope } from '#test/support/database.ts';
import { importPanorama } from './import.actions.ts';
import type { ImportReport, ImportRequest } from './import.types.ts';
import { bytesOfFile, type SheetSource } from './sheet.reader.ts';

/** Whoever imports in a test. */
export const BY_TEST: LedgerActor = { kind: 'system', name: 'test' };

/** A database with all tables and no row, and a clock that stands in November 2026. */
export async function portfolioDatabase(scope: TestScope) {
  const { db } = await freshDatabase(scope, migrationSources());
  const clock: Clock = { now: () => new Date('2026-11-24T12:00:00Z') };
  return { db, clock };
}

/** A file made of text or bytes, given in pieces of `size` bytes so that nothing rests on how it is cut. */
export function fileOf(content: string | Uint8Array, { name = 'test.csv', size = 4_096 } = {}): SheetSource {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    name,
    bytes: (async function* () {
      for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
    })(),
  };
}

/** A fixture of this module. */
export function fixture(name: string): SheetSource {
  return { name, bytes: bytesOfFile(fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))) };
}

const realFolder = fileURLToPath(new URL('../../../../../shared/data/panorama/', import.meta.url));

/** Why tests on really published files are skipped; false where the files are there. */
export const realDataIsAbsent = existsSync(realFolder)
  ? false
  : 'the published files are not there (../shared/data/panorama)';

/** A really published file. */
export function realFile(name: string): SheetSource {
  return { name, bytes: bytesOfFile(`${realFolder}${name}`) };
}

/** Imports with the defaults of a test. */
export function importFile(
  parts: Awaited<ReturnType<typeof portfolioDatabase>>,
  source: SheetSource,
  more: Partial<ImportRequest> = {},
): Promise<ImportReport> {
  return importPanorama(parts, { source, importedBy: BY_TEST, ...more });
}
