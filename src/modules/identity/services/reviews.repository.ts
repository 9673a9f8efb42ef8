// Queries on requests to go into production. They decide nothing: rules do.
import { type RawBuilder, sql } from 'kysely';
import type { Role } from '#platform/access.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Review, ReviewDecision, ReviewOfService } from './reviews.types.ts';
import type { ServiceReviewsTable } from './services.tables.ts';
import type { ServiceScope } from './services.types.ts';

type Tables = { 'identity.service_reviews': ServiceReviewsTable };

const COLUMNS = sql`
  r.id, r.service_id as "serviceId", r.asked_by as "askedBy", a.name as "askedByName", r.asked_at as "askedAt",
  r.message, r.decision, d.name as "decidedByName", r.decided_at as "decidedAt", r.reason`;

const PEOPLE = sql`
  join identity.people a on a.id = r.asked_by left join identity.people d on d.id = r.decided_by`;

const OF_SERVICE = sql`
  select ${COLUMNS}, s.name as "serviceName", s.state as "serviceState", o.name as "organisationName"
  from identity.service_reviews r ${PEOPLE}
  join identity.services s on s.id = r.service_id join identity.organisations o on o.id = s.organisation_id`;

function within(scope: ServiceScope): RawBuilder<unknown> {
  return scope === 'all' ? sql`true` : sql`s.organisation_id = any (${[...scope]}::uuid[])`;
}

/** The service's last requests: the one that waits, then the others, newest first. */
export async function listReviewsOf(db: Db, serviceId: string, limit = 20): Promise<Review[]> {
  const { rows } = await sql<Review>`
    select ${COLUMNS} from identity.service_reviews r ${PEOPLE}
    where r.service_id = ${serviceId} order by r.decision is not null, r.asked_at desc, r.id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** At most `limit` requests that wait, oldest first, after the one with the id `after`. */
export async function listWaitingReviews(
  db: Db,
  { after = null, limit }: { after?: string | null; limit: number },
): Promise<ReviewOfService[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(r.asked_at, r.id) > (select b.asked_at, b.id from identity.service_reviews b where b.id = ${after})`;
  const { rows } = await sql<ReviewOfService>`
    ${OF_SERVICE} where r.decision is null and ${later} order by r.asked_at, r.id limit ${limit}`.execute(db);
  return rows;
}

/** How many requests wait. */
export async function countWaitingReviews(db: Db): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*) as waiting from identity.service_reviews where decision is null`.execute(db);
  return rows[0]?.waiting ?? 0;
}

/** What was accepted or refused since a moment, of the services that `scope` holds, newest first. */
export async function listReviewsDecidedSince(
  db: Db,
  scope: ServiceScope,
  { since, limit }: { since: Date; limit: number },
): Promise<ReviewOfService[]> {
  const { rows } = await sql<ReviewOfService>`
    ${OF_SERVICE} where r.decision in ('accepted', 'refused') and r.decided_at >= ${since} and ${within(scope)}
    order by r.decided_at desc, r.id limit ${limit}`.execute(db);
  return rows;
}

/** The service of a request, so that it is locked before the request is read. */
export async function findServiceOfReview(db: Db, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ serviceId: string }>`
    select service_id as "serviceId" from identity.service_reviews where id = ${id}`.execute(db);
  return rows[0]?.serviceId;
}

/** A request with the language of whoever asked. */
export async function findReview(
  db: Db,
  id: string,
): Promise<(Review & { readonly locale: Locale }) | undefined> {
  const { rows } = await sql<Review & { locale: Locale }>`
    select ${COLUMNS}, a.locale from identity.service_reviews r ${PEOPLE} where r.id = ${id}`.execute(db);
  return rows[0];
}

/** The id of the service's request that waits; undefined when none does. */
export async function findWaitingReview(db: Db, serviceId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from identity.service_reviews where service_id = ${serviceId} and decision is null`.execute(db);
  return rows[0]?.id;
}

/** Records a request. @returns its id. */
export async function insertReview(
  trx: Trx,
  review: { serviceId: string; askedBy: string; askedAt: Date; message: string },
): Promise<string> {
  const { id } = await trx
    .withTables<Tables>()
    .insertInto('identity.service_reviews')
    .values({
      service_id: review.serviceId,
      asked_by: review.askedBy,
      asked_at: review.askedAt,
      message: review.message,
      decision: null,
      decided_by: null,
      decided_at: null,
      reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Records what was decided. */
export async function updateReviewDecision(
  trx: Trx,
  id: string,
  decided: { decision: ReviewDecision; decidedBy: string; decidedAt: Date; reason: string | null },
): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.service_reviews')
    .set({
      decision: decided.decision,
      decided_by: decided.decidedBy,
      decided_at: decided.decidedAt,
      reason: decided.reason,
    })
    .where('id', '=', id)
    .execute();
}

/** Withdraws the service's request that waits, if one does. @returns its id; undefined when none waited. */
export async function withdrawWaitingReview(
  trx: Trx,
  now: Date,
  { serviceId, personId }: { serviceId: string; personId: string },
): Promise<string | undefined> {
  const row = await trx
    .withTables<Tables>()
    .updateTable('identity.service_reviews')
    .set({ decision: 'withdrawn', decided_by: personId, decided_at: now })
    .where('service_id', '=', serviceId)
    .where('decision', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Somebody who holds a role in the organisation, the same at each call; undefined when nobody does. */
export async function findSomebodyAt(
  trx: Trx,
  organisationId: string,
  role: Role,
): Promise<string | undefined> {
  const { rows } = await sql<{ personId: string }>`
    select person_id as "personId" from identity.memberships
    where organisation_id = ${organisationId} and role = ${role} order by person_id limit 1`.execute(trx);
  return rows[0]?.personId;
}
