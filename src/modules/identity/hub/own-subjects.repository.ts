// Queries on whom Socle knows by which subject of its hub.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { PeopleRealm } from './realms.ts';

type Tables = {
  'identity.own_subjects': { realm: PeopleRealm; subject: string; person_id: string; created_at: Date };
};

/** The person whom Socle knows by this subject. */
export async function findPersonIdBySubject(
  db: Db | Trx,
  realm: PeopleRealm,
  subject: string,
): Promise<string | undefined> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('identity.own_subjects')
    .select('person_id')
    .where('realm', '=', realm)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.person_id;
}

/** Makes two first sign-ins of one subject follow each other. */
export async function lockSubject(trx: Trx, realm: PeopleRealm, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${realm} ${subject}`}, 0))`.execute(trx);
}

/** Records that this subject is that person. */
export async function insertSubject(
  trx: Trx,
  { realm, subject, personId }: { realm: PeopleRealm; subject: string; personId: string },
  now: Date,
): Promise<void> {
  await trx
    .withTables<Tables>()
    .insertInto('identity.own_subjects')
    .values({ realm, subject, person_id: personId, created_at: now })
    .execute();
}
