// What a database holds, read from PostgreSQL's own catalogue: tables, sequences, references, triggers.
// It knows no table of a module.
import pg from 'pg';
import type { SavedSequence, SavedTable } from './manifest.types.ts';

/** A table as the catalogue knows it. */
export type Table = Pick<SavedTable, 'schema' | 'name' | 'columns' | 'partition'>;

// pg-boss rebuilds its queue at each start and owns its schema's shape; what a person sees of a job is in jobs.runs.
// Modules never use `public`, which another program may share with Socle on a server of the operator's.
const OURS = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'pgboss')
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** Settings that make the text of a value the same whatever the server's or the session's. */
export const PLAIN_TEXT_SETTINGS = `
  set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local timezone = 'UTC';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

/** `schema.name` for SQL. */
export function quoted({ schema, name }: { schema: string; name: string }): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
}

/** Every table of Socle that holds rows itself, in the order of names: of a partitioned one, its partitions. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query(`
    select n.nspname as schema, c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      (select json_build_object('schema', pn.nspname, 'name', p.relname, 'bound', pg_get_expr(c.relpartbound, c.oid))
        from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
        where i.inhrelid = c.oid and c.relispartition) as partition
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and ${OURS}
    order by n.nspname collate "C", c.relname collate "C"`);
  return rows.map(({ partition, ...table }) => (partition === null ? table : { ...table, partition }));
}

/** Every sequence of Socle and where it stands. */
export async function listSequences(client: pg.ClientBase): Promise<SavedSequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${OURS}
    order by n.nspname collate "C", c.relname collate "C"`);
  const sequences: SavedSequence[] = [];
  for (const sequence of rows) {
    const state = await client.query(`select last_value::text, is_called from ${quoted(sequence)}`);
    sequences.push({ ...sequence, lastValue: state.rows[0].last_value, isCalled: state.rows[0].is_called });
  }
  return sequences;
}

/** Number of rows, and a digest of them that does not depend on their order. Needs `PLAIN_TEXT_SETTINGS`. */
export async function digestOf(
  client: pg.ClientBase,
  table: Table,
): Promise<{ rows: number; digest: string }> {
  const { rows } = await client.query(`
    select count(*)::float8 as rows,
      coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint::numeric), 0)::text as digest
    from ${quoted(table)} t`);
  return rows[0];
}

/** A statement that takes something off a table, and the one that puts it back. */
export interface Lifted {
  readonly off: string;
  readonly on: string;
}

/**
 * References between tables: taken off while tables are filled one after the other, and checked at once when they are
 * put back. A table's owner may do so; no superuser is needed.
 */
export async function listReferences(client: pg.ClientBase): Promise<Lifted[]> {
  // With an empty path, PostgreSQL writes every name in full.
  await client.query(`set local search_path = ''`);
  const { rows } = await client.query(`
    select n.nspname as schema, c.relname as name, k.conname as constraint, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and ${OURS}
    order by k.oid`);
  await client.query('set local search_path to default');
  return rows.map((row) => ({
    off: `alter table ${quoted(row)} drop constraint ${pg.escapeIdentifier(row.constraint)}`,
    on: `alter table ${quoted(row)} add constraint ${pg.escapeIdentifier(row.constraint)} ${row.definition}`,
  }));
}

/** Triggers of Socle's own: what they once did is in the saved rows already. */
export async function listTriggers(client: pg.ClientBase): Promise<Lifted[]> {
  const { rows } = await client.query(`
    select n.nspname as schema, c.relname as name, t.tgname as trigger, t.tgenabled as mode
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and t.tgenabled <> 'D' and t.tgparentid = 0 and ${OURS}
    order by t.oid`);
  const modes: Record<string, string> = { O: 'enable', R: 'enable replica', A: 'enable always' };
  return rows.map((row) => ({
    off: `alter table ${quoted(row)} disable trigger ${pg.escapeIdentifier(row.trigger)}`,
    on: `alter table ${quoted(row)} ${modes[row.mode]} trigger ${pg.escapeIdentifier(row.trigger)}`,
  }));
}
