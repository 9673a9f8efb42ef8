// Says which project each row of a new edition is: exact matches at once, and a bounded shortlist for the others. Pure.
import { createHash } from 'node:crypto';
import { blockingKeys, type ComparedRow, isCertainMatch, startSimilarity } from './matching.rules.ts';
import { nameKey, slugOf } from './names.rules.ts';

/** A row of the edition being identified. */
export interface NewRow extends ComparedRow {
  readonly rowId: number;
}

/** A name that a project is known by, from its latest row of that name. */
export interface KnownName extends ComparedRow {
  readonly rowId: number;
  readonly memberId: string;
  /** Where the member's merges lead. */
  readonly projectId: string;
}

/** Pairs of one name that are compared one by one; beyond, they are taken in order. */
const MOST_COMPARED = 200;

/**
 * Finds the rows that are certainly a known project: the same name key and a compatible ministry or start. Each
 * project is taken once, whatever the number of calls; where a name is there several times, the nearest start and
 * then the nearest cost decide.
 */
export function exactMatcher(known: readonly KnownName[]): {
  match(rows: readonly NewRow[]): Map<number, KnownName>;
  /** The projects that were taken so far. */
  readonly taken: ReadonlySet<string>;
} {
  const knownByKey = Map.groupBy(known, (name) => nameKey(name.name));
  const taken = new Set<string>();
  return {
    taken,
    match(rows) {
      const matches = new Map<number, KnownName>();
      if (knownByKey.size === 0) return matches;
      for (const [key, sameRows] of Map.groupBy(rows, (row) => nameKey(row.name))) {
        const candidates = knownByKey.get(key)?.filter(({ projectId }) => !taken.has(projectId)) ?? [];
        for (const { row, name } of nearestFirst(sameRows, candidates)) {
          if (matches.has(row.rowId) || taken.has(name.projectId)) continue;
          matches.set(row.rowId, name);
          taken.add(name.projectId);
        }
      }
      return matches;
    },
  };
}

function nearestFirst(rows: readonly NewRow[], names: readonly KnownName[]) {
  const pairs: { row: NewRow; name: KnownName; distance: number }[] = [];
  if (rows.length > MOST_COMPARED || names.length > MOST_COMPARED) {
    for (const [index, row] of rows.entries()) {
      const name = names[index];
      if (name && isCertainMatch(row, name)) pairs.push({ row, name, distance: 0 });
    }
    return pairs;
  }
  for (const row of rows) {
    for (const name of names) {
      if (isCertainMatch(row, name)) pairs.push({ row, name, distance: distanceBetween(row, name) });
    }
  }
  return pairs.sort((a, b) => a.distance - b.distance);
}

function distanceBetween(a: ComparedRow, b: ComparedRow): number {
  const start = 1 - (startSimilarity(a.startedOn, b.startedOn) ?? 0.5);
  const cost =
    a.costMeur === null || b.costMeur === null
      ? 0.5
      : Math.abs(a.costMeur - b.costMeur) / Math.max(a.costMeur, b.costMeur, 1);
  return start * 10 + cost;
}

/** How many entries of one posting list are read, and how many candidates a row is compared with. */
const MOST_POSTINGS = 200;
const MOST_CANDIDATES = 15;

/**
 * Indexes known names by their blocking keys and returns the reader of the index: at most 15 names for a row, those
 * that share most keys with it first. The work for a row is bounded whatever the size of the index.
 */
export function indexNames(known: readonly KnownName[]): (row: NewRow) => KnownName[] {
  const postings = new Map<string, KnownName[]>();
  for (const name of known) {
    for (const key of blockingKeys(name)) {
      const list = postings.get(key);
      if (!list) postings.set(key, [name]);
      else if (list.length < MOST_POSTINGS) list.push(name);
    }
  }
  return (row) => {
    const hits = new Map<KnownName, number>();
    for (const key of blockingKeys(row)) {
      const list = postings.get(key) ?? [];
      // A key that many names have says little of each.
      for (const name of list) hits.set(name, (hits.get(name) ?? 0) + 1 / Math.sqrt(list.length));
    }
    return [...hits]
      .sort((a, b) => b[1] - a[1] || a[0].rowId - b[0].rowId)
      .slice(0, MOST_CANDIDATES)
      .map(([name]) => name);
  };
}

/** Two names as one text, the same whichever comes first. */
export function pairOfKeys(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

const ID_LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * An identifier for a project founded by a row: `p-` and 8 letters of Crockford's base 32 (40 bits), made from where
 * it was first seen, so that the same imports give the same identifiers on every installation.
 * @param attempt raised from 0 while the identifier is taken, as by a second project of that name.
 */
export function projectIdOf(origin: string, month: string, name: string, attempt: number): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([origin, month, nameKey(name), attempt]))
    .digest();
  let id = 'p-';
  for (let i = 0; i < 8; i += 1) id += ID_LETTERS[(digest[i] ?? 0) % 32];
  return id;
}

/** Parts of addresses under `/projects` that are pages of their own and no project's. */
const RESERVED: ReadonlySet<string> = new Set([
  'files',
  'slippage',
  'opinions',
  'audits',
  'recommendations',
  'watch',
  'conferences',
  'calibration',
  'forecasts',
  'settings',
]);

/** The readable address of a project: its name, or its name and identifier where another project has that address. */
export function projectSlug(name: string, id: string, isTaken: (slug: string) => boolean): string {
  const slug = slugOf(name);
  if (slug !== '' && !RESERVED.has(slug) && !/^p-[0-9a-z]{8}$/.test(slug) && !isTaken(slug)) return slug;
  return slug === '' ? id : `${slug}-${id.slice(2)}`;
}
