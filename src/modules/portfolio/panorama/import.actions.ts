// Imports editions of the panorama: one transaction for the whole file, all or nothing.
import { createHash, type Hash } from 'node:crypto';
import type { Trx } from '#platform/database/connection.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { lineOfCell } from './cells.rules.ts';
import { readRow, recogniseTable } from './columns.rules.ts';
import {
  encodeRow,
  findHeldEditions,
  type HeldEdition,
  insertEdition,
  insertRows,
  nextEditionId,
} from './editions.repository.ts';
import { type LeftOut, MONTH, type Origin, type RowValues } from './editions.types.ts';
import { identifyEdition } from './identity.actions.ts';
import type { ImportedEdition, ImportParts, ImportReport, ImportRequest } from './import.types.ts';
import { lockIdentity } from './matches.repository.ts';
import { nameKey } from './names.rules.ts';
import {
  editionHeld,
  editionNotInFile,
  fileCut,
  futureMonth,
  monthNeeded,
  noRows,
  wrongMonth,
  wrongThreshold,
} from './panorama.errors.ts';
import { openSheet } from './sheet.reader.ts';

/** How many rows are written by one statement: enough to be quick, few enough to stay small in memory. */
const BATCH = 100;

/** An edition of the file while it is read. */
interface OpenEdition {
  readonly id: number | null;
  readonly month: string;
  readonly held: HeldEdition | undefined;
  readonly hash: Hash;
  /** Line of the first row with each name, by `markOf`. */
  readonly names: Map<number, number>;
  readonly leftOut: LeftOut[];
  batch: Uint8Array[];
  /** The batch that is being written while the next one is read. */
  writing: Promise<void>;
  rows: number;
  publishedOn: string | null;
}

/** Ends a dry run: the transaction is rolled back and the report goes out. */
class DryRun extends Error {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    super('dry run');
    this.report = report;
  }
}

/**
 * Imports the edition or editions that a file holds. A file that brings what is held already changes nothing.
 * Throws the refusals of portfolio.errors.ts, and then has changed nothing.
 */
