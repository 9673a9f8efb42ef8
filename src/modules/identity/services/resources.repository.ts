// Queries on resources, who serves them and who was granted them. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { foldedForSearch, searchPattern } from '#platform/typed-text.ts';
import type { ResourcesTable } from './resources.tables.ts';
import type {
  GrantOfService,
  NamedResource,
  Resource,
  ResourceFilter,
  ResourceGrant,
} from './resources.types.ts';

type Tables = { 'identity.resources': ResourcesTable };

/** How many grants of one resource, or of one service, a page shows. */
const SHOWN_GRANTS = 200;

const COLUMNS = sql`
  r.id, r.identifier, r.name, r.organisation_id as "organisationId", r.scopes, r.token_seconds as "tokenSeconds",
  r.created_at as "createdAt"`;

const NAMED = sql`
  ${COLUMNS}, o.name as "organisationName",
  coalesce((
    select json_agg(json_build_object('serviceId', s.id, 'clientId', s.client_id, 'name', s.name,
      'organisationName', p.name) order by s.search_text, s.id)
    from identity.resource_servers v join identity.services s on s.id = v.service_id
    join identity.organisations p on p.id = s.organisation_id
    where v.resource_id = r.id), '[]') as servers
  from identity.resources r join identity.organisations o on o.id = r.organisation_id`;

/** The resource with this identifier; undefined when there is none. */
export async function findResource(db: Db, identifier: string): Promise<Resource | undefined> {
  const { rows } = await sql<Resource>`
    select ${COLUMNS} from identity.resources r where r.identifier = ${identifier}`.execute(db);
  return rows[0];
}

/** The same, and nobody else changes it until `trx` ends. */
export async function lockResource(trx: Trx, identifier: string): Promise<Resource | undefined> {
  const { rows } = await sql<Resource>`
    select ${COLUMNS} from identity.resources r where r.identifier = ${identifier} for update`.execute(trx);
  return rows[0];
}

/** The resource with this id. */
export async function findResourceById(db: Db, id: string): Promise<NamedResource | undefined> {
  const { rows } = await sql<NamedResource>`select ${NAMED} where r.id = ${id}`.execute(db);
  return rows[0];
}

function narrowed({ search }: ResourceFilter) {
  const words = search?.trim() ?? '';
  return words === '' ? sql`true` : sql`r.search_text like ${searchPattern(words)}`;
}

/** One page of the resources by name (from 1), and how many there are in all. */
export async function pageOfResources(
  db: Db,
  filter: ResourceFilter,
  page: { number: number; size: number },
): Promise<{ items: NamedResource[]; total: number }> {
  const [items, counted] = await Promise.all([
    sql<NamedResource>`select ${NAMED} where ${narrowed(filter)} order by r.search_text, r.id
      limit ${page.size} offset ${(page.number - 1) * page.size}`.execute(db),
    sql<{ total: number }>`
      select count(*) as total from identity.resources r where ${narrowed(filter)}`.execute(db),
  ]);
  return { items: items.rows, total: counted.rows[0]?.total ?? 0 };
}

