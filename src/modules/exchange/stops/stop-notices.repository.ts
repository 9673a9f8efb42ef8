// Queries on who is told of a stop, and on what was told. They write to nobody.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { FROM_STOPS, STOP_COLUMNS } from './stops.repository.ts';
import type { Stop } from './stops.types.ts';

/** What is told of a stop: its order, or that it is over. */
export type StopNews = 'ordered' | 'over';

/** Marks that news of a stop is told, if `trx` commits. @returns false when it was told before. */
export async function insertNotice(trx: Trx, now: Date, stopId: string, news: StopNews): Promise<boolean> {
  const { rows } = await sql`
    insert into exchange.stop_notices (stop_id, news, told_at) values (${stopId}, ${news}, ${now})
    on conflict do nothing returning stop_id`.execute(trx);
  return rows.length === 1;
}

/** A consumer organisation that a stop concerns, and the technical contacts of its accreditations. */
export interface ConcernedConsumer {
  readonly organisationId: string;
  readonly contacts: readonly string[];
}

/** The consumers whose accreditations in force open the flow, at most 2,000. */
export async function listConcernedConsumers(db: Db, stop: Stop): Promise<ConcernedConsumer[]> {
  const { apiId, scopeId, accreditationId, organisationId } = stop;
  const { rows } = await sql<ConcernedConsumer>`
    select c.organisation_id as "organisationId",
      array_remove(array_agg(distinct lower(c.form ->> 'technicalEmail')), null) as contacts
    from exchange.accreditations c
    where c.state = 'active'
      and exists (select from exchange.grants g where g.accreditation_id = c.id and g.api_id = ${apiId}
        and g.withdrawn_at is null and ${scopeId === null ? sql`true` : sql`g.scope_id = ${scopeId}`})
      and ${accreditationId === null ? sql`true` : sql`c.id = ${accreditationId}`}
      and ${organisationId === null ? sql`true` : sql`c.organisation_id = ${organisationId}`}
    group by c.organisation_id order by c.organisation_id limit 2000`.execute(db);
  return rows;
}

/** The address that its producer gives for an API; undefined where there is no such API. */
export async function findApiContact(db: Db, apiId: string): Promise<string | undefined> {
  const { rows } = await sql<{ email: string }>`
    select lower(contact_email) as email from exchange.apis where id = ${apiId}`.execute(db);
  return rows[0]?.email;
}

/** Somebody who reads a notice. */
export interface NoticeReader {
  readonly email: string;
  readonly locale: Locale;
}

/** The stops ordered or over since a moment that concern these consumers, the newest first. */
export async function listStopsConcerning(
  db: Db,
  organisationIds: readonly string[],
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<Stop[]> {
  const { rows } = await sql<Stop>`
    select ${STOP_COLUMNS} ${FROM_STOPS}
    where (s.resumed_at is null or s.resumed_at > ${since}) and exists (
      select from exchange.accreditations d join exchange.grants g on g.accreditation_id = d.id
      where d.organisation_id = any (${[...organisationIds]}::uuid[]) and d.state = 'active' and g.api_id = s.api_id
        and g.withdrawn_at is null and (s.scope_id is null or g.scope_id = s.scope_id)
        and (s.accreditation_id is null or s.accreditation_id = d.id)
        and (s.organisation_id is null or s.organisation_id = d.organisation_id))
    order by s.ordered_at desc, s.id desc limit ${limit}`.execute(db);
  return rows;
}
