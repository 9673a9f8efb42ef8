// The partitions of the records by month: which there are, what one holds, and taking one away with all that is in it.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';

/** What is kept of a month that was erased, by log. */
export interface ErasedMonth {
  readonly log: string;
  readonly records: number;
  /** Size and root of the log when it was erased: up to there its tiles prove what was recorded. Base64. */
  readonly size: number;
  readonly root: string | null;
}

const PARTITION = /^access_records_(\d{4})_(\d\d)$/;

/** The months that have a partition, each by its first moment (UTC), the oldest first. */
export async function listMonths(db: Db | Trx): Promise<Date[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'exchange.access_records'::regclass order by c.relname`.execute(db);
  return rows.flatMap(({ name }) => {
    const [, year, month] = PARTITION.exec(name) ?? [];
    return year === undefined ? [] : [new Date(`${year}-${month}-01T00:00:00Z`)];
  });
}

/** Erases every record of the month that begins at `month`. @returns what was erased, by log. */
export async function dropMonth(trx: Trx, month: Date): Promise<ErasedMonth[]> {
  const name = sql.id('exchange', `access_records_${month.toISOString().slice(0, 7).replace('-', '_')}`);
  const { rows } = await sql<ErasedMonth>`
    select r.log, r.records, coalesce(c.size, 0) as size, encode(c.root, 'base64') as root
    from (select log, count(*) as records from ${name} group by log) r
    left join lateral (
      select size, root from exchange.log_checkpoints where log = r.log order by size desc limit 1) c on true
    order by r.log`.execute(trx);
  await sql`drop table ${name}`.execute(trx);
  return rows;
}

/**
 * Erases what one record says: its entry, whom it concerns, and what could tell. Its hash stays in the log's tiles.
 * @returns whether there was anything to erase.
 */
export async function eraseContent(
  trx: Trx,
  now: Date,
  { log, index }: { log: string; index: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update exchange.access_records set entry = null, erased_at = ${now}, subject_hash = null, purpose = null,
      fields = '{}', fields_hash = null, trace_id = ''
    where log = ${log} and index = ${index} and entry is not null`.execute(trx);
  return Number(numAffectedRows ?? 0) > 0;
}
