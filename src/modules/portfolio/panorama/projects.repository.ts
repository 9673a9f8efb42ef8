// Reads projects: the list of an edition, one project through its editions, and exports. It writes nothing.
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { changeSinceFirst } from './averages.rules.ts';
import { cellsOf } from './editions.repository.ts';
import type { EditionTables } from './editions.tables.ts';
import type { Band, Edition, Origin, Phase } from './editions.types.ts';
import { listMatchesOfProject } from './matches.repository.ts';
import { searchWords } from './names.rules.ts';
import type { ProjectTables } from './projects.tables.ts';
import type {
  FilterChoices,
  HistoryRow,
  Project,
  ProjectFilter,
  ProjectInEdition,
  ProjectName,
  ProjectOrder,
  ProjectPage,
  ProjectSort,
  ProjectState,
} from './projects.types.ts';

const tables = (db: Db) => db.withTables<EditionTables & ProjectTables>();

/** The most rows that one answer may hold. */
export const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

/** What each sort orders by; never null, so that a cursor can be compared. Unknown values come last. */
function sortExpression(sort: ProjectSort, direction: 'asc' | 'desc') {
  const lastNumber = direction === 'asc' ? sql.lit(1e12) : sql.lit(-1);
  const lastText = direction === 'asc' ? sql.lit('\uffff') : sql.lit('');
  switch (sort) {
    case 'name':
      return sql<string>`r.name_key collate "C"`;
    case 'ministry':
      return sql<string>`coalesce(r.ministry, ${lastText}) collate "C"`;
    case 'phase':
      return sql<number>`coalesce(array_position(array['scoping', 'build', 'pilot', 'rollout', 'finished'], r.phase), ${lastNumber})::numeric`;
    case 'start':
      return sql<string>`coalesce(r.started_on::text, ${lastText}) collate "C"`;
    case 'duration':
      return sql<number>`coalesce(r.duration_years, ${lastNumber})::numeric`;
    case 'cost':
      return sql<number>`coalesce(r.cost_meur, ${lastNumber})::numeric`;
  }
}

function conditions(editionId: number, filter: ProjectFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [sql`r.edition_id = ${editionId}`];
  for (const word of searchWords(filter.search ?? '')) {
    all.push(sql`r.search like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`);
  }
  if (filter.ministry)
    all.push(sql`(r.ministry = ${filter.ministry} or r.ministry_short = ${filter.ministry})`);
  if (filter.phase === 'unknown') all.push(sql`r.phase is null`);
  else if (filter.phase) all.push(sql`r.phase = ${filter.phase}`);
  if (filter.zone) all.push(sql`r.zone = ${filter.zone}`);
  if (filter.band === 'unknown') all.push(sql`r.band is null`);
  else if (filter.band) all.push(sql`r.band = ${filter.band}`);
  if (filter.interministerial !== undefined) all.push(sql`r.interministerial = ${filter.interministerial}`);
  return all;
}

interface ListedRow extends Omit<ProjectInEdition, 'costChange' | 'durationChange'> {
  rowId: number;
  sortValue: string | number;
  firstCostMonth: string | null;
  firstCost: number | null;
  firstDurationMonth: string | null;
  firstDuration: number | null;
}

async function selectRows(
  db: Db,
  edition: Edition,
  filter: ProjectFilter,
  order: Required<ProjectOrder> & { offset?: number; after?: { value: string | number; rowId: number } },
): Promise<ListedRow[]> {
  const value = sortExpression(order.sort, order.direction);
  const direction = sql.raw(order.direction);
  const where = conditions(edition.id, filter);
  if (order.after) {
    const comparison = sql.raw(order.direction === 'asc' ? '>' : '<');
    where.push(sql`(${value}, r.id) ${comparison} (${order.after.value}, ${order.after.rowId})`);
  }
  const { rows } = await sql<ListedRow>`
    with listed as (
      select r.*, ${value} as sort_value
      from portfolio.edition_rows r
      where ${sql.join(where, sql` and `)}
      order by ${value} ${direction}, r.id ${direction}
      limit ${order.limit} offset ${order.offset ?? 0}
    )
    select i.project_id as id, p.slug, r.name, r.ministry_short as "ministryShort", r.ministry, r.interministerial,
      r.description, r.started_on as "startedOn", r.duration_years as "durationYears", r.phase,
      r.cost_meur as "costMeur", r.band, r.zone, r.programmes, r.notes, r.id as "rowId", r.sort_value as "sortValue",
      cost.month as "firstCostMonth", cost.value as "firstCost",
      duration.month as "firstDurationMonth", duration.value as "firstDuration"
    from listed r
    join portfolio.row_identity i on i.row_id = r.id
    join portfolio.projects p on p.id = i.project_id
    left join lateral (
      select f.month, fr.cost_meur as value
      from portfolio.row_identity f join portfolio.edition_rows fr on fr.id = f.row_id
      where f.project_id = i.project_id and f.month < i.month and fr.cost_meur is not null
      order by f.month limit 1
    ) cost on true
    left join lateral (
      select f.month, fr.duration_years as value
      from portfolio.row_identity f join portfolio.edition_rows fr on fr.id = f.row_id
      where f.project_id = i.project_id and f.month < i.month and fr.duration_years is not null
      order by f.month limit 1
    ) duration on true
    order by r.sort_value ${direction}, r.id ${direction}`.execute(db);
  return rows;
}

