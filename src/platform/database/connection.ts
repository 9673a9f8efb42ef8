// The connection to PostgreSQL: one pool, and Kysely over it. Each repository adds its own tables' types.
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { PreparingClient } from './prepared.ts';

/**
 * The database without any table in sight. A repository sees its own through
 * `db.withTables<{ 'portfolio.projects': ProjectTable }>()`, so another module's tables are a type error.
 */
// biome-ignore lint/complexity/noBannedTypes: the empty schema is the point, see above
export type Db = Kysely<{}>;

/** The same inside a transaction. A function that must share its caller's transaction asks for this type. */
// biome-ignore lint/complexity/noBannedTypes: the empty schema is the point, see above
export type Trx = Transaction<{}>;

/** Where PostgreSQL is, as `pg` takes it. */
export interface DatabaseAddress {
  readonly connectionString?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
}

// Whole numbers of 8 bytes (counts, sequences) are read as numbers: none of ours passes 2^53.
const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === 20) return Number;
    if (oid === 1700) return Number; // numeric: amounts and rates, kept to 6 decimals at most
    if (oid === 1082) return (text: string) => text; // date: a day, not a moment; stays YYYY-MM-DD
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** An open pool and its Kysely. */
export interface Connection {
  readonly db: Db;
  readonly pool: pg.Pool;
  /** Waits for running queries and closes every connection. */
  close(): Promise<void>;
}

/**
 * Opens a pool of at most `max` connections (10 unless told) to `address`. It connects at the first query.
 * @param onIdleError told of a connection that broke while nobody used it (a server restart); the pool replaces it.
 */
export function connect(
  address: DatabaseAddress,
  { max = 10, onIdleError = () => {} }: { max?: number; onIdleError?: (error: Error) => void } = {},
): Connection {
  const pool = new pg.Pool({
    ...address,
    Client: PreparingClient,
    max,
    types,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'socle',
  });
  pool.on('error', onIdleError);
  // The pool hears its idle connections alone: one that breaks between two statements of a transaction would end the
  // process. The transaction itself learns of it at its next statement.
  pool.on('connect', (client) => client.on('error', () => {}));
  // biome-ignore lint/complexity/noBannedTypes: the empty schema is the point, see above
  const db = new Kysely<{}>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    async close() {
      await db.destroy();
      // Kysely ends the pool only when a query went through Kysely.
      if (!pool.ending) await pool.end();
    },
  };
}
