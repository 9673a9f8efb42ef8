// Reads the ledger: entries, checkpoints, and proofs. It appends nothing.
import type { Db } from '../database/connection.ts';
import type { LedgerTables } from './ledger.tables.ts';
import type { LedgerActor } from './ledger.types.ts';
import { consistencyPath, foldRight, inclusionPath, type Range, subtreesOf } from './merkle.ts';
import { getSubtreeHashes } from './subtrees.repository.ts';

/** An entry that has its place in the log. */
export interface StoredEntry {
  readonly index: number;
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly subject: string;
  readonly actor: LedgerActor;
  /** Null once erased, as is its salt. */
  readonly data: Record<string, unknown> | null;
  readonly salt: Buffer | null;
  readonly dataHash: Buffer;
  readonly leafHash: Buffer;
}

/** A signed size and root. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Buffer;
  readonly at: Date;
  readonly note: string;
}

function tables(db: Db) {
  return db.withTables<LedgerTables>();
}

function entries(db: Db) {
  return tables(db)
    .selectFrom('ledger.entries')
    .select(['index', 'id', 'at', 'kind', 'subject', 'actor', 'data', 'salt'])
    .select(['data_hash as dataHash', 'leaf_hash as leafHash']);
}

/** The latest checkpoint; null while the log is empty. */
export async function findLatestCheckpoint(db: Db): Promise<StoredCheckpoint | null> {
  const query = tables(db).selectFrom('ledger.checkpoints').selectAll().orderBy('size', 'desc').limit(1);
  return (await query.executeTakeFirst()) ?? null;
}

/** Checkpoints from the oldest, those of a size above `after`; `limit` at most. */
export async function listCheckpoints(
  db: Db,
  { after, limit }: { after: number; limit: number },
): Promise<StoredCheckpoint[]> {
  return tables(db)
    .selectFrom('ledger.checkpoints')
    .selectAll()
    .where('size', '>', after)
    .orderBy('size')
    .limit(limit)
    .execute();
}

/** The entry at `index`; null when there is none. */
export async function findEntry(db: Db, index: number): Promise<StoredEntry | null> {
  return (await entries(db).where('index', '=', index).executeTakeFirst()) ?? null;
}

/** Entries from `from` on, in order; `limit` at most. */
export async function listEntries(
  db: Db,
  { from, limit }: { from: number; limit: number },
): Promise<StoredEntry[]> {
  return entries(db).where('index', '>=', from).orderBy('index').limit(limit).execute();
}

/** Entries before `before`, the latest first; `limit` at most. */
export async function listLatestEntries(
  db: Db,
  { before, limit }: { before: number | null; limit: number },
): Promise<StoredEntry[]> {
  let query = entries(db);
  if (before !== null) query = query.where('index', '<', before);
  return query.orderBy('index', 'desc').limit(limit).execute();
}

async function hashesOf(db: Db, ranges: readonly Range[]): Promise<Buffer[]> {
  const parts = ranges.map(({ start, end }) => subtreesOf(start, end));
  const hashes = await getSubtreeHashes(db, parts.flat());
  let at = 0;
  return parts.map((part) => {
    const own = hashes.slice(at, at + part.length);
    at += part.length;
    return foldRight(own);
  });
}

/** Root of the first `size` entries. */
export async function getRoot(db: Db, size: number): Promise<Buffer> {
  return foldRight(await getSubtreeHashes(db, subtreesOf(0, size)));
}

/** Proof that the entry at `index` is among the first `size`. Throws RangeError when it cannot be. */
export async function getInclusionProof(db: Db, index: number, size: number): Promise<Buffer[]> {
  return hashesOf(db, inclusionPath(index, size));
}

/** Proof that the first `from` entries are the start of the first `to`. Throws RangeError when they cannot be. */
export async function getConsistencyProof(db: Db, from: number, to: number): Promise<Buffer[]> {
  return hashesOf(db, consistencyPath(from, to));
}
