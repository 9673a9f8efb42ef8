// Intentions on recommendations: each step is appended to the history and the ledger in the transaction of its change.
import { listHoldersOf } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid, tidiedLines } from '#platform/typed-text.ts';
import { fileActorOf } from '../files/file-access.rules.ts';
import { keepForecast } from '../forecast/forecasts.actions.ts';
import { followUpReachOf, sidesOn } from './follow-up-access.rules.ts';
import {
  ownRecommendation,
  recommendationChangedSince,
  recommendationIsElsewhere,
} from './recommendations.errors.ts';
import {
  findRecommendation,
  insertSteps,
  lockRecommendation,
  type RecommendationChange,
  updateRecommendation,
} from './recommendations.repository.ts';
import { faultsOfStep, mayClose, mayStep, RECOMMENDATION_TRANSITIONS } from './recommendations.rules.ts';
import { OPEN_STATES, type Recommendation, type RecommendationStep } from './recommendations.types.ts';

/** What was typed for a step; what it does not need stays empty. */
export interface TypedStep {
  readonly step: RecommendationStep;
  readonly text: string;
  /** YYYY-MM-DD: the day planned. */
  readonly plannedOn: string;
  /** Who does what is planned, or to whom the recommendation is handed over. */
  readonly personId: string;
}

// What each step is called in the ledger.
const IN_LEDGER: Readonly<Record<RecommendationStep, string>> = {
  accept: 'accepted',
  refuse: 'refused',
  plan: 'planned',
  'give-evidence': 'evidenced',
  'send-back': 'sent-back',
  'hand-over': 'handed-over',
  'close-implemented': 'implemented',
  'close-not-implemented': 'not-implemented',
};

/** The recommendation with this id. Throws `not-found` when there is none that the actor sees. */
export async function recommendationAt(db: Db, actor: Actor, id: string): Promise<Recommendation> {
  const found = isUuid(id) ? await findRecommendation(db, followUpReachOf(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}

/** People of the file's organisation, or of the one above it, who may do what is planned or answer for it. */
export function peopleOf(
  db: Db,
  { organisationId, organisationParentId }: Pick<Recommendation, 'organisationId' | 'organisationParentId'>,
  now: Date,
) {
  const organisations = [organisationId, ...(organisationParentId === null ? [] : [organisationParentId])];
  return listHoldersOf(db, ['digital-director', 'product-team', 'agent'], organisations, now);
}

const unknownPerson: FieldError = {
  field: 'personId',
  text: {
    fr: 'Choisissez dans la liste une personne de l’organisation du projet.',
    en: 'Choose a person of the project’s organisation from the list.',
  },
};

/**
 * Takes a step. Throws `not-found`, `role-required`, `portfolio.recommendation-is-elsewhere`,
 * `portfolio.recommendation-changed-since` when the version read is not the present one,
 * `portfolio.recommendation-by-its-owner`, `invalid-input` with a fault for each wrong field; then nothing has changed.
 */
export async function takeRecommendationStep(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  read: { readonly id: string; readonly version: number },
  typed: TypedStep,
): Promise<void> {
  const { step, plannedOn } = typed;
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const found = isUuid(read.id)
      ? await lockRecommendation(trx, followUpReachOf(actor), read.id)
      : undefined;
    if (!found) throw notFound();
    const sides = sidesOn(actor, found);
    const { to, sides: may } = RECOMMENDATION_TRANSITIONS[step];
    if (!may.some((side) => sides.includes(side))) throw roleRequired();
    if (!mayStep(step, found, sides)) throw recommendationIsElsewhere({ detail: { state: found.state } });
    if (read.version !== found.version) throw recommendationChangedSince();
    const judges = step === 'close-implemented' || step === 'close-not-implemented';
    if (judges && !mayClose(found, actor.personId)) throw ownRecommendation();
    const fields = faultsOfStep(step, typed, dayIn(now, config.timeZone));
    const namesPerson = step === 'plan' || step === 'hand-over';
    const person = namesPerson
      ? (await peopleOf(trx, found, now)).find(({ id }) => id === typed.personId)
      : undefined;
    // Who owns it may plan to do it themselves, wherever they work.
    const isOwner = step === 'plan' && typed.personId === found.ownerId;
    if (namesPerson && !person && !isOwner) fields.push(unknownPerson);
    if (fields.length > 0) throw invalidInput({ fields });
    const state = to === 'same' ? found.state : to;
    // What the project is forecast to become now that this is done, or not: kept beside what was forecast before.
    const after = judges
      ? await keepForecast(trx, {
          fileId: found.fileId,
          at: now,
          timeZone: config.timeZone,
          occasion: 'recommendation',
          occasionId: found.id,
        })
      : null;
    const change: RecommendationChange = {
      state,
      isClosed: !OPEN_STATES.includes(state),
      ...(step === 'plan' && { plannedOn, plannedById: typed.personId }),
      ...(step === 'hand-over' && { ownerId: typed.personId }),
      ...(step === 'give-evidence' && { evidencedById: actor.personId }),
      ...(after !== null && { forecastAfterId: after }),
    };
    await updateRecommendation(trx, now, found.id, change);
    const by = fileActorOf(actor, found);
    const text = tidiedLines(typed.text);
    const details = {
      ...(step === 'plan' && { plannedOn }),
      ...(namesPerson && { toName: person?.name ?? found.ownerName }),
    };
    await insertSteps(trx, [
      { id: found.id, step, at: now, actor: by, text: text === '' ? null : text, details },
    ]);
    await appendToLedger(trx, now, {
      kind: `portfolio.recommendation-${IN_LEDGER[step]}`,
      subject: `portfolio/recommendation/${found.id}`,
      actor: by,
      data: {
        fileId: found.fileId,
        from: found.state,
        to: state,
        ...(step === 'plan' && { plannedOn }),
        ...(namesPerson && { personId: typed.personId }),
      },
    });
  });
}
