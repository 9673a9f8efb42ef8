// Tiles, checkpoints and heads of the gateways' logs: what proofs are made of. They outlive the records.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { SubtreeReader } from '#platform/ledger/proofs.ts';
import { type HashTile, hashFromTile, tileOf } from '../gateway/log/tiles.rules.ts';
import type { LogCheckpoint, LogHead } from './logs.types.ts';

/** Puts tiles in; one that is there already is replaced by a wider one. */
export async function insertTiles(trx: Trx, log: string, tiles: readonly HashTile[]): Promise<void> {
  if (tiles.length === 0) return;
  await sql`
    insert into exchange.log_tiles (log, level, index, hashes)
    select ${log}, * from unnest(${tiles.map(({ level }) => level)}::smallint[],
      ${tiles.map(({ index }) => index)}::bigint[], ${tiles.map(({ hashes }) => hashes)}::bytea[])
    on conflict (log, level, index) do update set hashes = excluded.hashes
    where length(excluded.hashes) > length(log_tiles.hashes)`.execute(trx);
}

/** Keeps a checkpoint. */
export async function insertCheckpoint(trx: Trx, log: string, checkpoint: LogCheckpoint): Promise<void> {
  const { size, root, at, note } = checkpoint;
  await sql`
    insert into exchange.log_checkpoints (log, size, root, at, note) values (${log}, ${size}, ${root}, ${at}, ${note})
    on conflict do nothing`.execute(trx);
}

/** Keeps heads; one that was signed for a larger log replaces the one before it. */
export async function insertHeads(trx: Trx, log: string, heads: readonly LogHead[]): Promise<void> {
  if (heads.length === 0) return;
  await sql`
    insert into exchange.log_heads (log, producer, size, entries, note)
    select ${log}, * from unnest(${heads.map(({ producer }) => producer)}::text[],
      ${heads.map(({ size }) => size)}::bigint[], ${heads.map(({ entries }) => entries)}::bigint[],
      ${heads.map(({ note }) => note)}::text[])
    on conflict (log, producer) do update set size = excluded.size, entries = excluded.entries, note = excluded.note
    where excluded.size >= log_heads.size`.execute(trx);
}

/** The bytes of a tile; null when the log has none there. */
export async function findTile(
  db: Db,
  { log, level, index }: { log: string; level: number; index: number },
): Promise<Buffer | null> {
  const { rows } = await sql<{ hashes: Buffer }>`
    select hashes from exchange.log_tiles
    where log = ${log} and level = ${level} and index = ${index}`.execute(db);
  return rows[0]?.hashes ?? null;
}

/** Reads hashes of a log's subtrees from its tiles, each time in one query. */
export function subtreesIn(db: Db, log: string): SubtreeReader {
  return async (subtrees) => {
    if (subtrees.length === 0) return [];
    const places = subtrees.map(tileOf);
    const { rows } = await sql<HashTile>`
      select t.level, t.index, t.hashes from (
        select distinct * from unnest(${places.map(({ level }) => level)}::smallint[],
          ${places.map(({ index }) => index)}::bigint[]) as w (level, index)) wanted
      join exchange.log_tiles t on t.log = ${log} and t.level = wanted.level and t.index = wanted.index`.execute(
      db,
    );
    const tiles = new Map(rows.map(({ level, index, hashes }) => [`${level}/${index}`, hashes]));
    return subtrees.map((subtree) => {
      const { level, index } = tileOf(subtree);
      const hash = hashFromTile(subtree, tiles.get(`${level}/${index}`) ?? Buffer.alloc(0));
      if (!hash) throw new Error(`The log ${log} lacks hashes of the tile ${level}/${index}.`);
      return hash;
    });
  };
}
