// Who sees and does what with contracts. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Contract, ContractState, Decision } from './contracts.types.ts';

/** Roles that draft and sign for their organisation. */
const OWNER_ROLES: readonly Role[] = ['product-team', 'digital-director'];

/** Which contracts a query may read: all, those that both parties signed, or these and one's own. */
export type ContractReach =
  | 'all'
  | 'public'
  | {
      readonly organisationIds: readonly string[];
      readonly personId: string;
      /** Without the public contracts of others. */
      readonly onlyOwn: boolean;
    };

/** How a list of contracts is narrowed. */
export interface ContractFilter {
  readonly search?: string;
  readonly state?: ContractState;
  readonly decision?: Decision;
  readonly organisationId?: string;
}

/** The organisations for which the actor drafts and signs contracts. */
export function organisationsOwnedBy(actor: Actor): string[] {
  const ids = actor.roles
    .filter(({ role, organisationId }) => OWNER_ROLES.includes(role) && organisationId !== null)
    .map(({ organisationId }) => organisationId as string);
  return [...new Set(ids)];
}

/** Tells whether the actor drafts, amends and signs for the organisation that owns the contract. */
export function ownsContract(actor: Actor, { organisationId }: Pick<Contract, 'organisationId'>): boolean {
  return organisationsOwnedBy(actor).includes(organisationId);
}

/** Tells whether the actor signs for the State and audits: an auditor who is not of the team that owns the contract. */
export function actsForTheState(actor: Actor, contract: Pick<Contract, 'organisationId'>): boolean {
  return actor.roles.some(({ role }) => role === 'auditor') && !ownsContract(actor, contract);
}

/** Tells whether the actor is the reviewer whom the terms in force name. */
export function reviewsContract(actor: Actor, { terms }: Pick<Contract, 'terms'>): boolean {
  return terms.reviewerPersonId === actor.personId;
}

function sees(actor: Actor): boolean {
  return actor.roles.some(({ role }) => role === 'auditor' || role === 'administrator');
}

/** The contracts that the actor (null: nobody) may read. */
export function contractsSeenBy(actor: Actor | null): ContractReach {
  if (actor === null) return 'public';
  if (sees(actor)) return 'all';
  return { organisationIds: organisationsOwnedBy(actor), personId: actor.personId, onlyOwn: false };
}

/** The contracts that the actor has a part in: of their organisations, to review, or (auditors) all. */
export function contractsOf(actor: Actor): ContractReach {
  if (sees(actor)) return 'all';
  return { organisationIds: organisationsOwnedBy(actor), personId: actor.personId, onlyOwn: true };
}

/** Who did it, for the ledger: in their role of the owner's organisation, else as auditor, else as themselves. */
export function contractActorOf(
  actor: Actor,
  { organisationId }: Pick<Contract, 'organisationId'>,
): LedgerActor {
  const held =
    actor.roles.find(({ role, organisationId: at }) => OWNER_ROLES.includes(role) && at === organisationId) ??
    actor.roles.find(({ role }) => role === 'auditor');
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
