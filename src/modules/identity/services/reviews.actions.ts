// Intentions on requests to go into production: ask, withdraw, decide. Each is one transaction with its line in the ledger.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { hasControlCharacter, isUuid } from '#platform/typed-text.ts';
import { countLiveCredentials } from './credentials.repository.ts';
import { claimsNotGranted, needsForProduction } from './production.rules.ts';
import { tellContact } from './review-mail.ts';
import {
  findReview,
  findServiceOfReview,
  findWaitingReview,
  insertReview,
  updateReviewDecision,
  withdrawWaitingReview,
} from './reviews.repository.ts';
import { needText } from './reviews.rules.ts';
import { ledgerActorOf, ledgerOverseerOf, oversees } from './service-access.rules.ts';
import { lockManagedService, reasonAsTyped, recordServiceEvent } from './services.actions.ts';
import {
  changedSinceRead,
  nothingToReview,
  notReadyForProduction,
  ownReview,
  reviewIsDecided,
  reviewWaitsAlready,
  serviceIsElsewhere,
} from './services.errors.ts';
import { grantClaims, lockService, updateServiceState } from './services.repository.ts';
import { tidiedLines } from './services.rules.ts';
import type { NamedService } from './services.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** Throws `identity.not-ready-for-production` with what production asks for and the service lacks. */
async function assertReady(trx: Trx, service: NamedService): Promise<void> {
  const needs = needsForProduction(service, await countLiveCredentials(trx, service.id));
  if (needs.length === 0) return;
  throw notReadyForProduction({ fields: needs.map((need) => ({ field: '', text: needText(need) })) });
}

/**
 * Asks for production, or, for a service that is there, for the claims that were not granted yet. Throws as
 * `lockManagedService` does, `identity.not-ready-for-production`, `identity.review-waits-already`,
 * `identity.nothing-to-review`, or `identity.service-is-in-another-state` while it is suspended.
 * @returns the request's id.
 */
export async function askForProduction(
  { db, clock }: Needs,
  actor: Actor,
  serviceId: string,
  typedMessage: string,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const service = await lockManagedService(trx, actor, serviceId);
    if (service.state === 'suspended') throw serviceIsElsewhere({ detail: { state: service.state } });
    if (service.state === 'production' && claimsNotGranted(service).length === 0) throw nothingToReview();
    if ((await findWaitingReview(trx, serviceId)) !== undefined) throw reviewWaitsAlready();
    await assertReady(trx, service);
    const message = tidiedLines(typedMessage);
    if (message.length > 1000 || hasControlCharacter(message.replaceAll('\n', ''))) {
      throw invalidInput({
        fields: [
          {
            field: 'message',
            text: {
              fr: 'Gardez 1\u00A0000 caractères au plus.',
              en: 'Keep at most 1,000 characters.',
            },
          },
        ],
      });
    }
    const now = clock.now();
    const id = await insertReview(trx, { serviceId, askedBy: actor.personId, askedAt: now, message });
    await recordServiceEvent(trx, now, service, {
      kind: 'identity.service-review-asked',
      actor: ledgerActorOf(actor, service.organisationId),
      data: { reviewId: id, message, state: service.state, claims: [...claimsNotGranted(service)] },
    });
    return id;
  });
}

/** Withdraws the service's request. Throws as `lockManagedService` does; `not-found` when none waits. */
export async function withdrawReview({ db, clock }: Needs, actor: Actor, serviceId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const service = await lockManagedService(trx, actor, serviceId);
    const now = clock.now();
    const id = await withdrawWaitingReview(trx, now, { serviceId, personId: actor.personId });
    if (id === undefined) throw notFound();
    await recordServiceEvent(trx, now, service, {
      kind: 'identity.service-review-withdrawn',
      actor: ledgerActorOf(actor, service.organisationId),
      data: { reviewId: id },
    });
  });
}

/** What is decided on a request. */
export interface DecisionInput {
  readonly decision: 'accepted' | 'refused';
  /** Compulsory for a refusal. */
  readonly reason: string;
  /** When the service had last changed as whoever decides read it (ISO 8601), so that nothing unread is accepted. */
  readonly readAt: string;
}

/**
 * Decides on a request. Accepting puts the service into production, grants every claim that it asks for, and tells its
 * contact; so does refusing, which needs a reason. Throws `not-found`, `role-required`, `identity.own-review`,
 * `identity.review-is-decided`, `identity.service-changed-since-read`, or as `askForProduction` what is missing.
 */
export async function decideReview(
  { db, clock, mailer }: Needs & Pick<Kernel, 'mailer'>,
  actor: Actor,
  reviewId: string,
  input: DecisionInput,
): Promise<void> {
  if (!oversees(actor)) throw roleRequired();
  await db.transaction().execute(async (trx) => {
    const serviceId = isUuid(reviewId) ? await findServiceOfReview(trx, reviewId) : undefined;
    if (serviceId === undefined) throw notFound();
    // The service first, as every other action locks it, so that two of them never wait for each other.
    const service = await lockService(trx, 'all', serviceId);
    const review = await findReview(trx, reviewId);
    if (!service || !review) throw notFound();
    if (review.decision !== null) throw reviewIsDecided();
    if (review.askedBy === actor.personId) throw ownReview();
    if (service.changedAt.toISOString() !== input.readAt) throw changedSinceRead();
    const isAccepted = input.decision === 'accepted';
    const reason = isAccepted && input.reason.trim() === '' ? null : reasonAsTyped(input.reason);
    const granted = claimsNotGranted(service);
    const now = clock.now();
    if (isAccepted) {
      if (service.state !== 'test' && service.state !== 'production')
        throw serviceIsElsewhere({ detail: { state: service.state } });
      await assertReady(trx, service);
      await updateServiceState(trx, now, serviceId, {
        state: 'production',
        suspendedFrom: null,
        suspensionReason: null,
      });
      await grantClaims(trx, now, serviceId);
    }
    await updateReviewDecision(trx, reviewId, {
      decision: input.decision,
      decidedBy: actor.personId,
      decidedAt: now,
      reason,
    });
    await recordServiceEvent(trx, now, service, {
      kind: `identity.service-review-${input.decision}`,
      actor: ledgerOverseerOf(actor),
      data: { reviewId, reason, ...(isAccepted ? { claims: [...granted] } : {}) },
    });
    await tellContact(trx, mailer, { service, locale: review.locale, decision: input.decision, reason });
  });
}
