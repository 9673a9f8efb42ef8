// Writes of files, their milestones and objectives. They decide nothing: actions and rules do.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { foldedForSearch } from '#platform/typed-text.ts';
import type { FileFields } from './file-input.rules.ts';
import type { Milestone, Objective } from './files.types.ts';
import type { NewMilestone, NewObjective } from './milestones.rules.ts';

function searchTextOf({ name, description }: Pick<FileFields, 'name' | 'description'>): string {
  return foldedForSearch(`${name} ${description}`);
}

type Written = Omit<FileFields, 'projectSlug'> & { readonly projectId: string | null };

/** Adds a draft at version 1. @returns its id. */
export async function insertFile(
  trx: Trx,
  now: Date,
  organisationId: string,
  fields: Written,
  parentId: string | null = null,
): Promise<string> {
  const id = randomUUID();
  await sql`insert into portfolio.project_files
      (id, organisation_id, project_id, parent_id, owner_id, name, description, objectives, policy_priorities, programmes,
       internal_fte, outsourced_share, phase, state, started_on, planned_end_on, classified, created_at, updated_at,
       last_news_at, search_text)
    values (${id}, ${organisationId}, ${fields.projectId}, ${parentId}::uuid, ${fields.ownerId}, ${fields.name},
      ${fields.description}, ${fields.objectives}, ${[...fields.policyPriorities]}::text[], ${[...fields.programmes]}::text[],
      ${fields.internalFte}, ${fields.outsourcedShare}, ${fields.phase}, 'draft', ${fields.startedOn}, ${fields.plannedEndOn},
      ${fields.classified}, ${now}, ${now}, ${now}, ${searchTextOf(fields)})`.execute(trx);
  return id;
}

/** Writes the fields of a file anew, and one version further. */
export async function updateFile(trx: Trx, now: Date, id: string, fields: Written): Promise<void> {
  await sql`update portfolio.project_files set project_id = ${fields.projectId}, owner_id = ${fields.ownerId},
      name = ${fields.name}, description = ${fields.description}, objectives = ${fields.objectives},
      policy_priorities = ${[...fields.policyPriorities]}::text[], programmes = ${[...fields.programmes]}::text[],
      internal_fte = ${fields.internalFte}, outsourced_share = ${fields.outsourcedShare}, phase = ${fields.phase},
      started_on = ${fields.startedOn}, planned_end_on = ${fields.plannedEndOn}, classified = ${fields.classified},
      version = version + 1, updated_at = ${now}, last_news_at = ${now}, search_text = ${searchTextOf(fields)}
    where id = ${id}`.execute(trx);
}

/** Hands a draft to the directorate. */
export async function updateSubmitted(trx: Trx, now: Date, id: string): Promise<void> {
  await sql`update portfolio.project_files set state = 'submitted', version = version + 1, updated_at = ${now},
      last_news_at = ${now} where id = ${id}`.execute(trx);
}

/** Moves the planned end of a file with its latest estimate. */
export async function updatePlannedEnd(trx: Trx, now: Date, id: string, endOn: string): Promise<void> {
  await sql`update portfolio.project_files set planned_end_on = ${endOn}, version = version + 1, updated_at = ${now},
      last_news_at = ${now} where id = ${id}`.execute(trx);
}

/** The id of the panorama's project that an address part names, and the file that it has already; undefined when there is none. */
export async function findProjectForFile(
  db: Db,
  slug: string,
): Promise<{ readonly id: string; readonly fileId: string | null } | undefined> {
  const { rows } = await sql<{ id: string; fileId: string | null }>`
    select p.id, f.id as "fileId" from portfolio.projects p
    left join portfolio.project_files f on f.project_id = p.id
    where (p.slug = ${slug} or p.id = ${slug}) and p.merged_into is null`.execute(db);
  return rows[0];
}

/** The milestones of a file (a UUID), in its order. */
export async function listMilestones(db: Db, fileId: string): Promise<Milestone[]> {
  const { rows } = await sql<Milestone>`
    select id, title, planned_on as "plannedOn", reached_on as "reachedOn", weight
    from portfolio.file_milestones where file_id = ${fileId} order by position, id`.execute(db);
  return rows;
}

/** Writes a file's milestones anew, and the file one version further. */
export async function writeMilestones(
  trx: Trx,
  now: Date,
  fileId: string,
  milestones: readonly NewMilestone[],
): Promise<void> {
  await sql`delete from portfolio.file_milestones where file_id = ${fileId}`.execute(trx);
  const rows = milestones.map((one, position) => ({ ...one, position }));
  await sql`insert into portfolio.file_milestones (file_id, title, planned_on, reached_on, weight, position)
    select ${fileId}::uuid, m.title, m."plannedOn", m."reachedOn", m.weight, m.position
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as m (title text, "plannedOn" date, "reachedOn" date, weight numeric, position int)`.execute(trx);
  await touchFile(trx, now, fileId);
}

/** The minimum objectives of a file (a UUID), by date. */
export async function listObjectives(db: Db, fileId: string): Promise<Objective[]> {
  const { rows } = await sql<Objective>`
    select x.id, x.indicator_id as "indicatorId", i.title as "indicatorTitle", i.unit as "indicatorUnit",
      x.contract_id as "contractId", x.baseline_value as "baselineValue", x.target_value as "targetValue",
      x.due_on as "dueOn"
    from portfolio.file_objectives x join impact.indicators i on i.id = x.indicator_id
    where x.file_id = ${fileId} order by x.due_on, i.title, x.id`.execute(db);
  return rows;
}

/** Writes a file's objectives anew, and the file one version further. */
export async function writeObjectives(
  trx: Trx,
  now: Date,
  fileId: string,
  objectives: readonly NewObjective[],
): Promise<void> {
  await sql`delete from portfolio.file_objectives where file_id = ${fileId}`.execute(trx);
  await sql`insert into portfolio.file_objectives (file_id, indicator_id, baseline_value, target_value, due_on)
    select ${fileId}::uuid, x."indicatorId", x."baselineValue", x."targetValue", x."dueOn"
    from json_to_recordset(${JSON.stringify(objectives)}::json)
      as x ("indicatorId" uuid, "baselineValue" numeric, "targetValue" numeric, "dueOn" date)`.execute(trx);
  await touchFile(trx, now, fileId);
}

async function touchFile(trx: Trx, now: Date, fileId: string): Promise<void> {
  await sql`update portfolio.project_files set version = version + 1, updated_at = ${now}, last_news_at = ${now}
    where id = ${fileId}`.execute(trx);
}
