// What may be done to a request, from which state, by whom, and where it leads: one table. Pure.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { organisationsWhere } from '../consumers/consumer-access.rules.ts';
import type { AccreditationRequest, RequestReach, RequestState } from './requests.types.ts';

/** Roles that apply for accreditations in the name of their organisation. */
export const APPLICANT_ROLES: readonly Role[] = ['api-consumer', 'product-team'];

/** Roles of the distributor that decide. */
export const INSTRUCTOR_ROLES: readonly Role[] = ['auditor', 'administrator'];

/** What part an actor has in a request. */
export type Part = 'applicant' | 'instructor' | 'colleague' | 'producer';

/** Steps that change a request's state, and those that leave it. */
export type RequestStep =
  | 'edit'
  | 'submit'
  | 'request-changes'
  | 'validate'
  | 'refuse'
  | 'reopen'
  | 'cancel-reopening'
  | 'archive'
  | 'revoke'
  | 'hand-over'
  | 'copy'
  | 'transfer'
  | 'message';

interface Transition {
  readonly step: RequestStep;
  readonly from: readonly RequestState[];
  /** True: only of a reopened one. False: only of one that is not. Absent: of both. */
  readonly reopened?: boolean;
  readonly by: readonly Part[];
  /** Null: the state stays. */
  readonly to: RequestState | null;
}

const BEING_WRITTEN: readonly RequestState[] = ['draft', 'changes-requested'];
const UNDER_WAY: readonly RequestState[] = ['draft', 'changes-requested', 'submitted'];

/** Every step. A reopened request that is refused, or whose reopening is cancelled, is validated as it was. */
export const TRANSITIONS: readonly Transition[] = [
  { step: 'edit', from: BEING_WRITTEN, by: ['applicant'], to: null },
  { step: 'submit', from: BEING_WRITTEN, by: ['applicant'], to: 'submitted' },
  { step: 'request-changes', from: ['submitted'], by: ['instructor'], to: 'changes-requested' },
  { step: 'validate', from: ['submitted'], by: ['instructor'], to: 'validated' },
  { step: 'refuse', from: ['submitted'], reopened: false, by: ['instructor'], to: 'refused' },
  { step: 'refuse', from: ['submitted'], reopened: true, by: ['instructor'], to: 'validated' },
  { step: 'reopen', from: ['validated'], by: ['applicant', 'instructor'], to: 'draft' },
  {
    step: 'cancel-reopening',
    from: UNDER_WAY,
    reopened: true,
    by: ['applicant', 'instructor'],
    to: 'validated',
  },
  {
    step: 'archive',
    from: [...UNDER_WAY, 'refused'],
    reopened: false,
    by: ['applicant', 'instructor'],
    to: 'archived',
  },
  { step: 'revoke', from: ['validated'], by: ['instructor'], to: 'revoked' },
  { step: 'revoke', from: UNDER_WAY, reopened: true, by: ['instructor'], to: 'revoked' },
  { step: 'hand-over', from: ['draft'], reopened: false, by: ['instructor'], to: null },
  {
    step: 'copy',
    from: [...UNDER_WAY, 'validated', 'refused', 'archived', 'revoked'],
    by: ['applicant', 'colleague'],
    to: null,
  },
  { step: 'transfer', from: [...BEING_WRITTEN, 'validated'], by: ['applicant', 'instructor'], to: null },
  {
    step: 'message',
    from: [...UNDER_WAY, 'validated', 'refused', 'revoked'],
    by: ['applicant', 'instructor'],
    to: null,
  },
];

/** The organisations in whose name the actor applies. */
export function organisationsAppliedFor(actor: Actor): string[] {
  return organisationsWhere(actor, APPLICANT_ROLES);
}

/** Tells whether the actor decides on requests. */
export function instructs(actor: Actor): boolean {
  return actor.roles.some(({ role }) => INSTRUCTOR_ROLES.includes(role));
}

/** Which requests the actor sees. */
export function requestsSeenBy(actor: Actor): RequestReach {
  return {
    everything: actor.roles.some(({ role }) => role === 'administrator'),
    instructs: instructs(actor),
    consumers: organisationsAppliedFor(actor),
    producers: organisationsWhere(actor, ['data-producer']),
  };
}

/** What the rules ask of a request. */
export type StandingRequest = Pick<
  AccreditationRequest,
  'state' | 'reopenedAt' | 'applicantId' | 'organisationId' | 'producerIds' | 'claimableByEmail'
>;

/**
 * The parts that the actor has in a request. An instructor who applied themselves does not decide on it; while nobody
 * has claimed a draft that an instructor prepared, instructors stand for its applicant.
 */
export function partsIn(actor: Actor, request: StandingRequest): Part[] {
  const applies = organisationsAppliedFor(actor).includes(request.organisationId);
  const parts: Part[] = [];
  if (request.applicantId === actor.personId && applies) parts.push('applicant');
  else if (instructs(actor)) parts.push('instructor');
  if (applies) parts.push('colleague');
  if (organisationsWhere(actor, ['data-producer']).some((id) => request.producerIds.includes(id)))
    parts.push('producer');
  return parts;
}

function fits({ step, from, reopened }: Transition, asked: RequestStep, request: StandingRequest): boolean {
  if (step !== asked || !from.includes(request.state)) return false;
  return reopened === undefined || reopened === (request.reopenedAt !== null);
}

/** The state after a step; null where it stays. Undefined when the request's state does not allow it. */
export function stateAfter(step: RequestStep, request: StandingRequest): RequestState | null | undefined {
  return TRANSITIONS.find((transition) => fits(transition, step, request))?.to;
}

/** Tells whether the actor's part allows a step, whatever the state is. */
export function hasPartFor(actor: Actor, step: RequestStep, request: StandingRequest): boolean {
  const parts = partsIn(actor, request);
  const waitsForClaim = request.applicantId === null;
  if (step === 'hand-over') return waitsForClaim && parts.includes('instructor');
  if (step === 'edit' && waitsForClaim) return parts.includes('instructor');
  return TRANSITIONS.some(({ step: of, by }) => of === step && by.some((part) => parts.includes(part)));
}

/** Tells whether the actor may take a step now. */
export function mayTake(actor: Actor, step: RequestStep, request: StandingRequest): boolean {
  if (stateAfter(step, request) === undefined) return false;
  return hasPartFor(actor, step, request);
}

/** Who did it, for the ledger: an instructor in that role, anybody else in their role in the organisation. */
export function requestActorInLedger(
  actor: Actor,
  request: Pick<StandingRequest, 'applicantId' | 'organisationId'>,
): LedgerActor {
  const own = actor.roles.find(
    ({ role, organisationId }) => APPLICANT_ROLES.includes(role) && organisationId === request.organisationId,
  );
  const distributor = actor.roles.find(({ role }) => INSTRUCTOR_ROLES.includes(role));
  const held = request.applicantId === actor.personId ? own : (distributor ?? own);
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
