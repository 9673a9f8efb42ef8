// The request that an address names, as far as whoever asks may see it, and what of its form they see.
import type { Actor } from '#platform/access.ts';
import type { Db } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { isUuid } from '#platform/typed-text.ts';
import { listRequestEvents } from './request-events.repository.ts';
import type { RequestForm } from './request-fields.data.ts';
import { lastSubmitted } from './request-history.rules.ts';
import { organisationsAppliedFor, requestsSeenBy } from './request-states.rules.ts';
import { findRequest, listRequestedScopes } from './requests.repository.ts';
import type { AccreditationRequest, RequestEvent, RequestedScope } from './requests.types.ts';

/** The request with this id. Throws `not-found` when there is none that the actor sees. */
export async function requestAt(db: Db, actor: Actor, id: string): Promise<AccreditationRequest> {
  const request = isUuid(id) ? await findRequest(db, requestsSeenBy(actor), id) : undefined;
  if (!request) throw notFound();
  return request;
}

/** A request with its scopes and history, as one reader sees it. */
export interface SeenRequest {
  readonly request: AccreditationRequest;
  readonly form: RequestForm;
  /** True for the form as last submitted, which is all that others than the applicant's side see while it is changed. */
  readonly isAsSubmitted: boolean;
  readonly scopes: readonly RequestedScope[];
  readonly events: readonly RequestEvent[];
}

/**
 * The request with this id as the actor sees it: while it is written again after a submission, whoever is not of its
 * organisation sees what was submitted. Throws `not-found`.
 */
export async function seenRequest(db: Db, actor: Actor, id: string): Promise<SeenRequest> {
  const request = await requestAt(db, actor, id);
  const [scopes, events] = await Promise.all([listRequestedScopes(db, id), listRequestEvents(db, id)]);
  const isOwn = organisationsAppliedFor(actor).includes(request.organisationId);
  const isWritten = request.state === 'draft' || request.state === 'changes-requested';
  const submitted = isWritten && !isOwn ? lastSubmitted(events) : null;
  if (submitted === null) return { request, form: request.form, isAsSubmitted: false, scopes, events };
  const kept = new Set(submitted.scopes.map(({ scopeId }) => scopeId));
  const shown = scopes.filter(({ scopeId }) => kept.has(scopeId));
  return { request, form: submitted.form, isAsSubmitted: true, scopes: shown, events };
}
