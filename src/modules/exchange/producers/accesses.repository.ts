// Queries on records of calls for those who produce the data. They decide nothing; what a reader may see is their `reach`.
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { StopReach } from '../stops/stops.types.ts';
import type { Access, AccessFilter, AccessKey, SubjectCount, WholeAccess } from './accesses.types.ts';

/** Most records that one count of people reads. */
const MOST_COUNTED = 20_000;
const READ_AT_ONCE = 1_000;

function within(reach: StopReach): RawBuilder<unknown> {
  if (reach === 'all') return sql`true`;
  // One organisation is the usual case, for which the index gives the order as well.
  const [only, ...others] = reach;
  return others.length === 0 && only !== undefined
    ? sql`r.producer_id = ${only}`
    : sql`r.producer_id = any (${[...reach]}::uuid[])`;
}

function narrowed(reach: StopReach, filter: AccessFilter): RawBuilder<unknown> {
  const { producerId, apiId, organisationId, accreditationId, verdict, scope, from, to } = filter;
  const parts = [sql`${within(reach)} and r.at >= ${from}`];
  if (to !== undefined) parts.push(sql`r.at < ${to}`);
  if (producerId !== undefined) parts.push(sql`r.producer_id = ${producerId}`);
  if (apiId !== undefined) parts.push(sql`r.api_id = ${apiId}`);
  if (organisationId !== undefined) parts.push(sql`r.organisation_id = ${organisationId}`);
  if (accreditationId !== undefined) parts.push(sql`r.accreditation_id = ${accreditationId}`);
  if (verdict === 'allowed') parts.push(sql`r.verdict = 'allowed'`);
  if (verdict === 'denied') parts.push(sql`r.verdict <> 'allowed'`);
  if (scope !== undefined) parts.push(sql`r.scopes @> array[${scope}]::text[]`);
  return sql.join(parts, sql` and `);
}

const COLUMNS = sql`
  r.at, r.log, r.index, r.producer_id as "producerId", r.producer_seq as "producerSeq", r.api_id as "apiId",
  a.slug as "apiSlug", a.name as "apiName", r.api_version as "apiVersion", r.accreditation_id as "accreditationId",
  c.number as "accreditationNumber", r.organisation_id as "organisationId", o.name as "organisationName",
  r.client_id as "clientId", r.purpose, r.scopes, r.fields, r.subject_hash is not null as "hasSubject", r.verdict,
  r.status, r.policy_version as "policyVersion", r.latency_us as "latencyUs", r.trace_id as "traceId", r.environment`;

const NAMED = sql`
  left join exchange.apis a on a.id = r.api_id
  left join exchange.accreditations c on c.id = r.accreditation_id
  left join identity.organisations o on o.id = r.organisation_id`;

/** At most `limit` accesses, the newest first, that come after `after` in the list. */
export async function listAccesses(
  db: Db,
  reach: StopReach,
  filter: AccessFilter,
  { after, limit }: { readonly after: AccessKey | null; readonly limit: number },
): Promise<Access[]> {
  const later =
    after === null
      ? sql`true`
      : sql`r.at <= ${after.at} and (r.at < ${after.at} or (r.log, r.index) > (${after.log}, ${after.index}))`;
  const { rows } = await sql<Access>`
    with r as (
      select * from exchange.access_records r where ${narrowed(reach, filter)} and ${later}
      order by r.at desc, r.log, r.index limit ${limit}
    )
    select ${COLUMNS} from r ${NAMED} order by r.at desc, r.log, r.index`.execute(db);
  return rows;
}

/** Every access of a list, read by the thousand. */
export async function* eachAccess(db: Db, reach: StopReach, filter: AccessFilter): AsyncGenerator<Access> {
  for (let after: AccessKey | null = null; ; ) {
    const some: Access[] = await listAccesses(db, reach, filter, { after, limit: READ_AT_ONCE });
    yield* some;
    if (some.length < READ_AT_ONCE) return;
    after = some.at(-1) ?? null;
  }
}

/** One access whole; undefined when `reach` has no such record. */
export async function findAccess(db: Db, reach: StopReach, key: AccessKey): Promise<WholeAccess | undefined> {
  const { rows } = await sql<WholeAccess>`
    select ${COLUMNS}, encode(r.subject_hash, 'base64') as "subjectHash", encode(r.fields_hash, 'base64') as "fieldsHash",
      convert_from(r.entry, 'UTF8') as entry
    from exchange.access_records r ${NAMED}
    where r.at = ${key.at} and r.log = ${key.log} and r.index = ${key.index} and ${within(reach)}`.execute(
    db,
  );
  return rows[0];
}

/** How many different people or companies the accesses of a list concern; beyond 20,000 records, at least so many. */
export async function countSubjects(db: Db, reach: StopReach, filter: AccessFilter): Promise<SubjectCount> {
  // Grouped, which is hashed, where count(distinct) would sort.
  const { rows } = await sql<{ subjects: number; read: number }>`
    select count(*) as subjects, coalesce(sum(n), 0)::int8 as read from (
      select count(*) as n from (
        select r.subject_hash from exchange.access_records r
        where ${narrowed(reach, filter)} and r.subject_hash is not null
        order by r.at desc limit ${MOST_COUNTED + 1}) as newest
      group by subject_hash) as each_one`.execute(db);
  const { subjects = 0, read = 0 } = rows[0] ?? {};
  return { subjects, isExact: read <= MOST_COUNTED };
}

/** What a list may be narrowed by: the consumers and accreditations that ever had an API of `reach`, at most 500. */
export interface AccessChoice {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly accreditationId: string;
  readonly accreditationNumber: number;
}

/** The accreditations, in force or not, that open an API of `reach` (of one API, when it is named). */
export async function listAccessChoices(
  db: Db,
  reach: StopReach,
  { apiId, producerId }: { readonly apiId?: string | undefined; readonly producerId?: string | undefined },
): Promise<AccessChoice[]> {
  const { rows } = await sql<AccessChoice>`
    select c.organisation_id as "organisationId", o.name as "organisationName", c.id as "accreditationId",
      c.number as "accreditationNumber"
    from exchange.accreditations c join identity.organisations o on o.id = c.organisation_id
    where exists (select from exchange.grants g join exchange.apis a on a.id = g.api_id
      where g.accreditation_id = c.id
        and ${apiId === undefined ? sql`true` : sql`g.api_id = ${apiId}`}
        and ${producerId === undefined ? sql`true` : sql`a.producer_id = ${producerId}`}
        and ${reach === 'all' ? sql`true` : sql`a.producer_id = any (${[...reach]}::uuid[])`})
    order by o.search_text, c.number limit 500`.execute(db);
  return rows;
}
