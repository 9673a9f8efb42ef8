// Who sees and does what with requests for opinions. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import {
  draftsFile,
  fileActorOf,
  instructsFile,
  keepsFile,
  organisationsKeptBy,
} from '../files/file-access.rules.ts';
import type { Consultation, OpinionRequest } from './opinions.types.ts';

/** Roles that answer for a consulted body. */
const CONSULTED_ROLES: readonly Role[] = ['agent', 'product-team', 'digital-director'];

/** Which requests a query may read: every one but drafts where `all`; those of organisations, and those they comment on. */
export interface RequestReach {
  readonly all: boolean;
  /** Of these organisations and of those below them, drafts too. */
  readonly organisationIds: readonly string[];
  /** On which these bodies are consulted. */
  readonly consultedIds: readonly string[];
}

/** The organisations for which the actor answers consultations. */
export function bodiesOf(actor: Actor): string[] {
  const held = actor.roles.filter(({ role }) => CONSULTED_ROLES.includes(role));
  return [...new Set(held.flatMap(({ organisationId }) => organisationId ?? []))];
}

/** The requests that the actor may read. */
export function requestsSeenBy(actor: Actor): RequestReach {
  return {
    all: oversees(actor),
    organisationIds: organisationsKeptBy(actor),
    consultedIds: bodiesOf(actor),
  };
}

/** Tells whether the actor reads every request: auditors and administrators. */
export function oversees(actor: Actor): boolean {
  return actor.roles.some(({ role }) => role === 'auditor' || role === 'administrator');
}

type Owned = Pick<OpinionRequest, 'organisationId' | 'organisationParentId'>;

/** Tells whether the actor writes the request: people of the file's ministry. */
export function draftsRequest(actor: Actor, request: Owned): boolean {
  return draftsFile(actor, request);
}

/** Tells whether the actor answers for it: submits, completes and withdraws it. */
export function answersForRequest(actor: Actor, request: Owned): boolean {
  return keepsFile(actor, request);
}

/** Tells whether the actor examines it and gives the opinion: an auditor who is not of the ministry. */
export function instructsRequest(actor: Actor, request: Owned): boolean {
  return instructsFile(actor, request);
}

/** The consultation that the actor may answer; undefined where they are of no consulted body. */
export function ownConsultation(
  actor: Actor,
  { consultations }: Pick<OpinionRequest, 'consultations'>,
): Consultation | undefined {
  const ids = bodiesOf(actor);
  return consultations.find(({ organisationId }) => ids.includes(organisationId));
}

/** Tells whether the actor reads what the instruction and the consulted bodies write to each other. */
export function readsExamination(actor: Actor, request: Pick<OpinionRequest, 'consultations'>): boolean {
  return oversees(actor) || ownConsultation(actor, request) !== undefined;
}

/** Who did it, for the ledger: in their role of the ministry, else as an auditor, else as themselves. */
export function requestActorOf(actor: Actor, request: Owned): LedgerActor {
  return fileActorOf(actor, request);
}

/** Tells whether an opinion binds (decree, article 3): the State's own ministries, and no supervised body. */
export function isConforming(organisationKind: string): boolean {
  return ['state', 'ministry', 'directorate'].includes(organisationKind);
}
