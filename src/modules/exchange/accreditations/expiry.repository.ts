// Queries on accreditations that end or will. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';

/** Ids of the accreditations in force whose end is passed at `now`, the first to end first; at most 500. */
export async function listOver(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from exchange.accreditations where state = 'active' and valid_until <= ${now}
    order by valid_until limit 500`.execute(db);
  return rows.map(({ id }) => id);
}

/** One in force that ends between two moments, with the last reminder that was sent. */
export interface EndingAccreditation {
  readonly id: string;
  readonly validUntil: Date;
  /** Days before the end; null: none was sent. */
  readonly remindedDays: number | null;
}

/** The accreditations in force that end after `now` and until `until`, by end, after `after`; at most 500. */
export async function listEnding(
  db: Db,
  {
    now,
    until,
    after,
  }: { readonly now: Date; readonly until: Date; readonly after: EndingAccreditation | null },
): Promise<EndingAccreditation[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(valid_until, id) > (${after.validUntil}::timestamptz, ${after.id}::uuid)`;
  const { rows } = await sql<EndingAccreditation>`
    select id, valid_until as "validUntil", reminded_days as "remindedDays" from exchange.accreditations
    where state = 'active' and valid_until > ${now} and valid_until <= ${until} and ${later}
    order by valid_until, id limit 500`.execute(db);
  return rows;
}

/** Of how many days before the end the last reminder was; null: none was sent. */
export async function findRemindedDays(trx: Trx, id: string): Promise<number | null> {
  const { rows } = await sql<{ days: number | null }>`
    select reminded_days as days from exchange.accreditations where id = ${id}`.execute(trx);
  return rows[0]?.days ?? null;
}

/** Remembers that the reminder of so many days was sent. */
export async function updateReminded(trx: Trx, id: string, days: number): Promise<void> {
  await sql`update exchange.accreditations set reminded_days = ${days} where id = ${id}`.execute(trx);
}
