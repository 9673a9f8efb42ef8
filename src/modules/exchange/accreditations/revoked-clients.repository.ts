// Queries on clients whose every call is refused. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';

/** Why and in whose name a client is refused. */
export interface ClientRevocation {
  readonly clientId: string;
  readonly reason: string;
  readonly revokedAs: 'consumer' | 'distributor';
  readonly revokedAt: Date;
}

/** The revocation of a client; undefined when it may call. */
export async function findRevocation(db: Db | Trx, clientId: string): Promise<ClientRevocation | undefined> {
  const { rows } = await sql<ClientRevocation>`
    select client_id as "clientId", reason, revoked_as as "revokedAs", revoked_at as "revokedAt"
    from exchange.revoked_clients where client_id = ${clientId}`.execute(db);
  return rows[0];
}

/** Revokes a client; the distributor's revocation takes the place of its organisation's own. */
export async function upsertRevocation(
  trx: Trx,
  { clientId, reason, revokedAs, revokedAt }: ClientRevocation,
  byPerson: string | null,
): Promise<void> {
  await sql`
    insert into exchange.revoked_clients (client_id, reason, revoked_by, revoked_as, revoked_at)
    values (${clientId}, ${reason}, ${byPerson}, ${revokedAs}, ${revokedAt})
    on conflict (client_id) do update set reason = excluded.reason, revoked_by = excluded.revoked_by,
      revoked_as = excluded.revoked_as, revoked_at = excluded.revoked_at`.execute(trx);
}

/** Lifts the revocation of a client. */
export async function deleteRevocation(trx: Trx, clientId: string): Promise<void> {
  await sql`delete from exchange.revoked_clients where client_id = ${clientId}`.execute(trx);
}

/** The accreditations in force under which a client calls. */
export async function listInForceOfClient(
  trx: Trx,
  clientId: string,
): Promise<{ readonly id: string; readonly number: number }[]> {
  const { rows } = await sql<{ id: string; number: number }>`
    select a.id, a.number from exchange.accreditation_clients c
    join exchange.accreditations a on a.id = c.accreditation_id
    where c.client_id = ${clientId} and a.state = 'active' order by a.number`.execute(trx);
  return rows;
}
