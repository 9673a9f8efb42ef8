// Writes the demonstration State's organisations and people, and reads who may be entered as with one click.
import { sql } from 'kysely';
import type { Role } from '#platform/access.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { foldedForSearch } from '#platform/typed-text.ts';
import { INVENTED_PEOPLE } from './demonstration.data.ts';
import type { DemonstrationPerson } from './demonstration.types.ts';
import type { MembershipsTable } from './memberships.tables.ts';
import type { Membership } from './memberships.types.ts';
import type { OrganisationsTable } from './organisations.tables.ts';
import type { Organisation } from './organisations.types.ts';
import type { PeopleTable } from './people.tables.ts';

type Tables = {
  'identity.organisations': OrganisationsTable;
  'identity.people': PeopleTable;
  'identity.memberships': MembershipsTable;
};

/** Tells whether this database holds the demonstration State. */
export async function demonstrationIsLoaded(db: Db): Promise<boolean> {
  const { rows } = await sql`select from identity.demonstration`.execute(db);
  return rows.length > 0;
}

/** Marks this database as holding the demonstration State, once and for good. */
export async function markDemonstration(trx: Trx, now: Date): Promise<void> {
  await sql`insert into identity.demonstration (loaded_at) values (${now})`.execute(trx);
}

/** Writes all invented organisations, people and memberships, in three statements. */
export async function insertInvented(
  trx: Trx,
  organisations: readonly Organisation[],
  people: readonly { id: string; name: string; email: string; createdAt: Date }[],
  memberships: readonly Membership[],
): Promise<void> {
  const tables = trx.withTables<Tables>();
  await tables
    .insertInto('identity.organisations')
    .values(
      organisations.map(({ parentId, existsFrom, existsUntil, ...rest }) => ({
        ...rest,
        parent_id: parentId,
        exists_from: existsFrom,
        exists_until: existsUntil,
        search_text: foldedForSearch(`${rest.name} ${rest.code ?? ''}`),
      })),
    )
    .execute();
  await tables
    .insertInto('identity.people')
    .values(
      people.map(({ createdAt, ...rest }) => ({
        ...rest,
        locale: 'fr' as const,
        created_at: createdAt,
        is_fictitious: true,
        search_text: foldedForSearch(rest.name),
      })),
    )
    .execute();
  await tables
    .insertInto('identity.memberships')
    .values(
      memberships.map(({ id, personId, organisationId, role, startsAt, endsAt }) => ({
        id,
        person_id: personId,
        organisation_id: organisationId,
        role,
        starts_at: startsAt,
        ends_at: endsAt,
      })),
    )
    .execute();
}

/** Invented people with an open account and a role at `now`, each with what they hold, in the order of their invention. */
export async function listDemonstrationPeople(db: Db, now: Date): Promise<DemonstrationPerson[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    email: string;
    role: Role;
    organisation_id: string | null;
    organisation_name: string | null;
  }>`
    select p.id, p.name, p.email, m.role, m.organisation_id, o.name as organisation_name
    from identity.people p
    join identity.memberships m on m.person_id = p.id
    left join identity.organisations o on o.id = m.organisation_id
    where p.is_fictitious and p.closed_at is null
      and m.starts_at <= ${now} and (m.ends_at is null or m.ends_at > ${now})
    order by p.search_text, p.id, m.starts_at, m.id`.execute(db);
  const people = new Map<string, DemonstrationPerson>();
  for (const { id, name, email, role, organisation_id, organisation_name } of rows) {
    const held = { role, organisationId: organisation_id, organisationName: organisation_name };
    const known = people.get(id);
    people.set(
      id,
      known ? { ...known, roles: [...known.roles, held] } : { personId: id, name, email, roles: [held] },
    );
  }
  const rank = (name: string) => INVENTED_PEOPLE.findIndex((invented) => invented.name === name);
  return [...people.values()].sort((a, b) => rank(a.name) - rank(b.name));
}
