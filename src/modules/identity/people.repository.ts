// Queries on people and on who acts. Lists of people are for administrators: the routes' permissions hold that.
import { sql } from 'kysely';
import type { ActorRole, Role } from '#platform/access.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { foldedForSearch, isUuid, searchPattern } from '#platform/typed-text.ts';
import type { MembershipsTable } from './memberships.tables.ts';
import type { PeopleTable } from './people.tables.ts';
import type { PeopleFilter, Person } from './people.types.ts';

type Tables = { 'identity.people': PeopleTable; 'identity.memberships': MembershipsTable };

const COLUMNS = [
  'id',
  'name',
  'email',
  'locale',
  'created_at as createdAt',
  'closed_at as closedAt',
  'is_fictitious as isFictitious',
] as const;

/** An open account's person with the roles that they hold at a moment, and whether a second factor stands behind them. */
export interface PersonWithRoles {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly ActorRole[];
  /** True when they have a second factor, or the installation is a demonstration, which asks for none. */
  readonly secondFactorIsSettled: boolean;
}

/** The person of an open account with the roles held at `now`, in one query by primary key; null when there is none. */
export async function findPersonWithRoles(
  db: Db,
  personId: string,
  now: Date,
): Promise<PersonWithRoles | null> {
  if (!isUuid(personId)) return null;
  const { rows } = await sql<{
    name: string;
    settled: boolean;
    role: ActorRole['role'] | null;
    organisation_id: string | null;
  }>`
    select p.name, m.role, m.organisation_id,
      exists (select from identity.totp_secrets t where t.person_id = p.id and t.confirmed_at is not null)
      or exists (select from identity.passkeys k where k.person_id = p.id)
      or exists (select from identity.demonstration) as settled
    from identity.people p
    left join identity.memberships m
      on m.person_id = p.id and m.starts_at <= ${now} and (m.ends_at is null or m.ends_at > ${now})
    where p.id = ${personId} and p.closed_at is null
    order by m.starts_at, m.id`.execute(db);
  const [first] = rows;
  if (!first) return null;
  const roles = rows.flatMap(({ role, organisation_id }) =>
    role === null ? [] : [{ role, organisationId: organisation_id }],
  );
  return { personId, name: first.name, roles, secondFactorIsSettled: first.settled };
}

/** The person with this id; undefined when there is none. */
export async function findPerson(db: Db, id: string): Promise<Person | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.people')
    .select(COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The person of the administration with this address (as stored: lower case); citizens may share one. */
export async function findPersonByEmail(db: Db, email: string): Promise<Person | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.people')
    .select(COLUMNS)
    .where('email', '=', email)
    .where('is_citizen', '=', false)
    .executeTakeFirst();
}

/** The names of these people, by id; ids that nobody has are left out. */
export async function findPeopleNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter(isUuid);
  if (wanted.length === 0) return new Map();
  const rows = await db
    .withTables<Tables>()
    .selectFrom('identity.people')
    .select(['id', 'name'])
    .where('id', 'in', wanted)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** An open account's person as somebody to write to. */
export interface Correspondent {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
}

/** These people as far as their accounts are open, by id. */
export async function findCorrespondents(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Correspondent>> {
  const wanted = [...new Set(ids)].filter(isUuid);
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<Correspondent>`
    select id, name, email, locale from identity.people
    where id = any (${wanted}::uuid[]) and closed_at is null`.execute(db);
  return new Map(rows.map((person) => [person.id, person]));
}

/** The person of the administration with this address and an open account; undefined when nobody has it. */
export async function findCorrespondentByEmail(db: Db, email: string): Promise<Correspondent | undefined> {
  const { rows } = await sql<Correspondent>`
    select id, name, email, locale from identity.people
    where email = ${email.trim().toLowerCase()} and closed_at is null and not is_citizen`.execute(db);
  return rows[0];
}

/** Who holds one of these roles at `now`, in these organisations or (null) anywhere, by name; at most 200. */
export async function listHoldersOf(
  db: Db,
  roles: readonly Role[],
  organisationIds: readonly string[] | null,
  now: Date,
): Promise<Correspondent[]> {
  const where =
    organisationIds === null ? sql`true` : sql`m.organisation_id = any (${[...organisationIds]}::uuid[])`;
  const { rows } = await sql<Correspondent>`
    select id, name, email, locale from identity.people p
    where closed_at is null and exists (
      select from identity.memberships m where m.person_id = p.id and m.role = any (${[...roles]}::text[])
        and m.starts_at <= ${now} and (m.ends_at is null or m.ends_at > ${now}) and ${where})
    order by search_text, id limit 200`.execute(db);
  return rows;
}

/** Takes the person's row until `trx` ends, so that two changes to one person follow each other. */
export async function lockPerson(trx: Trx, id: string): Promise<Person | undefined> {
  return trx
    .withTables<Tables>()
    .selectFrom('identity.people')
    .select(COLUMNS)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

function selected(db: Db, filter: PeopleFilter, now: Date) {
  let query = db.withTables<Tables>().selectFrom('identity.people');
  const search = filter.search?.trim() ?? '';
  if (search !== '') {
    query = query.where((is) =>
      is.or([is('search_text', 'like', searchPattern(search)), is('email', 'like', searchPattern(search))]),
    );
  }
  if (filter.account) query = query.where('closed_at', filter.account === 'open' ? 'is' : 'is not', null);
  if (filter.role) {
    const role = filter.role;
    query = query.where(
      sql<boolean>`exists (select from identity.memberships m where m.person_id = identity.people.id
        and m.role = ${role} and m.starts_at <= ${now} and (m.ends_at is null or m.ends_at > ${now}))`,
    );
  }
  return query;
}

/** One page of people by name (from 1), and how many there are in all. */
export async function pageOfPeople(
  db: Db,
  filter: PeopleFilter,
  page: { number: number; size: number },
  now: Date,
): Promise<{ items: Person[]; total: number }> {
  const [items, counted] = await Promise.all([
    selected(db, filter, now)
      .select(COLUMNS)
      .orderBy('search_text')
      .orderBy('id')
      .limit(page.size)
      .offset((page.number - 1) * page.size)
      .execute(),
    selected(db, filter, now)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  return { items, total: counted.total };
}

/** Records a person, under an id of the database's making unless one is given. */
export async function insertPerson(
  trx: Trx,
  person: Omit<Person, 'id' | 'closedAt'> & { id?: string; isCitizen?: boolean },
): Promise<Person> {
  return trx
    .withTables<Tables>()
    .insertInto('identity.people')
    .values({
      ...(person.id ? { id: person.id } : {}),
      name: person.name,
      email: person.email,
      locale: person.locale,
      created_at: person.createdAt,
      is_fictitious: person.isFictitious,
      is_citizen: person.isCitizen ?? false,
      search_text: foldedForSearch(person.name),
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** Writes the person's name, address, language and closing moment anew. */
export async function updatePerson(
  trx: Trx,
  person: Pick<Person, 'id' | 'name' | 'email' | 'locale' | 'closedAt'>,
): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.people')
    .set({
      name: person.name,
      email: person.email,
      locale: person.locale,
      closed_at: person.closedAt,
      search_text: foldedForSearch(person.name),
    })
    .where('id', '=', person.id)
    .execute();
}

/** Tells whether anybody lives here yet, closed accounts included. */
export async function hasAnyPerson(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from identity.people limit 1`.execute(db);
  return rows.length > 0;
}
