// Writes documents as PDF: titled, tagged for screen readers (ISO 14289), in a language, with pages numbered. It knows no
// module: it is given headings, paragraphs, facts, lists and tables.
import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import type { Locale } from '../i18n/locale.ts';
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
import { table } from './pdf-table.ts';

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
  /** Pages lie on their long side: for wide tables. */
  readonly landscape?: boolean;
  /** What stands at the foot of each page. */
  readonly footer: (page: number, pages: number) => string;
  readonly blocks: readonly PdfBlock[];
}

const LANGUAGES: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };
const MUTED = '#55605d';
/** A longer line is hard to follow, in points. */
const LINE = 540;
const BRAND = '#0b5450';

// Public Sans (SIL OFL 1.1) in two weights: PDF takes no variable font.
const fontNamed = (name: string) => readFileSync(new URL(`./fonts/public-sans-${name}.ttf`, import.meta.url));
let fonts: { readonly regular: Buffer; readonly bold: Buffer } | undefined;

/** Writes a document. @returns the file's bytes, the same for the same document. */
export async function writePdf(text: PdfText): Promise<Buffer> {
  fonts ??= { regular: fontNamed('regular'), bold: fontNamed('bold') };
  const doc = new PDFDocument({
    size: 'A4',
    layout: text.landscape ? 'landscape' : 'portrait',
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
  for (const block of text.blocks) await write(doc, root, block);
  root.end();
  numberPages(doc, text.footer);
  doc.end();
  return done;
}

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
        doc.text(part, MARGIN, doc.y, { width: Math.min(widthOf(doc), LINE), lineGap: 2.5 });
        doc.moveDown(0.5);
      }),
    );
}

async function write(doc: Doc, root: Element, block: PdfBlock): Promise<void> {
  switch (block.kind) {
    case 'heading': {
      const size = block.level === 2 ? 15 : 12;
      // A heading is never the last line of its page; one of level 2 has room for the start of a table.
      keepTogether(doc, size * (block.level === 2 ? 11 : 5));
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
      await table(
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
      await table(doc, root, block.columns, block.rows, { head: true });
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
