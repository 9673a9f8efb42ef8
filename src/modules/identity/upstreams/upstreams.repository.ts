// Queries on upstream providers, with their domains and organisations. Secrets pass through sealed.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { PeopleRealm } from '../hub/realms.ts';
import type { OrganisationsTable } from '../organisations.tables.ts';
import type { UpstreamDomainsTable, UpstreamOrganisationsTable, UpstreamsTable } from './upstreams.tables.ts';
import type { SealedCredentials, Upstream, UpstreamSettings } from './upstreams.types.ts';

type Tables = {
  'identity.upstreams': UpstreamsTable;
  'identity.upstream_domains': UpstreamDomainsTable;
  'identity.upstream_organisations': UpstreamOrganisationsTable;
  'identity.organisations': OrganisationsTable;
};

/** How a list of providers is narrowed. */
export interface UpstreamFilter {
  readonly realm?: PeopleRealm;
  /** True: only those in use. */
  readonly enabledOnly?: boolean;
}

function selected(db: Db) {
  return db
    .withTables<Tables>()
    .selectFrom('identity.upstreams as u')
    .select([
      'u.id',
      'u.realm',
      'u.name',
      'u.issuer',
      'u.client_id as clientId',
      'u.client_authentication as clientAuthentication',
      'u.scopes',
      'u.vouches_for_organisation as vouchesForOrganisation',
      'u.vouches_for_second_factor as vouchesForSecondFactor',
      'u.best_assurance as bestAssurance',
      'u.is_enabled as isEnabled',
      'u.is_demonstration as isDemonstration',
      'u.state',
      'u.state_since as stateSince',
      'u.checked_at as checkedAt',
      sql<string[]>`array(
        select d.domain from identity.upstream_domains d where d.upstream_id = u.id order by d.domain
      )`.as('domains'),
      sql<string[]>`array(
        select o.organisation_id::text from identity.upstream_organisations o
        where o.upstream_id = u.id order by o.organisation_id
      )`.as('organisationIds'),
      // Sealing draws a nonce: what was sealed anew differs from the first byte on.
      sql<string>`concat(
        encode(substring(u.sealed_client_secret for 12), 'hex'), '.', encode(substring(u.sealed_client_key for 12), 'hex')
      )`.as('credentialsMark'),
    ]);
}

function filtered(db: Db, { realm, enabledOnly }: UpstreamFilter) {
  return selected(db)
    .$if(realm !== undefined, (query) => query.where('u.realm', '=', realm as PeopleRealm))
    .$if(enabledOnly === true, (query) => query.where('u.is_enabled', '=', true));
}

/** The provider with this id; undefined when there is none. */
export async function findUpstream(db: Db, id: string): Promise<Upstream | undefined> {
  return selected(db).where('u.id', '=', id).executeTakeFirst();
}

/**
 * Providers of agents in use that may assert an e-mail address of exactly this `domain` (in lower case), by name.
 * A domain above it does not count: a ministry's subdomain may be another body's.
 */
export async function upstreamsForDomain(db: Db, domain: string): Promise<Upstream[]> {
  return filtered(db, { realm: 'agents', enabledOnly: true })
    .where('u.id', 'in', (query) =>
      query
        .selectFrom('identity.upstream_domains')
        .select('upstream_id')
        .where('domain', '=', domain.toLowerCase()),
    )
    .orderBy('u.name')
    .orderBy('u.id')
    .execute();
}

/** Providers of citizens in use, by name. */
export async function citizenUpstreams(db: Db): Promise<Upstream[]> {
  return listUpstreams(db, { realm: 'citizens', enabledOnly: true });
}

/** Providers by realm and name; bounded by how many a State has (hundreds). */
export async function listUpstreams(db: Db, filter: UpstreamFilter = {}): Promise<Upstream[]> {
  return filtered(db, filter).orderBy('u.realm').orderBy('u.name').orderBy('u.id').execute();
}

