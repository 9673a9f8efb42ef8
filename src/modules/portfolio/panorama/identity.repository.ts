// Reads and writes which project each row is, in batches: never a query per row.
import { sql } from 'kysely';
import type { Trx } from '#platform/database/connection.ts';
import type { Origin } from './editions.types.ts';
import { type KnownName, type NewRow, pairOfKeys } from './identification.rules.ts';
import type { MatchFeatures } from './matches.types.ts';

const BATCH = 5_000;

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += BATCH) yield items.slice(start, start + BATCH);
}

/**
 * Makes the transaction ready for many rows: tells the planner how large the tables have become (the transaction that
 * made them so is the first to read them), and lets sorts stay in memory.
 */
export async function prepareForManyRows(trx: Trx): Promise<void> {
  await sql`select set_config('work_mem', '64MB', true)`.execute(trx);
  await sql`analyze portfolio.edition_rows (edition_id, name_key), portfolio.row_identity, portfolio.projects`.execute(
    trx,
  );
}

/**
 * Links the rows that need no comparison: a name that the edition has once, that one known project has, under the same
 * ministry. In a usual edition these are nearly all.
 * @returns how many rows it linked.
 */
export async function linkPlainRows(
  trx: Trx,
  origin: Origin,
  editionId: number,
  month: string,
): Promise<number> {
  const { numAffectedRows } = await sql`
    with mine as (
      select id, name_key, ministry, count(*) over (partition by name_key) as times
      from portfolio.edition_rows where edition_id = ${editionId}
    ), known as (
      select distinct on (i.project_id, r.name_key) i.project_id, i.member_id, r.name_key, r.ministry
      from portfolio.projects p
      join portfolio.row_identity i on i.member_id = p.id
      join portfolio.edition_rows r on r.id = i.row_id
      where p.origin = ${origin}
      order by i.project_id, r.name_key, i.month desc
    ), alone as (
      select k.*, count(*) over (partition by name_key) as projects from known k
    )
    insert into portfolio.row_identity (row_id, edition_id, month, member_id, project_id, link)
    select distinct on (a.project_id) m.id, ${editionId}::bigint, ${month}, a.member_id, a.project_id, 'exact'
    from mine m join alone a on a.name_key = m.name_key and a.ministry = m.ministry
    where m.times = 1 and a.projects = 1
    order by a.project_id, m.id`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

const newRowColumns = sql`r.id as "rowId", r.name, r.ministry, r.started_on as "startedOn", r.zone,
  r.cost_meur as "costMeur"`;

/** The rows of an edition that no project has yet, in file order, in batches. Each batch is to be linked before the next. */
export async function* eachUnlinkedBatch(trx: Trx, editionId: number): AsyncGenerator<NewRow[]> {
  let after = 0;
  for (;;) {
    const { rows } = await sql<NewRow>`
      select ${newRowColumns} from portfolio.edition_rows r
      where r.edition_id = ${editionId} and r.id > ${after}
        and not exists (select 1 from portfolio.row_identity i where i.row_id = r.id)
      order by r.id limit ${BATCH}`.execute(trx);
    if (rows.length === 0) return;
    after = rows.at(-1)?.rowId ?? 0;
    yield rows;
  }
}

/** The rows under which an edition founded projects, with the project of each, in batches. */
export async function* eachFoundedBatch(
  trx: Trx,
  editionId: number,
  size: number,
): AsyncGenerator<(NewRow & { memberId: string })[]> {
  let after = 0;
  for (;;) {
    const { rows } = await sql<NewRow & { memberId: string }>`
      select ${newRowColumns}, i.member_id as "memberId"
      from portfolio.row_identity i join portfolio.edition_rows r on r.id = i.row_id
      where i.edition_id = ${editionId} and i.link = 'founded' and r.id > ${after}
      order by r.id limit ${size}`.execute(trx);
    if (rows.length === 0) return;
    after = rows.at(-1)?.rowId ?? 0;
    yield rows;
  }
}

/**
 * Every name of the projects that the edition does not hold, each from the latest edition that uses it. Two projects
 * of one edition are two: a project that the edition holds is nobody's former name.
 */
export async function listAbsentNames(trx: Trx, origin: Origin, editionId: number): Promise<KnownName[]> {
  const { rows } = await sql<KnownName>`
    select distinct on (i.member_id, r.name_key) r.id as "rowId", i.member_id as "memberId",
      i.project_id as "projectId", r.name, r.ministry, r.started_on as "startedOn", r.zone, r.cost_meur as "costMeur"
    from portfolio.projects p
    join portfolio.row_identity i on i.member_id = p.id
    join portfolio.edition_rows r on r.id = i.row_id
    where p.origin = ${origin}
      and not exists (select 1 from portfolio.row_identity h
                      where h.edition_id = ${editionId} and h.project_id = i.project_id)
    order by i.member_id, r.name_key, i.month desc`.execute(trx);
  return rows;
}

/** The pairs of names that someone rejected in this origin, each as `pairOfKeys` writes it. */
export async function findRejectedPairs(trx: Trx, origin: Origin): Promise<Set<string>> {
  const { rows } = await sql<{ a: string; b: string }>`
    select member_key as a, candidate_key as b from portfolio.match_proposals
    where origin = ${origin} and status = 'rejected'`.execute(trx);
  return new Set(rows.map(({ a, b }) => pairOfKeys(a, b)));
}

/** The descriptions of some rows, the first 1,000 characters of each. */
export async function findDescriptions(trx: Trx, rowIds: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; description: string }>`
    select id, left(description, 1000) as description from portfolio.edition_rows
    where id = any(${rowIds}::bigint[]) and description is not null`.execute(trx);
  return new Map(rows.map(({ id, description }) => [id, description]));
}

