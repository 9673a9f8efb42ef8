// Who sees and changes which services and resources. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { ServiceScope } from './services.types.ts';

/** Roles that hold services for their organisation. */
const TEAM_ROLES: readonly Role[] = ['product-team', 'digital-director', 'api-consumer', 'data-producer'];

/** Roles that see every service. */
const OVERSEERS: readonly Role[] = ['administrator', 'auditor'];

/** Roles that register resources of their organisation. */
const PRODUCER_ROLES: readonly Role[] = ['data-producer'];

/** Roles that grant their organisation's resources. */
const GRANTING_ROLES: readonly Role[] = ['data-producer', 'digital-director', 'product-team'];

function organisationsWhere(actor: Actor, roles: readonly Role[]): string[] {
  const ids = actor.roles
    .filter(({ role, organisationId }) => roles.includes(role) && organisationId !== null)
    .map(({ organisationId }) => organisationId as string);
  return [...new Set(ids)];
}

function holds(actor: Actor, roles: readonly Role[]): boolean {
  return actor.roles.some(({ role }) => roles.includes(role));
}

/** The services that the actor sees: all, or those of the organisations where they are of a team. */
export function servicesSeenBy(actor: Actor): ServiceScope {
  return holds(actor, OVERSEERS) ? 'all' : organisationsWhere(actor, TEAM_ROLES);
}

/** The services that the actor changes: an auditor sees all and changes none but those of a team of theirs. */
export function servicesManagedBy(actor: Actor): ServiceScope {
  return holds(actor, ['administrator']) ? 'all' : organisationsWhere(actor, TEAM_ROLES);
}

/** The organisations whose resources the actor registers and changes. */
export function resourcesManagedBy(actor: Actor): ServiceScope {
  return holds(actor, ['administrator']) ? 'all' : organisationsWhere(actor, PRODUCER_ROLES);
}

/** The organisations whose resources the actor grants and withdraws. */
export function resourcesGrantedBy(actor: Actor): ServiceScope {
  return holds(actor, ['administrator']) ? 'all' : organisationsWhere(actor, GRANTING_ROLES);
}

/** The organisations of which the actor sees who was granted their resources. */
export function grantsSeenBy(actor: Actor): ServiceScope {
  return holds(actor, OVERSEERS) ? 'all' : organisationsWhere(actor, GRANTING_ROLES);
}

/** Tells whether `scope` holds the organisation. */
export function isWithin(scope: ServiceScope, organisationId: string): boolean {
  return scope === 'all' || scope.includes(organisationId);
}

/** Tells whether the actor decides on reviews and suspends services. */
export function oversees(actor: Actor): boolean {
  return holds(actor, OVERSEERS);
}

/**
 * Who did it, for the ledger: in their role of the team in that organisation, else as administrator or auditor.
 */
export function ledgerActorOf(actor: Actor, organisationId: string): LedgerActor {
  const held =
    actor.roles.find(({ role, organisationId: at }) => TEAM_ROLES.includes(role) && at === organisationId) ??
    actor.roles.find(({ role }) => OVERSEERS.includes(role));
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}

/** The same for who decides: as administrator or auditor first. */
export function ledgerOverseerOf(actor: Actor): LedgerActor {
  const held = actor.roles.find(({ role }) => OVERSEERS.includes(role));
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
