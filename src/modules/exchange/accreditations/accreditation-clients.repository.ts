// Queries on the clients of accreditations. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { MachineClient } from './accreditations.types.ts';

/** Puts clients under accreditations. */
export async function insertClients(
  trx: Trx,
  now: Date,
  clients: readonly { readonly accreditationId: string; readonly clientId: string }[],
): Promise<void> {
  await sql`
    insert into exchange.accreditation_clients (accreditation_id, client_id, added_at)
    select "accreditationId", "clientId", ${now}
    from jsonb_to_recordset(${JSON.stringify(clients)}::jsonb) as e ("accreditationId" uuid, "clientId" text)
    on conflict do nothing`.execute(trx);
}

/** Client ids under an accreditation, of services that are not closed. */
export async function listOpenClientIds(trx: Trx, accreditationId: string): Promise<string[]> {
  const { rows } = await sql<{ clientId: string }>`
    select c.client_id as "clientId" from exchange.accreditation_clients c
    join identity.services s on s.client_id = c.client_id
    where c.accreditation_id = ${accreditationId} and s.state <> 'closed' order by c.client_id`.execute(trx);
  return rows.map(({ clientId }) => clientId);
}

/** Client ids under an accreditation. */
export async function listClientIds(trx: Trx, accreditationId: string): Promise<string[]> {
  const { rows } = await sql<{ clientId: string }>`
    select client_id as "clientId" from exchange.accreditation_clients
    where accreditation_id = ${accreditationId} order by client_id`.execute(trx);
  return rows.map(({ clientId }) => clientId);
}

/** Takes every client from under an accreditation. */
export async function deleteClientsOf(trx: Trx, accreditationId: string): Promise<void> {
  await sql`delete from exchange.accreditation_clients where accreditation_id = ${accreditationId}`.execute(
    trx,
  );
}

/** Takes a client from under an accreditation. @returns false when it was not there. */
export async function deleteClient(trx: Trx, accreditationId: string, clientId: string): Promise<boolean> {
  const { rows } = await sql`
    delete from exchange.accreditation_clients
    where accreditation_id = ${accreditationId} and client_id = ${clientId} returning 1`.execute(trx);
  return rows.length > 0;
}

const MACHINE = sql`
  s.client_id as "clientId", s.id as "serviceId", s.name, s.organisation_id as "organisationId",
  o.name as "organisationName", s.state
  from identity.services s join identity.organisations o on o.id = s.organisation_id`;

/** The machine services of an organisation that are not closed, by name; at most 200. */
export async function listMachinesOf(db: Db, organisationId: string): Promise<MachineClient[]> {
  const { rows } = await sql<MachineClient>`
    select ${MACHINE} where s.organisation_id = ${organisationId} and s.realm = 'machines' and s.state <> 'closed'
    order by s.search_text, s.id limit 200`.execute(db);
  return rows;
}

/** The machine service with this client id. */
export async function findMachine(db: Db | Trx, clientId: string): Promise<MachineClient | undefined> {
  const { rows } = await sql<MachineClient>`
    select ${MACHINE} where s.client_id = ${clientId} and s.realm = 'machines'`.execute(db);
  return rows[0];
}

/** The machine service with this client id, which the hub does not change until `trx` ends. */
export async function lockMachine(trx: Trx, clientId: string): Promise<MachineClient | undefined> {
  const { rows } = await sql<MachineClient>`
    select ${MACHINE} where s.client_id = ${clientId} and s.realm = 'machines' for update of s`.execute(trx);
  return rows[0];
}
