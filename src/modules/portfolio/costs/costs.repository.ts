// Queries on cost tables: read whole, written whole.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { CostLine, CostTotals } from './costs.types.ts';

/** The lines of a file's table (a UUID), by year, activity, resource, nature. */
export async function listCosts(db: Db, fileId: string): Promise<CostLine[]> {
  const { rows } = await sql<CostLine>`
    select year, activity, resource, nature, commitment_cents as "commitmentCents", payment_cents as "paymentCents"
    from portfolio.file_costs where file_id = ${fileId} order by year, activity, resource, nature`.execute(
    db,
  );
  return rows;
}

/** Writes a file's table anew, with its sums in the file. */
export async function writeCosts(
  trx: Trx,
  now: Date,
  fileId: string,
  lines: readonly CostLine[],
  totals: CostTotals,
): Promise<void> {
  await sql`delete from portfolio.file_costs where file_id = ${fileId}`.execute(trx);
  await sql`insert into portfolio.file_costs (file_id, year, activity, resource, nature, commitment_cents, payment_cents)
    select ${fileId}::uuid, c."year", c.activity, c.resource, c.nature, c."commitmentCents", c."paymentCents"
    from json_to_recordset(${JSON.stringify(lines)}::json)
      as c ("year" int, activity text, resource text, nature text, "commitmentCents" bigint, "paymentCents" bigint)`.execute(
    trx,
  );
  await sql`update portfolio.project_files
    set full_cost_cents = ${totals.commitmentCents}, one_time_cents = ${totals.oneTimeCents},
      recurring_cents = ${totals.recurringCents}, version = version + 1, updated_at = ${now}, last_news_at = ${now}
    where id = ${fileId}`.execute(trx);
}
