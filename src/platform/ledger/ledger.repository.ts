// Reads the ledger: entries, checkpoints, and proofs. It appends nothing.
import type { Db } from '../database/connection.ts';
import type { LedgerTables } from './ledger.tables.ts';
import type { LedgerActor } from './ledger.types.ts';
import { consistencyProofOf, inclusionProofOf, rootOf } from './proofs.ts';
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

/** The place in the log of the entry that `appendToLedger` named; null while it waits for one. */
export async function findEntryIndex(db: Db, id: string): Promise<number | null> {
  const found = await entries(db).where('id', '=', id).executeTakeFirst();
  return found?.index ?? null;
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

/** Root of the first `size` entries. */
export function getRoot(db: Db, size: number): Promise<Buffer> {
  return rootOf((subtrees) => getSubtreeHashes(db, subtrees), size);
}

/** Proof that the entry at `index` is among the first `size`. Throws RangeError when it cannot be. */
export function getInclusionProof(db: Db, index: number, size: number): Promise<Buffer[]> {
  return inclusionProofOf((subtrees) => getSubtreeHashes(db, subtrees), index, size);
}

/** Proof that the first `from` entries are the start of the first `to`. Throws RangeError when they cannot be. */
export function getConsistencyProof(db: Db, from: number, to: number): Promise<Buffer[]> {
  return consistencyProofOf((subtrees) => getSubtreeHashes(db, subtrees), from, to);
}
