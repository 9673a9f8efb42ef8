// Queries on the realms' signing keys. Private parts pass through sealed.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Realm } from './realms.ts';
import type { HubKeysTable } from './signing-keys.tables.ts';

type Tables = { 'identity.hub_keys': HubKeysTable };

/** A key with its private part sealed. */
export interface SealedKey {
  readonly kid: string;
  readonly alg: string;
  readonly sealedJwk: Buffer;
  readonly publishedAt: Date;
  readonly signsFrom: Date;
}

/** The realm's keys that are not withdrawn; a handful. */
export async function listHubKeys(db: Db, realm: Realm): Promise<SealedKey[]> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.hub_keys')
    .select([
      'kid',
      'alg',
      'sealed_jwk as sealedJwk',
      'published_at as publishedAt',
      'signs_from as signsFrom',
    ])
    .where('realm', '=', realm)
    .where('withdrawn_at', 'is', null)
    .orderBy('signs_from')
    .execute();
}

/** Makes other processes that would add or withdraw keys wait until this transaction has ended. */
export async function lockHubKeys(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('identity.hub_keys'))`.execute(trx);
}

/** Records a key. */
export async function insertHubKey(trx: Trx, realm: Realm, key: SealedKey): Promise<void> {
  await trx
    .withTables<Tables>()
    .insertInto('identity.hub_keys')
    .values({
      kid: key.kid,
      realm,
      alg: key.alg,
      sealed_jwk: key.sealedJwk,
      published_at: key.publishedAt,
      signs_from: key.signsFrom,
      withdrawn_at: null,
    })
    .execute();
}

/** Withdraws a key: it is published no longer. */
export async function withdrawHubKey(trx: Trx, kid: string, now: Date): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.hub_keys')
    .set({ withdrawn_at: now })
    .where('kid', '=', kid)
    .execute();
}
