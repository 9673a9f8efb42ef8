// Reads editions and the figures computed from them. It writes nothing.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import {
  changeSinceFirst,
  changesBetween,
  discrepanciesOf,
  figuresByBand,
  figuresByMinistry,
  figuresByPhase,
  figuresByZone,
  headlineOf,
} from './averages.rules.ts';
import type { CountedRow, DeclaredFigures, EvolutionPoint, Panorama } from './averages.types.ts';
import type { EditionTables } from './editions.tables.ts';
import type { Edition, Origin } from './editions.types.ts';
import type { ProjectTables } from './projects.tables.ts';

const tables = (db: Db) => db.withTables<EditionTables & ProjectTables>();

function editionsQuery(db: Db) {
  return tables(db)
    .selectFrom('portfolio.editions')
    .select([
      'id',
      'origin',
      'month',
      'published_on as publishedOn',
      'shape',
      'source_name as sourceName',
      'source_sha256 as sourceSha256',
      'row_count as rowCount',
      'left_out as leftOut',
      'imported_at as importedAt',
    ]);
}

/** Every edition held, newest first; of one origin when told. */
export function listEditions(db: Db, origin?: Origin): Promise<Edition[]> {
  let query = editionsQuery(db).orderBy('month', 'desc').orderBy('origin', 'desc');
  if (origin) query = query.where('origin', '=', origin);
  return query.execute();
}

/** The edition of a month; undefined where it is not held. */
export function findEdition(db: Db, origin: Origin, month: string): Promise<Edition | undefined> {
  return editionsQuery(db).where('origin', '=', origin).where('month', '=', month).executeTakeFirst();
}

/**
 * The edition that a page shows when none is asked for: the latest published one if any is held, else the latest of
 * the demonstration; undefined while none is held. With `origin`, the latest of that origin.
 */
export async function findDefaultEdition(db: Db, origin?: Origin): Promise<Edition | undefined> {
  let query = editionsQuery(db).orderBy(sql`origin = 'published'`, 'desc').orderBy('month', 'desc').limit(1);
  if (origin) query = query.where('origin', '=', origin);
  return await query.executeTakeFirst();
}

/** The edition before `edition` and the one after it, of the same origin, for a page's links. */
export async function findNeighbours(
  db: Db,
  edition: Edition,
): Promise<{ previous: Edition | undefined; next: Edition | undefined }> {
  const same = editionsQuery(db).where('origin', '=', edition.origin);
  const [previous, next] = await Promise.all([
    same.where('month', '<', edition.month).orderBy('month', 'desc').limit(1).executeTakeFirst(),
    same.where('month', '>', edition.month).orderBy('month', 'asc').limit(1).executeTakeFirst(),
  ]);
  return { previous, next };
}

/** What the figures need of every row of an edition, in the order of the source file. */
export function listCountedRows(db: Db, editionId: number): Promise<CountedRow[]> {
  return tables(db)
    .selectFrom('portfolio.edition_rows as r')
    .innerJoin('portfolio.row_identity as i', 'i.row_id', 'r.id')
    .innerJoin('portfolio.projects as p', 'p.id', 'i.project_id')
    .where('r.edition_id', '=', editionId)
    .select([
      'i.project_id as projectId',
      'p.slug',
      'r.name',
      'r.ministry',
      'r.ministry_short as ministryShort',
      'r.phase',
      'r.cost_meur as costMeur',
      'r.band',
      'r.zone',
      'r.duration_years as durationYears',
    ])
    .orderBy('r.id')
    .execute();
}

/** The figures declared with editions, oldest first. */
export async function listDeclaredFigures(db: Db, origin: Origin): Promise<DeclaredFigures[]> {
  return await tables(db)
    .selectFrom('portfolio.declared_figures')
    .where('origin', '=', origin)
    .select([
      'month',
      'projects',
      'total_meur as totalMeur',
      'mean_duration_years as meanDurationYears',
      'mean_schedule_gap as meanScheduleGap',
      'mean_budget_gap as meanBudgetGap',
      'source_name as sourceName',
    ])
    .orderBy('month')
    .execute();
}

async function listProjectsBefore(db: Db, origin: Origin, month: string): Promise<Set<string>> {
  const found = await tables(db)
    .selectFrom('portfolio.editions as e')
    .innerJoin('portfolio.row_identity as i', 'i.edition_id', 'e.id')
    .where('e.origin', '=', origin)
    .where('e.month', '<', month)
    .select('i.project_id as id')
    .distinct()
    .execute();
  return new Set(found.map(({ id }) => id));
}

