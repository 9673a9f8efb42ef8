// The gateways' logs as PostgreSQL knows them: how far each was taken over, and what was signed of it.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { ListedLog, LogCheckpoint } from './logs.types.ts';

/** How far a log was taken over. */
export interface LogPosition {
  readonly verifier: string;
  readonly nextIndex: number;
}

/** How far a log was taken over; null when nothing of it was. */
export async function findPosition(db: Db | Trx, log: string): Promise<LogPosition | null> {
  const { rows } = await sql<LogPosition>`
    select verifier, next_index as "nextIndex" from exchange.log_positions where log = ${log}`.execute(db);
  return rows[0] ?? null;
}

/** Locks a log's position until the end of the transaction, and begins it where there is none. */
export async function lockPosition(
  trx: Trx,
  now: Date,
  { log, verifier }: { log: string; verifier: string },
): Promise<LogPosition> {
  await sql`
    insert into exchange.log_positions (log, verifier, next_index, taken_at) values (${log}, ${verifier}, 0, ${now})
    on conflict do nothing`.execute(trx);
  const { rows } = await sql<LogPosition>`
    select verifier, next_index as "nextIndex" from exchange.log_positions where log = ${log} for update`.execute(
    trx,
  );
  return rows[0] as LogPosition;
}

/** Moves the position of a log forward. */
export async function updatePosition(
  trx: Trx,
  now: Date,
  { log, nextIndex }: { log: string; nextIndex: number },
): Promise<void> {
  await sql`
    update exchange.log_positions set next_index = ${nextIndex}, taken_at = ${now} where log = ${log}`.execute(
    trx,
  );
}

const checkpointColumns = sql`c.size, c.root, c.at, c.note`;

/** The latest checkpoint of a log; null while nothing of it was signed. */
export async function findLatestCheckpoint(db: Db | Trx, log: string): Promise<LogCheckpoint | null> {
  const { rows } = await sql<LogCheckpoint>`
    select ${checkpointColumns} from exchange.log_checkpoints c where log = ${log} order by size desc limit 1`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Every log, by its name; one log's row for `log`. An installation has as many as it ever had gateways. */
export async function listLogs(db: Db, log: string | null = null): Promise<ListedLog[]> {
  const { rows } = await sql<{
    log: string;
    verifier: string;
    entries: number;
    size: number | null;
    root: Buffer;
    at: Date;
    note: string;
  }>`
    select p.log, p.verifier, p.next_index as entries, ${checkpointColumns}
    from exchange.log_positions p
    left join lateral (
      select * from exchange.log_checkpoints where log = p.log order by size desc limit 1) c on true
    where ${log}::text is null or p.log = ${log}
    order by p.log limit 1000`.execute(db);
  return rows.map(({ log: name, verifier, entries, size, root, at, note }) => ({
    log: name,
    verifier,
    entries,
    checkpoint: size === null ? null : { size, root, at, note },
  }));
}

/** Deletes checkpoints signed before `before` of which another of the same day (UTC) and log is later. @returns how many. */
export async function thinCheckpoints(trx: Trx, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from exchange.log_checkpoints c
    where c.at < ${before} and exists (
      select from exchange.log_checkpoints later
      where later.log = c.log and later.at > c.at
        and later.at < date_trunc('day', c.at at time zone 'UTC') at time zone 'UTC' + interval '1 day')`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0);
}
