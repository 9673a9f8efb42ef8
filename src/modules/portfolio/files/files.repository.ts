// Queries on project files. They decide nothing: rules do. What a reader may see is the `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { searchPattern } from '#platform/typed-text.ts';
import type { FileFilter, FileReach, ProjectFile } from './files.types.ts';

/** The columns of a file, for queries on `portfolio.project_files f` joined as in `FILE_FROM`. */
export const FILE_COLUMNS = sql`
  f.id, f.organisation_id as "organisationId", o.name as "organisationName", o.parent_id as "organisationParentId",
  o.kind as "organisationKind", f.project_id as "projectId", pr.slug as "projectSlug", f.parent_id as "parentId",
  f.merged_into as "mergedInto", f.owner_id as "ownerId", p.name as "ownerName", f.name, f.description, f.objectives,
  f.policy_priorities as "policyPriorities", f.programmes, f.internal_fte as "internalFte",
  f.outsourced_share as "outsourcedShare", f.phase, f.state, f.started_on as "startedOn",
  f.planned_end_on as "plannedEndOn", f.full_cost_cents as "fullCostCents", f.one_time_cents as "oneTimeCents",
  f.recurring_cents as "recurringCents", f.classified, f.first_baseline_at as "firstBaselineAt", f.version,
  f.created_at as "createdAt", f.updated_at as "updatedAt", f.last_news_at as "lastNewsAt"`;

/** What `FILE_COLUMNS` are read from. */
export const FILE_FROM = sql`
  from portfolio.project_files f
  join identity.organisations o on o.id = f.organisation_id
  join identity.people p on p.id = f.owner_id
  left join portfolio.projects pr on pr.id = f.project_id`;

/** The files that `reach` holds, as a condition on `f` and `o`. */
export function withinReach({ organisationIds, beside }: FileReach): RawBuilder<unknown> {
  const open =
    beside === 'submitted'
      ? sql`f.state <> 'draft'`
      : beside === 'published'
        ? sql`(f.first_baseline_at is not null and not f.classified)`
        : sql`false`;
  if (organisationIds.length === 0) return open;
  const ids = sql`${[...organisationIds]}::uuid[]`;
  return sql`(${open} or f.organisation_id = any (${ids}) or o.parent_id = any (${ids}))`;
}

function narrowed({ search, state, phase, organisationId }: FileFilter): RawBuilder<unknown> {
  const words = search?.trim() ?? '';
  return sql`${words === '' ? sql`true` : sql`f.search_text like ${searchPattern(words)}`}
    and ${state === undefined ? sql`true` : sql`f.state = ${state}`}
    and ${phase === undefined ? sql`true` : sql`f.phase = ${phase}`}
    and ${organisationId === undefined ? sql`true` : sql`f.organisation_id = ${organisationId}`}`;
}

/** The file with this id (a UUID), when `reach` holds it. */
export async function findFile(db: Db, id: string, reach: FileReach): Promise<ProjectFile | undefined> {
  const { rows } = await sql<ProjectFile>`
    select ${FILE_COLUMNS} ${FILE_FROM} where f.id = ${id} and ${withinReach(reach)}`.execute(db);
  return rows[0];
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockFile(trx: Trx, id: string, reach: FileReach): Promise<ProjectFile | undefined> {
  const { rows } = await sql<ProjectFile>`
    select ${FILE_COLUMNS} ${FILE_FROM} where f.id = ${id} and ${withinReach(reach)} for update of f`.execute(
    trx,
  );
  return rows[0];
}

/** At most `limit` files by name, after the one with the id `after` (null: from the first on). */
export async function listFiles(
  db: Db,
  filter: FileFilter,
  reach: FileReach,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ProjectFile[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(f.search_text collate "C", f.id) >
          (select a.search_text collate "C", a.id from portfolio.project_files a where a.id = ${after})`;
  const { rows } = await sql<ProjectFile>`
    select ${FILE_COLUMNS} ${FILE_FROM} where ${withinReach(reach)} and ${narrowed(filter)} and ${later}
    order by f.search_text collate "C", f.id limit ${limit}`.execute(db);
  return rows;
}

/** How many files `reach` and `filter` leave. */
export async function countFiles(db: Db, filter: FileFilter, reach: FileReach): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from portfolio.project_files f join identity.organisations o on o.id = f.organisation_id
    where ${withinReach(reach)} and ${narrowed(filter)}`.execute(db);
  return rows[0]?.total ?? 0;
}

/** Every such file by name, in slices, so that an export holds little in memory. */
export async function* eachFile(db: Db, filter: FileFilter, reach: FileReach): AsyncGenerator<ProjectFile[]> {
  const limit = 200;
  let after: string | null = null;
  for (;;) {
    const slice: ProjectFile[] = await listFiles(db, filter, reach, { after, limit });
    if (slice.length > 0) yield slice;
    if (slice.length < limit) return;
    after = slice.at(-1)?.id ?? null;
  }
}

/** The organisations that have files in `reach`, by name, for a choice. */
export async function organisationsOfFiles(
  db: Db,
  reach: FileReach,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select o.id, o.name from identity.organisations o
    where exists (select from portfolio.project_files f where f.organisation_id = o.id and ${withinReach(reach)})
    order by o.search_text, o.id limit 200`.execute(db);
  return rows;
}
