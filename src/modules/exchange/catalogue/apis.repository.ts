// Queries on APIs and their scopes. They decide nothing: rules do. What a reader may see is the `reach` of each query.

import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { foldedForSearch, searchPattern } from '#platform/typed-text.ts';
import type { SubjectPlace } from '../policy/policy.types.ts';
import type {
  Api,
  ApiFields,
  ApiFilter,
  ApiReach,
  ApiScope,
  ApiState,
  ListedApi,
} from './catalogue.types.ts';

type Row<A extends Api> = Omit<A, 'subject'> & {
  readonly subjectIn: SubjectPlace['in'] | null;
  readonly subjectName: string | null;
  readonly subjectKind: SubjectPlace['kind'] | null;
};

const COLUMNS = sql`
  a.id, a.slug, a.producer_id as "producerId", o.name as "producerName", a.name, a.summary, a.description, a.state,
  a.sensitivity, a.legal_basis_required as "legalBasisRequired", a.contact_email as "contactEmail",
  a.subject_in as "subjectIn", a.subject_name as "subjectName", a.subject_kind as "subjectKind",
  a.default_quota_per_minute as "defaultQuotaPerMinute", a.resource_id as "resourceId", a.resource,
  a.created_at as "createdAt", a.changed_at as "changedAt"`;

const FROM = sql`from exchange.apis a join identity.organisations o on o.id = a.producer_id`;

/** Of the versions that are served: their names, the score of the newest, and the availability of 30 days. */
const LISTED = sql`
  ${COLUMNS},
  array(select v.name from exchange.api_versions v where v.api_id = a.id and v.state <> 'retired'
    order by substr(v.name, 2)::int desc) as "versionNames",
  (select v.doctrine_score from exchange.api_versions v where v.api_id = a.id and v.state <> 'retired'
    order by substr(v.name, 2)::int desc limit 1) as "doctrineScore",
  (select (sum(d.checks_up)::float8 / nullif(sum(d.checks), 0)) from exchange.api_days d
    where d.api_id = a.id and d.day > current_date - 30) as uptime`;

function asApi<A extends Api>({ subjectIn, subjectName, subjectKind, ...row }: Row<A>): A {
  const subject =
    subjectIn === null || subjectName === null || subjectKind === null
      ? null
      : { in: subjectIn, names: subjectName.split(','), kind: subjectKind };
  return { ...row, subject } as unknown as A;
}

function within(reach: ApiReach): RawBuilder<unknown> {
  if (reach === 'all') return sql`true`;
  if (reach === 'public') return sql`a.state <> 'draft'`;
  return sql`a.producer_id = any (${[...reach]}::uuid[])`;
}

function narrowed({ search, producerId, sensitivity, state }: ApiFilter): RawBuilder<unknown> {
  const patterns = (search ?? '').split(/\s+/u).filter(Boolean).slice(0, 10).map(searchPattern);
  return sql`${patterns.length === 0 ? sql`true` : sql`a.search_text like all (${patterns}::text[])`}
    and ${producerId === undefined ? sql`true` : sql`a.producer_id = ${producerId}`}
    and ${sensitivity === undefined ? sql`true` : sql`a.sensitivity = ${sensitivity}`}
    and ${state === undefined ? sql`true` : sql`a.state = ${state}`}`;
}

/** The API with this word in its address, when `reach` holds it. */
export async function findApiBySlug(
  db: Db,
  slug: string,
  reach: ApiReach = 'public',
): Promise<Api | undefined> {
  const { rows } = await sql<Row<Api>>`
    select ${COLUMNS} ${FROM} where a.slug = ${slug} and ${within(reach)}`.execute(db);
  return rows[0] && asApi(rows[0]);
}

