// Queries on which accounts at identity providers are whose. They read no claim.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { PeopleRealm } from '../hub/realms.ts';
import type { OwnAccount } from './person-accounts.types.ts';

/**
 * The accounts of a person, the latest used first, 100 at most: those linked to them, and those of other providers that
 * bear the same verified identity. One that is linked to somebody else is never among them.
 */
export async function accountsOfPerson(db: Db | Trx, personId: string): Promise<OwnAccount[]> {
  const { rows } = await sql<OwnAccount>`
    with mine as (select id, realm, subject_root from identity.accounts where person_id = ${personId})
    select a.id, a.realm, a.upstream_id as "upstreamId", u.name as "upstreamName",
      a.subject_root as "subjectRoot", a.last_sign_in_at as "lastSignInAt"
    from identity.accounts a join identity.upstreams u on u.id = a.upstream_id
    where a.id in (
      select id from mine
      union
      select other.id from identity.accounts other
      join mine on mine.subject_root = other.subject_root and mine.realm = other.realm
      where other.person_id is null)
    order by a.last_sign_in_at desc, a.id limit 100`.execute(db);
  return rows;
}

/** A sign-in to a service, and what the subject under which the service knows the person was made from. */
export interface RecentRoot {
  readonly id: number;
  readonly at: Date;
  readonly subjectRoot: string;
}

/** At most `limit` sign-ins to the service since `since`, newest first, before the one given. */
export async function recentRoots(
  trx: Trx,
  { realm, clientId, since }: { realm: PeopleRealm; clientId: string; since: Date },
  { before, limit }: { before: RecentRoot | null; limit: number },
): Promise<RecentRoot[]> {
  const older = before === null ? sql`true` : sql`(c.at, c.id) < (${before.at}, ${before.id})`;
  const { rows } = await sql<RecentRoot>`
    select c.id, c.at, a.subject_root as "subjectRoot"
    from identity.connections c join identity.accounts a on a.id = c.account_id
    where c.client_id = ${clientId} and c.realm = ${realm} and c.outcome = 'signed-in' and c.at >= ${since}
      and ${older}
    order by c.at desc, c.id desc limit ${limit}`.execute(trx);
  return rows;
}

/** Gives the accounts that share `subjectRoot` to the person, where they are nobody's yet. @returns how many. */
export async function giveAccountsToPerson(
  trx: Trx,
  { realm, subjectRoot, personId }: { realm: PeopleRealm; subjectRoot: string; personId: string },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update identity.accounts set person_id = ${personId}
    where subject_root = ${subjectRoot} and realm = ${realm} and person_id is null`.execute(trx);
  return Number(numAffectedRows);
}
