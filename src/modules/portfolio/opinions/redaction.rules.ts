// How passages of a text are struck out before it is published. What is struck out is cut from the text itself: it is in no
// page, file or answer. Pure.

/** A passage from `start` up to `end` (not included), in UTF-16 units of one field's text. */
export interface Redaction {
  readonly field: string;
  readonly start: number;
  readonly end: number;
}

const OPEN = '[[';
const CLOSE = ']]';

/** What stands in place of a passage: the same for a word and for a page, so that its length tells nothing. */
export const STRUCK_OUT = '[…]';

/**
 * The passages that an instructor put between double brackets in `marked`, a copy of `text`. Null where it is not the
 * same text, a bracket is not closed, or one stands within another. A text that itself holds double brackets cannot be
 * marked: it is refused when it is written.
 */
export function redactionsAsMarked(field: string, text: string, marked: string): Redaction[] | null {
  const lines = marked.replace(/\r\n?/g, '\n');
  const found: Redaction[] = [];
  let plain = '';
  let open: number | null = null;
  for (let at = 0; at < lines.length; ) {
    if (lines.startsWith(OPEN, at)) {
      if (open !== null) return null;
      open = plain.length;
      at += OPEN.length;
    } else if (lines.startsWith(CLOSE, at)) {
      if (open === null) return null;
      if (plain.length > open) found.push({ field, start: open, end: plain.length });
      open = null;
      at += CLOSE.length;
    } else {
      plain += lines[at];
      at += 1;
    }
  }
  return open === null && plain === text ? found : null;
}

/** Tells whether a text could not be marked: it holds the marks themselves. */
export function holdsMarks(text: string): boolean {
  return text.includes(OPEN) || text.includes(CLOSE);
}

/** The text with its passages between marks, for a form that shows what was struck out before. */
export function withMarks(text: string, redactions: readonly Redaction[]): string {
  return cut(text, redactions, (passage) => `${OPEN}${passage}${CLOSE}`);
}

/** The text without its passages: the only form in which it leaves the server. */
export function redacted(text: string, redactions: readonly Redaction[]): string {
  return cut(text, redactions, () => STRUCK_OUT);
}

function cut(text: string, redactions: readonly Redaction[], written: (passage: string) => string): string {
  let result = '';
  let at = 0;
  for (const { start, end } of [...redactions].sort((x, y) => x.start - y.start)) {
    const from = Math.max(start, at);
    if (end <= from) continue;
    result += text.slice(at, from) + written(text.slice(from, end));
    at = end;
  }
  return result + text.slice(at);
}
