// Queries on users as directories name them. Each takes the organisation whose directory asks, so that no other's is found.
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { OrganisationsTable } from '../organisations.tables.ts';
import type { PeopleTable } from '../people.tables.ts';
import type { Reach } from './scim-tokens.repository.ts';
import type { ScimUsersTable } from './scim-users.tables.ts';
import type { ScimChange, ScimCondition, ScimFilter, ScimUser } from './scim-users.types.ts';

type Tables = {
  'identity.scim_users': ScimUsersTable;
  'identity.people': PeopleTable;
  'identity.organisations': OrganisationsTable;
};

const COLUMNS = [
  'u.id as id',
  'u.organisation_id as organisationId',
  'u.person_id as personId',
  'u.user_name as userName',
  'u.external_id as externalId',
  'u.email as email',
  'u.is_active as isActive',
  'u.attributes as attributes',
  'u.version as version',
  'u.recorded_person as recordedPerson',
  'u.account_closed_at as accountClosedAt',
  'u.created_at as createdAt',
  'u.changed_at as changedAt',
] as const;

/** The user with this id in the organisation's directory; undefined when there is none. */
export async function findScimUser(
  db: Db,
  organisationId: string,
  id: string,
): Promise<ScimUser | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.scim_users as u')
    .select(COLUMNS)
    .where('u.id', '=', id)
    .where('u.organisation_id', '=', organisationId)
    .where('u.deleted_at', 'is', null)
    .executeTakeFirst();
}

