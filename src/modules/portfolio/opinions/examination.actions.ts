// The examination of a request: complements that stop the clock, comments of consulted bodies, and silence, which the job
// records when the delay has passed. One transaction each, with its line in the ledger.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid, tidiedLines } from '#platform/typed-text.ts';
import { type ClockFacts, clockOn, isLateConsultation, lastDayOf } from './clock.rules.ts';
import { bearOpinion } from './opinion-effects.ts';
import { tellHolders } from './opinion-mail.ts';
import { bodyHasAnswered, requestIsElsewhere } from './opinions.errors.ts';
import { insertOpinion } from './opinions.repository.ts';
import type { OpinionRequest } from './opinions.types.ts';
import {
  answersForRequest,
  instructsRequest,
  ownConsultation,
  type RequestReach,
  requestActorOf,
} from './request-access.rules.ts';
import { lockedRequestAt, recordRequestEvent, requestAt } from './request-at.ts';
import {
  endWait,
  insertWait,
  listExpiredIds,
  lockRequest,
  updateClosed,
  updateConsultation,
} from './requests.repository.ts';
import { commentsAsTyped, textFaults } from './typed-opinion.rules.ts';

const BY_THE_CLOCK: LedgerActor = { kind: 'system', name: 'portfolio.opinion-clock' };
const EVERY_REQUEST: RequestReach = { all: true, organisationIds: [], consultedIds: [] };
const NO_AXES = { strategy: '', finance: '', governance: '', delivery: '', planning: '' } as const;

function factsOf({ submittedOn, delayMonths, waits }: OpinionRequest): ClockFacts {
  return { submittedOn: submittedOn ?? '', delayMonths: delayMonths ?? 1, suspensions: waits };
}

/**
 * Asks the ministry for complements: the clock stops on this day. Throws `not-found`, `role-required` (an instructor who is
 * not of the ministry), `invalid-input`, `portfolio.opinion-request-is-in-another-state`.
 */
export async function askComplements(
  kernel: Kernel,
  actor: Actor,
  id: string,
  typed: string,
): Promise<OpinionRequest> {
  const { db, clock, config } = kernel;
  await recordTacitIfDue(kernel, id);
  const now = clock.now();
  const asked = tidiedLines(typed);
  return db.transaction().execute(async (trx) => {
    const request = await lockedRequestAt(trx, actor, id);
    if (!instructsRequest(actor, request)) throw roleRequired();
    if (request.state !== 'submitted') throw requestIsElsewhere();
    const faults = textFaults('asked', asked);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const fromOn = dayIn(now, config.timeZone);
    const askedBy = requestActorOf(actor, request);
    await insertWait(trx, now, id, { fromOn, asked, askedBy });
    await recordRequestEvent(trx, now, id, { kind: 'suspended', actor: askedBy, data: { fromOn, asked } });
    await tellMinistry(trx, kernel, request, {
      fr: 'L’instructeur attend des compléments. Le délai est suspendu jusqu’à votre réponse.',
      en: 'The instructor awaits complements. The clock is stopped until you answer.',
    });
    return requestAt(trx, actor, id);
  });
}

/**
 * Gives the complements (the ministry), or resumes without them (an instructor, with the reason): the clock runs again, its
 * last day moved on by the days that it stood. Throws `not-found`, `role-required`, `invalid-input`,
 * `portfolio.opinion-request-is-in-another-state`.
 */
export async function resumeRequest(
  { db, clock, config }: Kernel,
  actor: Actor,
  id: string,
  typed: string,
): Promise<OpinionRequest> {
  const now = clock.now();
  const answer = tidiedLines(typed);
  return db.transaction().execute(async (trx) => {
    const request = await lockedRequestAt(trx, actor, id);
    if (!answersForRequest(actor, request) && !instructsRequest(actor, request)) throw roleRequired();
    if (request.state !== 'suspended') throw requestIsElsewhere();
    const faults = textFaults('answer', answer, 10, 10_000);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const untilOn = dayIn(now, config.timeZone);
    const suspensions = request.waits.map((wait) => ({ ...wait, until: wait.until ?? untilOn }));
    const lastDay = lastDayOf({ ...factsOf(request), suspensions });
    const endedBy = requestActorOf(actor, request);
    await endWait(trx, now, id, { untilOn, answer, endedBy, lastDay });
    await recordRequestEvent(trx, now, id, { kind: 'resumed', actor: endedBy, data: { untilOn, lastDay } });
    return requestAt(trx, actor, id);
  });
}

/**
 * Gives the comments of the consulted body that the actor is of; late ones are taken, and marked, while the request is open.
 * Throws `not-found`, `role-required`, `invalid-input`, `portfolio.opinion-consultation-is-answered`,
 * `portfolio.opinion-request-is-in-another-state` once it is closed.
 */
