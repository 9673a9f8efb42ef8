// Appends to the ledger in the transaction of the change that it records: both are there, or neither.
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Trx } from '../database/connection.ts';
import { canonicalJson } from './canonical-json.ts';
import { dataHashOf, leafHashOf } from './leaf.ts';
import type { LedgerEntry } from './ledger.types.ts';

const SALT_BYTES = 16;
// A call for random bytes costs more than all the hashing of an entry, whatever its length.
const SALTS_AT_ONCE = 256;
let salts = Buffer.alloc(0);

function nextSalt(): Buffer {
  if (salts.length === 0) salts = randomBytes(SALT_BYTES * SALTS_AT_ONCE);
  const salt = salts.subarray(0, SALT_BYTES);
  salts = salts.subarray(SALT_BYTES);
  return salt;
}

/**
 * Appends `entry`, dated `now`, when `trx` commits. It waits for no other writer: the place in the log is given after
 * the commit, by the integrator.
 * @returns the entry's id.
 * @throws TypeError when `actor` or `data` is not plain JSON.
 */
export async function appendToLedger(trx: Trx, now: Date, entry: LedgerEntry): Promise<string> {
  const row = rowOf(now, entry);
  await sql`
    insert into ledger.waiting (id, at, kind, subject, actor, data, salt, data_hash, leaf_hash)
    values (${row.id}, ${now}, ${row.kind}, ${row.subject}, ${row.actor}, ${row.data}, ${row.salt}, ${row.dataHash}, ${row.hash})
  `.execute(trx);
  return row.id;
}

/** Appends many entries as `appendToLedger` does, in one statement. */
export async function appendAllToLedger(trx: Trx, now: Date, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => rowOf(now, entry));
  const texts = rows.map(({ id, kind, subject, actor, data }) => ({ id, kind, subject, actor, data }));
  await sql`
    insert into ledger.waiting (id, at, kind, subject, actor, data, salt, data_hash, leaf_hash)
    select t.id, ${now}, t.kind, t.subject, t.actor::json, t.data::json, t.salt, t.data_hash, t.hash
    from rows from (
      json_to_recordset(${JSON.stringify(texts)}::json) as (id uuid, kind text, subject text, actor text, data text),
      unnest(${rows.map(({ salt }) => salt)}::bytea[], ${rows.map(({ dataHash }) => dataHash)}::bytea[],
        ${rows.map(({ hash }) => hash)}::bytea[])
    ) as t (id, kind, subject, actor, data, salt, data_hash, hash)`.execute(trx);
}

function rowOf(now: Date, entry: LedgerEntry) {
  const id = randomUUID();
  // PostgreSQL replaces the lone surrogates that people may send: the hash is over what it stores.
  const kind = entry.kind.toWellFormed();
  const subject = entry.subject.toWellFormed();
  const actor = recordable(entry.actor);
  const data = recordable(entry.data);
  const salt = nextSalt();
  const dataHash = dataHashOf(salt, data);
  const hash = leafHashOf({ id, at: now, kind, subject, actor, dataHash });
  return { id, kind, subject, actor, data, salt, dataHash, hash };
}

/** The canonical text of a value, lone surrogates replaced. */
function recordable(value: unknown): string {
  // Asked first, since they are rare and their search would cost as much again.
  return canonicalJson(JSON.stringify(value)?.includes('\\ud') ? wellFormed(value) : value);
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)]),
  );
}
