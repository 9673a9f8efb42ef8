// Queries on services and their claims. They decide nothing: rules do. What an actor may see is the `scope` of each list.
import type { JsonWebKey } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { foldedForSearch, searchPattern } from '#platform/typed-text.ts';
import { claimsOf } from '../hub/realms.ts';
import type { ServiceClaimsTable, ServicesTable } from './services.tables.ts';
import type {
  GrantedResource,
  NamedService,
  Service,
  ServiceAsClient,
  ServiceClaim,
  ServiceFields,
  ServiceFilter,
  ServiceScope,
} from './services.types.ts';

type Tables = { 'identity.services': ServicesTable; 'identity.service_claims': ServiceClaimsTable };

/** A claim as PostgreSQL writes it in JSON: its moment is a text. */
type WrittenClaim = Omit<ServiceClaim, 'grantedAt'> & { readonly grantedAt: string | null };

type Row<S extends Service> = Omit<S, 'claims'> & { readonly claims: readonly WrittenClaim[] };

const COLUMNS = sql`
  s.id, s.client_id as "clientId", s.realm, s.name, s.purpose, s.organisation_id as "organisationId",
  s.contact_email as "contactEmail", s.home_url as "homeUrl", s.state, s.suspended_from as "suspendedFrom",
  s.suspension_reason as "suspensionReason", s.redirect_uris as "redirectUris",
  s.post_logout_redirect_uris as "postLogoutRedirectUris", s.backchannel_logout_uri as "backchannelLogoutUri",
  s.client_authentication as "clientAuthentication", s.jwks_uri as "jwksUri", s.tls_subject as "tlsSubject",
  s.id_token_alg as "idTokenAlg", s.userinfo_alg as "userinfoAlg", s.least_assurance as "leastAssurance", s.screen,
  s.may_refresh as "mayRefresh", s.dpop_bound as "dpopBound", s.certificate_bound as "certificateBound",
  s.created_at as "createdAt", s.changed_at as "changedAt",
  coalesce((
    select json_agg(json_build_object('claim', c.claim, 'reason', c.reason, 'grantedAt', c.granted_at))
    from identity.service_claims c where c.service_id = s.id), '[]') as claims`;

const NAMED = sql`
  ${COLUMNS}, o.name as "organisationName",
  exists (select from identity.service_reviews r where r.service_id = s.id and r.decision is null) as "isUnderReview"
  from identity.services s join identity.organisations o on o.id = s.organisation_id`;

function asService<S extends Service>(row: Row<S>): S {
  const order = claimsOf(row.realm);
  const claims = row.claims
    .map(({ grantedAt, ...claim }) => ({
      ...claim,
      grantedAt: grantedAt === null ? null : new Date(grantedAt),
    }))
    .sort((a, b) => order.indexOf(a.claim) - order.indexOf(b.claim));
  return { ...row, claims } as unknown as S;
}

/**
 * The service with this client id and everything that the protocol needs of it, whatever its state; undefined when
 * there is none. One query.
 */
export async function findServiceByClientId(db: Db, clientId: string): Promise<ServiceAsClient | undefined> {
  const { rows } = await sql<
    Row<Service> & {
      secretHashes: readonly Buffer[];
      keys: readonly { kid: string; jwk: JsonWebKey }[];
      resources: readonly GrantedResource[];
      serves: readonly string[];
    }
  >`
    select ${COLUMNS},
      array(select x.hash from identity.service_secrets x
        where x.service_id = s.id and x.revoked_at is null order by x.created_at, x.id) as "secretHashes",
      coalesce((select json_agg(json_build_object('kid', k.kid, 'jwk', k.public_jwk) order by k.created_at, k.id)
        from identity.service_keys k where k.service_id = s.id and k.revoked_at is null), '[]') as keys,
      coalesce((select json_agg(json_build_object('identifier', r.identifier, 'scopes', g.scopes,
          'tokenSeconds', r.token_seconds) order by r.identifier)
        from identity.service_resources g join identity.resources r on r.id = g.resource_id
        where g.service_id = s.id), '[]') as resources,
      array(select r.identifier from identity.resource_servers v join identity.resources r on r.id = v.resource_id
        where v.service_id = s.id order by r.identifier) as serves
    from identity.services s where s.client_id = ${clientId}`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  const { keys, secretHashes, resources, serves, ...service } = row;
  return {
    ...asService<Service>(service),
    secretHashes,
    keys: keys.map(({ kid, jwk }) => ({ ...jwk, kid })),
    resources,
    serves,
  };
}

