// How much two rows of different editions speak for being one project. Pure.
// Sources: Jaro and Winkler's string comparator (Winkler, "String Comparator Metrics and Enhanced Decision Rules in
// the Fellegi-Sunter Model of Record Linkage", 1990) for spelling; Jaccard's index on words; containment and acronyms
// because half of the renames in the published editions shorten a name ("SIRENA Cycle 1" becomes "SIRENA") or take
// its initials ("Réseau Interministériel de l'Etat" becomes "RIE").
import type { MatchFeatures } from './matches.types.ts';
import { folded, nameKey, nameWords } from './names.rules.ts';

/** What the comparison needs of a row. */
export interface ComparedRow {
  readonly name: string;
  readonly ministry: string | null;
  readonly startedOn: string | null;
  readonly zone: string | null;
  readonly costMeur: number | null;
  /** What `descriptionWords` gives for its description; null or absent where it has none. */
  readonly described?: ReadonlySet<string> | null;
}

/** Below this score nothing is proposed. */
export const PROPOSAL_THRESHOLD = 0.55;

/** What each feature weighs; together 1. An unknown feature counts half of its weight. */
const WEIGHTS = { name: 0.5, start: 0.2, ministry: 0.1, zone: 0.1, cost: 0.1 } as const;

/** Jaro-Winkler similarity, 0 to 1, prefix scale 0.1 over at most 4 letters. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken: boolean[] = [];
  const matchedA: string[] = [];
  for (let i = 0; i < a.length; i += 1) {
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j += 1) {
      if (!taken[j] && a[i] === b[j]) {
        taken[j] = true;
        matchedA.push(a[i] as string);
        break;
      }
    }
  }
  const matches = matchedA.length;
  if (matches === 0) return 0;
  const matchedB = [...b].filter((_, j) => taken[j]);
  const swaps = matchedA.filter((letter, k) => letter !== matchedB[k]).length / 2;
  const jaro = (matches / a.length + matches / b.length + (matches - swaps) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Words that say nothing of which project it is. */
const PLAIN_WORDS = new Set(
  (
    'le la les un une du de des et en a au aux pour par sur avec vers dans ou son sa ses ' +
    'projet projets programme etape phase cycle lot lots version iso si sirh rh ' +
    'application applications ministeriel ministerielle national nationale nouvelle nouveau adaptations liees'
  ).split(' '),
);
const VERSION_WORD = /^(?:v?\d{1,2}|i{1,3}|iv|vi?)$/;

function isDistinctive(word: string): boolean {
  return word.length >= 3 && !PLAIN_WORDS.has(word) && !VERSION_WORD.test(word);
}

/** Two words are one when equal, or when one shortens the other (`regroup` and `regroupement`, `depl` too). */
function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && long.startsWith(short)) return true;
  return short.length >= 6 && jaroWinkler(a, b) >= 0.94;
}

/** The initials of a name's words, small words left out; an empty text for a name of fewer than three words. */
export function acronymOf(name: string): string {
  const words = nameWords(name).filter(
    (word) => word.length > 1 && !/^(?:de|du|des|la|le|les|et|en|au|aux)$/.test(word),
  );
  return words.length < 3 ? '' : words.map((word) => word[0]).join('');
}