/** Those of the identifiers and addresses that a project has already. */
export async function findTaken(
  trx: Trx,
  ids: readonly string[],
  slugs: readonly string[],
): Promise<{ ids: Set<string>; slugs: Set<string> }> {
  const taken = { ids: new Set<string>(), slugs: new Set<string>() };
  for (const some of batches(ids)) {
    const { rows } = await sql<{ id: string }>`
      select id from portfolio.projects where id = any(${some}::text[])`.execute(trx);
    for (const { id } of rows) taken.ids.add(id);
  }
  for (const some of batches(slugs)) {
    const { rows } = await sql<{ slug: string }>`
      select slug from portfolio.projects where slug = any(${some}::text[])`.execute(trx);
    for (const { slug } of rows) taken.slugs.add(slug);
  }
  return taken;
}

/** Writes projects founded by an edition. */
export async function insertProjects(
  trx: Trx,
  origin: Origin,
  month: string,
  now: Date,
  projects: readonly { readonly id: string; readonly slug: string }[],
): Promise<void> {
  for (const some of batches(projects)) {
    await sql`
      insert into portfolio.projects (id, slug, origin, founded_month, created_at)
      select id, slug, ${origin}, ${month}, ${now}
      from unnest(${some.map(({ id }) => id)}::text[], ${some.map(({ slug }) => slug)}::text[]) as x (id, slug)`.execute(
      trx,
    );
  }
}

/** Which project a row is. */
export interface RowIdentity {
  readonly rowId: number;
  readonly memberId: string;
  readonly projectId: string;
  readonly link: 'founded' | 'exact';
}

/** Writes which project each row of an edition is. */
export async function insertIdentities(
  trx: Trx,
  editionId: number,
  month: string,
  identities: readonly RowIdentity[],
): Promise<void> {
  for (const some of batches(identities)) {
    await sql`
      insert into portfolio.row_identity (row_id, edition_id, month, member_id, project_id, link)
      select row_id, ${editionId}::bigint, ${month}, member_id, project_id, link
      from unnest(${some.map((one) => one.rowId)}::bigint[], ${some.map((one) => one.memberId)}::text[],
        ${some.map((one) => one.projectId)}::text[], ${some.map((one) => one.link)}::text[])
        as x (row_id, member_id, project_id, link)`.execute(trx);
  }
}

/** A proposal to write. */
export interface ProposalToWrite {
  readonly rowId: number;
  readonly memberId: string;
  readonly candidateId: string;
  readonly candidateRowId: number;
  readonly memberKey: string;
  readonly candidateKey: string;
  readonly score: number;
  readonly features: MatchFeatures;
}

/** Writes proposals. @returns the identifier of each. */
export async function insertProposals(
  trx: Trx,
  origin: Origin,
  now: Date,
  proposals: readonly ProposalToWrite[],
): Promise<{ id: number; memberId: string; candidateId: string; score: number }[]> {
  const written: { id: number; memberId: string; candidateId: string; score: number }[] = [];
  for (const some of batches(proposals)) {
    const { rows } = await sql<{ id: number; memberId: string; candidateId: string; score: number }>`
      insert into portfolio.match_proposals (origin, row_id, member_id, candidate_id, candidate_row_id, member_key,
        candidate_key, score, features, created_at)
      select ${origin}, "rowId", "memberId", "candidateId", "candidateRowId", "memberKey", "candidateKey", score,
        features, ${now}
      from json_to_recordset(${JSON.stringify(some)}::json) as x ("rowId" bigint, "memberId" text, "candidateId" text,
        "candidateRowId" bigint, "memberKey" text, "candidateKey" text, score numeric, features jsonb)
      returning id, member_id as "memberId", candidate_id as "candidateId", score`.execute(trx);
    written.push(...rows);
  }
  return written;
}
