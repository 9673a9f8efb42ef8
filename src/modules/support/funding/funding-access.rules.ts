// Who sees and changes what of funding. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Application } from './funding.types.ts';

const APPLYING: readonly Role[] = ['agent', 'product-team', 'digital-director', 'data-producer'];
const RUNNING: readonly Role[] = ['auditor', 'administrator'];

/** Whose applications somebody sees: all, or those of these organisations. */
export type ApplicationReach = 'all' | readonly string[];

/** Tells whether the actor runs windows: decides on eligibility, awards, agreements and payments. */
export function runsWindows(actor: Actor | null): boolean {
  return actor?.roles.some(({ role }) => RUNNING.includes(role)) ?? false;
}

/** The organisations for which the actor applies. */
export function appliesFor(actor: Actor): string[] {
  return [
    ...new Set(
      actor.roles.flatMap(({ role, organisationId }) =>
        APPLYING.includes(role) && organisationId !== null ? [organisationId] : [],
      ),
    ),
  ];
}

/** The applications that the actor sees. Juries see theirs on their own pages. */
export function applicationsSeenBy(actor: Actor): ApplicationReach {
  return runsWindows(actor) ? 'all' : appliesFor(actor);
}

/** Tells whether the actor belongs to an organisation, in whatever role: nobody scores or verifies what is their own. */
export function belongsTo(actor: Actor, organisationId: string): boolean {
  return actor.roles.some((held) => held.organisationId === organisationId);
}

/** Tells whether the actor is a third party to the application, who may verify and pay what it brought. */
export function isThirdParty(
  actor: Actor,
  { organisationId, applicantId }: Pick<Application, 'organisationId' | 'applicantId'>,
): boolean {
  return actor.personId !== applicantId && !belongsTo(actor, organisationId);
}

/** Tells whether its organisation may still name the contract that the money is given against. */
export function mayNameContract({ state, stateSigned }: Pick<Application, 'state' | 'stateSigned'>): boolean {
  return ['draft', 'submitted', 'eligible', 'scored', 'awarded'].includes(state) && stateSigned === null;
}

/** Who did it, for the ledger: as whoever runs windows, else in the role held in that organisation. */
export function fundingActor(actor: Actor, organisationId: string | null): LedgerActor {
  const held =
    actor.roles.find((own) => own.organisationId === organisationId && APPLYING.includes(own.role)) ??
    actor.roles.find(({ role }) => RUNNING.includes(role));
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
