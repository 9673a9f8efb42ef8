// Queries on the signs of a threshold avoided. They decide nothing: rules find them, people decide.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { KeptSignal, Signal, SignalState } from './opinions.types.ts';

const SELECT = sql`
  select s.id, s.kind, s.organisation_id as "organisationId", o.name as "organisationName", s.file_ids as "fileIds",
    s.total_cents as "totalCents", s.threshold_cents as "thresholdCents", s.reasons, s.state,
    s.found_at as "foundAt", s.reason, s.decided_at as "decidedAt",
    (select a.name from identity.people a where a.id = (s.decided_by->>'personId')::uuid) as "decidedBy",
    (select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'costCents', f.full_cost_cents)
        order by f.name, f.id), '[]')
      from portfolio.project_files f where f.id = any (s.file_ids)) as files
  from portfolio.threshold_signals s join identity.organisations o on o.id = s.organisation_id`;

async function signals(db: Db, rest: RawBuilder<unknown>): Promise<KeptSignal[]> {
  const { rows } = await sql<KeptSignal>`${SELECT} ${rest}`.execute(db);
  return rows;
}

/** At most `limit` signals in a state (null: in any), the last found first. */
export async function listSignals(db: Db, state: SignalState | null, limit: number): Promise<KeptSignal[]> {
  return signals(
    db,
    sql`where ${state === null ? sql`true` : sql`s.state = ${state}`} order by s.found_at desc, s.id limit ${limit}`,
  );
}

/** The signal with this id (a UUID). */
export async function findSignal(db: Db, id: string): Promise<KeptSignal | undefined> {
  return (await signals(db, sql`where s.id = ${id}`))[0];
}

/** Tells whether this file (a UUID) was grouped with others: they are referred as one. */
export async function listGroupedWith(db: Db, fileId: string): Promise<KeptSignal[]> {
  return signals(db, sql`where s.file_ids @> array[${fileId}::uuid] and s.state = 'grouped' limit 20`);
}

/** Adds the signals that are new; the same files are proposed once. @returns the ids of those added. */
export async function insertSignals(trx: Trx, now: Date, found: readonly Signal[]): Promise<string[]> {
  if (found.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    insert into portfolio.threshold_signals (kind, organisation_id, file_ids, total_cents, threshold_cents, reasons, found_at)
    select x.kind, x."organisationId", array(select jsonb_array_elements_text(x."fileIds")::uuid), x."totalCents",
      x."thresholdCents", x.reasons, ${now}
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as x (kind text, "organisationId" uuid, "fileIds" jsonb,
      "totalCents" bigint, "thresholdCents" bigint, reasons jsonb)
    on conflict (kind, file_ids) do nothing returning id`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Records a decision. False where there was one already. */
export async function updateSignal(
  trx: Trx,
  now: Date,
  id: string,
  decision: {
    readonly state: 'dismissed' | 'grouped';
    readonly reason: string;
    readonly decidedBy: LedgerActor;
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update portfolio.threshold_signals
    set state = ${decision.state}, reason = ${decision.reason},
      decided_by = ${JSON.stringify(decision.decidedBy)}::jsonb, decided_at = ${now}
    where id = ${id} and state = 'proposed'`.execute(trx);
  return numAffectedRows === 1n;
}
