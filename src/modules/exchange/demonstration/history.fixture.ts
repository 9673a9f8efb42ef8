// Support of tests that count their own: takes away what happened in the demonstration's data exchange. Never part of an
// installation.
import { sql } from 'kysely';
import type { Kernel } from '#platform/kernel.ts';

/** Forgets the demonstration's calls and what follows from them; its APIs, requests and accreditations stay. */
export async function forgetHistory({ db }: Pick<Kernel, 'db'>): Promise<void> {
  await sql`
    truncate exchange.access_records, exchange.access_hours, exchange.anomalies, exchange.questions,
      exchange.log_positions, exchange.log_checkpoints, exchange.log_tiles, exchange.log_heads,
      exchange.open_data_pieces, exchange.open_data_files, exchange.open_data_editions,
      exchange.stop_notices, exchange.stop_applications, exchange.stops`.execute(db);
  await sql`delete from exchange.policy_entries where kind = 'stop'`.execute(db);
}
