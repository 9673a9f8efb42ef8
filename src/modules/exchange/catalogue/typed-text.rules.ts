// What is done with text that people typed, before it is judged or searched for. Pure; knows no noun.

/** Text as typed, in Unicode's composed form (NFC), without spaces around it and with single ones inside. */
export function tidied(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** The same for a text of several lines: line ends are kept, runs of empty lines become one. */
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

/** Text as search compares it: without accents, capitals or typographic apostrophes. */
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

/** Tells whether `text` looks like one email address of a domain with a dot, of at most 254 characters. */
export function isEmailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]{1,180}\.[^\s@\p{Cc}]{2,}$/u.test(text);
}

/** Tells whether `text` holds a control character other than the ends of its lines. */
export function hasControlCharacter(text: string): boolean {
  return /[^\P{Cc}\n]/u.test(text);
}

/** What was typed one a line, without the empty lines. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