function within(scope: ServiceScope): RawBuilder<unknown> {
  return scope === 'all' ? sql`true` : sql`s.organisation_id = any (${[...scope]}::uuid[])`;
}

function narrowed({ search, state, realm }: ServiceFilter): RawBuilder<unknown> {
  const words = search?.trim() ?? '';
  return sql`${words === '' ? sql`true` : sql`(s.search_text like ${searchPattern(words)} or s.client_id = ${words})`}
    and ${state === undefined ? sql`true` : sql`s.state = ${state}`}
    and ${realm === undefined ? sql`true` : sql`s.realm = ${realm}`}`;
}

/** The service with this id, when `scope` holds it. */
export async function findService(
  db: Db,
  scope: ServiceScope,
  id: string,
): Promise<NamedService | undefined> {
  const { rows } = await sql<
    Row<NamedService>
  >`select ${NAMED} where s.id = ${id} and ${within(scope)}`.execute(db);
  return rows[0] && asService(rows[0]);
}

/** The same, and nobody else changes it until `trx` ends. */
export async function lockService(
  trx: Trx,
  scope: ServiceScope,
  id: string,
): Promise<NamedService | undefined> {
  const { rows } = await sql<
    Row<NamedService>
  >`select ${NAMED} where s.id = ${id} and ${within(scope)} for update of s`.execute(trx);
  return rows[0] && asService(rows[0]);
}

/** One page of the services by name (from 1), and how many there are in all. */
export async function pageOfServices(
  db: Db,
  scope: ServiceScope,
  filter: ServiceFilter,
  page: { number: number; size: number },
): Promise<{ items: NamedService[]; total: number }> {
  const wanted = sql`where ${within(scope)} and ${narrowed(filter)}`;
  const [items, counted] = await Promise.all([
    sql<Row<NamedService>>`select ${NAMED} ${wanted} order by s.search_text, s.id
      limit ${page.size} offset ${(page.number - 1) * page.size}`.execute(db),
    sql<{ total: number }>`select count(*) as total from identity.services s ${wanted}`.execute(db),
  ]);
  return { items: items.rows.map(asService<NamedService>), total: counted.rows[0]?.total ?? 0 };
}