export async function importPanorama(parts: ImportParts, request: ImportRequest): Promise<ImportReport> {
  const now = parts.clock.now();
  checkRequest(request, now);
  try {
    return await parts.db.transaction().execute(async (trx) => {
      await lockIdentity(trx);
      const report = await importInTransaction(trx, now, request);
      if (request.dryRun) throw new DryRun(report);
      if (report.written > 0) await publicDataChanged(trx);
      return report;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.report;
    throw error;
  }
}

function checkRequest({ edition, acceptAbove }: ImportRequest, now: Date): void {
  if (edition !== undefined) checkMonth(edition, now);
  if (acceptAbove !== undefined && !(acceptAbove >= 0.5 && acceptAbove <= 1)) throw wrongThreshold();
}

/** Throws unless `month` is a month (YYYY-MM) that has begun. */
export function checkMonth(month: string, now: Date): void {
  if (!MONTH.test(month)) throw wrongMonth({}, month.slice(0, 20));
  if (month > now.toISOString().slice(0, 7)) throw futureMonth({}, month);
}

async function importInTransaction(trx: Trx, now: Date, request: ImportRequest): Promise<ImportReport> {
  const origin: Origin = request.origin ?? 'published';
  const sheet = await openSheet(request.source, request.limits);
  const columns = recogniseTable(sheet.headers);
  const isPanel = columns.edition !== undefined;
  if (!isPanel && request.edition === undefined) throw monthNeeded();

  const held = await findHeldEditions(trx, origin);
  const editions = new Map<string, OpenEdition>();
  const otherMonths = new Set<string>();
  const leftOut: LeftOut[] = [];
  let read = 0;
  let lastLeftOutLine = 0;
  let lastLine = 0;

  for await (const { line, cells } of sheet.rows) {
    const month = isPanel ? (lineOfCell(cells[columns.edition ?? -1] ?? '') ?? '') : (request.edition ?? '');
    if (isPanel && request.edition !== undefined && month !== request.edition) {
      if (MONTH.test(month)) otherMonths.add(month);
      continue;
    }
    read += 1;
    lastLine = line;
    if (read % 1_000 === 0) request.progress?.(read);
    if (isPanel && !MONTH.test(month)) {
      const quoted = month.slice(0, 20);
      leftOut.push(
        atLine(line, {
          fr: `l’édition « ${quoted} » n’est pas un mois`,
          en: `the edition “${quoted}” is no month`,
        }),
      );
      lastLeftOutLine = line;
      continue;
    }
    let edition = editions.get(month);
    if (!edition) {
      checkMonth(month, now);
      edition = await openEdition(trx, month, held.get(month));
      editions.set(month, edition);
    }
    const reading = readRow(cells, columns);
    if (reading.kind === 'left-out') {
      edition.leftOut.push(atLine(line, reading.reason));
      lastLeftOutLine = line;
      continue;
    }
    const values = withDuplicateNote(edition, line, reading.values);
    await addRow(trx, edition, line, values, cells);
  }

  if (editions.size === 0 && request.edition !== undefined && otherMonths.size > 0) {
    throw editionNotInFile({}, request.edition, [...otherMonths].sort().join(', '));
  }
  const { sha256, endsWithLineBreak } = sheet.ending();
  // A last row that cannot be read, with no line break behind it: the file was cut inside its last cell.
  if (lastLine > 0 && lastLeftOutLine === lastLine && !endsWithLineBreak) throw fileCut({}, lastLine);
  if (![...editions.values()].some(({ rows }) => rows > 0)) throw noRows({ detail: { leftOut } });

  const outcome = { written: 0, unchanged: 0, matched: 0, proposed: 0, accepted: 0 };
  const outcomes: ImportedEdition[] = [];
  for (const edition of [...editions.values()].sort((a, b) => (a.month < b.month ? -1 : 1))) {
    leftOut.push(...edition.leftOut);
    if (edition.rows === 0) continue;
    const rowsSha256 = edition.hash.digest('hex');
    const { month, rows } = edition;
    if (edition.id === null || edition.held) {
      if (edition.held?.rowsSha256 === rowsSha256) {
        outcome.unchanged += rows;
        outcomes.push({ month, rows, outcome: 'unchanged' });
        continue;
      }
      const source = edition.held?.sourceName ?? '';
      if (editions.size === 1) throw editionHeld({}, month, source);
      leftOut.push({
        where: { fr: `édition ${month}`, en: `edition ${month}` },
        reason: {
          fr: `${rows} lignes : cette édition est déjà enregistrée, d’après ${source}, avec d’autres valeurs`,
          en: `${rows} rows: this edition is already held, from ${source}, with other values`,
        },
      });
      outcomes.push({ month, rows, outcome: 'left-out' });
      continue;
    }
    await edition.writing;
    await insertRows(trx, edition.id, edition.batch);
    edition.names.clear();
    await insertEdition(trx, {
      id: edition.id,
      origin,
      month,
      publishedOn: edition.publishedOn,
      shape: isPanel ? 'panel' : 'table',
      sourceName: request.source.name.slice(0, 300),
      sourceSha256: sha256,
      rowsSha256,
      rowCount: rows,
      leftOut: edition.leftOut,
      headers: sheet.headers,
      importedAt: now,
      importedBy: request.importedBy,
    });
    const identified = await identifyEdition(trx, now, {
      editionId: edition.id,
      month,
      origin,
      rows,
      acceptAbove: request.acceptAbove,
      by: request.importedBy,
    });
    await appendToLedger(trx, now, {
      kind: 'portfolio.edition-imported',
      subject: `portfolio/edition/${origin}/${month}`,
      actor: request.importedBy,
      data: { month, origin, rows, sha256, rowsSha256, leftOut: edition.leftOut.length, ...identified },
    });
    outcome.written += rows;
    outcome.matched += identified.matched;
    outcome.proposed += identified.proposed;
    outcome.accepted += identified.accepted;
    outcomes.push({ month, rows, outcome: 'written' });
  }
  request.progress?.(read);
  return { read, ...outcome, leftOut, editions: outcomes, dryRun: request.dryRun ?? false, sha256 };
}

async function openEdition(trx: Trx, month: string, held: HeldEdition | undefined): Promise<OpenEdition> {
  return {
    // The rows of an edition that is held are read to be compared, never written.
    id: held ? null : await nextEditionId(trx),
    month,
    held,
    hash: createHash('sha256'),
    names: new Map(),
    leftOut: [],
    batch: [],
    writing: Promise.resolve(),
    rows: 0,
    publishedOn: null,
  };
}

async function addRow(
  trx: Trx,
  edition: OpenEdition,
  line: number,
  values: RowValues,
  raw: readonly string[],
): Promise<void> {
  const json = JSON.stringify(values);
  edition.hash.update(`${json}\n`);
  edition.rows += 1;
  edition.publishedOn ??= values.publishedOn;
  if (edition.id === null) return;
  edition.batch.push(encodeRow(line, values, json, raw));
  if (edition.batch.length < BATCH) return;
  await edition.writing;
  edition.writing = insertRows(trx, edition.id, edition.batch);
  // Its failure is met at the next await; until then it must not count as unheard.
  edition.writing.catch(() => {});
  edition.batch = [];
}

/** A name that the same ministry has twice in one edition: both rows are kept, the later one is marked. */
function withDuplicateNote(edition: OpenEdition, line: number, values: RowValues): RowValues {
  const mark = markOf(`${nameKey(values.name)}\n${values.ministry ?? ''}`);
  const first = edition.names.get(mark);
  if (first === undefined) {
    edition.names.set(mark, line);
    return values;
  }
  return { ...values, notes: [...values.notes, { field: 'name', code: 'duplicate', text: String(first) }] };
}

/** A number of 48 bits for a text, so that 100,000 names take little room while an edition is read. */
function markOf(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}

function atLine(line: number, reason: LeftOut['reason']): LeftOut {
  return { where: { fr: `ligne ${line}`, en: `line ${line}` }, reason };
}
