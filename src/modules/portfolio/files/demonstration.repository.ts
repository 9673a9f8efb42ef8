// Writes the demonstration's files: one statement for each table.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Baseline } from '../baselines/baselines.types.ts';
import type { CostLine } from '../costs/costs.types.ts';
import type { Estimate, FileEvent, Milestone, ProjectFile } from './files.types.ts';

/** A file to write. */
export type BulkFile = Omit<
  ProjectFile,
  | 'organisationName'
  | 'organisationParentId'
  | 'organisationKind'
  | 'projectSlug'
  | 'parentId'
  | 'mergedInto'
  | 'ownerName'
  | 'version'
  | 'updatedAt'
> & { readonly searchText: string };

/** A baseline to write, decided or not. */
export type BulkBaseline = Omit<Baseline, 'authorName' | 'decidedByName' | 'opinionId'> & {
  readonly decidedBy: LedgerActor | null;
};

/** An event to write. */
export type BulkEvent = Omit<FileEvent, 'id'> & { readonly fileId: string; readonly actor: LedgerActor };

type Of<T> = T & { readonly fileId: string };

/** The panorama's projects that have these names in these editions, by `<month>/<name>`. */
export async function findDrawnProjects(
  db: Db,
  lives: readonly { readonly lastMonth: string; readonly name: string }[],
): Promise<Map<string, { id: string; slug: string }>> {
  const { rows } = await sql<{ month: string; name: string; id: string; slug: string }>`
    select i.month, r.name, p.id, p.slug
    from unnest(${lives.map(({ lastMonth }) => lastMonth)}::text[], ${lives.map(({ name }) => name)}::text[])
      as w (month, name)
    join portfolio.editions e on e.month = w.month and e.origin = 'demonstration'
    join portfolio.edition_rows r on r.edition_id = e.id and r.name = w.name
    join portfolio.row_identity i on i.row_id = r.id
    join portfolio.projects p on p.id = i.project_id`.execute(db);
  return new Map(rows.map(({ month, name, id, slug }) => [`${month}/${name}`, { id, slug }]));
}

/** Writes everything, in the order in which the tables refer to each other. */
export async function insertAllOfDemonstration(
  trx: Trx,
  all: {
    readonly files: readonly BulkFile[];
    readonly costs: readonly Of<CostLine>[];
    readonly milestones: readonly Of<Omit<Milestone, 'id'> & { readonly position: number }>[];
    readonly objectives: readonly Of<{
      readonly indicatorId: string;
      readonly baselineValue: number;
      readonly targetValue: number;
      readonly dueOn: string;
    }>[];
    readonly estimates: readonly Of<Estimate & { readonly author: LedgerActor }>[];
    readonly baselines: readonly BulkBaseline[];
    readonly events: readonly BulkEvent[];
  },
): Promise<void> {
  const json = (rows: readonly unknown[]) => sql`${JSON.stringify(rows)}::json`;
  await sql`insert into portfolio.project_files (id, organisation_id, project_id, owner_id, name, description, objectives,
      policy_priorities, programmes, internal_fte, outsourced_share, phase, state, started_on, planned_end_on,
      full_cost_cents, one_time_cents, recurring_cents, classified, first_baseline_at, created_at, updated_at, last_news_at,
      search_text)
    select f.id, f."organisationId", f."projectId", f."ownerId", f.name, f.description, f.objectives,
      array(select json_array_elements_text(f."policyPriorities")), array(select json_array_elements_text(f.programmes)),
      f."internalFte", f."outsourcedShare", f.phase, f.state, f."startedOn", f."plannedEndOn", f."fullCostCents",
      f."oneTimeCents", f."recurringCents", f.classified, f."firstBaselineAt", f."createdAt", f."lastNewsAt", f."lastNewsAt",
      f."searchText"
    from json_to_recordset(${json(all.files)}) as f (id uuid, "organisationId" uuid, "projectId" text, "ownerId" uuid,
      name text, description text, objectives text, "policyPriorities" json, programmes json, "internalFte" numeric,
      "outsourcedShare" numeric, phase text, state text, "startedOn" date, "plannedEndOn" date, "fullCostCents" bigint,
      "oneTimeCents" bigint, "recurringCents" bigint, classified boolean, "firstBaselineAt" timestamptz,
      "createdAt" timestamptz, "lastNewsAt" timestamptz, "searchText" text)`.execute(trx);
  await sql`insert into portfolio.file_costs
    select c."fileId", c.year, c.activity, c.resource, c.nature, c."commitmentCents", c."paymentCents"
    from json_to_recordset(${json(all.costs)}) as c ("fileId" uuid, year int, activity text, resource text, nature text,
      "commitmentCents" bigint, "paymentCents" bigint)`.execute(trx);
  await sql`insert into portfolio.file_milestones (file_id, title, planned_on, reached_on, weight, position)
    select m."fileId", m.title, m."plannedOn", m."reachedOn", m.weight, m.position
    from json_to_recordset(${json(all.milestones)}) as m ("fileId" uuid, title text, "plannedOn" date, "reachedOn" date,
      weight numeric, position int)`.execute(trx);
  await sql`insert into portfolio.file_objectives (file_id, indicator_id, baseline_value, target_value, due_on)
    select x."fileId", x."indicatorId", x."baselineValue", x."targetValue", x."dueOn"
    from json_to_recordset(${json(all.objectives)}) as x ("fileId" uuid, "indicatorId" uuid, "baselineValue" numeric,
      "targetValue" numeric, "dueOn" date)`.execute(trx);
  await sql`insert into portfolio.file_estimates (file_id, at, cost_cents, end_on, scope_share, spent_cents, reason, author)
    select e."fileId", e.at, e."costCents", e."endOn", e."scopeShare", e."spentCents", e.reason, e.author
    from json_to_recordset(${json(all.estimates)}) as e ("fileId" uuid, at timestamptz, "costCents" bigint, "endOn" date,
      "scopeShare" numeric, "spentCents" bigint, reason text, author jsonb)`.execute(trx);
  await sql`insert into portfolio.baselines (id, file_id, number, cost_cents, start_on, end_on, scope_share, scope_text, plan,
      reason, author, proposed_at, state, decided_by, decided_at, decision_reason)
    select b.id, b."fileId", b.number, b."costCents", b."startOn", b."endOn", b."scopeShare", b."scopeText", b.plan, b.reason,
      b.author, b."proposedAt", b.state, b."decidedBy", b."decidedAt", b."decisionReason"
    from json_to_recordset(${json(all.baselines)}) as b (id uuid, "fileId" uuid, number int, "costCents" bigint,
      "startOn" date, "endOn" date, "scopeShare" numeric, "scopeText" text, plan jsonb, reason text, author jsonb,
      "proposedAt" timestamptz, state text, "decidedBy" jsonb, "decidedAt" timestamptz, "decisionReason" text)`.execute(
    trx,
  );
  await sql`insert into portfolio.file_events (file_id, kind, happened_on, recorded_at, reason, in_difficulty, details, actor)
    select e."fileId", e.kind, e."happenedOn", e."recordedAt", e.reason, e."inDifficulty", e.details, e.actor
    from json_to_recordset(${json(all.events)}) as e ("fileId" uuid, kind text, "happenedOn" date, "recordedAt" timestamptz,
      reason text, "inDifficulty" boolean, details jsonb, actor jsonb)`.execute(trx);
}