/** The API with this id (a UUID), when `reach` holds it. */
export async function findApi(db: Db, id: string, reach: ApiReach = 'public'): Promise<Api | undefined> {
  const { rows } = await sql<Row<Api>>`
    select ${COLUMNS} ${FROM} where a.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0] && asApi(rows[0]);
}

/** The same, and nobody else changes it until `trx` ends. */
export async function lockApi(trx: Trx, id: string, reach: ApiReach): Promise<Api | undefined> {
  const { rows } = await sql<Row<Api>>`
    select ${COLUMNS} ${FROM} where a.id = ${id} and ${within(reach)} for update of a`.execute(trx);
  return rows[0] && asApi(rows[0]);
}

/** One page of the APIs by name (from 1), and how many there are in all. */
export async function listApis(
  db: Db,
  reach: ApiReach,
  filter: ApiFilter,
  page: { readonly number: number; readonly size: number },
): Promise<{ items: ListedApi[]; total: number }> {
  const wanted = sql`where ${within(reach)} and ${narrowed(filter)}`;
  const [items, counted] = await Promise.all([
    sql<Row<ListedApi>>`select ${LISTED} ${FROM} ${wanted} order by a.search_text, a.id
      limit ${page.size} offset ${(page.number - 1) * page.size}`.execute(db),
    sql<{ total: number }>`select count(*) as total from exchange.apis a ${wanted}`.execute(db),
  ]);
  return { items: items.rows.map(asApi<ListedApi>), total: counted.rows[0]?.total ?? 0 };
}

/** At most `limit` APIs by name that come after the one with the id `after` (a UUID). */
export async function listApisAfter(
  db: Db,
  reach: ApiReach,
  filter: ApiFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ListedApi[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(a.search_text, a.id) > (select b.search_text, b.id from exchange.apis b where b.id = ${after})`;
  const { rows } = await sql<Row<ListedApi>>`
    select ${LISTED} ${FROM} where ${within(reach)} and ${narrowed(filter)} and ${later}
    order by a.search_text, a.id limit ${limit}`.execute(db);
  return rows.map(asApi<ListedApi>);
}

/** Every API of the list, read by the hundred. */
export async function* eachApi(db: Db, reach: ApiReach, filter: ApiFilter): AsyncGenerator<ListedApi> {
  for (let after: string | null = null; ; ) {
    const some: ListedApi[] = await listApisAfter(db, reach, filter, { after, limit: 100 });
    yield* some;
    if (some.length < 100) return;
    after = some.at(-1)?.id ?? null;
  }
}

