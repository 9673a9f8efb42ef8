// A request with all that its page and its JSON show, as far as the reader sees it, and what they may do to it.
import type { Actor } from '#platform/access.ts';
import type { Db } from '#platform/database/connection.ts';
import { findOpinionOfRequest } from './opinions.repository.ts';
import type { ClockedRequest, Opinion, OpinionRequest } from './opinions.types.ts';
import type { RequestMoves, RequestView } from './request.pages.ts';
import {
  answersForRequest,
  draftsRequest,
  instructsRequest,
  ownConsultation,
  readsExamination,
} from './request-access.rules.ts';
import { clockOf, requestAt } from './request-at.ts';
import { listGroupedWith } from './signals.repository.ts';

/**
 * The request as the actor reads it: what consulted bodies wrote is for those who examine, and a body reads its own
 * comments alone until the opinion is given.
 */
export function asSeenBy(actor: Actor, request: OpinionRequest, today: string): ClockedRequest {
  const clock = clockOf(request, today);
  if (readsExamination(actor, request)) return { ...request, clock };
  const hidden = { stance: null, comment: '', answeredBy: null } as const;
  return { ...request, clock, consultations: request.consultations.map((one) => ({ ...one, ...hidden })) };
}

/** All of a request. Throws `not-found`. */
export async function seenRequest(
  db: Db,
  actor: Actor,
  id: string,
  today: string,
): Promise<Omit<RequestView, 'timeZone'>> {
  const request = await requestAt(db, actor, id);
  const [opinion, grouped] = await Promise.all([
    findOpinionOfRequest(db, id),
    listGroupedWith(db, request.fileId),
  ]);
  return {
    request: asSeenBy(actor, request, today),
    opinion,
    grouped,
    today,
    moves: movesOf(actor, request, opinion, today),
    seesComments: readsExamination(actor, request),
  };
}

function movesOf(
  actor: Actor,
  request: OpinionRequest,
  opinion: Opinion | undefined,
  today: string,
): RequestMoves {
  const { state } = request;
  const clock = clockOf(request, today);
  const runs = clock?.kind === 'running';
  const answers = answersForRequest(actor, request);
  const instructs = instructsRequest(actor, request);
  return {
    decide: instructs && runs,
    complements: instructs && runs,
    resume: instructs && state === 'suspended',
    answer: answers && state === 'suspended',
    comment: ownConsultation(actor, request)?.stance === null && (runs || state === 'suspended'),
    edit: draftsRequest(actor, request) && state === 'draft',
    submit: answers && state === 'draft',
    withdraw: answers && (state === 'draft' || state === 'suspended' || runs),
    publish: instructs && opinion !== undefined && !opinion.classified,
  };
}
