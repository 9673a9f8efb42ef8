// Takes over what a gateway's log holds: all that follows from it is written in the one transaction that moves the position
// forward, so that no record is lost or doubled whenever either side ends.
import { sql } from 'kysely';
import type { Trx } from '#platform/database/connection.ts';
import { positionMoved } from '../gateway/log/log.errors.ts';
import { addToAccessHours } from '../producers/access-hours.repository.ts';
import { insertCheckpoint, insertHeads, insertTiles } from './log-tiles.repository.ts';
import { lockPosition, updatePosition } from './logs.repository.ts';
import type { LogBatch, TakenEntries } from './logs.types.ts';
import { countCalls, insertEntries } from './records.repository.ts';

/** What is kept of entries beside themselves, in this order. Each step sees them in `exchange.access_records`. */
const STEPS: readonly ((trx: Trx, taken: TakenEntries) => Promise<void>)[] = [countCalls, addToAccessHours];

/**
 * Takes a batch over. The partitions of its months are there (`ensureMonth`).
 * @throws SocleError `exchange.log-position-moved` when the log was not taken over exactly up to this batch.
 */
export async function takeOver(trx: Trx, now: Date, batch: LogBatch): Promise<void> {
  const { log, verifier, from, entries, tiles, checkpoint, heads } = batch;
  const end = from + entries.length;
  const position = await lockPosition(trx, now, { log, verifier });
  if (position.nextIndex !== from || position.verifier !== verifier) throw positionMoved();
  // Where a crash of PostgreSQL undoes this commit it undoes the position with it, and the keeper sends these again.
  await sql`set local synchronous_commit = off`.execute(trx);
  await insertEntries(trx, { log, from, entries });
  for (const step of STEPS) await step(trx, { log, from, end });
  await insertTiles(trx, log, tiles);
  if (checkpoint) await insertCheckpoint(trx, log, checkpoint);
  await insertHeads(trx, log, heads);
  await updatePosition(trx, now, { log, nextIndex: end });
}
