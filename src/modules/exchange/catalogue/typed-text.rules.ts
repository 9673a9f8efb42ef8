// What is done with text that people typed, beside what every module does (#platform/typed-text.ts). Pure; knows no noun.

/** Tells whether `text` looks like one email address of a domain with a dot, of at most 254 characters. */
export function isEmailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]{1,180}\.[^\s@\p{Cc}]{2,}$/u.test(text);
}

/** What was typed one a line, without the empty lines. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
