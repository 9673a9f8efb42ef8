// Queries on links of agents' accounts to organisations. Those for people take the reach of who asks; claims pass sealed.
import { type RawBuilder, sql } from 'kysely';
import type { Role } from '#platform/access.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type {
  LinkDecision,
  LinksCursor,
  LinksList,
  LinksReach,
  SealedLink,
} from './organisation-links.types.ts';

const SELECTED = sql`
  select l.id, l.state, l.asked_at as "askedAt", l.decided_at as "decidedAt", d.name as "decidedByName", l.reason,
    l.organisation_id as "organisationId", o.name as "organisationName", u.name as "upstreamName",
    l.account_id as "accountId", a.person_id as "personId", a.sealed_claims as "sealedClaims"
  from identity.organisation_links l
  join identity.accounts a on a.id = l.account_id
  join identity.upstreams u on u.id = a.upstream_id
  join identity.organisations o on o.id = l.organisation_id
  left join identity.people p on p.id = a.person_id
  left join identity.people d on d.id = l.decided_by`;

// Where the provider vouched, nobody had anything to decide; who has left needs no decision any more.
const DECIDABLE = sql`a.closed_at is null and p.closed_at is null
  and (l.state <> 'accepted' or l.decided_by is not null)`;

// In the words of its index.
const DECIDED = sql`(l.state = 'refused' or (l.state = 'accepted' and l.decided_by is not null))`;

function within(reach: LinksReach): RawBuilder<unknown> {
  return reach === 'all' ? sql`true` : sql`l.organisation_id = any(${[...reach]}::uuid[])`;
}

/** At most `limit` links of the list, after the one given. */
export async function listLinks(
  db: Db,
  reach: LinksReach,
  list: LinksList,
  { after, limit }: { after: LinksCursor | null; limit: number },
): Promise<SealedLink[]> {
  const { rows } =
    list === 'waiting'
      ? await sql<SealedLink>`${SELECTED}
          where l.state = 'waiting' and ${DECIDABLE} and ${within(reach)}
            and ${after === null ? sql`true` : sql`(l.asked_at, l.id) > (${after.at}, ${after.id}::uuid)`}
          order by l.asked_at, l.id limit ${limit}`.execute(db)
      : await sql<SealedLink>`${SELECTED}
          where ${DECIDED} and ${DECIDABLE} and ${within(reach)}
            and ${after === null ? sql`true` : sql`(l.decided_at, l.id) < (${after.at}, ${after.id}::uuid)`}
          order by l.decided_at desc, l.id desc limit ${limit}`.execute(db);
  return rows;
}

/** The link with this id, where the reader may see it. */
export async function findLink(db: Db, reach: LinksReach, id: string): Promise<SealedLink | undefined> {
  const { rows } = await sql<SealedLink>`${SELECTED}
    where l.id = ${id} and ${DECIDABLE} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** The same, and nobody else decides on it until `trx` ends. */
export async function lockLink(trx: Trx, reach: LinksReach, id: string): Promise<SealedLink | undefined> {
  const { rows } = await sql<SealedLink>`${SELECTED}
    where l.id = ${id} and ${DECIDABLE} and ${within(reach)} for update of l`.execute(trx);
  return rows[0];
}

/** Writes what was decided on a link; `decidedBy` is null where nobody did in time. */
export async function updateLinkDecision(
  trx: Trx,
  id: string,
  {
    decision,
    decidedBy,
    reason,
  }: { decision: LinkDecision; decidedBy: string | null; reason: string | null },
  now: Date,
): Promise<void> {
  await sql`update identity.organisation_links
    set state = ${decision}, decided_by = ${decidedBy}, decided_at = ${now}, reason = ${reason}
    where id = ${id}`.execute(trx);
}

/** How many links wait within reach, how many of them since `overdueFrom` or earlier, and since when the first. */
export async function countWaiting(
  db: Db,
  reach: LinksReach,
  overdueFrom: Date,
): Promise<{ waiting: number; overdue: number; oldest: Date | null }> {
  const { rows } = await sql<{ waiting: number; overdue: number; oldest: Date | null }>`
    select count(*) as waiting, count(*) filter (where l.asked_at <= ${overdueFrom}) as overdue,
      min(l.asked_at) as oldest
    from identity.organisation_links l
    join identity.accounts a on a.id = l.account_id left join identity.people p on p.id = a.person_id
    where l.state = 'waiting' and ${DECIDABLE} and ${within(reach)}`.execute(db);
  return rows[0] ?? { waiting: 0, overdue: 0, oldest: null };
}

/** At most `limit` waiting links asked for at `from` or earlier, those of who has left included; taken until `trx` ends. */
export async function takeWaitingSince(trx: Trx, from: Date, limit: number): Promise<SealedLink[]> {
  const { rows } = await sql<SealedLink>`${SELECTED}
    where l.state = 'waiting' and l.asked_at <= ${from}
    order by l.asked_at limit ${limit} for update of l skip locked`.execute(trx);
  return rows;
}

/** Organisations with waiting links of which nobody was reminded, asked for at `from` or earlier. */
export async function organisationsToRemind(db: Db, from: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct l.organisation_id as id
    from identity.organisation_links l
    join identity.accounts a on a.id = l.account_id left join identity.people p on p.id = a.person_id
    where l.state = 'waiting' and l.reminded_at is null and l.asked_at <= ${from} and ${DECIDABLE}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Marks those links of an organisation as reminded of. @returns how many, and since when the first waits. */
export async function markReminded(
  trx: Trx,
  organisationId: string,
  { from, now }: { from: Date; now: Date },
): Promise<{ count: number; oldest: Date | null }> {
  const { rows } = await sql<{ count: number; oldest: Date | null }>`
    with reminded as (
      update identity.organisation_links l set reminded_at = ${now}
      where l.organisation_id = ${organisationId} and l.state = 'waiting' and l.reminded_at is null
        and l.asked_at <= ${from} and l.account_id in (
          select a.id from identity.accounts a left join identity.people p on p.id = a.person_id
          where a.closed_at is null and p.closed_at is null)
      returning l.asked_at)
    select count(*) as count, min(asked_at) as oldest from reminded`.execute(trx);
  return rows[0] ?? { count: 0, oldest: null };
}

/** Somebody to write to. */
export interface Decider {
  readonly email: string;
  readonly locale: Locale;
}

/** People who hold one of `roles` in one of the organisations at `now` (null: anywhere); nobody made up; 100 at most. */
export async function peopleToRemind(
  db: Db,
  {
    roles,
    organisationIds,
    now,
  }: { roles: readonly Role[]; organisationIds: readonly string[] | null; now: Date },
): Promise<Decider[]> {
  const where =
    organisationIds === null ? sql`true` : sql`m.organisation_id = any(${[...organisationIds]}::uuid[])`;
  const { rows } = await sql<Decider>`
    select distinct p.email, p.locale
    from identity.memberships m join identity.people p on p.id = m.person_id
    where m.role = any(${[...roles]}) and ${where}
      and m.starts_at <= ${now} and (m.ends_at is null or m.ends_at > ${now})
      and p.closed_at is null and not p.is_fictitious and not p.is_citizen
    order by p.email limit 100`.execute(db);
  return rows;
}
