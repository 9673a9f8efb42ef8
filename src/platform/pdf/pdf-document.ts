// Writes documents as PDF: titled, tagged for screen readers (ISO 14289), in a language, with pages numbered. It knows no
// module: it is given headings, paragraphs, facts, lists and tables.
import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import type { Locale } from '../i18n/locale.ts';

/** A piece of a document. */
export type PdfBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly muted?: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Names with what they are, one a line. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | {
      readonly kind: 'table';
      /** `width` is a share of the page's width; all add up to 1. */
      readonly columns: readonly {
        readonly text: string;
        readonly width: number;
        readonly numeric?: boolean;
      }[];
      readonly rows: readonly (readonly string[])[];
    };

/** A document. */
export interface PdfText {
  readonly locale: Locale;
  readonly title: string;
  /** Who publishes it: above the title, and the document's author. */
  readonly author: string;
  /** Under the title. */
  readonly subtitle?: string;
  readonly createdAt: Date;
  /** What stands at the foot of each page. */
  readonly footer: (page: number, pages: number) => string;
  readonly blocks: readonly PdfBlock[];
}

const LANGUAGES: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };
const MARGIN = 62;
const BOTTOM = 76;
const INK = '#16201f';
const MUTED = '#55605d';
const BRAND = '#0b5450';
const RULE = '#d9d5ca';
const BODY = 10.5;

// Public Sans (SIL OFL 1.1) in two weights: PDF takes no variable font.
const fontNamed = (name: string) => readFileSync(new URL(`./fonts/public-sans-${name}.ttf`, import.meta.url));
let fonts: { readonly regular: Buffer; readonly bold: Buffer } | undefined;

/** The typeface has no narrow no-break space, which Intl writes in French numbers. */
function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\u202F', '\u00A0')
    .replaceAll('\u2009', '\u00A0')
    .replaceAll('\u2011', '-');
}

/** Writes a document. @returns the file's bytes, the same for the same document. */
export function writePdf(text: PdfText): Promise<Buffer> {
  fonts ??= { regular: fontNamed('regular'), bold: fontNamed('bold') };
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: BOTTOM, left: MARGIN, right: MARGIN },
    pdfVersion: '1.7',
    tagged: true,
    lang: LANGUAGES[text.locale],
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: printable(text.title),
      Author: printable(text.author),
      Producer: 'Socle',
      Creator: 'Socle',
      CreationDate: text.createdAt,
      ModDate: text.createdAt,
    },
  });
  doc.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  const done = new Promise<Buffer>((resolve, reject) => {
    const pieces: Buffer[] = [];
    doc.on('data', (piece: Buffer) => pieces.push(piece));
    doc.on('end', () => resolve(Buffer.concat(pieces)));
    doc.on('error', reject);
  });
  const root = doc.struct('Document');
  doc.addStructure(root);
  root.add(
    doc.struct('P', {}, () => {
      doc.font('regular').fontSize(9.5).fillColor(MUTED).text(printable(text.author));
    }),
  );
  root.add(
    doc.struct('H1', {}, () => {
      doc
        .moveDown(0.4)
        .font('bold')
        .fontSize(22)
        .fillColor(BRAND)
        .text(printable(text.title), { lineGap: 2 });
    }),
  );
  if (text.subtitle !== undefined) paragraph(doc, root, text.subtitle, { size: 12, colour: MUTED });
  ruleUnder(doc);
  for (const block of text.blocks) write(doc, root, block);
  root.end();
  numberPages(doc, text.footer);
  doc.end();
  return done;
}

type Doc = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

const widthOf = (doc: Doc) => doc.page.width - 2 * MARGIN;

function ruleUnder(doc: Doc): void {
  doc.markContent('Artifact', { type: 'Layout' });
  doc
    .moveDown(0.8)
    .moveTo(MARGIN, doc.y)
    .lineTo(doc.page.width - MARGIN, doc.y)
    .lineWidth(1.5)
    .strokeColor(BRAND)
    .stroke();
  doc.endMarkedContent();
  doc.moveDown(0.6);
}

/** Goes to a new page where less than `height` points are left on this one. */
function keepTogether(doc: Doc, height: number): void {
  if (doc.y + height > doc.page.height - BOTTOM) doc.addPage();
}

function paragraph(
  doc: Doc,
  parent: Element,
  text: string,
  { size = BODY, colour = INK }: { readonly size?: number; readonly colour?: string } = {},
): void {
  for (const part of printable(text).split(/\n{2,}/))
    parent.add(
      doc.struct('P', {}, () => {
        doc.font('regular').fontSize(size).fillColor(colour);
        doc.text(part, MARGIN, doc.y, { width: widthOf(doc), lineGap: 2.5 });
        doc.moveDown(0.5);
      }),
    );
}

