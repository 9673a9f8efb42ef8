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

const COLUMNS = sql`i.id, i.name, i.subject, i.organisation_id as "organisationId", i.unit, i.direction, i.population,
  i.aggregation, i.cadence, i.is_public as "isPublic", i.state, i.created_at as "createdAt", i.closed_at as "closedAt"`;

function seenBy(reach: IndicatorReach) {
  return reach === 'all' ? sql`true` : sql`(i.is_public or i.organisation_id = any(${[...reach]}::uuid[]))`;
}

/** The indicator with this id, whoever asks. */
export async function findIndicator(db: Db, id: string): Promise<Indicator | undefined> {
  const { rows } = await sql<Indicator>`select ${COLUMNS} from impact.indicators i where i.id = ${id}`.execute(db);
  return rows[0];
}

/** The same, held until the transaction ends, so that two intakes of one indicator follow each other. */
export async function lockIndicator(trx: Trx, id: string): Promise<Indicator | undefined> {
  const { rows } = await sql<Indicator>`
    select ${COLUMNS} from impact.indicators i where i.id = ${id} for no key update`.execute(trx);
  return rows[0];
}

/** Indicators by name, those that the reader sees. */
export async function listIndicators(db: Db, filter: IndicatorFilter): Promise<Indicator[]> {
  const { reach, search, organisationId, state, after, limit } = filter;
  const { rows } = await sql<Indicator>`
    select ${COLUMNS} from impact.indicators i
    where ${seenBy(reach)}
      and ${search ? sql`i.search like ${searchPattern(search)}` : sql`true`}
      and ${organisationId ? sql`i.organisation_id = ${organisationId}` : sql`true`}
      and ${state ? sql`i.state = ${state}` : sql`true`}
      and ${after ? sql`(i.name, i.id) > (select a.name, a.id from impact.indicators a where a.id = ${after})` : sql`true`}
    order by i.name, i.id limit ${limit}`.execute(db);
  return rows;
}

/** Adds an indicator. */
export async function insertIndicator(trx: Trx, indicator: Indicator): Promise<void> {
  const { id, name, subject, organisationId, unit, direction, population, aggregation, cadence } = indicator;
  await sql`insert into impact.indicators
      (id, name, search, subject, organisation_id, unit, direction, population, aggregation, cadence, is_public, created_at)
    values (${id}, ${name}, ${foldedForSearch(`${name} ${subject}`)}, ${subject}, ${organisationId}, ${unit}, ${direction},
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