function change(month: string | null, first: number | null, latestMonth: string, latest: number | null) {
  return changeSinceFirst([
    { month: month ?? '', value: first },
    { month: latestMonth, value: latest },
  ]);
}

function asProject(row: ListedRow, month: string): ProjectInEdition {
  const { rowId, sortValue, firstCostMonth, firstCost, firstDurationMonth, firstDuration, ...project } = row;
  return {
    ...project,
    costChange: change(firstCostMonth, firstCost, month, row.costMeur),
    durationChange: change(firstDurationMonth, firstDuration, month, row.durationYears),
  };
}

function bounded(order: ProjectOrder): Required<ProjectOrder> {
  return {
    sort: order.sort ?? 'name',
    direction: order.direction ?? 'asc',
    limit: Math.min(Math.max(Math.trunc(order.limit ?? DEFAULT_LIMIT), 1), MAX_LIMIT),
  };
}

/** How many projects of an edition answer a filter. */
export async function countProjects(db: Db, edition: Edition, filter: ProjectFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from portfolio.edition_rows r
    where ${sql.join(conditions(edition.id, filter), sql` and `)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** A numbered page of an edition's projects, for the pages. A page past the end gives the last one. */
export async function listProjects(
  db: Db,
  edition: Edition,
  filter: ProjectFilter = {},
  order: ProjectOrder & { page?: number } = {},
): Promise<ProjectPage> {
  const { page: asked = 1, ...rest } = order;
  const cut = bounded(rest);
  const total = await countProjects(db, edition, filter);
  const pages = Math.max(1, Math.ceil(total / cut.limit));
  const page = Math.min(Math.max(1, Math.trunc(asked)), pages);
  const rows = await selectRows(db, edition, filter, { ...cut, offset: (page - 1) * cut.limit });
  return { items: rows.map((row) => asProject(row, edition.month)), total, page, pages };
}

/**
 * A page of an edition's projects by cursor, for the API. `next` is null at the end.
 * A cursor of another sort or that cannot be read starts again at the beginning.
 */
export async function listProjectsAfter(
  db: Db,
  edition: Edition,
  filter: ProjectFilter,
  order: ProjectOrder,
  cursor: string | undefined,
): Promise<{ items: ProjectInEdition[]; next: string | null }> {
  const cut = bounded(order);
  const after = readCursor(cursor, cut);
  const rows = await selectRows(db, edition, filter, {
    ...cut,
    limit: cut.limit + 1,
    ...(after ? { after } : {}),
  });
  const last = rows.length > cut.limit ? rows[cut.limit - 1] : undefined;
  const next = last ? writeCursor(cut, last) : null;
  return { items: rows.slice(0, cut.limit).map((row) => asProject(row, edition.month)), next };
}

function writeCursor(order: Required<ProjectOrder>, row: ListedRow): string {
  const text = JSON.stringify([order.sort, order.direction, row.sortValue, row.rowId]);
  return Buffer.from(text).toString('base64url');
}

function readCursor(cursor: string | undefined, order: Required<ProjectOrder>) {
  if (!cursor || cursor.length > 2_000) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(read) || read[0] !== order.sort || read[1] !== order.direction) return undefined;
    const [, , value, rowId] = read;
    const isNumeric = order.sort === 'phase' || order.sort === 'duration' || order.sort === 'cost';
    if (typeof value !== (isNumeric ? 'number' : 'string') || !Number.isSafeInteger(rowId)) return undefined;
    if (typeof value === 'string' && value.includes('\0')) return undefined;
    return { value: value as string | number, rowId: rowId as number };
  } catch {
    return undefined;
  }
}