function write(doc: Doc, root: Element, block: PdfBlock): void {
  switch (block.kind) {
    case 'heading': {
      const size = block.level === 2 ? 15 : 12;
      // A heading is never the last line of its page.
      keepTogether(doc, size * 5);
      root.add(
        doc.struct(block.level === 2 ? 'H2' : 'H3', {}, () => {
          doc
            .font('bold')
            .fontSize(size)
            .fillColor(block.level === 2 ? BRAND : INK);
          doc.text(printable(block.text), MARGIN, doc.y + size * 0.7, { width: widthOf(doc) });
          doc.moveDown(0.35);
        }),
      );
      return;
    }
    case 'paragraph':
      paragraph(doc, root, block.text, block.muted ? { colour: MUTED } : {});
      return;
    case 'list':
      list(doc, root, block.items);
      return;
    case 'facts':
      table(
        doc,
        root,
        [
          { text: '', width: 0.3 },
          { text: '', width: 0.7 },
        ],
        block.rows,
        { head: false },
      );
      return;
    case 'table':
      table(doc, root, block.columns, block.rows, { head: true });
  }
}

function list(doc: Doc, root: Element, items: readonly string[]): void {
  const all = doc.struct('L');
  root.add(all);
  for (const item of items) {
    const text = printable(item);
    const one = doc.struct('LI');
    all.add(one);
    doc.font('regular').fontSize(BODY).fillColor(INK);
    const width = widthOf(doc) - 14;
    keepTogether(doc, Math.min(doc.heightOfString(text, { width, lineGap: 2.5 }), 60));
    const top = doc.y;
    one.add(doc.struct('Lbl', {}, () => void doc.text('•', MARGIN, top, { lineBreak: false })));
    one.add(
      doc.struct('LBody', {}, () => {
        doc.text(text, MARGIN + 14, top, { width, lineGap: 2.5 });
        doc.moveDown(0.25);
      }),
    );
    one.end();
  }
  all.end();
  doc.x = MARGIN;
  doc.moveDown(0.4);
}

const PADDING = 5;

function table(
  doc: Doc,
  root: Element,
  columns: readonly { readonly text: string; readonly width: number; readonly numeric?: boolean }[],
  rows: readonly (readonly string[])[],
  { head }: { readonly head: boolean },
): void {
  const whole = doc.struct('Table');
  root.add(whole);
  const size = head ? 9.5 : BODY;
  const writeRow = (cells: readonly string[], isHead: boolean) => {
    const texts = columns.map((_, at) => printable(cells[at] ?? ''));
    const inBold = (at: number) => isHead || (!head && at === 0);
    const heights = columns.map(({ width }, at) =>
      doc
        .font(inBold(at) ? 'bold' : 'regular')
        .fontSize(size)
        .heightOfString(texts[at] ?? '', { width: width * widthOf(doc) - 2 * PADDING, lineGap: 2 }),
    );
    const height = Math.max(...heights) + 2 * PADDING;
    keepTogether(doc, Math.min(height, doc.page.height - MARGIN - BOTTOM));
    const top = doc.y;
    const row = doc.struct('TR');
    whole.add(row);
    let left = MARGIN;
    for (const [at, { width, numeric }] of columns.entries()) {
      const x = left + (at === 0 ? 0 : PADDING);
      row.add(
        doc.struct(inBold(at) ? 'TH' : 'TD', {}, () => {
          doc
            .font(inBold(at) ? 'bold' : 'regular')
            .fontSize(size)
            .fillColor(INK);
          doc.text(texts[at] ?? '', x, top + PADDING, {
            width: width * widthOf(doc) - 2 * PADDING,
            lineGap: 2,
            align: numeric ? 'right' : 'left',
          });
        }),
      );
      left += width * widthOf(doc);
    }
    row.end();
    doc.y = top + height;
    doc.markContent('Artifact', { type: 'Layout' });
    doc
      .moveTo(MARGIN, doc.y)
      .lineTo(doc.page.width - MARGIN, doc.y)
      .lineWidth(isHead ? 1 : 0.5)
      .strokeColor(isHead ? INK : RULE)
      .stroke();
    doc.endMarkedContent();
  };
  if (head)
    writeRow(
      columns.map(({ text }) => text),
      true,
    );
  for (const cells of rows) writeRow(cells, false);
  whole.end();
  doc.x = MARGIN;
  doc.moveDown(0.8);
}

function numberPages(doc: Doc, footer: PdfText['footer']): void {
  const { start, count } = doc.bufferedPageRange();
  for (let at = 0; at < count; at++) {
    doc.switchToPage(start + at);
    // Below the bottom margin, where pdfkit would begin a new page.
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
    doc.font('regular').fontSize(9).fillColor(MUTED);
    doc.text(printable(footer(at + 1, count)), MARGIN, doc.page.height - 46, {
      width: widthOf(doc),
      align: 'center',
      lineBreak: false,
    });
    doc.endMarkedContent();
  }
}
