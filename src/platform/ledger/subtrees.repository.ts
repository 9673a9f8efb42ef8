// Hashes of subtrees, from the entries and the few levels that are kept. It appends nothing.
import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { foldComplete, type Subtree } from './merkle.ts';

/** Every eighth level is kept: a proof then reads a few hundred hashes at most, and an entry writes 1/255 row. */
const KEPT_EVERY = 8;

/** Tells whether hashes of subtrees of `level` are kept in the database (level 0 in the entries). */
export function isKept(level: number): boolean {
  return level % KEPT_EVERY === 0;
}

/**
 * Hashes of complete subtrees, in the order asked, in one query.
 * @throws Error when the database lacks a hash that it should hold.
 */
export async function getSubtreeHashes(db: Db, subtrees: readonly Subtree[]): Promise<Buffer[]> {
  if (subtrees.length === 0) return [];
  const wanted = subtrees.map(({ level, index }) => {
    const width = 2 ** (level % KEPT_EVERY);
    return { level: level - (level % KEPT_EVERY), start: index * width, end: (index + 1) * width };
  });
  const { rows } = await sql<{ n: number; hash: Buffer }>`
    select wanted.n, kept.hash
    from unnest(${wanted.map(({ level }) => level)}::int[], ${wanted.map(({ start }) => start)}::bigint[],
                ${wanted.map(({ end }) => end)}::bigint[]) with ordinality as wanted (level, first, past, n)
    cross join lateral (
      select index, leaf_hash as hash from ledger.entries
      where wanted.level = 0 and index >= wanted.first and index < wanted.past
      union all
      select index, hash from ledger.nodes
      where wanted.level > 0 and level = wanted.level and index >= wanted.first and index < wanted.past
    ) as kept
    order by wanted.n, kept.index
  `.execute(db);
  const found = Map.groupBy(rows, ({ n }) => n);
  return wanted.map(({ level, start, end }, i) => {
    const hashes = (found.get(i + 1) ?? []).map(({ hash }) => hash);
    if (hashes.length !== end - start) {
      throw new Error(`The ledger lacks hashes of level ${level} from ${start} to ${end - 1}.`);
    }
    return foldComplete(hashes);
  });
}