/** The same, kept for the caller until `trx` ends. */
export async function lockScimUser(
  trx: Trx,
  organisationId: string,
  id: string,
): Promise<ScimUser | undefined> {
  return trx
    .withTables<Tables>()
    .selectFrom('identity.scim_users as u')
    .select(COLUMNS)
    .where('u.id', '=', id)
    .where('u.organisation_id', '=', organisationId)
    .where('u.deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

type Builder = ExpressionBuilder<{ u: ScimUsersTable }, 'u'>;

/** The column of a field, folded where SCIM compares without capitals (RFC 7643, 2.2: caseExact). */
function columnOf(field: ScimCondition['field']) {
  switch (field) {
    case 'id':
      return sql`u.id::text`;
    case 'userName':
      return sql`lower(u.user_name)`;
    case 'externalId':
      return sql`u.external_id`;
    case 'email':
      return sql`u.email`;
    case 'active':
      return sql`u.is_active`;
    case 'displayName':
      return sql`lower(u.attributes ->> 'displayName')`;
    case 'created':
      return sql`u.created_at`;
    case 'lastModified':
      return sql`u.changed_at`;
  }
}

const COMPARISONS = { gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` } as const;

function holds({ field, operator, value, isNegated }: ScimCondition): Expression<SqlBool> {
  const column = columnOf(field);
  const folds = typeof value === 'string' && !['id', 'externalId'].includes(field);
  const wanted = folds ? sql`lower(${value})` : sql`${value}`;
  const like = (pattern: string) => (folds ? sql`lower(${pattern})` : sql`${pattern}`);
  const disarmed = typeof value === 'string' ? value.replace(/[\\%_]/g, '\\$&') : '';
  const condition = () => {
    switch (operator) {
      case 'pr':
        return sql<SqlBool>`${column} is not null`;
      case 'eq':
        return value === null ? sql<SqlBool>`${column} is null` : sql<SqlBool>`${column} = ${wanted}`;
      case 'ne':
        return value === null
          ? sql<SqlBool>`${column} is not null`
          : sql<SqlBool>`${column} is distinct from ${wanted}`;
      case 'co':
        return sql<SqlBool>`${column} like ${like(`%${disarmed}%`)}`;
      case 'sw':
        return sql<SqlBool>`${column} like ${like(`${disarmed}%`)}`;
      case 'ew':
        return sql<SqlBool>`${column} like ${like(`%${disarmed}`)}`;
      default:
        return sql<SqlBool>`${column} ${COMPARISONS[operator]} ${wanted}`;
    }
  };
  return isNegated ? sql<SqlBool>`${condition()} is not true` : condition();
}

function selected(db: Db, organisationId: string, filter: ScimFilter | null) {
  const query = db
    .withTables<Tables>()
    .selectFrom('identity.scim_users as u')
    .where('u.organisation_id', '=', organisationId)
    .where('u.deleted_at', 'is', null);
  if (filter === null) return query;
  return query.where(
    (is: Builder) => is.or(filter.map((conditions) => is.and(conditions.map(holds)))) as never,
  );
}

/** Users of the organisation's directory by userName from `offset` (0 for the first), and how many there are in all. */
export async function pageOfScimUsers(
  db: Db,
  organisationId: string,
  filter: ScimFilter | null,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ items: ScimUser[]; total: number }> {
  const [items, counted] = await Promise.all([
    limit === 0
      ? []
      : selected(db, organisationId, filter)
          .select(COLUMNS)
          .orderBy(sql`lower(u.user_name)`)
          .limit(limit)
          .offset(offset)
          .execute(),
    selected(db, organisationId, filter)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  return { items, total: counted.total };
}

/** Records a user. */
export async function insertScimUser(
  trx: Trx,
  user: Omit<ScimUser, 'id' | 'version' | 'accountClosedAt' | 'changedAt'>,
): Promise<ScimUser> {
  const { id } = await trx
    .withTables<Tables>()
    .insertInto('identity.scim_users')
    .values({
      organisation_id: user.organisationId,
      person_id: user.personId,
      user_name: user.userName,
      external_id: user.externalId,
      email: user.email,
      is_active: user.isActive,
      attributes: user.attributes,
      recorded_person: user.recordedPerson,
      account_closed_at: null,
      created_at: user.createdAt,
      changed_at: user.createdAt,
      deleted_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { ...user, id, version: 1, accountClosedAt: null, changedAt: user.createdAt };
}

/** Writes what the directory says of the user anew. */
export async function updateScimUser(trx: Trx, user: ScimUser): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.scim_users')
    .set({
      user_name: user.userName,
      external_id: user.externalId,
      email: user.email,
      is_active: user.isActive,
      attributes: user.attributes,
      version: user.version,
      changed_at: user.changedAt,
    })
    .where('id', '=', user.id)
    .execute();
}

/** Takes the user out of the directory; who they were to it stays, what it said of them does not. */
export async function markScimUserDeleted(trx: Trx, id: string, now: Date): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.scim_users')
    .set({ deleted_at: now, changed_at: now, is_active: false, attributes: {}, external_id: null })
    .where('id', '=', id)
    .execute();
}

/** Keeps when this user's directory closed the person's account. */
export async function updateAccountClosed(trx: Trx, id: string, at: Date): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.scim_users')
    .set({ account_closed_at: at })
    .where('id', '=', id)
    .execute();
}

/** What all directories ever said of one person: whose, whether it stands, and what it did to their account. */
export async function listDirectoriesOf(
  trx: Trx,
  personId: string,
): Promise<
  {
    organisationId: string;
    isActive: boolean;
    isDeleted: boolean;
    recordedPerson: boolean;
    accountClosedAt: Date | null;
  }[]
> {
  return trx
    .withTables<Tables>()
    .selectFrom('identity.scim_users as u')
    .select([
      'u.organisation_id as organisationId',
      'u.is_active as isActive',
      sql<boolean>`u.deleted_at is not null`.as('isDeleted'),
      'u.recorded_person as recordedPerson',
      'u.account_closed_at as accountClosedAt',
    ])
    .where('u.person_id', '=', personId)
    .execute();
}

/** The person of the staff with this address, whose row is kept for the caller until `trx` ends; null for nobody. */
export async function lockStaffByEmail(trx: Trx, email: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from identity.people where email = ${email} and not is_citizen for update`.execute(trx);
  return rows[0]?.id ?? null;
}

/** How many organisations outside `organisationIds` the agents' hub confirmed that the person belongs to. */
export async function countConfirmedLinksOutside(
  trx: Trx,
  personId: string,
  organisationIds: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total
    from identity.accounts a join identity.organisation_links l on l.account_id = a.id
    where a.person_id = ${personId} and a.closed_at is null and l.state = 'accepted'
      and l.organisation_id <> all(${[...organisationIds]}::uuid[])`.execute(trx);
  return rows[0]?.total ?? 0;
}

/** The last changes made by SCIM within the reach, newest first (pages from 1), and how many users changed in all. */
export async function pageOfScimChanges(
  db: Db,
  reach: Reach,
  page: { number: number; size: number },
): Promise<{ items: ScimChange[]; total: number }> {
  const base = db.withTables<Tables>().selectFrom('identity.scim_users as u');
  const within =
    reach === 'all'
      ? base
      : reach.length === 0
        ? base.where(sql<boolean>`false`)
        : base.where('u.organisation_id', 'in', [...reach]);
  const [items, counted] = await Promise.all([
    within
      .innerJoin('identity.people as p', 'p.id', 'u.person_id')
      .innerJoin('identity.organisations as o', 'o.id', 'u.organisation_id')
      .select([
        'u.id as id',
        'u.person_id as personId',
        'p.name as personName',
        'o.name as organisationName',
        'u.user_name as userName',
        'u.is_active as isActive',
        sql<boolean>`u.deleted_at is not null`.as('isDeleted'),
        'u.changed_at as changedAt',
      ])
      .orderBy('u.changed_at', 'desc')
      .orderBy('u.id')
      .limit(page.size)
      .offset((page.number - 1) * page.size)
      .execute(),
    within.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { items, total: counted.total };
}
