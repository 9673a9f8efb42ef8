// Writes the demonstration's recommendations in a few statements, whatever their state. Used when it is loaded, once.
import { sql } from 'kysely';
import type { Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { NewStep } from './recommendations.repository.ts';
import { insertSteps } from './recommendations.repository.ts';
import type { NewRecommendation, RecommendationState } from './recommendations.types.ts';

/** An invented recommendation as it stands. */
export interface InventedRecommendation extends NewRecommendation {
  readonly id: string;
  readonly ownerId: string;
  readonly state: RecommendationState;
  readonly plannedOn: string | null;
  readonly evidenced: boolean;
  readonly escalated: number;
  readonly issuedAt: Date;
  readonly changedAt: Date;
  readonly closedAt: Date | null;
  readonly steps: readonly (Omit<NewStep, 'id'> & { readonly actor: LedgerActor })[];
}

/** Writes them all with their steps. */
export async function insertInventedRecommendations(
  trx: Trx,
  recommendations: readonly InventedRecommendation[],
): Promise<void> {
  await sql`
    insert into portfolio.recommendations (id, file_id, source_kind, source_id, text, owner_id, due_on, state, planned_on,
      planned_by, evidenced_by, escalated, version, issued_at, changed_at, closed_at)
    select n.id, n."fileId", n."sourceKind", n."sourceId", n.text, n."ownerId", n."dueOn", n.state, n."plannedOn",
      case when n."plannedOn" is null then null else n."ownerId" end,
      case when n.evidenced then n."ownerId" end, n.escalated, 1, n."issuedAt", n."changedAt", n."closedAt"
    from json_to_recordset(${JSON.stringify(recommendations.map(({ steps: _, ...row }) => row))}::json) as n (id uuid,
      "fileId" uuid, "sourceKind" text, "sourceId" uuid, text text, "ownerId" uuid, "dueOn" date, state text,
      "plannedOn" date, evidenced boolean, escalated smallint, "issuedAt" timestamptz, "changedAt" timestamptz,
      "closedAt" timestamptz)
    order by n."issuedAt"`.execute(trx);
  await sql`
    update portfolio.recommendations r set
      forecast_before_id = (select o.id from portfolio.forecasts o where o.project_file_id = r.file_id
        and o.made_at <= r.issued_at order by o.made_at desc limit 1),
      forecast_after_id = case when r.closed_at is not null then (select o.id from portfolio.forecasts o
        where o.project_file_id = r.file_id and o.made_at >= r.closed_at order by o.made_at limit 1) end`.execute(
    trx,
  );
  await insertSteps(
    trx,
    recommendations.flatMap(({ id, steps }) => steps.map((step) => ({ ...step, id }))),
  );
}

/** The opinion of each of these files that has one, the latest. */
export async function latestOpinionIds(trx: Trx, fileIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ fileId: string; id: string }>`
    select distinct on (file_id) file_id as "fileId", id from portfolio.opinions
    where file_id = any (${[...fileIds]}::uuid[]) order by file_id, issued_at desc`.execute(trx);
  return new Map(rows.map(({ fileId, id }) => [fileId, id]));
}
