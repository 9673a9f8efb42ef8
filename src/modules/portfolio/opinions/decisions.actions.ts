// The opinion itself, given once, and its publications, from which passages are struck out. One transaction each.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { invalidInput } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { recordTacitIfDue, tellMinistry } from './examination.actions.ts';
import { bearOpinion } from './opinion-effects.ts';
import {
  classifiedIsSecret,
  complementsAreAwaited,
  opinionIsIssued,
  requestIsElsewhere,
  silenceSpoke,
} from './opinions.errors.ts';
import {
  findLastPublication,
  findOpinionOfRequest,
  insertOpinion,
  insertPublication,
} from './opinions.repository.ts';
import type { OpinionRequest } from './opinions.types.ts';
import { publishableTexts, redactedTexts, redactionsOf, type TypedPublication } from './publication.rules.ts';
import { instructsRequest, requestActorOf } from './request-access.rules.ts';
import { lockedRequestAt, recordRequestEvent, requestAt } from './request-at.ts';
import { updateClosed } from './requests.repository.ts';
import { opinionAsTyped, type TypedOpinion } from './typed-opinion.rules.ts';

/**
 * Gives the opinion. Of two decisions at the same time one wins, the other is told; so is who comes after silence. Throws
 * `not-found`, `role-required`, `invalid-input`, `portfolio.opinion-is-tacit`, `portfolio.opinion-is-issued`,
 * `portfolio.opinion-awaits-complements`, `portfolio.opinion-request-is-in-another-state`.
 */
export async function issueOpinion(
  kernel: Kernel,
  actor: Actor,
  id: string,
  typed: TypedOpinion,
): Promise<OpinionRequest> {
  const { db, clock, config } = kernel;
  await recordTacitIfDue(kernel, id);
  return db.transaction().execute(async (trx) => {
    const request = await lockedRequestAt(trx, actor, id);
    const now = clock.now();
    if (!instructsRequest(actor, request)) throw roleRequired();
    refuseUnlessRunning(request);
    const today = dayIn(now, config.timeZone);
    // Midnight may have passed since silence was looked for.
    if (request.lastDay !== null && today > request.lastDay) throw silenceSpoke();
    const opinion = opinionAsTyped(typed, today);
    if (Array.isArray(opinion)) throw invalidInput({ fields: opinion });
    const issuedBy = requestActorOf(actor, request);
    await updateClosed(trx, now, id, { state: 'issued' });
    const { fileId } = request;
    const opinionId = await insertOpinion(trx, {
      ...opinion,
      requestId: id,
      fileId,
      tacit: false,
      effectiveOn: today,
      issuedAt: now,
      issuedBy,
    });
    const { kind, probability, recommendations } = opinion;
    await recordRequestEvent(trx, now, id, {
      kind: 'decided',
      actor: issuedBy,
      data: {
        opinionId,
        opinion: kind,
        conforming: request.conforming,
        probability,
        frame: { costCents: request.costCents, endOn: request.endOn },
        recommendations: recommendations.length,
      },
    });
    const effect = { fileId, opinionId, kind, probability, recommendations, actor: issuedBy, request };
    await bearOpinion(trx, now, effect, kernel);
    await tellMinistry(trx, kernel, request, {
      fr: 'L’avis sur votre projet est rendu.',
      en: 'The opinion on your project is given.',
    });
    return requestAt(trx, actor, id);
  });
}

function refuseUnlessRunning({ state }: OpinionRequest): void {
  if (state === 'tacit') throw silenceSpoke();
  if (state === 'issued' || state === 'withdrawn') throw opinionIsIssued();
  if (state === 'suspended') throw complementsAreAwaited();
  if (state !== 'submitted') throw requestIsElsewhere();
}

/**
 * Publishes the opinion of a request without the passages that are marked; once more where a ground has fallen. Throws
 * `not-found`, `role-required`, `invalid-input`, `portfolio.opinion-is-classified`,
 * `portfolio.opinion-request-is-in-another-state` while there is no opinion.
 */
export async function publishOpinion(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  actor: Actor,
  id: string,
  typed: TypedPublication,
): Promise<string> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const request = await lockedRequestAt(trx, actor, id);
    if (!instructsRequest(actor, request)) throw roleRequired();
    const opinion = await findOpinionOfRequest(trx, id);
    if (!opinion) throw requestIsElsewhere();
    if (opinion.classified) throw classifiedIsSecret();
    const texts = publishableTexts(opinion);
    const asked = redactionsOf(texts, typed);
    if (Array.isArray(asked)) throw invalidInput({ fields: asked });
    const { ground, redactions } = asked;
    const { summary, recommendations, ...axes } = redactedTexts(texts, redactions);
    const edition = ((await findLastPublication(trx, opinion.id))?.edition ?? 0) + 1;
    const { kind, tacit, conforming, effectiveOn, costCents, endOn, probability } = opinion;
    const publishedBy = requestActorOf(actor, request);
    await insertPublication(trx, {
      opinionId: opinion.id,
      edition,
      publishedAt: now,
      publishedBy,
      ground,
      redactions,
      published: {
        project: opinion.fileName,
        organisation: opinion.organisationName,
        kind,
        tacit,
        conforming,
        effectiveOn,
        costCents,
        endOn,
        probability,
        summary,
        axes,
        recommendations: recommendations === '' ? [] : recommendations.split('\n'),
        ground,
      },
    });
    await recordRequestEvent(trx, now, id, {
      kind: 'published',
      actor: publishedBy,
      data: { opinionId: opinion.id, edition, ground, passages: redactions.length },
    });
    return opinion.id;
  });
}
