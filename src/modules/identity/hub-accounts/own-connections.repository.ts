// Queries on a person's own history of sign-ins. Every one takes the accounts whose history it is.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { OwnConnection } from './own-connections.types.ts';

/** At most `limit` sign-ins and refusals of these accounts, newest first, before the one given. */
export async function connectionsOfAccounts(
  db: Db,
  accountIds: readonly string[],
  { before, limit }: { before: Pick<OwnConnection, 'at' | 'id'> | null; limit: number },
): Promise<OwnConnection[]> {
  if (accountIds.length === 0) return [];
  const older = before === null ? sql`true` : sql`(c.at, c.id) < (${before.at}, ${before.id})`;
  const { rows } = await sql<OwnConnection>`
    select c.id, c.at, c.realm, c.client_id as "clientId", s.name as "serviceName", o.name as "organisationName",
      u.name as "upstreamName", c.acr, c.refusal
    from identity.connections c
    join identity.accounts a on a.id = c.account_id
    left join identity.upstreams u on u.id = coalesce(c.upstream_id, a.upstream_id)
    left join identity.services s on s.client_id = c.client_id
    left join identity.organisations o on o.id = s.organisation_id
    where c.account_id = any(${[...accountIds]}::uuid[]) and ${older}
    order by c.at desc, c.id desc limit ${limit}`.execute(db);
  return rows;
}

/** The whole history of these accounts, newest first, read by the thousand. */
export async function* eachConnectionOfAccounts(
  db: Db,
  accountIds: readonly string[],
): AsyncGenerator<OwnConnection> {
  for (let before: OwnConnection | null = null; ; ) {
    const some: OwnConnection[] = await connectionsOfAccounts(db, accountIds, { before, limit: 1000 });
    yield* some;
    if (some.length < 1000) return;
    before = some.at(-1) ?? null;
  }
}

const SWEPT_AT_ONCE = 10_000;

/** Removes the history before `before`, in bounded bites. @returns how many lines. */
export async function sweepConnections(db: Db, before: Date): Promise<number> {
  for (let swept = 0; ; ) {
    const { numAffectedRows = 0n } = await sql`
      delete from identity.connections where id in (
        select id from identity.connections where at < ${before} limit ${SWEPT_AT_ONCE}
      )`.execute(db);
    swept += Number(numAffectedRows);
    if (numAffectedRows < BigInt(SWEPT_AT_ONCE)) return swept;
  }
}
