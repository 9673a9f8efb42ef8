// Queries on the accesses that concern one person. Each takes the hash of that person, and of nobody else.
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { AccessOutcome, AccessPlace, OwnAccess, WholeAccess } from './people.types.ts';

const COLUMNS = sql`
  r.at, r.log, r.index, r.api_id as "apiId", a.slug as "apiSlug", a.name as "apiName",
  r.producer_id as "producerId", p.name as "producerName", r.organisation_id as "organisationId",
  o.name as "organisationName", r.purpose, r.accreditation_id as "accreditationId", r.verdict, r.environment`;

const NAMES = sql`
  left join exchange.apis a on a.id = r.api_id
  left join identity.organisations p on p.id = r.producer_id
  left join identity.organisations o on o.id = r.organisation_id`;

/** Trials on recorded examples are left out: nothing about anybody leaves by them. */
function ofPerson(hash: string): RawBuilder<unknown> {
  return sql`subject_hash = decode(${hash}, 'base64') and environment = 'production'`;
}

function withOutcome(outcome: AccessOutcome): RawBuilder<unknown> {
  return outcome === 'allowed' ? sql`verdict = 'allowed'` : sql`verdict <> 'allowed'`;
}

/** At most `limit` accesses to the data of the person with this hash, the latest first, older than `before`. */
export async function listOwnAccesses(
  db: Db,
  hash: string,
  outcome: AccessOutcome,
  { before, limit }: { readonly before: AccessPlace | null; readonly limit: number },
): Promise<OwnAccess[]> {
  const older =
    before === null
      ? sql`true`
      : sql`at <= ${before.at} and (at, log, index) < (${before.at}, ${before.log}, ${before.index})`;
  const { rows } = await sql<OwnAccess>`
    select ${COLUMNS} from (
      select * from exchange.access_records
      where ${ofPerson(hash)} and ${withOutcome(outcome)} and ${older}
      order by at desc, log desc, index desc limit ${limit}) r
    ${NAMES} order by r.at desc, r.log desc, r.index desc`.execute(db);
  return rows;
}

/** Every such access, read by the five hundred. */
export async function* eachOwnAccess(
  db: Db,
  hash: string,
  outcome: AccessOutcome,
): AsyncGenerator<OwnAccess> {
  for (let before: AccessPlace | null = null; ; ) {
    const some: OwnAccess[] = await listOwnAccesses(db, hash, outcome, { before, limit: 500 });
    yield* some;
    if (some.length < 500) return;
    before = some.at(-1) ?? null;
  }
}

/** One access, if it concerns the person with this hash. */
export async function findOwnAccess(
  db: Db,
  hash: string,
  { at, log, index }: AccessPlace,
): Promise<WholeAccess | undefined> {
  const { rows } = await sql<WholeAccess>`
    select ${COLUMNS}, r.status, r.trace_id as "traceId", r.fields,
      coalesce((
        select json_agg(json_build_object('name', s.name, 'title', s.title) order by s.name)
        from exchange.api_scopes s where s.api_id = r.api_id and s.name = any (r.scopes)), '[]') as scopes,
      c.legal_basis as "legalBasis", c.number as "accreditationNumber",
      v.contact_email as "consumerContact", a.contact_email as "producerContact"
    from exchange.access_records r
    ${NAMES}
    left join exchange.accreditations c on c.id = r.accreditation_id
    left join identity.services v on v.client_id = r.client_id
    where r.at = ${at} and r.log = ${log} and r.index = ${index} and ${ofPerson(hash)}`.execute(db);
  return rows[0];
}
