// What may be done with a recommendation, by whom, and when it is overdue. Pure: `today` is given, days are YYYY-MM-DD.
import { daysBetween } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, isDay, tidiedLines } from '#platform/typed-text.ts';
import {
  ESCALATION_LEVELS,
  type NewRecommendation,
  type Recommendation,
  type RecommendationState,
  type RecommendationStep,
  WAITING_STATES,
} from './recommendations.types.ts';

/** On which side somebody stands: the owner, the file's digital director, the directorate. */
export type FollowUpSide = 'owner' | 'director' | 'directorate';

interface Transition {
  readonly from: readonly RecommendationState[];
  readonly to: RecommendationState | 'same';
  readonly sides: readonly FollowUpSide[];
  /** Whether it says why, or what. */
  readonly asksText: boolean;
}

/** What leads from one state to another; the rest is refused. */
export const RECOMMENDATION_TRANSITIONS: Readonly<Record<RecommendationStep, Transition>> = {
  accept: { from: ['issued'], to: 'accepted', sides: ['owner', 'director'], asksText: false },
  // A refusal is an end: it has a reason and an owner, for all to read.
  refuse: { from: ['issued'], to: 'refused', sides: ['director'], asksText: true },
  plan: { from: ['accepted', 'planned'], to: 'planned', sides: ['owner', 'director'], asksText: false },
  'give-evidence': {
    from: ['accepted', 'planned'],
    to: 'evidenced',
    sides: ['owner', 'director'],
    asksText: true,
  },
  'send-back': { from: ['evidenced'], to: 'accepted', sides: ['directorate'], asksText: true },
  'hand-over': {
    from: ['issued', 'accepted', 'planned'],
    to: 'same',
    sides: ['director'],
    asksText: false,
  },
  'close-implemented': { from: ['evidenced'], to: 'implemented', sides: ['directorate'], asksText: false },
  'close-not-implemented': {
    from: ['accepted', 'planned', 'evidenced'],
    to: 'not-implemented',
    sides: ['directorate'],
    asksText: true,
  },
};

/** Tells whether the step may be taken from the recommendation's state by somebody on one of these sides. */
export function mayStep(
  step: RecommendationStep,
  { state }: Pick<Recommendation, 'state'>,
  sides: readonly FollowUpSide[],
): boolean {
  const { from, sides: may } = RECOMMENDATION_TRANSITIONS[step];
  return from.includes(state) && may.some((side) => sides.includes(side));
}

/** Tells whether the person may judge how it ends: neither its owner, nor who planned it or gave the evidence. */
export function mayClose(
  { ownerId, plannedById, evidencedById }: Pick<Recommendation, 'ownerId' | 'plannedById' | 'evidencedById'>,
  personId: string,
): boolean {
  return ![ownerId, plannedById, evidencedById].includes(personId);
}

/**
 * Tells whether it is overdue: the ministry still has something to do and the due day has passed. A plan does not move
 * that day, and evidence given waits for the directorate alone.
 */
export function isOverdue({ state, dueOn }: Pick<Recommendation, 'state' | 'dueOn'>, today: string): boolean {
  return WAITING_STATES.includes(state) && dueOn < today;
}

/**
 * The levels of escalation (1 is the first) that are due and were not told: each once, in order, whatever was missed.
 * @param days after the due day at which each level is told, rising.
 */
export function levelsToTell(
  recommendation: Pick<Recommendation, 'state' | 'dueOn' | 'escalated'>,
  today: string,
  days: readonly number[],
): number[] {
  if (!isOverdue(recommendation, today)) return [];
  const late = daysBetween(recommendation.dueOn, today);
  return ESCALATION_LEVELS.map((_, at) => at + 1).filter(
    (level) => level > recommendation.escalated && late >= (days[level - 1] ?? Number.POSITIVE_INFINITY),
  );
}

function textFault(field: string, typed: string, least: number): FieldError[] {
  const text = tidiedLines(typed);
  if (text.length >= least && text.length <= 4000 && !hasControlCharacterInLines(text)) return [];
  return [
    {
      field,
      text: {
        fr: `Écrivez de ${least} à 4\u00A0000 caractères.`,
        en: `Write from ${least} to 4,000 characters.`,
      },
    },
  ];
}

/** What is wrong with a recommendation to issue: its text (10 to 4,000 characters) or its day (from today on, ten years at most). */
export function faultsOfNew(
  { text, dueOn }: Pick<NewRecommendation, 'text' | 'dueOn'>,
  today: string,
): FieldError[] {
  const faults = textFault('text', text, 10);
  if (!isDay(dueOn) || dueOn < today || daysBetween(today, dueOn) > 3660)
    faults.push({
      field: 'dueOn',
      text: {
        fr: 'Donnez le jour pour lequel elle doit être mise en œuvre, à partir d’aujourd’hui et d’ici dix ans.',
        en: 'Give the day by which it must be implemented, from today on and within ten years.',
      },
    });
  return faults;
}

/** What is wrong with what was typed for a step: a reason or evidence where it asks for one, the day of a plan. */
export function faultsOfStep(
  step: RecommendationStep,
  { text, plannedOn }: { readonly text: string; readonly plannedOn: string },
  today: string,
): FieldError[] {
  const { asksText } = RECOMMENDATION_TRANSITIONS[step];
  const faults = asksText || tidiedLines(text) !== '' ? textFault('text', text, asksText ? 10 : 3) : [];
  if (step === 'plan' && (!isDay(plannedOn) || plannedOn < today || daysBetween(today, plannedOn) > 3660))
    faults.push({
      field: 'plannedOn',
      text: {
        fr: 'Donnez le jour prévu, à partir d’aujourd’hui et d’ici dix ans.',
        en: 'Give the day planned, from today on and within ten years.',
      },
    });
  return faults;
}
