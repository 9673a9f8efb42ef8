// Records of calls in PostgreSQL, one partition a month: put in as the gateways' logs hold them, each exactly once.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { entryText, type ReadEntry } from '../gateway/log/entry.rules.ts';
import type { TakenEntries } from './logs.types.ts';

/** An entry of a gateway's log with its place. */
export interface LoggedRecord extends ReadEntry {
  /** Name of the log (its origin). */
  readonly log: string;
  /** Its place in the log, from 0. */
  readonly index: number;
}

/** Name of the partition of a moment's month (UTC), with the first days of that month and of the next. */
function monthOf(at: Date): { name: string; from: string; to: string } {
  const from = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)).toISOString().slice(0, 10);
  const to = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
  return { name: `access_records_${from.slice(0, 7).replace('-', '_')}`, from, to };
}

/** Makes the partition of the month of `at` where there is none. Two processes may do so at once. */
export async function ensureMonth(db: Db | Trx, at: Date): Promise<void> {
  const { name, from, to } = monthOf(at);
  await sql`
    create table if not exists ${sql.id('exchange', name)} partition of exchange.access_records
    for values from (${sql.lit(`${from}T00:00:00Z`)}) to (${sql.lit(`${to}T00:00:00Z`)})`.execute(db);
}

/**
 * Puts entries of a log in, the first of which has the index `from`; one that is there already is left as it is. Their bytes
 * are kept as they are. The months' partitions are there.
 */
export async function insertEntries(
  trx: Trx,
  { log, from, entries }: { log: string; from: number; entries: readonly Buffer[] },
): Promise<void> {
  await insertTexts(
    trx,
    log,
    entries,
    entries.map((_, at) => from + at),
  );
}

const COMMA = Buffer.from(',');

async function insertTexts(
  trx: Trx,
  log: string,
  entries: readonly Buffer[],
  indexes: readonly number[],
): Promise<void> {
  if (entries.length === 0) return;
  const parts = entries.flatMap((entry) => [COMMA, entry]);
  const texts = Buffer.concat([Buffer.from('['), ...parts.slice(1), Buffer.from(']')]);
  // An id that is none (its entry cannot be changed any more) is kept in the entry alone. Elements of `json` are texts as
  // they were sent, which `jsonb` would rewrite.
  await sql`
    insert into exchange.access_records (at, log, index, producer_id, producer_seq, api_id, api_version, accreditation_id,
      organisation_id, client_id, purpose, scopes, subject_hash, fields_hash, fields, verdict, status, policy_version,
      latency_us, trace_id, environment, entry)
    select r.at, ${log}, (${indexes}::bigint[])[n], ${uuidOf('producer')}, r."producerSeq", ${uuidOf('api')}, r."apiVersion",
      ${uuidOf('accreditation')}, ${uuidOf('organisation')}, r.client, r.purpose, r.scopes, decode(r.subject, 'base64'),
      decode(r."fieldsHash", 'base64'), r.fields, r.verdict, r.status, r."policyVersion",
      least(r."latencyUs", 2147483647), r."traceId", r.environment, convert_to(e.entry::text, 'UTF8')
    from json_array_elements(${texts}::json) with ordinality as e (entry, n)
    cross join lateral jsonb_to_record(e.entry::jsonb) as r (at timestamptz, producer text, "producerSeq" bigint, api text,
      "apiVersion" text, accreditation text, organisation text, client text, purpose text, scopes text[], subject text,
      "fieldsHash" text, fields text[], verdict text, status smallint, "policyVersion" bigint, "latencyUs" bigint,
      "traceId" text, environment text)
    on conflict do nothing`.execute(trx);
}

const UUID = sql.lit('^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$');

function uuidOf(name: string) {
  const column = sql.ref(`r.${name}`);
  return sql`case when ${column} ~ ${UUID} then ${column}::uuid end`;
}

/** Puts records in, each with the entry that its log would hold. The months' partitions are there. */
export async function insertRecords(trx: Trx, records: readonly LoggedRecord[]): Promise<void> {
  for (const [log, own] of Map.groupBy(records, (each) => each.log)) {
    const entries = own.map(({ seq, prev, record }) => Buffer.from(entryText(record, { seq, prev })));
    const indexes = own.map(({ index }) => index);
    await insertTexts(trx, log, entries, indexes);
  }
}

/**
 * Counts the calls of each API and day (UTC) that its producer was asked to answer, and those that failed by its fault: it
 * was not reached, or what it answered could not leave.
 */
export async function countCalls(trx: Trx, { log, from, end }: TakenEntries): Promise<void> {
  await sql`
    insert into exchange.api_days as d (api_id, day, calls, calls_failed)
    select r.api_id, (r.at at time zone 'UTC')::date, count(*), count(*) filter (where r.verdict <> 'allowed')
    from exchange.access_records r join exchange.apis a on a.id = r.api_id
    where r.log = ${log} and r.index >= ${from} and r.index < ${end} and r.environment = 'production'
      and (r.verdict = 'allowed' or r.verdict like 'upstream-%' or r.verdict like 'answer-%')
    group by 1, 2 order by 1, 2
    on conflict (api_id, day) do update set calls = d.calls + excluded.calls,
      calls_failed = d.calls_failed + excluded.calls_failed`.execute(trx);
}
