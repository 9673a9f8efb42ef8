// For which organisations an actor holds a role. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';

/** Roles that call APIs for their organisation. */
export const CONSUMER_ROLES: readonly Role[] = ['api-consumer', 'product-team'];

/** The organisations in which the actor holds one of these roles. */
export function organisationsWhere(actor: Actor, roles: readonly Role[]): string[] {
  const ids = actor.roles.flatMap(({ role, organisationId }) =>
    roles.includes(role) && organisationId !== null ? [organisationId] : [],
  );
  return [...new Set(ids)];
}