/** One page of that list (from 1), and how many there are in all. */
export async function pageOfUpstreams(
  db: Db,
  filter: UpstreamFilter,
  page: { number: number; size: number },
): Promise<{ items: Upstream[]; total: number }> {
  const [items, counted] = await Promise.all([
    filtered(db, filter)
      .orderBy('u.realm')
      .orderBy('u.name')
      .orderBy('u.id')
      .limit(page.size)
      .offset((page.number - 1) * page.size)
      .execute(),
    filtered(db, filter)
      .clearSelect()
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  return { items, total: counted.total };
}

/** At most `limit` providers of that list that come after the one with the id `after`. */
export async function upstreamsAfter(
  db: Db,
  filter: UpstreamFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<Upstream[]> {
  return filtered(db, filter)
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(u.realm, u.name, u.id) >
          (select a.realm, a.name, a.id from identity.upstreams a where a.id = ${after})`,
      ),
    )
    .orderBy('u.realm')
    .orderBy('u.name')
    .orderBy('u.id')
    .limit(limit)
    .execute();
}

/** What the hub proves itself with at this provider, sealed; undefined when there is no such provider. */
export async function sealedCredentialsOf(db: Db, id: string): Promise<SealedCredentials | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.upstreams')
    .select(['sealed_client_secret as sealedClientSecret', 'sealed_client_key as sealedClientKey'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Keeps other writers of providers out until `trx` ends. */
export async function lockUpstreams(trx: Trx): Promise<void> {
  await sql`lock table identity.upstreams in share row exclusive mode`.execute(trx);
}

/** Tells whether another provider than `exceptId` has this issuer. */
export async function isIssuerTaken(db: Db, issuer: string, exceptId: string | null): Promise<boolean> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('identity.upstreams')
    .select('id')
    .where('issuer', '=', issuer)
    .$if(exceptId !== null, (query) => query.where('id', '<>', exceptId as string))
    .executeTakeFirst();
  return row !== undefined;
}

/** Domains of this provider that others may assert too, each with their names; by domain. */
export async function domainsServedByOthers(
  db: Db,
  id: string,
): Promise<{ domain: string; others: string[] }[]> {
  const { rows } = await sql<{ domain: string; others: string[] }>`
    select mine.domain, array_agg(u.name order by u.name) as others
    from identity.upstream_domains mine
    join identity.upstream_domains theirs on theirs.domain = mine.domain and theirs.upstream_id <> mine.upstream_id
    join identity.upstreams u on u.id = theirs.upstream_id
    where mine.upstream_id = ${id}
    group by mine.domain order by mine.domain`.execute(db);
  return rows;
}

/** The organisations that `words` (a SIRET, a code or an id each) name; a word that names none has no row. */
export async function organisationsNamed(
  db: Db,
  words: readonly string[],
): Promise<{ id: string; name: string; code: string | null; siret: string | null }[]> {
  if (words.length === 0) return [];
  return db
    .withTables<Tables>()
    .selectFrom('identity.organisations')
    .select(['id', 'name', 'code', 'siret'])
    .where((is) =>
      is.or([
        is(sql<string>`id::text`, 'in', words),
        is(
          'code',
          'in',
          words.map((word) => word.toUpperCase()),
        ),
        is('siret', 'in', [...words]),
      ]),
    )
    .orderBy('search_text')
    .execute();
}

function asRow(settings: UpstreamSettings) {
  return {
    realm: settings.realm,
    name: settings.name,
    issuer: settings.issuer,
    client_id: settings.clientId,
    client_authentication: settings.clientAuthentication,
    scopes: settings.scopes,
    vouches_for_organisation: settings.vouchesForOrganisation,
    vouches_for_second_factor: settings.vouchesForSecondFactor,
    best_assurance: settings.bestAssurance,
    is_enabled: settings.isEnabled,
    is_demonstration: settings.isDemonstration,
  };
}

/**
 * Records a provider under `id` (the sealing of its secret is bound to it), with its domains and organisations.
 * @returns it, as found afterwards.
 */
export async function insertUpstream(
  trx: Trx,
  id: string,
  settings: UpstreamSettings,
  { sealedClientSecret, sealedClientKey }: SealedCredentials,
): Promise<Upstream> {
  await trx
    .withTables<Tables>()
    .insertInto('identity.upstreams')
    .values({
      id,
      ...asRow(settings),
      sealed_client_secret: sealedClientSecret,
      sealed_client_key: sealedClientKey,
    })
    .execute();
  await insertMarks(trx, id, settings);
  return foundAfterwards(trx, id);
}

/** Writes every setting of the provider anew; `credentials` that are not given stay. */
export async function updateUpstream(
  trx: Trx,
  id: string,
  settings: UpstreamSettings,
  credentials: Partial<SealedCredentials>,
): Promise<Upstream> {
  const db = trx.withTables<Tables>();
  const { sealedClientSecret, sealedClientKey } = credentials;
  await db
    .updateTable('identity.upstreams')
    .set({
      ...asRow(settings),
      ...(sealedClientSecret !== undefined && { sealed_client_secret: sealedClientSecret }),
      ...(sealedClientKey !== undefined && { sealed_client_key: sealedClientKey }),
    })
    .where('id', '=', id)
    .execute();
  await db.deleteFrom('identity.upstream_domains').where('upstream_id', '=', id).execute();
  await db.deleteFrom('identity.upstream_organisations').where('upstream_id', '=', id).execute();
  await insertMarks(trx, id, settings);
  return foundAfterwards(trx, id);
}

async function insertMarks(trx: Trx, id: string, { domains, organisationIds }: UpstreamSettings) {
  const db = trx.withTables<Tables>();
  if (domains.length > 0) {
    await db
      .insertInto('identity.upstream_domains')
      .values(domains.map((domain) => ({ upstream_id: id, domain })))
      .execute();
  }
  if (organisationIds.length > 0) {
    await db
      .insertInto('identity.upstream_organisations')
      .values(organisationIds.map((organisation_id) => ({ upstream_id: id, organisation_id })))
      .execute();
  }
}

async function foundAfterwards(trx: Trx, id: string): Promise<Upstream> {
  return selected(trx).where('u.id', '=', id).executeTakeFirstOrThrow();
}

/** The realms in which some enabled provider signs people in. */
export async function realmsServed(db: Db): Promise<PeopleRealm[]> {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('identity.upstreams')
    .select('realm')
    .distinct()
    .where('is_enabled', '=', true)
    .orderBy('realm')
    .execute();
  return rows.map(({ realm }) => realm);
}
