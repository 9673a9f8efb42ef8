// What is done with text that people typed before it is judged: spaces, accents, days. Pure; knows no noun.

/** Text as typed, in Unicode's composed form (NFC), without spaces around it and with single ones inside. */
export function tidied(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** Text as search compares it: without accents, capitals, ligatures or typographic apostrophes. */
export function foldedForSearch(text: string): string {
  return tidied(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('’', "'");
}

/** The pattern that finds `typed` anywhere in a folded text with SQL's LIKE, whose wildcards it disarms. */
export function searchPattern(typed: string): string {
  return `%${foldedForSearch(typed).replace(/[\\%_]/g, '\\$&')}%`;
}

/** Tells whether `text` is a real day of the calendar written YYYY-MM-DD, from 1000 to 9999. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** Tells whether `text` has the shape of a UUID, so that it may be compared with an id. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Tells whether `text` holds a control character, which no name has. */
export function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** Text of several lines as typed, in NFC: line ends are kept, runs of empty lines become one. */
export function tidiedLines(text: string): string {
  const lines = text
    .toWellFormed()
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim());
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Tells whether `text` holds a control character other than the ends of its lines. */
export function hasControlCharacterInLines(text: string): boolean {
  return /[^\P{Cc}\n]/u.test(text);
}

/** A decimal as people type it, with a comma or a point and spaces between thousands; NaN when it is none. */
export function decimalAsTyped(text: string): number {
  const plain = text.replace(/[\s\u00A0\u202F]/gu, '').replace(',', '.');
  return /^[+-]?\d{1,15}(\.\d{1,6})?$/.test(plain) ? Number(plain) : Number.NaN;
}
