// How names are compared and searched: spelling laid aside, words kept. Pure text in, text out.

const LETTERS_OUTSIDE_ASCII: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  // toLowerCase writes a sigma by its place in the word; the key must not depend on that.
  ς: 'σ',
};

/**
 * Lower case, without accents, ligatures and exponents (`MCIC²` gives `mcic2`), apostrophes straight.
 * Punctuation stays. Used for search and as the first step of `nameKey`.
 */
export function folded(text: string): string {
  const plain = text.toLowerCase().replace(BEYOND_ASCII, foldRun);
  return (UNEVEN_SPACE.test(plain) ? plain.replace(/\s+/g, ' ') : plain).trim();
}

const BEYOND_ASCII = /[^\p{ASCII}]+/gu;
const UNEVEN_SPACE = /\s\s|[^\S ]/;

// The same few accented letters come again and again in a file of 100,000 rows.
const foldedRuns = new Map<string, string>();

function foldRun(run: string): string {
  const known = foldedRuns.get(run);
  if (known !== undefined) return known;
  const plain = run
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđς]/g, (letter) => LETTERS_OUTSIDE_ASCII[letter] ?? letter)
    .replace(/[\u2018\u2019\u02bc]/g, "'");
  if (run.length <= 4 && foldedRuns.size < 2_000) foldedRuns.set(run, plain);
  return plain;
}

/**
 * The words of a name, folded. `@` is read as the letter a, as in OP@LE and MISTR@L; an elided article is dropped;
 * other signs part words.
 */
export function nameWords(name: string): string[] {
  return folded(name)
    .replace(/@/g, 'a')
    .replace(/\b(?:l|d|qu|n|s)'/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The key by which two names are one: its letters and digits only, so `SI-SAMU` and `Si Samu` are the same. */
export function nameKey(name: string): string {
  const key = nameWords(name).join('');
  // A name of signs alone still needs a key of its own.
  return key === '' ? folded(name) : key;
}

/**
 * What a search looks into: the folded words of the texts, each once. A search looks for words and never for a phrase,
 * so that nothing is lost, and a long description takes half the room.
 */
export function searchText(texts: readonly (string | null)[]): string {
  const words = new Set<string>();
  for (const text of texts) {
    if (text !== null) for (const word of folded(text).split(' ')) words.add(word);
  }
  return [...words].join(' ').slice(0, 20_000);
}

/** The words to look for in a search, folded; at most 10. */
export function searchWords(query: string): string[] {
  return folded(query)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 10);
}

/** A readable part of an address made from a name: ASCII words joined by `-`, at most 60 characters; may be empty. */
export function slugOf(name: string): string {
  return nameWords(name)
    .join('-')
    .replace(/[^a-z0-9-]/g, '')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}
