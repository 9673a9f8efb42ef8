// Who sees and does what with audits. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Audit } from './audits.types.ts';

/** Which audits a query may read in full: one's missions, those one asked for, and (auditors) those to be staffed. */
export interface AuditReach {
  readonly personId: string;
  /** Organisations for which the actor asks. */
  readonly requesterIds: readonly string[];
  readonly staffs: boolean;
}

function organisationsAs(actor: Actor, role: Role): string[] {
  const held = actor.roles.filter((one) => one.role === role);
  return [...new Set(held.flatMap(({ organisationId }) => organisationId ?? []))];
}

/** The organisations in whose name the actor asks for audits and is told of them. */
export function organisationsDirectedBy(actor: Actor): string[] {
  return organisationsAs(actor, 'digital-director');
}

/** Tells whether the actor carries audits out: an auditor of the directorate. */
export function carriesOutAudits(actor: Actor): boolean {
  return actor.roles.some(({ role }) => role === 'auditor');
}

/** The audits that the actor reads in full. */
export function auditsSeenBy(actor: Actor): AuditReach {
  return {
    personId: actor.personId,
    requesterIds: organisationsDirectedBy(actor),
    staffs: carriesOutAudits(actor),
  };
}

/** Tells whether the actor is of the mission. */
export function isOfMission(actor: Actor, { members }: Pick<Audit, 'members'>): boolean {
  return members.some(({ personId }) => personId === actor.personId);
}

/** Tells whether the actor asked for the audit, in the name of an organisation. */
export function asksForAudit(actor: Actor, { requesterId }: Pick<Audit, 'requesterId'>): boolean {
  return organisationsDirectedBy(actor).includes(requesterId);
}

/** Who did it, for the ledger: in the role that the deed asks for. */
export function auditActorOf(actor: Actor): LedgerActor {
  const held = actor.roles.find(({ role }) => role === 'auditor' || role === 'digital-director');
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
