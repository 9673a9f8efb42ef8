// Queries on the citizens' providers as one citizen has to do with them: used, blocked, on offer.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { OwnProvider } from './own-connections.types.ts';
import type { OwnAccount } from './person-accounts.types.ts';

/** The providers on offer, and those that the citizen used or blocked; by name, 500 at most. */
export async function providersOfCitizen(
  db: Db,
  accounts: readonly Pick<OwnAccount, 'id' | 'subjectRoot'>[],
): Promise<OwnProvider[]> {
  const ids = accounts.map(({ id }) => id);
  const roots = accounts.map(({ subjectRoot }) => subjectRoot);
  const { rows } = await sql<OwnProvider>`
    select u.id, u.name, u.is_enabled as "isEnabled", blocked.at as "blockedAt", used.at as "lastUsedAt"
    from identity.upstreams u
    left join (
      select upstream_id, min(at) as at from identity.upstream_blocks
      where subject_root = any(${roots}::uuid[]) group by upstream_id
    ) blocked on blocked.upstream_id = u.id
    left join (
      select upstream_id, max(last_sign_in_at) as at from identity.accounts
      where id = any(${ids}::uuid[]) group by upstream_id
    ) used on used.upstream_id = u.id
    where u.realm = 'citizens' and (u.is_enabled or blocked.at is not null or used.at is not null)
    order by u.name, u.id limit 500`.execute(db);
  return rows;
}
