// Revoking a client that is compromised, and letting it call again: at once, on every gateway, whatever it holds.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { publishPolicy } from '../policy/policy.actions.ts';
import {
  consumerInLedger,
  distributorInLedger,
  isDistributor,
  managesConsumer,
} from './accreditation-access.rules.ts';
import { lockMachine } from './accreditation-clients.repository.ts';
import { clientIsElsewhere } from './accreditations.errors.ts';
import { insertEvents } from './accreditations.repository.ts';
import { reasonAsTyped } from './accreditations.rules.ts';
import type { MachineClient } from './accreditations.types.ts';
import {
  deleteRevocation,
  findRevocation,
  listInForceOfClient,
  upsertRevocation,
} from './revoked-clients.repository.ts';
import { clientEntry, mayRestore, mayRevoke, type RevokedAs } from './revoked-clients.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

interface Doing {
  readonly as: RevokedAs;
  readonly by: LedgerActor;
}

/** In whose name the actor revokes and restores a client of this organisation; null when in nobody's. */
function doingOf(actor: Actor, organisationId: string): Doing | null {
  if (isDistributor(actor)) return { as: 'distributor', by: distributorInLedger(actor) };
  if (!managesConsumer(actor, organisationId)) return null;
  return { as: 'consumer', by: consumerInLedger(actor, organisationId) };
}

/** The hub's service is held still, so that resuming it there waits, and then finds the revocation. */
async function held(trx: Trx, actor: Actor, clientId: string) {
  const machine = await lockMachine(trx, clientId);
  const doing = machine ? doingOf(actor, machine.organisationId) : null;
  if (!machine || !doing) throw notFound();
  return { machine, doing, standing: (await findRevocation(trx, clientId))?.revokedAs ?? null };
}

/**
 * Refuses every call of a client, whatever accreditation and tokens it holds. Throws `not-found`, `invalid-input` without
 * a reason, `exchange.client-is-in-another-state`.
 */
export async function revokeClient(
  { db, clock }: Needs,
  actor: Actor,
  clientId: string,
  typedReason: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { machine, doing, standing } = await held(trx, actor, clientId);
    const reason = reasonAsTyped(typedReason);
    if (!mayRevoke(doing.as, standing)) throw clientIsElsewhere();
    const now = clock.now();
    await upsertRevocation(trx, { clientId, reason, revokedAs: doing.as, revokedAt: now }, actor.personId);
    await record(trx, now, { machine, doing, reason, event: 'client-revoked', personId: actor.personId });
    await publishPolicy(trx, [clientEntry(clientId, { isRevoked: true, serviceState: machine.state })]);
  });
}

/**
 * Lets a client call again, unless the hub refuses its service. A consumer lifts its own revocation, never the
 * distributor's. Throws as `revokeClient` does.
 */
export async function restoreClient(
  { db, clock }: Needs,
  actor: Actor,
  clientId: string,
  typedReason: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { machine, doing, standing } = await held(trx, actor, clientId);
    const reason = reasonAsTyped(typedReason);
    if (!mayRestore(doing.as, standing)) throw clientIsElsewhere();
    const now = clock.now();
    await deleteRevocation(trx, clientId);
    await record(trx, now, { machine, doing, reason, event: 'client-restored', personId: actor.personId });
    await publishPolicy(trx, [clientEntry(clientId, { isRevoked: false, serviceState: machine.state })]);
  });
}

async function record(
  trx: Trx,
  now: Date,
  {
    machine: { clientId, name, organisationId },
    doing,
    reason,
    event,
    personId,
  }: {
    readonly machine: MachineClient;
    readonly doing: Doing;
    readonly reason: string;
    readonly event: 'client-revoked' | 'client-restored';
    readonly personId: string;
  },
): Promise<void> {
  const inForce = await listInForceOfClient(trx, clientId);
  const data = { client: name, clientId, reason };
  await insertEvents(
    trx,
    inForce.map(({ id }) => ({ accreditationId: id, kind: event, at: now, byPerson: personId, data })),
  );
  await appendToLedger(trx, now, {
    kind: `exchange.${event}`,
    subject: `exchange/client/${clientId}`,
    actor: doing.by,
    data: { as: doing.as, organisationId, reason, accreditations: inForce.map(({ number }) => number) },
  });
}
