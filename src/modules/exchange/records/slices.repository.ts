// A producer's entries in the gateways' logs, for its slice. Which producer is a parameter of every query.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';

/** A period: from its first moment up to, not including, its end. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** The part of one log that a slice holds: the chain from the first entry recorded in the period to the last. */
export interface SlicePart {
  readonly log: string;
  readonly verifier: string;
  /** Numbers in the producer's chain, from 0. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly size: number;
  readonly checkpoint: string;
  readonly head: string | null;
}

/** An entry of a producer. */
export interface OwnEntry {
  readonly index: number;
  readonly seq: number;
  /** Null once erased. */
  readonly entry: Buffer | null;
}

/** The logs in which a producer has entries of a period that a checkpoint covers. */
export async function listSliceParts(db: Db, producerId: string, { from, to }: Period): Promise<SlicePart[]> {
  const { rows } = await sql<SlicePart>`
    with signed as (
      select p.log, p.verifier, c.size, c.note from exchange.log_positions p
      cross join lateral (
        select size, note from exchange.log_checkpoints where log = p.log order by size desc limit 1) c)
    select s.log, s.verifier, s.size, s.note as checkpoint, h.note as head, own.first as "firstSeq", own.last as "lastSeq"
    from (
      select r.log, min(r.producer_seq) as first, max(r.producer_seq) as last
      from exchange.access_records r join signed on signed.log = r.log and r.index < signed.size
      where r.producer_id = ${producerId} and r.at >= ${from} and r.at < ${to} group by r.log) own
    join signed s on s.log = own.log
    left join exchange.log_heads h on h.log = own.log and h.producer = ${producerId}
    order by s.log`.execute(db);
  return rows;
}

/** A producer's entries of a log, by their number, from `after` on (exclusive) up to `last`. */
export async function listOwnEntries(
  db: Db,
  producerId: string,
  { log, after, last, limit }: { log: string; after: number; last: number; limit: number },
): Promise<OwnEntry[]> {
  const { rows } = await sql<OwnEntry>`
    select index, producer_seq as seq, entry from exchange.access_records
    where producer_id = ${producerId} and log = ${log} and producer_seq > ${after} and producer_seq <= ${last}
    order by producer_seq limit ${limit}`.execute(db);
  return rows;
}
