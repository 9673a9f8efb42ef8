// Queries on tokens of provisioning. Which organisations a reader may see is a parameter of each list.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { OrganisationsTable } from '../organisations.tables.ts';
import type { ScimTokensTable } from './scim-tokens.tables.ts';
import type { NamedScimToken, ScimToken } from './scim-tokens.types.ts';

type Tables = { 'identity.scim_tokens': ScimTokensTable; 'identity.organisations': OrganisationsTable };

const COLUMNS = [
  't.id as id',
  't.organisation_id as organisationId',
  't.name as name',
  't.ending as ending',
  't.created_at as createdAt',
  't.last_used_at as lastUsedAt',
  't.revoked_at as revokedAt',
] as const;

/** Whose provisioning a reader may see: all, or these organisations. */
export type Reach = 'all' | readonly string[];

/** The token with this SHA-256; undefined when there is none or it was revoked. */
export async function findTokenByHash(db: Db, hash: Buffer): Promise<ScimToken | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.scim_tokens as t')
    .select(COLUMNS)
    .where('t.hash', '=', hash)
    .where('t.revoked_at', 'is', null)
    .executeTakeFirst();
}

/** Notes that the token was used. */
export async function updateTokenUse(db: Db, id: string, now: Date): Promise<void> {
  await db
    .withTables<Tables>()
    .updateTable('identity.scim_tokens')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .execute();
}

function named(db: Db, reach: Reach) {
  const query = db
    .withTables<Tables>()
    .selectFrom('identity.scim_tokens as t')
    .innerJoin('identity.organisations as o', 'o.id', 't.organisation_id')
    .select([...COLUMNS, 'o.name as organisationName']);
  if (reach === 'all') return query;
  return reach.length === 0
    ? query.where(sql<boolean>`false`)
    : query.where('t.organisation_id', 'in', [...reach]);
}

/** Tokens within the reach by organisation, those that are revoked last; 500 at most. */
export async function listTokens(db: Db, reach: Reach): Promise<NamedScimToken[]> {
  return named(db, reach)
    .orderBy(sql`t.revoked_at is not null`)
    .orderBy('o.search_text')
    .orderBy('t.created_at', 'desc')
    .limit(500)
    .execute();
}

/** One token within the reach; undefined when there is none. */
export async function findToken(db: Db, id: string, reach: Reach): Promise<NamedScimToken | undefined> {
  return named(db, reach).where('t.id', '=', id).executeTakeFirst();
}

/** Records a token by its hash. */
export async function insertToken(
  trx: Trx,
  token: Pick<ScimToken, 'organisationId' | 'name' | 'ending' | 'createdAt'> & { hash: Buffer },
): Promise<string> {
  const row = await trx
    .withTables<Tables>()
    .insertInto('identity.scim_tokens')
    .values({
      organisation_id: token.organisationId,
      name: token.name,
      hash: token.hash,
      ending: token.ending,
      created_at: token.createdAt,
      last_used_at: null,
      revoked_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Revokes a token that is not revoked yet. @returns whether it was. */
export async function updateTokenRevoked(trx: Trx, id: string, now: Date): Promise<boolean> {
  const result = await trx
    .withTables<Tables>()
    .updateTable('identity.scim_tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
