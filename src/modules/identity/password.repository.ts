// Queries on stored password hashes. No password passes here.
import type { Db, Trx } from '#platform/database/connection.ts';
import type { PasswordsTable } from './credentials.tables.ts';
import type { PeopleTable } from './people.tables.ts';

type Tables = { 'identity.passwords': PasswordsTable; 'identity.people': PeopleTable };

/** The hash of the person's password and when it was set; undefined when they have none. */
export async function findPassword(
  db: Db,
  personId: string,
): Promise<{ hash: string; changedAt: Date } | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.passwords')
    .select(['hash', 'changed_at as changedAt'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

/** Whose open account has this address, with the password's hash; undefined when nobody's, or it has no password. */
export async function findOpenAccount(
  db: Db,
  email: string,
): Promise<{ personId: string; hash: string } | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.people as p')
    .innerJoin('identity.passwords as w', 'w.person_id', 'p.id')
    .select(['p.id as personId', 'w.hash as hash'])
    .where('p.email', '=', email)
    .where('p.closed_at', 'is', null)
    .executeTakeFirst();
}

/** Sets the person's password hash. */
export async function savePassword(trx: Trx, personId: string, hash: string, now: Date): Promise<void> {
  await trx
    .withTables<Tables>()
    .insertInto('identity.passwords')
    .values({ person_id: personId, hash, changed_at: now })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ hash, changed_at: now }))
    .execute();
}

/** Replaces a hash made with older parameters by one of the same password; nothing if it was changed meanwhile. */
export async function replaceHash(db: Db, personId: string, before: string, after: string): Promise<void> {
  await db
    .withTables<Tables>()
    .updateTable('identity.passwords')
    .set({ hash: after })
    .where('person_id', '=', personId)
    .where('hash', '=', before)
    .execute();
}