/** At most `limit` resources by name that come after the one with the id `after`. */
export async function resourcesAfter(
  db: Db,
  filter: ResourceFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<NamedResource[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(r.search_text, r.id) > (select a.search_text, a.id from identity.resources a where a.id = ${after})`;
  const { rows } = await sql<NamedResource>`
    select ${NAMED} where ${narrowed(filter)} and ${later} order by r.search_text, r.id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** The services that were granted a resource, by name; bounded. */
export async function listGrantsOf(db: Db, resourceId: string): Promise<ResourceGrant[]> {
  const { rows } = await sql<ResourceGrant>`
    select s.id as "serviceId", s.client_id as "clientId", s.name, o.name as "organisationName", g.scopes,
      g.granted_at as "grantedAt"
    from identity.service_resources g join identity.services s on s.id = g.service_id
    join identity.organisations o on o.id = s.organisation_id
    where g.resource_id = ${resourceId} order by s.search_text, s.id limit ${SHOWN_GRANTS}`.execute(db);
  return rows;
}

/** The resources that a service was granted, by name; bounded. */
export async function listResourcesOfService(db: Db, serviceId: string): Promise<GrantOfService[]> {
  const { rows } = await sql<GrantOfService>`
    select r.id as "resourceId", r.identifier, r.name, g.scopes
    from identity.service_resources g join identity.resources r on r.id = g.resource_id
    where g.service_id = ${serviceId} order by r.search_text, r.id limit ${SHOWN_GRANTS}`.execute(db);
  return rows;
}

type Written = Pick<Resource, 'identifier' | 'name' | 'organisationId' | 'scopes' | 'tokenSeconds'>;

function asRow({ identifier, name, scopes, tokenSeconds }: Written) {
  return {
    name,
    scopes: [...scopes],
    token_seconds: tokenSeconds,
    search_text: foldedForSearch(`${name} ${identifier}`),
  };
}

/** Records a resource; undefined when its identifier is taken. */
export async function insertResource(
  trx: Trx,
  now: Date,
  resource: Written & { readonly id?: string },
): Promise<Resource | undefined> {
  const row = await trx
    .withTables<Tables>()
    .insertInto('identity.resources')
    .values({
      ...(resource.id ? { id: resource.id } : {}),
      identifier: resource.identifier,
      organisation_id: resource.organisationId,
      created_at: now,
      ...asRow(resource),
    })
    .onConflict((at) => at.column('identifier').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) return undefined;
  const { identifier, name, organisationId, scopes, tokenSeconds } = resource;
  return { id: row.id, identifier, name, organisationId, scopes, tokenSeconds, createdAt: now };
}

/** Records resources at once. @returns the id of each by its identifier; those whose identifier is taken are left out. */
export async function insertResources(
  trx: Trx,
  now: Date,
  resources: readonly Written[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await trx
    .withTables<Tables>()
    .insertInto('identity.resources')
    .values(
      resources.map((resource) => ({
        identifier: resource.identifier,
        organisation_id: resource.organisationId,
        created_at: now,
        ...asRow(resource),
      })),
    )
    .onConflict((at) => at.column('identifier').doNothing())
    .returning(['id', 'identifier'])
    .execute();
  return new Map(rows.map(({ id, identifier }) => [identifier, id]));
}

/** Writes a resource's name, scopes and tokens' life anew, and takes scopes that it no longer knows out of grants. */
export async function updateResource(trx: Trx, id: string, resource: Written): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.resources')
    .set(asRow(resource))
    .where('id', '=', id)
    .execute();
  await sql`
    update identity.service_resources g
    set scopes = array(select scope from unnest(g.scopes) as scope where scope = any (${[...resource.scopes]}::text[]))
    where g.resource_id = ${id} and not g.scopes <@ ${[...resource.scopes]}::text[]`.execute(trx);
  await sql`delete from identity.service_resources where resource_id = ${id} and scopes = '{}'`.execute(trx);
}

/** Says which one service serves a resource; null for none. */
export async function replaceServer(trx: Trx, resourceId: string, serviceId: string | null): Promise<void> {
  await sql`delete from identity.resource_servers where resource_id = ${resourceId}`.execute(trx);
  if (serviceId === null) return;
  await sql`
    insert into identity.resource_servers (resource_id, service_id) values (${resourceId}, ${serviceId})`.execute(
    trx,
  );
}

/** Grants a resource to a service, in place of what it was granted of it before. */
export async function upsertGrant(
  trx: Trx,
  now: Date,
  grant: { serviceId: string; resourceId: string; scopes: readonly string[] },
): Promise<void> {
  await sql`
    insert into identity.service_resources (service_id, resource_id, scopes, granted_at)
    values (${grant.serviceId}, ${grant.resourceId}, ${[...grant.scopes]}::text[], ${now})
    on conflict (service_id, resource_id) do update set scopes = excluded.scopes, granted_at = excluded.granted_at`.execute(
    trx,
  );
}

/** Withdraws a resource from a service. @returns false when it was not granted. */
export async function deleteGrant(
  trx: Trx,
  { serviceId, resourceId }: { serviceId: string; resourceId: string },
): Promise<boolean> {
  const { rows } = await sql`
    delete from identity.service_resources where service_id = ${serviceId} and resource_id = ${resourceId}
    returning 1`.execute(trx);
  return rows.length > 0;
}

/** Withdraws every resource from a service, and takes it from those that it serves. */
export async function removeGrantsOf(trx: Trx, serviceId: string): Promise<void> {
  await sql`delete from identity.service_resources where service_id = ${serviceId}`.execute(trx);
  await sql`delete from identity.resource_servers where service_id = ${serviceId}`.execute(trx);
}