/** The version that a name states (`V2`, `phase II`, a final `2`), 1 when it states none. */
function versionOf(words: readonly string[]): string {
  const found = words.findLast((word) => VERSION_WORD.test(word)) ?? '1';
  const roman: Readonly<Record<string, string>> = { i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6' };
  return roman[found] ?? found.replace('v', '');
}

/** How alike two names are, and why. Names that differ by their version are 15 % less alike. */
export function nameSimilarity(a: string, b: string): { score: number; reason: MatchFeatures['nameReason'] } {
  const [keyA, keyB] = [nameKey(a), nameKey(b)];
  if (keyA === keyB) return { score: 1, reason: 'spelling' };
  const [wordsA, wordsB] = [nameWords(a), nameWords(b)];
  const strongA = wordsA.filter(isDistinctive);
  const strongB = wordsB.filter(isDistinctive);
  const shared = strongA.filter((word) => strongB.some((other) => isSameWord(word, other))).length;
  const union = strongA.length + strongB.length - shared;
  const fewest = Math.min(strongA.length, strongB.length);
  // Winkler's comparator is generous to unlike words: only its upper half counts.
  const spelling = Math.max(0, (jaroWinkler(keyA, keyB) - 0.7) / 0.3);
  const found: { score: number; reason: MatchFeatures['nameReason'] }[] = [
    { score: spelling, reason: 'spelling' },
    { score: union === 0 ? 0 : shared / union, reason: 'words' },
    { score: fewest > 0 && shared === fewest ? 0.9 : 0, reason: 'contained' },
    { score: isContained(strongA, keyB) || isContained(strongB, keyA) ? 0.85 : 0, reason: 'contained' },
    { score: isAcronym(a, wordsB) || isAcronym(b, wordsA) ? 0.9 : 0, reason: 'acronym' },
  ];
  const best = found.reduce((one, other) => (other.score > one.score ? other : one));
  if (best.score < 0.2) return { score: 0, reason: 'none' };
  const factor = versionOf(wordsA) === versionOf(wordsB) ? 1 : 0.85;
  return { score: Math.round(best.score * factor * 1e4) / 1e4, reason: best.reason };
}

/** A long distinctive word that stands inside the other name's letters: `france` `connect` in `franceconnectphaseii`. */
function isContained(strong: readonly string[], key: string): boolean {
  return strong.length > 0 && strong.join('').length >= 5 && strong.every((word) => key.includes(word));
}

/** A word of the one name that is the initials of the other: RIE, CPA, LSUN (which adds a letter). */
function isAcronym(name: string, words: readonly string[]): boolean {
  const acronym = acronymOf(name);
  if (acronym.length < 3) return false;
  return words.some((word) => word.length >= 3 && (word === acronym || isOneLetterMore(word, acronym)));
}

function isOneLetterMore(word: string, acronym: string): boolean {
  return acronym.length >= 3 && word.length === acronym.length + 1 && word.startsWith(acronym);
}

/**
 * Ministries change their names with each government; what they are in charge of stays. Each family lists the words
 * that name a charge. A ministry may belong to several (`Transition écologique / Agriculture`).
 */
const CHARGES: readonly (readonly [family: string, words: RegExp])[] = [
  ['prime-minister', /\bpremier\b|\bprime minister\b/],
  ['foreign', /etranger/],
  ['interior', /\binterieur\b|outre mer/],
  ['justice', /\bjustice\b|garde des sceaux/],
  ['defence', /\bdefense\b|\barmees\b/],
  ['finance', /\beconomie\b|\bfinances\b|comptes publics|\bbudget\b|\bindustrie\b/],
  ['social', /affaires sociales|\bsante\b|solidarite|\btravail\b|\bemploi\b/],
  ['education', /education|enseignement|recherche|jeunesse|\bsports?\b/],
  ['agriculture', /agricult|agroaliment|alimentation|\bforet/],
  ['ecology', /environnement|ecologi|\benergie\b|\bmer\b|\blogement\b|\btransports?\b/],
  ['culture', /\bculture\b|communication/],
];

const MINISTRY_WORDS = new Set(
  'ministere ministeres charge charges chargee service services et de du des la le les'.split(' '),
);

/** The charges that a ministry's name states; empty when it states none that is known. */
export function familiesOf(ministry: string): string[] {
  const words = nameWords(ministry).join(' ');
  return CHARGES.filter(([, pattern]) => pattern.test(words)).map(([family]) => family);
}

/** How alike two ministries are: 1 when they share a charge, else by the words of their names; null when unknown. */
export function ministrySimilarity(a: string | null, b: string | null): number | null {
  if (a === null || b === null) return null;
  if (a === b) return 1;
  const [familiesA, familiesB] = [familiesOf(a), familiesOf(b)];
  if (familiesA.some((family) => familiesB.includes(family))) return 1;
  if (familiesA.length > 0 && familiesB.length > 0) return 0;
  return jaccard(ministryWords(a), ministryWords(b));
}

function ministryWords(ministry: string): Set<string> {
  return new Set(nameWords(ministry).filter((word) => !MINISTRY_WORDS.has(word)));
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  const union = a.size + b.size - shared;
  return union === 0 ? 0 : shared / union;
}

/** Months between two days given as YYYY-MM-DD, by their months alone. */
function monthsApart(a: string, b: string): number {
  const month = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return Math.abs(month(a) - month(b));
}

/** 1 in the same month, 0.8 within a quarter, 0.4 within a year, else 0; null when unknown. */
export function startSimilarity(a: string | null, b: string | null): number | null {
  if (a === null || b === null) return null;
  const months = monthsApart(a, b);
  return months === 0 ? 1 : months <= 3 ? 0.8 : months <= 12 ? 0.4 : 0;
}

/** 1 for the same zone, one inside the other or one the initials of the other, else the share of common words. */
export function zoneSimilarity(a: string | null, b: string | null): number | null {
  if (a === null || b === null) return null;
  const [keyA, keyB] = [nameKey(a), nameKey(b)];
  if (keyA === keyB || keyA.includes(keyB) || keyB.includes(keyA)) return 1;
  const initials = (zone: string) =>
    nameWords(zone)
      .map((word) => word[0])
      .join('');
  if (keyA === initials(b) || keyB === initials(a)) return 1;
  const words = (zone: string) => new Set(nameWords(zone).filter((word) => word.length > 3));
  return jaccard(words(a), words(b));
}

/** 1 for the same cost, falling to 0 where one is twice the other; null when unknown. */
export function costSimilarity(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null;
  if (a === b) return 1;
  if (a === 0 || b === 0) return 0;
  return Math.max(0, 1 - Math.abs(Math.log2(a / b)));
}

/** The longer words of a description (5 letters and more), by which two are compared. */
export function descriptionWords(description: string): Set<string> {
  return new Set(nameWords(description).filter((word) => word.length >= 5));
}

/**
 * Two rows with the same name key are one project at once when their ministries are compatible or they started in
 * the same quarter; where neither is known on one side, nothing speaks against it.
 */
export function isCertainMatch(a: ComparedRow, b: ComparedRow): boolean {
  const ministry = ministrySimilarity(a.ministry, b.ministry);
  const start = startSimilarity(a.startedOn, b.startedOn);
  if (ministry === null && start === null) return true;
  return (ministry ?? 0) >= 0.5 || (start ?? 0) >= 0.8;
}

/**
 * The score of a possible match and what it is made of. The name counts half; a description that says the same may
 * stand for the name. Null when nothing is to be proposed: the score is too low, or the ministries have nothing in
 * common and the names are not very much alike.
 */
export function scoreOf(a: ComparedRow, b: ComparedRow): { score: number; features: MatchFeatures } | null {
  const name = nameSimilarity(a.name, b.name);
  const features: MatchFeatures = {
    name: name.score,
    nameReason: name.reason,
    ministry: ministrySimilarity(a.ministry, b.ministry),
    start: startSimilarity(a.startedOn, b.startedOn),
    zone: zoneSimilarity(a.zone, b.zone),
    cost: costSimilarity(a.costMeur, b.costMeur),
    // The share of the longer words that both descriptions have.
    description: a.described && b.described ? jaccard(a.described, b.described) : null,
  };
  const wording = Math.max(features.name, 0.9 * (features.description ?? 0));
  const score =
    WEIGHTS.name * wording +
    WEIGHTS.start * (features.start ?? 0.5) +
    WEIGHTS.ministry * (features.ministry ?? 0.5) +
    WEIGHTS.zone * (features.zone ?? 0.5) +
    WEIGHTS.cost * (features.cost ?? 0.5);
  const isAllButName = features.ministry === 1 && features.start === 1 && (features.zone ?? 0) >= 0.9;
  if ((features.ministry ?? 1) < 0.5 && wording < 0.85) return null;
  if (wording < 0.35 && !isAllButName) return null;
  // A rename beyond recognition keeps its ministry, month of start and zone: worth a look, at the threshold.
  const kept = isAllButName ? Math.max(score, PROPOSAL_THRESHOLD) : score;
  if (kept < PROPOSAL_THRESHOLD) return null;
  return { score: Math.round(kept * 1e4) / 1e4, features };
}

/** Words by which similar names are looked for, so that each row meets a bounded number of candidates. */
export function blockingKeys(row: ComparedRow): string[] {
  const words = nameWords(row.name).filter(isDistinctive);
  const keys = new Set<string>();
  for (const word of words) {
    keys.add(`w:${word}`);
    if (word.length >= 4) keys.add(`p:${word.slice(0, 4)}`);
  }
  const key = nameKey(row.name);
  keys.add(`p:${key.slice(0, 4)}`);
  const acronym = acronymOf(row.name);
  if (acronym.length >= 3) keys.add(`a:${acronym}`);
  for (const word of nameWords(row.name)) {
    if (word.length >= 3 && word.length <= 6) {
      keys.add(`a:${word}`);
      if (word.length >= 4) keys.add(`a:${word.slice(0, -1)}`);
    }
  }
  if (row.startedOn && row.zone) keys.add(`s:${row.startedOn.slice(0, 7)}:${folded(row.zone)}`);
  if (row.startedOn && row.costMeur !== null) keys.add(`c:${row.startedOn.slice(0, 7)}:${row.costMeur}`);
  return [...keys];
}