/** Every project of an edition that answers a filter, one by one, read in batches: for CSV and JSON exports. */
export async function* eachProject(
  db: Db,
  edition: Edition,
  filter: ProjectFilter = {},
  order: Omit<ProjectOrder, 'limit'> = {},
): AsyncGenerator<ProjectInEdition> {
  let cursor: string | undefined;
  do {
    const page = await listProjectsAfter(db, edition, filter, { ...order, limit: MAX_LIMIT }, cursor);
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}

/** The values that the filters of an edition's list can take, each with its number of projects. */
export async function listFilterChoices(db: Db, edition: Edition): Promise<FilterChoices> {
  const { rows } = await sql<{ field: string; value: string; short: string | null; count: number }>`
    select case when grouping(ministry) = 0 then 'ministry' when grouping(phase) = 0 then 'phase'
                when grouping(zone) = 0 then 'zone' else 'band' end as field,
      coalesce(ministry, phase, zone, band, 'unknown') as value, min(ministry_short) as short, count(*) as count
    from portfolio.edition_rows where edition_id = ${edition.id}
    group by grouping sets ((ministry), (phase), (zone), (band))
    order by 2`.execute(db);
  const of = (field: string) => rows.filter((row) => row.field === field);
  return {
    ministries: of('ministry')
      .filter(({ value }) => value !== 'unknown')
      .map(({ value, short, count }) => ({ value, short, count })),
    phases: of('phase').map(({ value, count }) => ({ value: value as Phase | 'unknown', count })),
    zones: of('zone')
      .filter(({ value }) => value !== 'unknown')
      .map(({ value, count }) => ({ value, count })),
    bands: of('band').map(({ value, count }) => ({ value: value as Band | 'unknown', count })),
  };
}

/** The project that an id or slug leads to, merges followed; undefined where there is none. */
export async function findProjectId(
  db: Db,
  idOrSlug: string,
): Promise<{ id: string; slug: string } | undefined> {
  const { rows } = await sql<{ id: string; slug: string }>`
    with recursive chain as (
      select id, slug, merged_into from portfolio.projects where id = ${idOrSlug} or slug = ${idOrSlug}
      union all
      select p.id, p.slug, p.merged_into from portfolio.projects p join chain c on p.id = c.merged_into
    )
    select id, slug from chain where merged_into is null limit 1`.execute(db);
  return rows[0];
}

/**
 * A project by id or slug, merges followed, with its rows through the editions, its names and the matches that made
 * it one; undefined where there is none. Compare `slug` with the one asked for to redirect to the stable address.
 */
export async function findProject(db: Db, idOrSlug: string): Promise<Project | undefined> {
  const found = await findProjectId(db, idOrSlug);
  if (!found) return undefined;
  const rows = await tables(db)
    .selectFrom('portfolio.row_identity as i')
    .innerJoin('portfolio.edition_rows as r', 'r.id', 'i.row_id')
    .innerJoin('portfolio.editions as e', 'e.id', 'i.edition_id')
    .where('i.project_id', '=', found.id)
    .select([
      'e.origin',
      'i.month',
      'i.edition_id as editionId',
      'i.link as linked',
      'e.headers',
      'r.line',
      'r.name',
      'r.ministry_short as ministryShort',
      'r.ministry',
      'r.interministerial',
      'r.description',
      'r.link',
      'r.started_on as startedOn',
      'r.duration_years as durationYears',
      'r.phase',
      'r.cost_meur as costMeur',
      'r.band',
      'r.zone',
      'r.programmes',
      'r.programme_link as programmeLink',
      'r.published_on as publishedOn',
      'r.notes',
      'r.raw',
    ])
    .orderBy('i.month')
    .execute();
  const last = rows.at(-1);
  const first = rows[0];
  if (!first || !last) return undefined;
  const states = rows.map(({ origin, linked, link, raw, ...row }) => ({
    ...row,
    raw: cellsOf(raw, row.description),
    moreLink: link,
    link: linked,
  }));
  const [months, matches] = await Promise.all([
    listMonths(db, last.origin),
    listMatchesOfProject(db, found.id),
  ]);
  const held = new Set(rows.map(({ month }) => month));
  return {
    ...found,
    origin: last.origin,
    name: last.name,
    hasLeft: months.at(-1) !== last.month,
    states,
    names: namesOf(states),
    missingMonths: months.filter((month) => month > first.month && month < last.month && !held.has(month)),
    costChange: changeSinceFirst(states.map(({ month, costMeur }) => ({ month, value: costMeur }))),
    durationChange: changeSinceFirst(
      states.map(({ month, durationYears }) => ({ month, value: durationYears })),
    ),
    matches,
  };
}

async function listMonths(db: Db, origin: Origin): Promise<string[]> {
  const rows = await tables(db)
    .selectFrom('portfolio.editions')
    .where('origin', '=', origin)
    .select('month')
    .orderBy('month')
    .execute();
  return rows.map(({ month }) => month);
}

/** The names in the order in which they were used; a name that came back is there twice. */
function namesOf(states: readonly Pick<ProjectState, 'name' | 'month'>[]): ProjectName[] {
  const names: { name: string; firstMonth: string; lastMonth: string }[] = [];
  for (const { name, month } of states) {
    const latest = names.at(-1);
    if (latest?.name === name) latest.lastMonth = month;
    else names.push({ name, firstMonth: month, lastMonth: month });
  }
  return names;
}

/** Every state of every project of an origin, by project then month, read in batches: for the export of histories. */
export async function* eachState(db: Db, origin: Origin): AsyncGenerator<HistoryRow> {
  let after: HistoryRow = { projectId: '', month: '' } as HistoryRow;
  for (;;) {
    const { rows } = await sql<HistoryRow>`
      select i.project_id as "projectId", p.slug, i.month, r.name, r.ministry, r.phase, r.cost_meur as "costMeur",
        r.duration_years as "durationYears", r.started_on as "startedOn", r.zone
      from portfolio.row_identity i
      join portfolio.projects p on p.id = i.project_id
      join portfolio.edition_rows r on r.id = i.row_id
      where p.origin = ${origin} and (i.project_id, i.month) > (${after.projectId}, ${after.month})
      order by i.project_id, i.month limit 1000`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 1000) return;
    after = last;
  }
}
