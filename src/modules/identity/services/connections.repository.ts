// Queries on the sign-ins to a service. None of them reads an account: teams see numbers and codes alone.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { ConnectionDay, ConnectionLine, RefusalCount } from './connections.types.ts';

/** Sign-ins and refusals of a service for each day from `from` on that has any, in `timeZone`. */
export async function connectionsByDay(
  db: Db,
  clientId: string,
  { from, timeZone }: { from: Date; timeZone: string },
): Promise<ConnectionDay[]> {
  const { rows } = await sql<ConnectionDay>`
    select to_char(at at time zone ${timeZone}, 'YYYY-MM-DD') as day,
      count(*) filter (where outcome = 'signed-in') as "signedIn",
      count(*) filter (where outcome = 'refused') as refused
    from identity.connections where client_id = ${clientId} and at >= ${from}
    group by 1 order by 1`.execute(db);
  return rows;
}

/** The refusals of a service since `from`, by code, the most frequent first; at most 50 codes. */
export async function refusalsByCode(db: Db, clientId: string, from: Date): Promise<RefusalCount[]> {
  const { rows } = await sql<RefusalCount>`
    select refusal as code, count(*) as count, max(at) as "lastAt"
    from identity.connections
    where client_id = ${clientId} and at >= ${from} and outcome = 'refused'
    group by refusal order by count(*) desc, refusal limit 50`.execute(db);
  return rows;
}

/** At most `limit` sign-ins and refusals of a service, newest first, before the one given. */
export async function lastConnections(
  db: Db,
  clientId: string,
  { before = null, limit }: { before?: ConnectionLine | null; limit: number },
): Promise<ConnectionLine[]> {
  const older = before === null ? sql`true` : sql`(c.at, c.id) < (${before.at}, ${before.id})`;
  const { rows } = await sql<ConnectionLine>`
    select c.id, c.at, c.outcome, c.refusal, c.acr, u.name as "upstreamName"
    from identity.connections c left join identity.upstreams u on u.id = c.upstream_id
    where c.client_id = ${clientId} and ${older}
    order by c.at desc, c.id desc limit ${limit}`.execute(db);
  return rows;
}

/** The sign-ins and refusals of a service, newest first, at most `most`, read by the thousand. */
export async function* eachConnection(
  db: Db,
  clientId: string,
  most: number,
): AsyncGenerator<ConnectionLine> {
  let before: ConnectionLine | null = null;
  for (let left = most; left > 0; ) {
    const limit = Math.min(1000, left);
    const some: ConnectionLine[] = await lastConnections(db, clientId, { before, limit });
    yield* some;
    left -= some.length;
    before = some.at(-1) ?? null;
    if (some.length < limit) return;
  }
}
