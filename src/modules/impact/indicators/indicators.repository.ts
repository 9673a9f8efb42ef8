// Queries on indicators and their definitions. What the reader may see is a parameter of each list.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { foldedForSearch, searchPattern } from '#platform/typed-text.ts';
import type {
  DefinitionVersion,
  Indicator,
  IndicatorFilter,
  IndicatorReach,
} from './indicators.types.ts';

export { readSeries } from './measures.repository.ts';

const COLUMNS = sql`i.id, i.title, i.subject, i.organisation_id as "organisationId", i.unit, i.direction, i.population,
  i.aggregation, i.cadence, i.is_public as "isPublic", i.state, i.created_at as "createdAt", i.closed_at as "closedAt"`;

function seenBy(reach: IndicatorReach) {
  return reach === 'all' ? sql`true` : sql`(i.is_public or i.organisation_id = any(${[...reach]}::uuid[]))`;
}

/** The indicator with this id, whoever asks. */
export async function findIndicator(db: Db, id: string): Promise<Indicator | undefined> {
  const { rows } = await sql<Indicator>`select ${COLUMNS} from impact.indicators i where i.id = ${id}`.execute(db);
  return rows[0];
}

/** The indicators with these ids (UUIDs), by title; those that nobody has are left out. */
export async function findIndicators(db: Db, ids: readonly string[]): Promise<Indicator[]> {
  const { rows } = await sql<Indicator>`
    select ${COLUMNS} from impact.indicators i where i.id = any(${[...ids]}::uuid[]) order by i.title, i.id`.execute(db);
  return rows;
}

/**
 * Records that something stands on an indicator, such as a contract by its id: it can then not be deleted. The same said twice
 * counts once. Throws when there is no such indicator.
 */
export async function registerIndicatorUse(
  trx: Trx,
  { indicatorId, user }: { readonly indicatorId: string; readonly user: string },
): Promise<void> {
  await sql`insert into impact.indicator_uses (indicator_id, user_name) values (${indicatorId}, ${user})
    on conflict do nothing`.execute(trx);
}

/** Whether an indicator has measures or anything stands on it. */
export async function isUsed(trx: Trx, id: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from impact.measures where indicator_id = ${id})
      or exists (select from impact.indicator_uses where indicator_id = ${id}) as used`.execute(trx);
  return rows[0]?.used ?? true;
}

/** The indicator with this id, held until the transaction ends, so that two intakes of one indicator follow each other. */
export async function lockIndicator(trx: Trx, id: string): Promise<Indicator | undefined> {
  const { rows } = await sql<Indicator>`
    select ${COLUMNS} from impact.indicators i where i.id = ${id} for update`.execute(trx);
  return rows[0];
}

/** Indicators by title, those that the reader sees. */
export async function listIndicators(db: Db, filter: IndicatorFilter): Promise<Indicator[]> {
  const { reach, search, organisationId, state, after, limit } = filter;
  const { rows } = await sql<Indicator>`
    select ${COLUMNS} from impact.indicators i
    where ${seenBy(reach)}
      and ${search ? sql`i.search like ${searchPattern(search)}` : sql`true`}
      and ${organisationId ? sql`i.organisation_id = ${organisationId}` : sql`true`}
      and ${state ? sql`i.state = ${state}` : sql`true`}
      and ${after ? sql`(i.title, i.id) > (select a.title, a.id from impact.indicators a where a.id = ${after})` : sql`true`}
    order by i.title, i.id limit ${limit}`.execute(db);
  return rows;
}

/** Adds an indicator. */
export async function insertIndicator(trx: Trx, indicator: Indicator): Promise<void> {
  const { id, title, subject, organisationId, unit, direction, population, aggregation, cadence } = indicator;
  await sql`insert into impact.indicators
      (id, title, search, subject, organisation_id, unit, direction, population, aggregation, cadence, is_public, created_at)
    values (${id}, ${title}, ${foldedForSearch(`${title} ${subject}`)}, ${subject}, ${organisationId}, ${unit}, ${direction},
      ${population}, ${aggregation}, ${cadence}, ${indicator.isPublic}, ${indicator.createdAt})`.execute(trx);
}

/** Closes an indicator. @returns false when it was closed already. */
export async function markClosed(trx: Trx, id: string, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`update impact.indicators set state = 'closed', closed_at = ${now}
    where id = ${id} and state = 'open'`.execute(trx);
  return numAffectedRows === 1n;
}

/** Deletes an indicator of which nothing was ever measured, with its definitions. */
export async function deleteIndicatorRow(trx: Trx, id: string): Promise<void> {
  await sql`delete from impact.indicators where id = ${id}`.execute(trx);
}

/** The versions of a definition, newest first, at most 100. */
export async function listDefinitions(db: Db, indicatorId: string): Promise<DefinitionVersion[]> {
  const { rows } = await sql<DefinitionVersion>`
    select version, text, from_day as "fromDay", reason, by_person as "byPerson", created_at as "createdAt"
    from impact.indicator_definitions where indicator_id = ${indicatorId} order by version desc limit 100`.execute(db);
  return rows;
}

/** Adds the next version of a definition; the indicator must be locked. @returns its number. */
export async function insertDefinition(
  trx: Trx,
  indicatorId: string,
  { text, fromDay, reason, byPerson, createdAt }: Omit<DefinitionVersion, 'version'>,
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into impact.indicator_definitions (indicator_id, version, text, from_day, reason, by_person, created_at)
    select ${indicatorId}, coalesce(max(version), 0) + 1, ${text}, ${fromDay}::date, ${reason}, ${byPerson}, ${createdAt}::timestamptz
    from impact.indicator_definitions where indicator_id = ${indicatorId}
    returning version`.execute(trx);
  return rows[0]?.version ?? 1;
}
