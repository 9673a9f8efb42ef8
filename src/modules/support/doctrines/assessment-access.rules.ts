// Who sees and changes which assessments. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';

/** Roles that assess the subjects of their organisation. */
const ASSESSING: readonly Role[] = ['agent', 'product-team', 'digital-director', 'data-producer'];

/** Roles that see every assessment, publish versions and decide on exemptions. */
const OVERSEERS: readonly Role[] = ['auditor', 'administrator'];

/** Whose assessments somebody sees: all, or those of these organisations. */
export type AssessmentReach = 'all' | readonly string[];

/** Tells whether the actor sees every assessment, publishes versions and decides on exemptions. */
export function oversees(actor: Actor): boolean {
  return actor.roles.some(({ role }) => OVERSEERS.includes(role));
}

/** The organisations whose subjects the actor assesses. */
export function assessesFor(actor: Actor): string[] {
  const ids = actor.roles.flatMap(({ role, organisationId }) =>
    ASSESSING.includes(role) && organisationId !== null ? [organisationId] : [],
  );
  return [...new Set(ids)];
}

/** The assessments that the actor sees. */
export function assessmentsSeenBy(actor: Actor): AssessmentReach {
  return oversees(actor) ? 'all' : assessesFor(actor);
}

/** Tells whether the actor declares for this organisation's subjects. */
export function mayAssess(actor: Actor, organisationId: string): boolean {
  return assessesFor(actor).includes(organisationId);
}

/** Tells whether the actor decides on this exemption: an overseer who did not ask for it. */
export function mayDecide(actor: Actor, { askedBy }: { readonly askedBy: string }): boolean {
  return oversees(actor) && actor.personId !== askedBy;
}

/** Who did it, for the ledger: in their role of that organisation, else as overseer. Null stands for no organisation. */
export function ledgerActorOf(actor: Actor, organisationId: string | null): LedgerActor {
  const held =
    actor.roles.find(({ role, organisationId: at }) => at === organisationId && ASSESSING.includes(role)) ??
    actor.roles.find(({ role }) => OVERSEERS.includes(role));
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
