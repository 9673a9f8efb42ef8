// The opinion itself, given once, and its publications, from which passages are struck out. One transaction each.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
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
import { AXES, GROUNDS, type Ground, type Opinion, type OpinionRequest } from './opinions.types.ts';
import { type Redaction, redacted, redactionsAsMarked } from './redaction.rules.ts';
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

/** The texts of an opinion that may be struck out, by their field. */
export function publishableTexts({
  summary,
  axes,
  recommendations,
}: Pick<Opinion, 'summary' | 'axes' | 'recommendations'>) {
  return {
    summary,
    ...axes,
    recommendations: recommendations.map(({ text }) => text.replaceAll('\n', ' ')).join('\n'),
  };
}

/** The fields of those texts. */
export const PUBLISHED_FIELDS = ['summary', ...AXES, 'recommendations'] as const;

/** What is asked of a publication: each text with its passages between double brackets, and on what ground. */
export interface TypedPublication extends Readonly<Record<string, unknown>> {
  readonly ground: string;
}

/** The passages that are marked in copies of `texts`, or the faults of the fields that are no copies. */
export function redactionsOf(
  texts: Readonly<Record<string, string>>,
  typed: TypedPublication,
): { ground: Ground; redactions: Redaction[] } | FieldError[] {
  const faults: FieldError[] = [];
  const redactions = Object.entries(texts).flatMap(([field, text]) => {
    const marked = typed[field];
    if (text === '' || marked === undefined) return [];
    const found = redactionsAsMarked(field, text, String(marked));
    if (found === null)
      faults.push({
        field,
        text: {
          fr: 'Ne changez rien à ce texte\u00A0: mettez seulement entre doubles crochets [[ ]] ce qui doit être occulté.',
          en: 'Change nothing in this text: only put double brackets [[ ]] around what must be struck out.',
        },
      });
    return found ?? [];
  });
  const ground = GROUNDS.find((one) => one === typed.ground);
  if (!ground || (ground === 'none') !== (redactions.length === 0))
    faults.push({
      field: 'ground',
      text: {
        fr: 'Dites pourquoi des passages sont occultés, ou qu’aucun ne l’est.',
        en: 'Say on what ground passages are struck out, or that none is.',
      },
    });
  return faults.length > 0 || !ground ? faults : { ground, redactions };
}

/** `texts` without their passages. */
export function redactedTexts<F extends string>(
  texts: Readonly<Record<F, string>>,
  redactions: readonly Redaction[],
): Record<F, string> {
  return Object.fromEntries(
    Object.entries<string>(texts).map(([field, text]) => [
      field,
      redacted(
        text,
        redactions.filter((one) => one.field === field),
      ),
    ]),
  ) as Record<F, string>;
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