export async function answerConsultation(
  kernel: Kernel,
  actor: Actor,
  id: string,
  typed: { readonly stance: string; readonly comment: string },
): Promise<OpinionRequest> {
  const { db, clock, config } = kernel;
  await recordTacitIfDue(kernel, id);
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const request = await lockedRequestAt(trx, actor, id);
    const own = ownConsultation(actor, request);
    if (!own) throw roleRequired();
    if (request.closedAt !== null) throw requestIsElsewhere();
    const comments = commentsAsTyped(typed);
    if (Array.isArray(comments)) throw invalidInput({ fields: comments });
    const answeredOn = dayIn(now, config.timeZone);
    const held = actor.roles.find(({ organisationId }) => organisationId === own.organisationId);
    const answeredBy: LedgerActor = {
      kind: 'person',
      personId: actor.personId,
      ...(held ? { role: held.role } : {}),
    };
    const { body } = own;
    if (!(await updateConsultation(trx, now, id, { body, ...comments, answeredBy, answeredOn })))
      throw bodyHasAnswered();
    const late = isLateConsultation({ dueOn: own.dueOn, answered: false }, answeredOn);
    await recordRequestEvent(trx, now, id, {
      kind: 'commented',
      actor: answeredBy,
      data: { body, stance: comments.stance, late },
    });
    return requestAt(trx, actor, id);
  });
}

/**
 * Records that silence approved the request with this id, where its delay has passed; does nothing in every other case, as
 * often as it is called and from however many processes: the row is taken, then looked at again. An opinion being given at
 * the same moment either comes first, and is found here, or comes after, and is refused. @returns true where it recorded.
 */
export async function recordTacitIfDue(kernel: Kernel, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const { db, clock, config } = kernel;
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, EVERY_REQUEST, id);
    // Read after the row was taken: waiting for it may have lasted past midnight.
    const now = clock.now();
    if (request?.state !== 'submitted') return false;
    const clockState = clockOn(factsOf(request), dayIn(now, config.timeZone));
    if (clockState.kind !== 'expired') return false;
    await updateClosed(trx, now, id, { state: 'tacit' });
    const opinionId = await insertOpinion(trx, {
      requestId: id,
      fileId: request.fileId,
      kind: 'favourable',
      tacit: true,
      summary: '',
      axes: NO_AXES,
      recommendations: [],
      probability: null,
      effectiveOn: clockState.tacitOn,
      issuedAt: now,
      issuedBy: BY_THE_CLOCK,
    });
    await recordRequestEvent(trx, now, id, {
      kind: 'deemed-favourable',
      actor: BY_THE_CLOCK,
      data: { opinionId, lastDay: clockState.lastDay, effectiveOn: clockState.tacitOn },
    });
    const effect = { fileId: request.fileId, opinionId, kind: 'favourable', recommendations: [] } as const;
    await bearOpinion(trx, now, { ...effect, actor: BY_THE_CLOCK, probability: null, request }, kernel);
    await tellMinistry(trx, kernel, request, {
      fr: `Aucun avis n’a été rendu dans le délai\u00A0: il est réputé favorable depuis le ${clockState.tacitOn}.`,
      en: `No opinion was given within the delay: it is deemed favourable since ${clockState.tacitOn}.`,
    });
    return true;
  });
}

/** Requests of one look; what is left waits for the next. */
const MOST_EXPIRED = 500;

/** The job's work: records every approval by silence that is due. Each in a transaction of its own. */
export async function recordTacitApprovals(
  kernel: Kernel,
  signal: AbortSignal,
): Promise<{ recorded: number }> {
  const { db, clock, config } = kernel;
  let recorded = 0;
  for (const id of await listExpiredIds(db, dayIn(clock.now(), config.timeZone), MOST_EXPIRED)) {
    if (signal.aborted) break;
    if (await recordTacitIfDue(kernel, id)) recorded += 1;
  }
  return { recorded };
}

/** Tells the digital directors of the file's ministry of what happened to their request. */
export async function tellMinistry(
  trx: Trx,
  kernel: Pick<Kernel, 'mailer' | 'config' | 'clock'>,
  { id, number, organisationId, organisationParentId }: OpinionRequest,
  sentence: { readonly fr: string; readonly en: string },
): Promise<void> {
  const organisations = [organisationId, ...(organisationParentId === null ? [] : [organisationParentId])];
  await tellHolders(trx, kernel, organisations, ['digital-director'], {
    subject: { fr: `Demande d’avis n°\u00A0${number}`, en: `Request for opinion ${number}` },
    sentence,
    path: `/projects/opinions/requests/${id}`,
  });
}
