// Imports the headline figures that the directorate published with its editions. They stay declared, apart from ours.
import type { Trx } from '#platform/database/connection.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { DeclaredFigures } from './averages.types.ts';
import { lineOfCell, readDecimal } from './cells.rules.ts';
import { type FigureColumns, recogniseFigures } from './columns.rules.ts';
import { findHeldFigures, insertFigures } from './editions.repository.ts';
import { type LeftOut, MONTH } from './editions.types.ts';
import { checkMonth } from './import.actions.ts';
import type { ImportParts, ImportReport, ImportRequest } from './import.types.ts';
import { lockIdentity } from './matches.repository.ts';
import { figuresHeld, noRows } from './panorama.errors.ts';
import { openSheet } from './sheet.reader.ts';

/** What each column holds: the range of its values, and what turns them into our units. */
const COLUMNS = {
  projects: { max: 100_000, per: 1, field: 'projects' },
  total: { max: 10_000, per: 1_000, field: 'totalMeur' },
  duration: { max: 100, per: 1, field: 'meanDurationYears' },
  schedule: { max: 10_000, per: 0.01, field: 'meanScheduleGap' },
  budget: { max: 10_000, per: 0.01, field: 'meanBudgetGap' },
} as const;

/**
 * Imports a file of declared headline figures: one row per edition, total in billions of euros, gaps in percent.
 * All or nothing; figures that are held already with the same values change nothing, with others they are refused.
 */
export function importDeclaredFigures(
  { db, clock }: ImportParts,
  request: Pick<ImportRequest, 'source' | 'origin' | 'importedBy' | 'limits'>,
): Promise<ImportReport> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    await lockIdentity(trx);
    const report = await importInTransaction(trx, now, request);
    if (report.written > 0) await publicDataChanged(trx);
    return report;
  });
}

async function importInTransaction(
  trx: Trx,
  now: Date,
  request: Pick<ImportRequest, 'source' | 'origin' | 'importedBy' | 'limits'>,
): Promise<ImportReport> {
  const origin = request.origin ?? 'published';
  const sheet = await openSheet(request.source, request.limits);
  const columns = recogniseFigures(sheet.headers);
  const held = await findHeldFigures(trx, origin);
  const fresh: DeclaredFigures[] = [];
  const leftOut: LeftOut[] = [];
  let read = 0;
  let unchanged = 0;
  for await (const { line, cells } of sheet.rows) {
    read += 1;
    const reading = readFigures(cells, columns, request.source.name.slice(0, 300));
    if ('reason' in reading) {
      leftOut.push({ where: { fr: `ligne ${line}`, en: `line ${line}` }, reason: reading.reason });
      continue;
    }
    checkMonth(reading.month, now);
    const before = held.get(reading.month);
    if (before && !isSame(before, reading)) throw figuresHeld({}, reading.month);
    if (before) {
      unchanged += 1;
      continue;
    }
    held.set(reading.month, reading);
    fresh.push(reading);
  }
  if (read === leftOut.length) throw noRows({ detail: { leftOut } });
  const { sha256 } = sheet.ending();
  await insertFigures(trx, origin, fresh, { sha256, importedAt: now });
  if (fresh.length > 0) {
    await appendToLedger(trx, now, {
      kind: 'portfolio.figures-imported',
      subject: `portfolio/declared-figures/${origin}`,
      actor: request.importedBy,
      data: { origin, sha256, months: fresh.map(({ month }) => month), leftOut: leftOut.length },
    });
  }
  const counts = { written: fresh.length, unchanged, matched: 0, proposed: 0, accepted: 0 };
  return { read, ...counts, leftOut, editions: [], dryRun: false, sha256 };
}

function readFigures(
  cells: readonly string[],
  columns: FigureColumns,
  sourceName: string,
): DeclaredFigures | { reason: Translated } {
  const month = lineOfCell(cells[columns.month ?? -1] ?? '') ?? '';
  if (!MONTH.test(month)) {
    const quoted = month.slice(0, 20);
    return { reason: { fr: `« ${quoted} » n’est pas un mois`, en: `“${quoted}” is not a month` } };
  }
  const figures = {
    month,
    sourceName,
    projects: null as number | null,
    totalMeur: null as number | null,
    meanDurationYears: null as number | null,
    meanScheduleGap: null as number | null,
    meanBudgetGap: null as number | null,
  };
  for (const [column, { max, per, field }] of Object.entries(COLUMNS)) {
    const cell = cells[columns[column as keyof typeof COLUMNS] ?? -1] ?? '';
    const reading = readDecimal(cell.replace(/%\s*$/, ''), { min: -max, max });
    if (reading.kind === 'unreadable') {
      const quoted = reading.text.slice(0, 80);
      return { reason: { fr: `chiffre illisible « ${quoted} »`, en: `unreadable figure “${quoted}”` } };
    }
    if (reading.kind === 'value') figures[field] = Math.round(reading.value * per * 1e6) / 1e6;
  }
  if (figures.projects !== null && !(Number.isInteger(figures.projects) && figures.projects >= 0)) {
    return {
      reason: { fr: 'le nombre de projets n’est pas entier', en: 'the number of projects is not whole' },
    };
  }
  if (figures.totalMeur !== null && figures.totalMeur < 0) {
    return { reason: { fr: 'le coût total est négatif', en: 'the total cost is negative' } };
  }
  return figures;
}

function isSame(a: DeclaredFigures, b: DeclaredFigures): boolean {
  return (['projects', 'totalMeur', 'meanDurationYears', 'meanScheduleGap', 'meanBudgetGap'] as const).every(
    (field) => a[field] === b[field],
  );
}
