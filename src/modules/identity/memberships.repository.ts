// Queries on memberships: who holds which role where. Rules decide what counts when.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { MembershipsTable } from './memberships.tables.ts';
import type { Membership, NamedMembership } from './memberships.types.ts';
import type { OrganisationsTable } from './organisations.tables.ts';
import type { PeopleTable } from './people.tables.ts';

type Tables = {
  'identity.memberships': MembershipsTable;
  'identity.organisations': OrganisationsTable;
  'identity.people': PeopleTable;
};

const COLUMNS = [
  'm.id as id',
  'm.person_id as personId',
  'm.role as role',
  'm.organisation_id as organisationId',
  'm.starts_at as startsAt',
  'm.ends_at as endsAt',
] as const;

/** The membership with this id. */
export async function findMembership(db: Db, id: string): Promise<Membership | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.memberships as m')
    .select(COLUMNS)
    .where('m.id', '=', id)
    .executeTakeFirst();
}

/** Every membership that these people have or had, newest first, with the organisations' names. */
export async function listMembershipsOf(db: Db, personIds: readonly string[]): Promise<NamedMembership[]> {
  if (personIds.length === 0) return [];
  return db
    .withTables<Tables>()
    .selectFrom('identity.memberships as m')
    .leftJoin('identity.organisations as o', 'o.id', 'm.organisation_id')
    .select([...COLUMNS, 'o.name as organisationName'])
    .where('m.person_id', 'in', [...personIds])
    .orderBy('m.starts_at', 'desc')
    .orderBy('m.id')
    .execute();
}

/** All memberships of open accounts that make an administrator, past and future ones included. */
export async function listAdministrators(trx: Trx): Promise<Membership[]> {
  return trx
    .withTables<Tables>()
    .selectFrom('identity.memberships as m')
    .innerJoin('identity.people as p', 'p.id', 'm.person_id')
    .select(COLUMNS)
    .where('m.role', '=', 'administrator')
    .where('p.closed_at', 'is', null)
    .execute();
}

/** Keeps other writers of memberships out until `trx` ends, so that two ends together cannot remove every administrator. */
export async function lockMemberships(trx: Trx): Promise<void> {
  await sql`lock table identity.memberships in share row exclusive mode`.execute(trx);
}

/** Records a membership. */
export async function insertMembership(trx: Trx, membership: Omit<Membership, 'id'>): Promise<Membership> {
  const row = await trx
    .withTables<Tables>()
    .insertInto('identity.memberships')
    .values({
      person_id: membership.personId,
      organisation_id: membership.organisationId,
      role: membership.role,
      starts_at: membership.startsAt,
      ends_at: membership.endsAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { ...membership, id: row.id };
}

/** Sets the moment from which the membership gives nothing. */
export async function updateMembershipEnd(trx: Trx, id: string, endsAt: Date): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.memberships')
    .set({ ends_at: endsAt })
    .where('id', '=', id)
    .execute();
}
