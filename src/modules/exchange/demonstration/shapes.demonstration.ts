// The compact description of what a demonstration producer answers, and the values drawn from it: the same for the same
// person, company or question, whoever asks and whenever. Pure.

/** What one field of an answer is: how it is explained, and what may stand there. */
export type Shape =
  | {
      readonly kind: 'whole' | 'amount';
      readonly text: string;
      readonly least: number;
      readonly most: number;
    }
  | { readonly kind: 'choice'; readonly text: string; readonly of: readonly string[] }
  | { readonly kind: 'day'; readonly text: string; readonly from: number; readonly to: number }
  | { readonly kind: 'flag'; readonly text: string; readonly chance: number }
  | { readonly kind: 'code'; readonly text: string; readonly pattern: string }
  | { readonly kind: 'asked'; readonly text: string; readonly at: number; readonly isDay: boolean }
  | { readonly kind: 'group'; readonly text: string; readonly fields: Fields }
  | {
      readonly kind: 'many';
      readonly text: string;
      readonly least: number;
      readonly most: number;
      readonly fields: Fields;
    };

/** Fields by name, in the order in which they are answered. */
export type Fields = Readonly<Record<string, Shape>>;

/** A whole number. */
export const whole = (text: string, least: number, most: number): Shape => ({
  kind: 'whole',
  text,
  least,
  most,
});

/** A sum in euros, with cents. */
export const amount = (text: string, least: number, most: number): Shape => ({
  kind: 'amount',
  text,
  least,
  most,
});

/** One of these words. */
export const choice = (text: string, ...of: readonly string[]): Shape => ({ kind: 'choice', text, of });

/** A day from the first of January of one year to the 28th of December of another. */
export const day = (text: string, from: number, to: number): Shape => ({ kind: 'day', text, from, to });

/** Yes or no; `chance` (0 to 1) of a yes. */
export const flag = (text: string, chance = 0.5): Shape => ({ kind: 'flag', text, chance });

/** A code: `#` stands for a digit, `@` for a capital. */
export const code = (text: string, pattern: string): Shape => ({ kind: 'code', text, pattern });

/** What the caller said: the value at this place of the subject. */
export const asked = (text: string, at: number, isDay = false): Shape => ({ kind: 'asked', text, at, isDay });

/** Fields together under one name. */
export const group = (text: string, fields: Fields): Shape => ({ kind: 'group', text, fields });

/** A list of `least` to `most` items that have these fields. */
export const many = (text: string, least: number, most: number, fields: Fields): Shape => ({
  kind: 'many',
  text,
  least,
  most,
  fields,
});

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Numbers from 0 (included) to 1 (not), always the same after the same `seed` (FNV-1a, then mulberry32). */
export function drawsFrom(seed: string): () => number {
  let state = FNV_OFFSET;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), FNV_PRIME);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The values of `fields`; `subject` is what the caller said. */
export function valuesOf(
  fields: Fields,
  draw: () => number,
  subject: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, shape]) => [name, drawn(shape, draw, subject)]),
  );
}

function drawn(shape: Shape, draw: () => number, subject: readonly string[]): unknown {
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1));
  switch (shape.kind) {
    case 'whole':
      return between(shape.least, shape.most);
    case 'amount':
      return between(shape.least * 100, shape.most * 100) / 100;
    case 'choice':
      return shape.of[between(0, shape.of.length - 1)];
    case 'day': {
      const parts = [between(shape.from, shape.to), between(1, 12), between(1, 28)];
      return parts.map((part) => String(part).padStart(2, '0')).join('-');
    }
    case 'flag':
      return draw() < shape.chance;
    case 'code':
      return shape.pattern.replace(/[#@]/g, (place) =>
        place === '#' ? String(between(0, 9)) : String.fromCharCode(65 + between(0, 25)),
      );
    case 'asked':
      return subject[shape.at] ?? '';
    case 'group':
      return valuesOf(shape.fields, draw, subject);
    case 'many':
      return Array.from({ length: between(shape.least, shape.most) }, () =>
        valuesOf(shape.fields, draw, subject),
      );
  }
}
