// Reads a panel of editions from a file, with the reader and the cell rules of the panorama. It stores nothing.
import { lineOfCell } from '../panorama/cells.rules.ts';
import { readRow, recogniseTable } from '../panorama/columns.rules.ts';
import { type LeftOut, MONTH } from '../panorama/editions.types.ts';
import { nameKey } from '../panorama/names.rules.ts';
import { noRows } from '../panorama/panorama.errors.ts';
import { openSheet, type SheetSource } from '../panorama/sheet.reader.ts';
import { panelWithoutEditions } from './forecast.errors.ts';
import type { Panel, PanelState } from './panels.types.ts';

/**
 * Reads a panel: a table with an `edition` column (YYYY-MM, or a day of that month) and, where it has one, a `key` by
 * which a project is the same in all editions. A row that cannot be read, or a second row of a project in one edition,
 * is left out and told. Throws the refusals of the sheet reader, and `panelWithoutEditions`.
 */
export async function readPanel(source: SheetSource): Promise<Panel> {
  const sheet = await openSheet(source);
  const columns = recogniseTable(sheet.headers);
  const { edition: editionColumn } = columns;
  if (editionColumn === undefined) throw panelWithoutEditions();
  const keyColumn = sheet.headers.findIndex((header) => header.trim().toLowerCase() === 'key');
  const editions = new Map<string, Map<string, PanelState>>();
  const leftOut: LeftOut[] = [];
  let rows = 0;
  for await (const { line, cells } of sheet.rows) {
    rows += 1;
    const leave = (fr: string, en: string) =>
      leftOut.push({ where: { fr: `ligne ${line}`, en: `line ${line}` }, reason: { fr, en } });
    const written = lineOfCell(cells[editionColumn] ?? '') ?? '';
    const month = written.replace(/^(\d{4}-\d{2})-\d{2}$/, '$1');
    if (!MONTH.test(month)) {
      const quoted = written.slice(0, 20);
      leave(`l’édition « ${quoted} » n’est pas un mois`, `the edition “${quoted}” is no month`);
      continue;
    }
    const reading = readRow(cells, columns);
    if (reading.kind === 'left-out') {
      leave(reading.reason.fr, reading.reason.en);
      continue;
    }
    const { name, phase, startedOn, costMeur, durationYears } = reading.values;
    const project = lineOfCell(cells[keyColumn] ?? '') ?? nameKey(name);
    const states = editions.get(month) ?? new Map<string, PanelState>();
    editions.set(month, states);
    if (states.has(project)) {
      leave('le projet est déjà dans cette édition', 'the project is in this edition already');
      continue;
    }
    states.set(project, { project, phase, startedOn, cost: costMeur, duration: durationYears });
  }
  if (rows === leftOut.length) throw noRows({ detail: { leftOut } });
  return {
    editions: [...editions]
      .map(([month, states]) => ({ month, states }))
      .sort((a, b) => (a.month < b.month ? -1 : 1)),
    rows,
    leftOut,
  };
}