/** At most `limit` services by name that come after the one with the id `after`. */
export async function servicesAfter(
  db: Db,
  scope: ServiceScope,
  filter: ServiceFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<NamedService[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(s.search_text, s.id) > (select a.search_text, a.id from identity.services a where a.id = ${after})`;
  const { rows } = await sql<Row<NamedService>>`
    select ${NAMED} where ${within(scope)} and ${narrowed(filter)} and ${later}
    order by s.search_text, s.id limit ${limit}`.execute(db);
  return rows.map(asService<NamedService>);
}

/** Every service of the list, read by the five hundred. */
export async function* eachService(
  db: Db,
  scope: ServiceScope,
  filter: ServiceFilter,
): AsyncGenerator<NamedService> {
  for (let after: string | null = null; ; ) {
    const some: NamedService[] = await servicesAfter(db, scope, filter, { after, limit: 500 });
    yield* some;
    if (some.length < 500) return;
    after = some.at(-1)?.id ?? null;
  }
}

/** Locks the service with this client id, whoever it belongs to. */
export async function lockServiceByClientId(trx: Trx, clientId: string): Promise<Service | undefined> {
  const { rows } = await sql<
    Row<Service>
  >`select ${COLUMNS} from identity.services s where s.client_id = ${clientId} for update of s`.execute(trx);
  return rows[0] && asService(rows[0]);
}

function asRow(fields: ServiceFields) {
  return {
    name: fields.name,
    purpose: fields.purpose,
    contact_email: fields.contactEmail,
    home_url: fields.homeUrl,
    redirect_uris: [...fields.redirectUris],
    post_logout_redirect_uris: [...fields.postLogoutRedirectUris],
    backchannel_logout_uri: fields.backchannelLogoutUri,
    client_authentication: fields.clientAuthentication,
    jwks_uri: fields.jwksUri,
    tls_subject: fields.tlsSubject,
    id_token_alg: fields.idTokenAlg,
    userinfo_alg: fields.userinfoAlg,
    least_assurance: fields.leastAssurance,
    screen: fields.screen,
    may_refresh: fields.mayRefresh,
    dpop_bound: fields.dpopBound,
    certificate_bound: fields.certificateBound,
    search_text: foldedForSearch(fields.name),
  };
}

/** Records a service in `test`, with its claims, none of them granted. @returns its id. */
export async function insertService(
  trx: Trx,
  now: Date,
  service: Pick<Service, 'clientId' | 'realm' | 'organisationId'> & ServiceFields & { readonly id?: string },
): Promise<string> {
  const { id } = await trx
    .withTables<Tables>()
    .insertInto('identity.services')
    .values({
      ...(service.id ? { id: service.id } : {}),
      client_id: service.clientId,
      realm: service.realm,
      organisation_id: service.organisationId,
      state: 'test',
      suspended_from: null,
      suspension_reason: null,
      created_at: now,
      changed_at: now,
      ...asRow(service),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writeClaims(trx, id, service.claims);
  return id;
}

/** Writes the fields of a service anew. Claims that stay keep their grant; new ones have none. */
export async function updateService(trx: Trx, now: Date, id: string, fields: ServiceFields): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.services')
    .set({ ...asRow(fields), changed_at: now })
    .where('id', '=', id)
    .execute();
  const kept = fields.claims.map(({ claim }) => claim);
  await sql`delete from identity.service_claims where service_id = ${id} and claim <> all (${kept}::text[])`.execute(
    trx,
  );
  await writeClaims(trx, id, fields.claims);
}

async function writeClaims(trx: Trx, serviceId: string, claims: ServiceFields['claims']): Promise<void> {
  if (claims.length === 0) return;
  await trx
    .withTables<Tables>()
    .insertInto('identity.service_claims')
    .values(claims.map(({ claim, reason }) => ({ service_id: serviceId, claim, reason, granted_at: null })))
    .onConflict((at) =>
      at.columns(['service_id', 'claim']).doUpdateSet({ reason: (is) => is.ref('excluded.reason') }),
    )
    .execute();
}

/** Puts a service into a state; a suspension has what it is resumed to, and its reason. */
export async function updateServiceState(
  trx: Trx,
  now: Date,
  id: string,
  wanted: Pick<Service, 'state' | 'suspendedFrom' | 'suspensionReason'>,
): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.services')
    .set({
      state: wanted.state,
      suspended_from: wanted.suspendedFrom,
      suspension_reason: wanted.suspensionReason,
      changed_at: now,
    })
    .where('id', '=', id)
    .execute();
}

/** Grants every claim that the service asks for and that was not granted yet. */
export async function grantClaims(trx: Trx, now: Date, serviceId: string): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.service_claims')
    .set({ granted_at: now })
    .where('service_id', '=', serviceId)
    .where('granted_at', 'is', null)
    .execute();
}

/** The organisations that `scope` holds, by name, for a choice; those that have ceased to exist by `day` are left out. */
export async function organisationsWithin(
  db: Db,
  scope: ServiceScope,
  day: string,
): Promise<{ id: string; name: string }[]> {
  const held = scope === 'all' ? sql`true` : sql`id = any (${[...scope]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from identity.organisations
    where ${held} and (exists_until is null or exists_until >= ${day}::date) order by search_text, id`.execute(
    db,
  );
  return rows;
}
