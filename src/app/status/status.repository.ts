// What the status page asks of the database: whether it answers, its version and size.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';

/** The database as it answers now. */
export interface DatabaseState {
  /** Such as 18.4. */
  readonly version: string;
  readonly bytes: number;
  /** Milliseconds that the question took. */
  readonly milliseconds: number;
}

/** Asks the database about itself; null when it does not answer. */
export async function findDatabaseState(db: Db): Promise<DatabaseState | null> {
  const start = performance.now();
  try {
    const { rows } = await sql<{ version: string; bytes: number }>`
      select current_setting('server_version') as version, pg_database_size(current_database()) as bytes
    `.execute(db);
    const [row] = rows;
    return row ? { ...row, milliseconds: performance.now() - start } : null;
  } catch {
    return null;
  }
}
