// Who sees and changes which accreditations. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { CONSUMER_ROLES, organisationsWhere } from '../consumers/consumer-access.rules.ts';
import type { AccreditationReach } from './accreditations.types.ts';

/** The distributor: those who decide for all producers. */
const DISTRIBUTORS: readonly Role[] = ['auditor', 'administrator'];

/** Tells whether the actor decides on accreditations: for all the producers concerned, once. */
export function isDistributor(actor: Actor): boolean {
  return actor.roles.some(({ role }) => DISTRIBUTORS.includes(role));
}

/** The accreditations that the actor sees. */
export function accreditationsSeenBy(actor: Actor): AccreditationReach {
  if (isDistributor(actor)) return 'all';
  return {
    consumers: organisationsWhere(actor, CONSUMER_ROLES),
    producers: organisationsWhere(actor, ['data-producer']),
  };
}

/** The organisations whose clients and webhooks the actor keeps: all for an administrator. */
export function consumersManagedBy(actor: Actor): 'all' | readonly string[] {
  if (actor.roles.some(({ role }) => role === 'administrator')) return 'all';
  return organisationsWhere(actor, CONSUMER_ROLES);
}

/** Tells whether the actor keeps the clients and webhooks of this organisation. */
export function managesConsumer(actor: Actor, organisationId: string): boolean {
  const managed = consumersManagedBy(actor);
  return managed === 'all' || managed.includes(organisationId);
}

/** The accreditations whose clients the actor keeps. */
export function accreditationsManagedBy(actor: Actor): AccreditationReach {
  const consumers = consumersManagedBy(actor);
  return consumers === 'all' ? 'all' : { consumers, producers: [] };
}

/** Who did it, for the ledger: in their role for that organisation, else as distributor. */
export function consumerInLedger(actor: Actor, organisationId: string): LedgerActor {
  const held = actor.roles.find(
    ({ role, organisationId: at }) => CONSUMER_ROLES.includes(role) && at === organisationId,
  );
  return held ? { kind: 'person', personId: actor.personId, role: held.role } : distributorInLedger(actor);
}

/** Who did it, for the ledger, as distributor. */
export function distributorInLedger(actor: Actor): LedgerActor {
  const held = actor.roles.find(({ role }) => DISTRIBUTORS.includes(role));
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
