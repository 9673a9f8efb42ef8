// Queries on the estimates and events of files: rows are added, never changed.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Estimate, FileEvent, FileEventKind, FileState } from './files.types.ts';

/** An estimate with who gave it. */
export interface NamedEstimate extends Estimate {
  readonly authorName: string | null;
}

/** An event with who recorded it. */
export interface NamedFileEvent extends FileEvent {
  readonly actorName: string | null;
}

/** The estimates of a file (a UUID), the newest first. */
export async function listEstimates(db: Db, fileId: string): Promise<NamedEstimate[]> {
  const { rows } = await sql<NamedEstimate>`
    select e.at, e.cost_cents as "costCents", e.end_on as "endOn", e.scope_share as "scopeShare",
      e.spent_cents as "spentCents", e.reason, p.name as "authorName"
    from portfolio.file_estimates e left join identity.people p on p.id = (e.author->>'personId')::uuid
    where e.file_id = ${fileId} order by e.at desc, e.id desc limit 500`.execute(db);
  return rows;
}

/** The latest estimate of a file; undefined while there is none. */
export async function findLatestEstimate(db: Db, fileId: string): Promise<Estimate | undefined> {
  return (await listLatest(db, fileId))[0];
}

async function listLatest(db: Db, fileId: string): Promise<Estimate[]> {
  const { rows } = await sql<Estimate>`
    select at, cost_cents as "costCents", end_on as "endOn", scope_share as "scopeShare",
      spent_cents as "spentCents", reason
    from portfolio.file_estimates where file_id = ${fileId} order by at desc, id desc limit 1`.execute(db);
  return rows;
}

/** Adds an estimate. */
export async function insertEstimate(
  trx: Trx,
  fileId: string,
  { at, costCents, endOn, scopeShare, spentCents, reason }: Estimate,
  author: LedgerActor,
): Promise<void> {
  await sql`insert into portfolio.file_estimates
      (file_id, at, cost_cents, end_on, scope_share, spent_cents, reason, author)
    values (${fileId}, ${at}, ${costCents}, ${endOn}, ${scopeShare}, ${spentCents}, ${reason},
      ${JSON.stringify(author)}::jsonb)`.execute(trx);
}

/** The events of a file (a UUID), the newest first. */
export async function listEvents(db: Db, fileId: string): Promise<NamedFileEvent[]> {
  const { rows } = await sql<NamedFileEvent>`
    select e.id, e.kind, e.happened_on as "happenedOn", e.recorded_at as "recordedAt", e.reason,
      e.in_difficulty as "inDifficulty", e.details, p.name as "actorName"
    from portfolio.file_events e left join identity.people p on p.id = (e.actor->>'personId')::uuid
    where e.file_id = ${fileId} order by e.happened_on desc, e.id desc limit 500`.execute(db);
  return rows;
}

/** Adds an event. @returns its id. */
export async function insertEvent(
  trx: Trx,
  event: {
    readonly fileId: string;
    readonly kind: FileEventKind;
    readonly happenedOn: string;
    readonly recordedAt: Date;
    readonly reason: string;
    readonly inDifficulty: boolean;
    readonly details: Readonly<Record<string, unknown>>;
    readonly actor: LedgerActor;
  },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into portfolio.file_events (file_id, kind, happened_on, recorded_at, reason, in_difficulty, details, actor)
    values (${event.fileId}, ${event.kind}, ${event.happenedOn}, ${event.recordedAt}, ${event.reason},
      ${event.inDifficulty}, ${JSON.stringify(event.details)}::jsonb, ${JSON.stringify(event.actor)}::jsonb)
    returning id`.execute(trx);
  return rows[0]?.id ?? 0;
}

/** Puts a file into a state, with the moment of the news. */
export async function updateFileState(
  trx: Trx,
  now: Date,
  fileId: string,
  { state, mergedInto = null }: { readonly state: FileState; readonly mergedInto?: string | null },
): Promise<void> {
  await sql`update portfolio.project_files
    set state = ${state}, phase = case when ${state} = 'finished' then 'finished' else phase end,
      merged_into = coalesce(${mergedInto}::uuid, merged_into), version = version + 1, updated_at = ${now},
      last_news_at = ${now}
    where id = ${fileId}`.execute(trx);
}
