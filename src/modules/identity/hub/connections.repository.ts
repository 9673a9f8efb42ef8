// Queries on the history of sign-ins and on what people know that a service receives.
import type { Db, Trx } from '#platform/database/connection.ts';
import type { AcknowledgementsTable, ConnectionsTable } from './connections.tables.ts';
import type { Realm } from './realms.ts';

type Tables = {
  'identity.connections': ConnectionsTable;
  'identity.acknowledgements': AcknowledgementsTable;
};

/** A sign-in, or its refusal. */
export interface Connection {
  readonly realm: Realm;
  readonly clientId: string;
  readonly accountId: string | null;
  readonly upstreamId: string | null;
  readonly acr: string | null;
  /** Stable code of the refusal; null for a sign-in. */
  readonly refusal: string | null;
}

/** Writes a line of history. */
export async function insertConnection(db: Db | Trx, connection: Connection, now: Date): Promise<void> {
  await db
    .withTables<Tables>()
    .insertInto('identity.connections')
    .values({
      at: now,
      realm: connection.realm,
      client_id: connection.clientId,
      account_id: connection.accountId,
      upstream_id: connection.upstreamId,
      acr: connection.acr,
      outcome: connection.refusal === null ? 'signed-in' : 'refused',
      refusal: connection.refusal,
    })
    .execute();
}

/** The claims of which the person knows that the service receives them; undefined before their first sign-in there. */
export async function findAcknowledged(
  db: Db | Trx,
  subjectRoot: string,
  clientId: string,
): Promise<readonly string[] | undefined> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('identity.acknowledgements')
    .select('claims')
    .where('subject_root', '=', subjectRoot)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.claims;
}

/** Records of which claims the person now knows. @returns true at their first sign-in to the service. */
export async function saveAcknowledgement(
  trx: Db | Trx,
  { subjectRoot, clientId, claims }: { subjectRoot: string; clientId: string; claims: readonly string[] },
  now: Date,
): Promise<boolean> {
  const before = await findAcknowledged(trx, subjectRoot, clientId);
  if (before && claims.every((claim) => before.includes(claim))) return false;
  const all = [...new Set([...(before ?? []), ...claims])].sort();
  await trx
    .withTables<Tables>()
    .insertInto('identity.acknowledgements')
    .values({ subject_root: subjectRoot, client_id: clientId, claims: all, at: now })
    .onConflict((conflict) =>
      conflict.columns(['subject_root', 'client_id']).doUpdateSet({ claims: all, at: now }),
    )
    .execute();
  return before === undefined;
}
