// What is done with text that people typed, beside what every module does (#platform/typed-text.ts). Pure; knows no noun.

/** Text of several lines as typed, in composed form (NFC): line ends are kept, runs of empty lines become one. */
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
