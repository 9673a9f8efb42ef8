// What the pieces of a PDF document share: the page's measures and colours, and text that the typeface can write.

/** The document that is being written. */
export type Doc = PDFKit.PDFDocument;
/** An element of the document's structure, as screen readers get it. */
export type Element = PDFKit.PDFStructureElement;

/** Left, right and top margins, in points. */
export const MARGIN = 62;
/** Bottom margin, in points: the page's number stands in it. */
export const BOTTOM = 76;
/** Colour of text. */
export const INK = '#16201f';
/** Size of text, in points. */
export const BODY = 10.5;

/** The typeface has no narrow no-break space, which Intl writes in French numbers. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\u202F', '\u00A0')
    .replaceAll('\u2009', '\u00A0')
    .replaceAll('\u2011', '-');
}

/** What is left of the page between its margins, in points. */
export const widthOf = (doc: Doc) => doc.page.width - 2 * MARGIN;

/** Goes to a new page where less than `height` points are left on this one. @returns whether it did. */
export function keepTogether(doc: Doc, height: number): boolean {
  if (doc.y + height <= doc.page.height - BOTTOM) return false;
  doc.addPage();
  return true;
}
