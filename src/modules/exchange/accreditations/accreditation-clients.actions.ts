// A consumer's intentions on the clients of its accreditations: the machine services of the hub that call under them.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { accreditationsManagedBy, consumerInLedger } from './accreditation-access.rules.ts';
import {
  deleteClient,
  findMachine,
  insertClients,
  listClientIds,
} from './accreditation-clients.repository.ts';
import { publishAccreditations, recordOnAccreditation, syncHubWith } from './accreditations.actions.ts';
import { accreditationIsElsewhere } from './accreditations.errors.ts';
import { listForPolicy, lockAccreditation } from './accreditations.repository.ts';
import {
  clientFault,
  clientIsThere,
  isClientId,
  MOST_CLIENTS,
  tooManyClients,
} from './accreditations.rules.ts';
import type { Accreditation } from './accreditations.types.ts';
import { syncHubGrants } from './hub-grants.actions.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

async function managed(trx: Trx, actor: Actor, id: string): Promise<Accreditation> {
  const found = isUuid(id) ? await lockAccreditation(trx, accreditationsManagedBy(actor), id) : undefined;
  if (!found) throw notFound();
  if (found.state !== 'active') throw accreditationIsElsewhere();
  return found;
}

const refused = (fault: FieldError) => invalidInput({ fields: [fault] });

/**
 * Puts a machine service of the same organisation under an accreditation: it may get tokens for what is granted, and call
 * from the commit on. Throws `not-found`, `exchange.accreditation-is-in-another-state`, `invalid-input` (`clientId`).
 */
export async function addClient(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typedClientId: string,
): Promise<void> {
  const clientId = typedClientId.trim();
  await db.transaction().execute(async (trx) => {
    const found = await managed(trx, actor, id);
    // Not locked: the hub's grant locks the resource first, and then finds a service that was closed meanwhile.
    const machine = isClientId(clientId) ? await findMachine(trx, clientId) : undefined;
    if (!machine || machine.organisationId !== found.organisationId || machine.state === 'closed') {
      throw refused(clientFault);
    }
    const there = await listClientIds(trx, id);
    if (there.includes(clientId)) throw refused(clientIsThere);
    if (there.length >= MOST_CLIENTS) throw refused(tooManyClients);
    const now = clock.now();
    await insertClients(trx, now, [{ accreditationId: id, clientId }]);
    const by = consumerInLedger(actor, found.organisationId);
    await recordOnAccreditation(trx, now, found, {
      event: 'client-added',
      by,
      history: { client: machine.name, clientId },
      data: { clientId },
    });
    await syncHubWith(trx, now, id, by);
    await publishAccreditations(trx, [id]);
  });
}

/** Takes a client from under an accreditation: its calls are refused from the commit on. Throws as `addClient` does. */
export async function removeClient(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  clientId: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const found = await managed(trx, actor, id);
    if (!isClientId(clientId) || !(await deleteClient(trx, id, clientId))) throw notFound();
    const machine = await findMachine(trx, clientId);
    const now = clock.now();
    const by = consumerInLedger(actor, found.organisationId);
    await recordOnAccreditation(trx, now, found, {
      event: 'client-removed',
      by,
      history: { client: machine?.name ?? clientId, clientId },
      data: { clientId },
    });
    const [written] = await listForPolicy(trx, [id]);
    const apiIds = [...new Set(written?.grants.map(({ apiId }) => apiId))];
    await syncHubGrants(trx, now, { clientIds: [clientId], apiIds }, by);
    await publishAccreditations(trx, [id]);
  });
}