/** The organisations that offer an API of `reach`, by name, for a choice. */
export async function listProducers(db: Db, reach: ApiReach): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select o.id, o.name from identity.organisations o
    where exists (select from exchange.apis a where a.producer_id = o.id and ${within(reach)})
    order by o.search_text, o.id`.execute(db);
  return rows;
}

/** The scopes of these APIs, by API and name. */
export async function listScopesOf(db: Db, apiIds: readonly string[]): Promise<ApiScope[]> {
  const { rows } = await sql<ApiScope>`
    select id, api_id as "apiId", name, title, fields, is_sensitive as "isSensitive"
    from exchange.api_scopes where api_id = any (${[...apiIds]}::uuid[]) order by api_id, name`.execute(db);
  return rows;
}

function searchTextOf({ name, summary, slug }: Pick<Api, 'name' | 'summary' | 'slug'>): string {
  return foldedForSearch(`${name} ${slug} ${summary}`);
}

/** An API as it is recorded: its id unless the database is to choose it, and its state. */
export interface NewApi extends ApiFields, Pick<Api, 'slug' | 'producerId'> {
  readonly id?: string;
  /** A draft unless told. */
  readonly state?: ApiState;
}

/** Records APIs at once. @returns the id of each by its slug; those whose slug is taken are left out. */
export async function insertApis(
  trx: Trx,
  now: Date,
  apis: readonly NewApi[],
): Promise<ReadonlyMap<string, string>> {
  const rows = apis.map(({ subject, ...api }) => ({
    state: 'draft',
    ...api,
    subjectIn: subject?.in ?? null,
    subjectName: subject?.names.join(',') ?? null,
    subjectKind: subject?.kind ?? null,
    searchText: searchTextOf(api),
  }));
  const inserted = await sql<{ id: string; slug: string }>`
    insert into exchange.apis (id, slug, producer_id, name, summary, description, state, sensitivity, legal_basis_required,
      contact_email, subject_in, subject_name, subject_kind, default_quota_per_minute, created_at, changed_at, search_text)
    select coalesce(n.id, gen_random_uuid()), n.slug, n."producerId", n.name, n.summary, n.description, n.state,
      n.sensitivity, n."legalBasisRequired", n."contactEmail", n."subjectIn", n."subjectName", n."subjectKind",
      n."defaultQuotaPerMinute", ${now}, ${now}, n."searchText"
    from json_to_recordset(${JSON.stringify(rows)}::json) as n (id uuid, slug text, "producerId" uuid, name text,
      summary text, description text, state text, sensitivity text, "legalBasisRequired" text, "contactEmail" text,
      "subjectIn" text, "subjectName" text, "subjectKind" text, "defaultQuotaPerMinute" int, "searchText" text)
    on conflict (slug) do nothing returning id, slug`.execute(trx);
  return new Map(inserted.rows.map(({ id, slug }) => [slug, id]));
}

/** Writes what a producer may change of an API anew. */
export async function updateApi(
  trx: Trx,
  now: Date,
  api: Pick<Api, 'id' | 'slug'> & ApiFields,
): Promise<void> {
  const { subject } = api;
  await sql`
    update exchange.apis set name = ${api.name}, summary = ${api.summary}, description = ${api.description},
      sensitivity = ${api.sensitivity}, legal_basis_required = ${api.legalBasisRequired},
      contact_email = ${api.contactEmail}, subject_in = ${subject?.in ?? null},
      subject_name = ${subject?.names.join(',') ?? null}, subject_kind = ${subject?.kind ?? null},
      default_quota_per_minute = ${api.defaultQuotaPerMinute}, changed_at = ${now}, search_text = ${searchTextOf(api)}
    where id = ${api.id}`.execute(trx);
}

/** Puts an API into a state. */
export async function updateApiState(trx: Trx, now: Date, id: string, state: ApiState): Promise<void> {
  await sql`update exchange.apis set state = ${state}, changed_at = ${now} where id = ${id}`.execute(trx);
}

/** Remembers the resources of the hub that stand for APIs. */
export async function updateApiResources(
  trx: Trx,
  resources: readonly { readonly apiId: string; readonly id: string; readonly identifier: string }[],
): Promise<void> {
  await sql`
    update exchange.apis a set resource_id = n.id, resource = n.identifier
    from json_to_recordset(${JSON.stringify(resources)}::json) as n ("apiId" uuid, id uuid, identifier text)
    where a.id = n."apiId"`.execute(trx);
}

/** Writes scopes: by API and name, those that are there are changed, the others added. */
export async function upsertScopes(trx: Trx, scopes: readonly Omit<ApiScope, 'id'>[]): Promise<void> {
  await sql`
    insert into exchange.api_scopes (api_id, name, title, fields, is_sensitive)
    select s."apiId", s.name, s.title, s.fields, s."isSensitive"
    from jsonb_to_recordset(${JSON.stringify(scopes)}::jsonb)
      as s ("apiId" uuid, name text, title text, fields text[], "isSensitive" boolean)
    on conflict (api_id, name) do update
      set title = excluded.title, fields = excluded.fields, is_sensitive = excluded.is_sensitive`.execute(
    trx,
  );
}

/** Takes away the scopes of an API that are not named, unless a request or an accreditation names them. @returns false when one is named. */
export async function deleteOtherScopes(trx: Trx, apiId: string, kept: readonly string[]): Promise<boolean> {
  const names = [...kept];
  await sql`
    delete from exchange.api_scopes s where s.api_id = ${apiId} and s.name <> all (${names}::text[])
      and not exists (select from exchange.request_scopes r where r.scope_id = s.id)
      and not exists (select from exchange.grants g where g.scope_id = s.id)
      and not exists (select from exchange.stops t where t.scope_id = s.id)`.execute(trx);
  const { rows } = await sql`
    select from exchange.api_scopes where api_id = ${apiId} and name <> all (${names}::text[]) limit 1`.execute(
    trx,
  );
  return rows.length === 0;
}
