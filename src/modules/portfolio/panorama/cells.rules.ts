// Reads the cells of a published table: numbers, dates, phases, bands, and the statuses that stand in their place.
// Pure. Formats are those really met in published files (see the module's README).
import type { Band, Phase } from './editions.types.ts';
import { folded } from './names.rules.ts';

/** What a cell gives: a value, nothing, a status in place of a value, or something that cannot be read. */
export type CellReading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'empty' }
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly text: string };

const EMPTY = { kind: 'empty' } as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u2060\ufeff]/g;

/** A cell's text on one line: composed (NFC), any space as a plain one, without control characters; null when empty. */
export function lineOfCell(cell: string): string | null {
  const text = cell.normalize('NFC').replace(CONTROLS, '').replace(/\s+/g, ' ').trim();
  return text === '' ? null : text;
}

/** A cell's text with its line breaks; null when empty. */
export function textOfCell(cell: string): string | null {
  const text = cell
    .normalize('NFC')
    .replace(CONTROLS, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
  return text === '' ? null : text;
}

/** Words that say why there is no value, folded. */
const STATUS =
  /^(?:n\.?\/?[acd]\.?|nc|nr|en cadrage|cadrage|a venir|a preciser|a determiner|non (?:communique|applicable|publie|disponible|renseigne|determine)e?s?|confidentiel|en cours(?: .*)?|tbd|unknown|inconnu|[-–—]+)$/;

/** Tells whether a text stands for "no value yet" rather than for a wrong value. */
export function isStatus(text: string): boolean {
  return STATUS.test(folded(text)) || isNotice(text);
}

/** A whole sentence in a cell that takes a word or a number is a notice to the reader. */
function isNotice(text: string): boolean {
  return text.split(' ').length >= 6;
}

/**
 * A number written with comma or point, spaces between thousands, and a unit behind it (`M€`, `ans`).
 * Where both signs occur, the last one parts the decimals.
 */
export function readDecimal(cell: string, { min, max }: { min: number; max: number }): CellReading<number> {
  const text = lineOfCell(cell);
  if (text === null) return EMPTY;
  if (isStatus(text)) return { kind: 'status', text };
  const bare = folded(text)
    .replace(/ ?(?:m ?€|me|meur|millions?(?: d'euros)?|€|ans?|annees?|years?)$/, '')
    .replace(/ /g, '');
  if (!/^[+-]?\d[\d.,]*$/.test(bare)) return { kind: 'unreadable', text };
  const lastComma = bare.lastIndexOf(',');
  const lastPoint = bare.lastIndexOf('.');
  const decimalSign = lastComma > lastPoint ? ',' : '.';
  const groupSign = decimalSign === ',' ? '.' : ',';
  const plain = bare.replaceAll(groupSign, '').replace(decimalSign, '.');
  const value = plain.includes(decimalSign === ',' ? ',' : ' ') ? Number.NaN : Number(plain);
  if (!Number.isFinite(value) || value < min || value > max) return { kind: 'unreadable', text };
  return { kind: 'value', value: Math.round(value * 1e6) / 1e6 };
}

/** Days from 1899-12-30, on which a spreadsheet's serial dates count. */
const SERIAL_ORIGIN = Date.UTC(1899, 11, 30);

/**
 * A date as YYYY-MM-DD, from `2016-11-03`, `03/11/2016`, `2013-07`, `07/2013` or a spreadsheet's serial number
 * (20000 to 60000: 1954 to 2064). A month gives its first day; a time of day behind it is left aside.
 */
export function readDate(cell: string): CellReading<string> {
  const text = lineOfCell(cell);
  if (text === null) return EMPTY;
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]\d{1,2}:\d{2}.*)?$/.exec(text);
  if (iso) return dateReading(text, iso[1], iso[2], iso[3]);
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: \d{1,2}:\d{2}.*)?$/.exec(text);
  if (french) return dateReading(text, french[3], french[2], french[1]);
  const month = /^(\d{1,2})\/(\d{4})$/.exec(text);
  if (month) return dateReading(text, month[2], month[1], undefined);
  if (/^\d{5}(?:[.,]\d+)?$/.test(text)) {
    const days = Math.floor(Number(text.replace(',', '.')));
    if (days >= 20_000 && days <= 60_000) {
      return { kind: 'value', value: new Date(SERIAL_ORIGIN + days * 86_400_000).toISOString().slice(0, 10) };
    }
  }
  return isStatus(text) ? { kind: 'status', text } : { kind: 'unreadable', text };
}

function dateReading(
  text: string,
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): CellReading<string> {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  const isReal =
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day ?? 1) &&
    Number(year) >= 1950 &&
    Number(year) <= 2100;
  return isReal ? { kind: 'value', value: date.toISOString().slice(0, 10) } : { kind: 'unreadable', text };
}

const PHASE_WORDS: readonly (readonly [RegExp, Phase])[] = [
  [/^(?:en )?cadrage$|^scoping$/, 'scoping'],
  [/^conception|^realisation|^design|^build/, 'build'],
  [/^experimentation|^pilote?$/, 'pilot'],
  [/^deploiement|^generalisation|^roll-?out/, 'rollout'],
  [/^termine|^acheve|^clos|^finished|^abandon/, 'finished'],
];

/** The phase that a cell names; a whole sentence in its place is a status (two rows of the real panel hold one). */
export function readPhase(cell: string): CellReading<Phase> {
  const text = lineOfCell(cell);
  if (text === null) return EMPTY;
  if (isNotice(text)) return { kind: 'status', text };
  const found = PHASE_WORDS.find(([words]) => words.test(folded(text)));
  if (found) return { kind: 'value', value: found[1] };
  return isStatus(text) ? { kind: 'status', text } : { kind: 'unreadable', text };
}

/** The cost band that a cell words (`entre 9 et 20 M€`, `< 5 M€`, `> 100 M€`). */
export function readBand(cell: string): CellReading<Band> {
  const text = lineOfCell(cell);
  if (text === null) return EMPTY;
  if (isStatus(text)) return { kind: 'status', text };
  const numbers = folded(text).match(/\d+/g)?.join('-');
  const bands: Readonly<Record<string, Band>> = {
    '5': 'under-5',
    '0-5': 'under-5',
    '5-9': '5-9',
    '9-20': '9-20',
    '20-100': '20-100',
    '100': 'over-100',
  };
  const band = bands[numbers ?? ''];
  return band ? { kind: 'value', value: band } : { kind: 'unreadable', text };
}

/** Yes or no, in French or English. */
export function readYesNo(cell: string): CellReading<boolean> {
  const text = lineOfCell(cell);
  if (text === null) return EMPTY;
  const word = folded(text);
  if (/^(?:oui|yes|true|vrai|1|x)$/.test(word)) return { kind: 'value', value: true };
  if (/^(?:non|no|false|faux|0)$/.test(word)) return { kind: 'value', value: false };
  return isStatus(text) ? { kind: 'status', text } : { kind: 'unreadable', text };
}
