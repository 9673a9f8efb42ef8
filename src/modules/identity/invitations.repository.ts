// Queries on invitations, which are kept by the hash of their token alone.
import type { Db, Trx } from '#platform/database/connection.ts';
import type { InvitationsTable } from './credentials.tables.ts';
import type { PeopleTable } from './people.tables.ts';

type Tables = { 'identity.invitations': InvitationsTable; 'identity.people': PeopleTable };

/** Records an invitation in the place of every earlier one of the person. */
export async function replaceInvitation(
  trx: Trx,
  invitation: { tokenHash: Buffer; personId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  const tables = trx.withTables<Tables>();
  await tables.deleteFrom('identity.invitations').where('person_id', '=', invitation.personId).execute();
  await tables
    .insertInto('identity.invitations')
    .values({
      token_hash: invitation.tokenHash,
      person_id: invitation.personId,
      created_at: invitation.createdAt,
      expires_at: invitation.expiresAt,
      used_at: null,
    })
    .execute();
}

/** Whom the invitation is for, while it can be used and their account is open. */
export async function findInvited(
  db: Db,
  tokenHash: Buffer,
  now: Date,
): Promise<{ personId: string; name: string; email: string } | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.invitations as i')
    .innerJoin('identity.people as p', 'p.id', 'i.person_id')
    .select(['p.id as personId', 'p.name as name', 'p.email as email'])
    .where('i.token_hash', '=', tokenHash)
    .where('i.used_at', 'is', null)
    .where('i.expires_at', '>', now)
    .where('p.closed_at', 'is', null)
    .executeTakeFirst();
}

/** Uses the invitation up. @returns false when it was used meanwhile. */
export async function useInvitation(trx: Trx, tokenHash: Buffer, now: Date): Promise<boolean> {
  const result = await trx
    .withTables<Tables>()
    .updateTable('identity.invitations')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
