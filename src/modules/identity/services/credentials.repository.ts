// Queries on the secrets and keys by which services prove themselves. Hashes go in; none comes out of here.
import type { JsonWebKey } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { ServiceKeysTable, ServiceSecretsTable } from './services.tables.ts';
import type { ServiceKey, ServiceSecret } from './services.types.ts';

type Tables = {
  'identity.service_secrets': ServiceSecretsTable;
  'identity.service_keys': ServiceKeysTable;
};

/** Revoked ones are shown as far back as this many. */
const SHOWN = 100;

/** The service's secrets, newest first, revoked ones among them. */
export async function listSecrets(db: Db, serviceId: string): Promise<ServiceSecret[]> {
  const { rows } = await sql<ServiceSecret>`
    select id, service_id as "serviceId", ending, created_at as "createdAt", revoked_at as "revokedAt"
    from identity.service_secrets where service_id = ${serviceId}
    order by revoked_at is not null, created_at desc, id limit ${SHOWN}`.execute(db);
  return rows;
}

/** The service's keys, newest first, revoked ones among them. */
export async function listKeys(db: Db, serviceId: string): Promise<ServiceKey[]> {
  const { rows } = await sql<ServiceKey>`
    select id, service_id as "serviceId", kid, public_jwk as "publicJwk", created_at as "createdAt",
      revoked_at as "revokedAt"
    from identity.service_keys where service_id = ${serviceId}
    order by revoked_at is not null, created_at desc, id limit ${SHOWN}`.execute(db);
  return rows;
}

/** How many live keys and secrets the service has. */
export async function countLiveCredentials(
  db: Db,
  serviceId: string,
): Promise<{ keys: number; secrets: number }> {
  const { rows } = await sql<{ keys: number; secrets: number }>`
    select
      (select count(*) from identity.service_keys where service_id = ${serviceId} and revoked_at is null) as keys,
      (select count(*) from identity.service_secrets where service_id = ${serviceId} and revoked_at is null) as secrets`.execute(
    db,
  );
  return rows[0] ?? { keys: 0, secrets: 0 };
}

/** Keeps a secret's hash. */
export async function insertSecret(
  trx: Trx,
  secret: { serviceId: string; hash: Buffer; ending: string; createdAt: Date },
): Promise<ServiceSecret> {
  const { id } = await trx
    .withTables<Tables>()
    .insertInto('identity.service_secrets')
    .values({
      service_id: secret.serviceId,
      hash: secret.hash,
      ending: secret.ending,
      created_at: secret.createdAt,
      revoked_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { hash: _, ...rest } = secret;
  return { id, ...rest, revokedAt: null };
}

/** Revokes a live secret of the service. @returns its ending; undefined when there is none with this id. */
export async function revokeSecretRow(
  trx: Trx,
  now: Date,
  { serviceId, secretId }: { serviceId: string; secretId: string },
): Promise<string | undefined> {
  const row = await trx
    .withTables<Tables>()
    .updateTable('identity.service_secrets')
    .set({ revoked_at: now })
    .where('id', '=', secretId)
    .where('service_id', '=', serviceId)
    .where('revoked_at', 'is', null)
    .returning('ending')
    .executeTakeFirst();
  return row?.ending;
}

/** What of a new key the service already has: its name among live keys, or the key itself, revoked or not. */
export async function findKeyClash(
  trx: Trx,
  serviceId: string,
  { kid, publicJwk }: { kid: string; publicJwk: JsonWebKey },
): Promise<'kid' | 'live' | 'revoked' | null> {
  const { rows } = await sql<{ same: boolean; live: boolean }>`
    select public_jwk = ${JSON.stringify(publicJwk)}::jsonb as same, revoked_at is null as live
    from identity.service_keys
    where service_id = ${serviceId}
      and (public_jwk = ${JSON.stringify(publicJwk)}::jsonb or (kid = ${kid} and revoked_at is null))
    order by revoked_at is not null limit 2`.execute(trx);
  if (rows.some(({ same, live }) => same && live)) return 'live';
  if (rows.some(({ same }) => same)) return 'revoked';
  return rows.length > 0 ? 'kid' : null;
}

/** Keeps a public key. */
export async function insertKey(
  trx: Trx,
  key: { serviceId: string; kid: string; publicJwk: JsonWebKey; createdAt: Date },
): Promise<ServiceKey> {
  const { id } = await trx
    .withTables<Tables>()
    .insertInto('identity.service_keys')
    .values({
      service_id: key.serviceId,
      kid: key.kid,
      public_jwk: JSON.stringify(key.publicJwk),
      created_at: key.createdAt,
      revoked_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, ...key, revokedAt: null };
}

/** Revokes a live key of the service. @returns its name; undefined when there is none with this id. */
export async function revokeKeyRow(
  trx: Trx,
  now: Date,
  { serviceId, keyId }: { serviceId: string; keyId: string },
): Promise<string | undefined> {
  const row = await trx
    .withTables<Tables>()
    .updateTable('identity.service_keys')
    .set({ revoked_at: now })
    .where('id', '=', keyId)
    .where('service_id', '=', serviceId)
    .where('revoked_at', 'is', null)
    .returning('kid')
    .executeTakeFirst();
  return row?.kid;
}

/** Revokes every live key and secret of the service. */
export async function revokeAllCredentials(trx: Trx, now: Date, serviceId: string): Promise<void> {
  await sql`update identity.service_keys set revoked_at = ${now} where service_id = ${serviceId} and revoked_at is null`.execute(
    trx,
  );
  await sql`update identity.service_secrets set revoked_at = ${now} where service_id = ${serviceId} and revoked_at is null`.execute(
    trx,
  );
}
