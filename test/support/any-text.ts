// Text of any characters at all, for property tests.
import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const LAST_CHARACTER = 0x10ffff;

function characterAt(rank: number): string {
  return String.fromCodePoint(rank < FIRST_SURROGATE ? rank : rank + SURROGATES);
}

function rankOf(character: unknown): number {
  if (typeof character !== 'string' || [...character].length !== 1)
    throw new Error('This is not one character.');
  const point = character.codePointAt(0) as number;
  return point < FIRST_SURROGATE ? point : point - SURROGATES;
}

// fast-check's own unit "binary" draws the same, and keeps a table of the whole of Unicode: two seconds and 150 MB in
// each process.
const anyCharacter = fc.integer({ min: 0, max: LAST_CHARACTER - SURROGATES }).map(characterAt, rankOf);

/** Text of whatever characters Unicode has, U+0000 and unassigned ones among them, but no half of a surrogate pair. */
export function anyText(bounds: { maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ unit: anyCharacter, ...bounds });
}
