// Who sees and writes which indicators. Pure.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { IndicatorReach } from './indicators.types.ts';

/** Roles that create indicators of their organisation and declare measures. */
export const INDICATOR_WRITERS: readonly Role[] = ['product-team', 'digital-director', 'auditor'];

/** The indicators that a reader sees beside the public ones: nobody none, a person those of their organisations. */
export function indicatorsSeenBy(actor: Actor | null): IndicatorReach {
  if (actor === null) return [];
  if (actor.roles.some(({ role }) => role === 'administrator' || role === 'auditor')) return 'all';
  return [...new Set(actor.roles.flatMap(({ organisationId }) => organisationId ?? []))];
}

/** The organisations whose indicators the actor writes. */
export function organisationsWrittenBy(actor: Actor): string[] {
  const held = actor.roles.filter(({ role }) => INDICATOR_WRITERS.includes(role));
  return [...new Set(held.flatMap(({ organisationId }) => organisationId ?? []))];
}

/** Who did it, for the ledger: in the role that they hold in that organisation; a machine when nobody did. */
export function ledgerActorOf(actor: Actor | null, organisationId: string): LedgerActor {
  if (actor === null) return { kind: 'system', name: 'impact.measures' };
  const held = actor.roles.find((one) => INDICATOR_WRITERS.includes(one.role) && one.organisationId === organisationId);
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
