// Who sees and does what with requests and missions. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { BrigadeReach } from './requests.types.ts';

const REQUESTER_ROLES: readonly Role[] = ['agent', 'product-team', 'digital-director'];
const BRIGADE_ROLES: readonly Role[] = ['auditor', 'administrator'];

/** The organisations for which the actor asks for help. */
export function organisationsHelped(actor: Actor): string[] {
  const ids = actor.roles
    .filter(({ role, organisationId }) => REQUESTER_ROLES.includes(role) && organisationId !== null)
    .map(({ organisationId }) => organisationId as string);
  return [...new Set(ids)];
}

/** Tells whether the actor runs the brigade for the directorate. */
export function runsBrigade(actor: Actor): boolean {
  return actor.roles.some(({ role }) => BRIGADE_ROLES.includes(role));
}

/** Tells whether the actor speaks for the organisation that asked. */
export function speaksFor(actor: Actor, organisationId: string): boolean {
  return organisationsHelped(actor).includes(organisationId);
}

/** The requests and missions that the actor sees. */
export function brigadeReachOf(actor: Actor): BrigadeReach {
  return {
    everything: runsBrigade(actor),
    organisations: organisationsHelped(actor),
    personId: actor.personId,
  };
}

/**
 * The organisations of which a person may be to join the brigade: those for which the actor runs it; null for any, which
 * an administrator of the whole installation has.
 */
export function directoratesOf(actor: Actor): string[] | null {
  const held = actor.roles.filter(({ role }) => BRIGADE_ROLES.includes(role));
  if (held.some(({ organisationId }) => organisationId === null)) return null;
  return held.map(({ organisationId }) => organisationId as string);
}

/** Who did it, for the ledger, with the role that counted. */
export function brigadeActorOf(actor: Actor): LedgerActor {
  const held =
    actor.roles.find(({ role }) => BRIGADE_ROLES.includes(role)) ??
    actor.roles.find(({ role }) => REQUESTER_ROLES.includes(role));
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
