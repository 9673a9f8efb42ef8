// Tables of PDF documents: rows that no page break cuts, and the head again on each page.
import { setImmediate } from 'node:timers/promises';
import {
  BODY,
  BOTTOM,
  type Doc,
  type Element,
  INK,
  keepTogether,
  MARGIN,
  printable,
  widthOf,
} from './pdf-page.ts';

const PADDING = 5;
const ROWS_AT_ONCE = 20;
const ROWS_AT_START = 3;
const RULE = '#d9d5ca';

// The typings of pdfkit 0.20 do not know `scope`: which cells a head is the head of (ISO 14289-1, 7.5).
type HeadOptions = PDFKit.Mixins.StructureElementOptions & { readonly scope: 'Column' | 'Row' };
const OF_COLUMN: HeadOptions = { scope: 'Column' };
const OF_ROW: HeadOptions = { scope: 'Row' };

interface Column {
  readonly text: string;
  /** A share of the page's width. */
  readonly width: number;
  readonly numeric?: boolean;
}

/**
 * Writes a table. With `head` its columns are named, and named again on each page it goes on to, for eyes alone: a
 * screen reader goes on in the same table. Without, the first cell of a row names the row. A row stands whole on one page
 * unless it is taller than a page.
 */
export async function table(
  doc: Doc,
  root: Element,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { head }: { readonly head: boolean },
): Promise<void> {
  const whole = doc.struct('Table');
  root.add(whole);
  const size = head ? 9.5 : BODY;
  const textsOf = (cells: readonly string[]) => columns.map((_, at) => printable(cells[at] ?? ''));
  const isName = (isHead: boolean, at: number) => isHead || (!head && at === 0);
  const inFont = (isHead: boolean, at: number) =>
    doc.font(isName(isHead, at) ? 'bold' : 'regular').fontSize(size);
  const heightOf = (texts: readonly string[], isHead: boolean) =>
    2 * PADDING +
    Math.max(
      ...columns.map(({ width }, at) =>
        inFont(isHead, at).heightOfString(texts[at] ?? '', {
          width: width * widthOf(doc) - 2 * PADDING,
          lineGap: 2,
        }),
      ),
    );
  const cellsAt = (texts: readonly string[], isHead: boolean, top: number) => {
    let left = MARGIN;
    return columns.map(({ width, numeric }, at) => {
      const x = left + (at === 0 ? 0 : PADDING);
      left += width * widthOf(doc);
      return () => {
        inFont(isHead, at).fillColor(INK);
        doc.text(texts[at] ?? '', x, top + PADDING, {
          width: width * widthOf(doc) - 2 * PADDING,
          lineGap: 2,
          align: numeric ? 'right' : 'left',
        });
      };
    });
  };
  const headTexts = textsOf(columns.map(({ text }) => text));
  const headHeight = head ? heightOf(headTexts, true) : 0;

  const headAgain = () => {
    const top = doc.y;
    doc.markContent('Artifact', { type: 'Pagination' });
    for (const writeCell of cellsAt(headTexts, true, top)) writeCell();
    doc.endMarkedContent();
    lineUnder(doc, top + headHeight, true);
  };
  const writeRow = (texts: readonly string[], isHead: boolean, height: number) => {
    const top = doc.y;
    const row = doc.struct('TR');
    whole.add(row);
    for (const [at, writeCell] of cellsAt(texts, isHead, top).entries())
      row.add(
        isName(isHead, at)
          ? doc.struct('TH', isHead ? OF_COLUMN : OF_ROW, writeCell)
          : doc.struct('TD', {}, writeCell),
      );
    row.end();
    lineUnder(doc, top + height, isHead);
  };

  const room = doc.page.height - MARGIN - BOTTOM - headHeight;
  const measured = (cells: readonly string[]) => {
    const texts = textsOf(cells);
    const height = heightOf(texts, false);
    return { texts, height, kept: Math.min(height, room) };
  };
  if (head) {
    // The head never stands at the foot of a page with less than a few rows.
    const start = rows.slice(0, ROWS_AT_START).reduce((sum, cells) => sum + measured(cells).kept, headHeight);
    keepTogether(doc, Math.min(start, room));
    writeRow(headTexts, true, headHeight);
  }
  for (const [at, cells] of rows.entries()) {
    // Measuring text takes a while: others get their turn.
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
    const { texts, height, kept } = measured(cells);
    if (keepTogether(doc, kept) && head) headAgain();
    writeRow(texts, false, height);
  }
  whole.end();
  doc.x = MARGIN;
  doc.moveDown(0.8);
}

function lineUnder(doc: Doc, y: number, isHead: boolean): void {
  doc.y = y;
  doc.markContent('Artifact', { type: 'Layout' });
  doc
    .moveTo(MARGIN, y)
    .lineTo(doc.page.width - MARGIN, y)
    .lineWidth(isHead ? 1 : 0.5)
    .strokeColor(isHead ? INK : RULE)
    .stroke();
  doc.endMarkedContent();
}
