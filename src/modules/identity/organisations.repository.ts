// Queries on organisations. They decide nothing: rules do. Organisations are public, so no query takes an actor.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { foldedForSearch, searchPattern } from '#platform/typed-text.ts';
import type { OrganisationsTable } from './organisations.tables.ts';
import type { Organisation, OrganisationFilter } from './organisations.types.ts';

type Tables = { 'identity.organisations': OrganisationsTable };

const COLUMNS = [
  'id',
  'kind',
  'name',
  'code',
  'siret',
  'parent_id as parentId',
  'exists_from as existsFrom',
  'exists_until as existsUntil',
] as const;

function selected(db: Db, filter: OrganisationFilter) {
  let query = db.withTables<Tables>().selectFrom('identity.organisations');
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  const search = filter.search?.trim() ?? '';
  if (search !== '') {
    const digits = search.replace(/[\s.]/g, '');
    query = query.where((is) =>
      is.or([
        is('search_text', 'like', searchPattern(search)),
        ...(/^\d{3,14}$/.test(digits) ? [is('siret', 'like', `${digits}%`)] : []),
      ]),
    );
  }
  return query;
}

/** The organisation with this id; undefined when there is none. */
export async function findOrganisation(db: Db, id: string): Promise<Organisation | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.organisations')
    .select(COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The organisation that `word` names: its id, its code or its SIRET. */
export async function findOrganisationByWord(db: Db, word: string): Promise<Organisation | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.organisations')
    .select(COLUMNS)
    .where((is) =>
      is.or([
        is(sql<string>`id::text`, '=', word.toLowerCase()),
        is('code', '=', word.toUpperCase()),
        is('siret', '=', word.replace(/\s/g, '')),
      ]),
    )
    .executeTakeFirst();
}

/** Organisations by name, all of them unless narrowed; bounded by how many organisations a State has (thousands). */
export async function listOrganisations(db: Db, filter: OrganisationFilter = {}): Promise<Organisation[]> {
  return selected(db, filter).select(COLUMNS).orderBy('search_text').orderBy('id').execute();
}

/** One page of that list (from 1), and how many there are in all. */
export async function pageOfOrganisations(
  db: Db,
  filter: OrganisationFilter,
  page: { number: number; size: number },
): Promise<{ items: Organisation[]; total: number }> {
  const [items, counted] = await Promise.all([
    selected(db, filter)
      .select(COLUMNS)
      .orderBy('search_text')
      .orderBy('id')
      .limit(page.size)
      .offset((page.number - 1) * page.size)
      .execute(),
    selected(db, filter)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  return { items, total: counted.total };
}

/** At most `limit` organisations by name that come after the one with the id `after`. */
export async function organisationsAfter(
  db: Db,
  filter: OrganisationFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<Organisation[]> {
  let query = selected(db, filter);
  if (after !== null) {
    query = query.where(
      sql<boolean>`(search_text, id) > (select o.search_text, o.id from identity.organisations o where o.id = ${after})`,
    );
  }
  return query.select(COLUMNS).orderBy('search_text').orderBy('id').limit(limit).execute();
}

/** Every organisation of the list, read by the thousand. */
export async function* eachOrganisation(db: Db, filter: OrganisationFilter): AsyncGenerator<Organisation> {
  for (let after: string | null = null; ; ) {
    const some: Organisation[] = await organisationsAfter(db, filter, { after, limit: 1000 });
    yield* some;
    if (some.length < 1000) return;
    after = some.at(-1)?.id ?? null;
  }
}

/** The organisation's id and those of all above it, nearest first. Ends even where a circle was written by hand. */
export async function idsUpwardsFrom(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive upwards (id, parent_id, steps) as (
      select id, parent_id, 0 from identity.organisations where id = ${id}
      union all
      select o.id, o.parent_id, u.steps + 1
      from identity.organisations o join upwards u on o.id = u.parent_id
      where u.steps < 50
    )
    select id from upwards order by steps`.execute(db);
  return rows.map((row) => row.id);
}

/** The organisations directly under this one, by name. */
export async function organisationsUnder(db: Db, parentId: string): Promise<Organisation[]> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.organisations')
    .select(COLUMNS)
    .where('parent_id', '=', parentId)
    .orderBy('search_text')
    .execute();
}

/** Which of `code` and `siret` another organisation than `exceptId` already carries. */
export async function takenMarks(
  db: Db,
  { code, siret }: Pick<Organisation, 'code' | 'siret'>,
  exceptId: string | null,
): Promise<('code' | 'siret')[]> {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('identity.organisations')
    .select(['code', 'siret'])
    .where((is) => is.or([is('code', '=', code), is('siret', '=', siret)]))
    .$if(exceptId !== null, (query) => query.where('id', '<>', exceptId as string))
    .execute();
  const taken: ('code' | 'siret')[] = [];
  if (code !== null && rows.some((row) => row.code === code)) taken.push('code');
  if (siret !== null && rows.some((row) => row.siret === siret)) taken.push('siret');
  return taken;
}

/** Keeps other writers of organisations out until `trx` ends, so that two moves together cannot close a circle. */
export async function lockOrganisations(trx: Trx): Promise<void> {
  await sql`lock table identity.organisations in share row exclusive mode`.execute(trx);
}

function asRow(organisation: Omit<Organisation, 'id'>) {
  const { kind, name, code, siret, parentId, existsFrom, existsUntil } = organisation;
  return {
    kind,
    name,
    code,
    siret,
    parent_id: parentId,
    exists_from: existsFrom,
    exists_until: existsUntil,
    search_text: foldedForSearch(`${name} ${code ?? ''}`),
  };
}

/** Records an organisation, under an id of the database's making unless one is given. */
export async function insertOrganisation(
  trx: Trx,
  organisation: Omit<Organisation, 'id'> & { id?: string },
): Promise<Organisation> {
  return trx
    .withTables<Tables>()
    .insertInto('identity.organisations')
    .values({ ...(organisation.id ? { id: organisation.id } : {}), ...asRow(organisation) })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** Writes every field of the organisation anew. */
export async function updateOrganisation(trx: Trx, organisation: Organisation): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.organisations')
    .set(asRow(organisation))
    .where('id', '=', organisation.id)
    .execute();
}

/** The ids of these organisations and of all that stand under them. */
export async function idsDownwardsFrom(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    with recursive downwards (id, steps) as (
      select id, 0 from identity.organisations where id = any(${[...ids]}::uuid[])
      union
      select o.id, d.steps + 1 from identity.organisations o join downwards d on o.parent_id = d.id
      where d.steps < 50
    )
    select distinct id from downwards`.execute(db);
  return rows.map(({ id }) => id);
}
