// Whose APIs an actor writes, and in whose name. Pure: the actor's roles are those that count at this moment.
import type { Actor } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { organisationsWhere } from '../consumers/consumer-access.rules.ts';

/** The APIs that the actor writes: all for an administrator, else those of the organisations for which they produce data. */
export function apisManagedBy(actor: Actor): 'all' | readonly string[] {
  if (actor.roles.some(({ role }) => role === 'administrator')) return 'all';
  return organisationsWhere(actor, ['data-producer']);
}

/** Who did it, for the ledger: as producer of that organisation, else as administrator. */
export function producerInLedger(actor: Actor, organisationId: string): LedgerActor {
  const held =
    actor.roles.find(({ role, organisationId: at }) => role === 'data-producer' && at === organisationId) ??
    actor.roles.find(({ role }) => role === 'administrator');
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