/** The first cost that an edition up to `month` gave for each project of `editionId`. */
async function listFirstCosts(db: Db, editionId: number, month: string) {
  const { rows } = await sql<{ projectId: string; month: string; cost: number }>`
    select distinct on (i.project_id) i.project_id as "projectId", i.month, r.cost_meur as cost
    from portfolio.row_identity here
    join portfolio.row_identity i on i.project_id = here.project_id and i.month < ${month}
    join portfolio.edition_rows r on r.id = i.row_id
    where here.edition_id = ${editionId} and r.cost_meur is not null
    order by i.project_id, i.month`.execute(db);
  return new Map(rows.map((row) => [row.projectId, row]));
}

/** All the figures of an edition, those declared with it, and what changed since the previous one. */
export async function readPanorama(db: Db, edition: Edition): Promise<Panorama> {
  const { previous } = await findNeighbours(db, edition);
  const [rows, previousRows, earlier, declaredFigures, firstCosts] = await Promise.all([
    listCountedRows(db, edition.id),
    previous ? listCountedRows(db, previous.id) : [],
    previous ? listProjectsBefore(db, edition.origin, previous.month) : new Set<string>(),
    listDeclaredFigures(db, edition.origin),
    listFirstCosts(db, edition.id, edition.month),
  ]);
  const headline = headlineOf(rows);
  const declared = declaredFigures.find(({ month }) => month === edition.month) ?? null;
  const costChanges = rows.flatMap((row) => {
    const first = firstCosts.get(row.projectId);
    const change = changeSinceFirst([
      ...(first ? [{ month: first.month, value: first.cost }] : []),
      { month: edition.month, value: row.costMeur },
    ]);
    return change && change.first !== change.latest ? [{ row, change }] : [];
  });
  costChanges.sort((a, b) => (b.change.share ?? 0) - (a.change.share ?? 0));
  return {
    edition,
    headline,
    byMinistry: figuresByMinistry(rows),
    byPhase: figuresByPhase(rows),
    byBand: figuresByBand(rows),
    byZone: figuresByZone(rows),
    changes: previous ? changesBetween(previous.month, previousRows, rows, earlier) : null,
    declared,
    discrepancies: discrepanciesOf(headline, declared),
    costChanges: costChanges.slice(0, 10),
  };
}

/**
 * The State's averages over the editions of one origin, oldest first: computed figures of each edition held beside
 * the declared ones, and the months for which only declared figures are held.
 */
export async function readEvolution(db: Db, origin: Origin): Promise<EvolutionPoint[]> {
  const [editions, declared, rows] = await Promise.all([
    listEditions(db, origin),
    listDeclaredFigures(db, origin),
    tables(db)
      .selectFrom('portfolio.row_identity as i')
      .innerJoin('portfolio.projects as p', 'p.id', 'i.project_id')
      .innerJoin('portfolio.edition_rows as r', 'r.id', 'i.row_id')
      .where('p.origin', '=', origin)
      .select([
        'i.month',
        'i.project_id as projectId',
        'r.cost_meur as costMeur',
        'r.duration_years as durationYears',
      ])
      .execute(),
  ]);
  const rowsByMonth = Map.groupBy(rows, (row) => row.month);
  const declaredByMonth = new Map(declared.map((figures) => [figures.month, figures]));
  const months = [...new Set([...editions.map(({ month }) => month), ...declaredByMonth.keys()])].sort();
  let before: Set<string> | null = null;
  return months.map((month) => {
    const held = rowsByMonth.get(month);
    const said = declaredByMonth.get(month) ?? null;
    if (!held) {
      return { month, origin, computed: null, declared: said, entries: null, exits: null, discrepancies: [] };
    }
    const computed = headlineOf(held);
    const now = new Set(held.map(({ projectId }) => projectId));
    const entries: number | null = before === null ? null : countMissing(now, before);
    const exits: number | null = before === null ? null : countMissing(before, now);
    before = now;
    return {
      month,
      origin,
      computed,
      declared: said,
      entries,
      exits,
      discrepancies: discrepanciesOf(computed, said),
    };
  });
}

function countMissing(from: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let missing = 0;
  for (const id of from) if (!other.has(id)) missing += 1;
  return missing;
}
