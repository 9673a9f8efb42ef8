// What must hold of milestones and of minimum objectives of impact, as they are typed in rows. Pure.
import type { FieldError } from '#platform/errors.ts';
import { decimalAsTyped, hasControlCharacter, isUuid, tidied } from '#platform/typed-text.ts';
import { BEFORE_START, DAY, isFileDay } from './file-input.rules.ts';
import type { Milestone } from './files.types.ts';

/** Most milestones of a file. */
export const MOST_MILESTONES = 60;
/** Most objectives of a file. */
export const MOST_OBJECTIVES = 20;

/** The columns of the milestones' form. */
export const MILESTONE_COLUMNS = ['title', 'plannedOn', 'reachedOn', 'weight'] as const;
/** A milestone as typed. */
export type TypedMilestone = Readonly<Record<(typeof MILESTONE_COLUMNS)[number], string>>;
/** A milestone to keep. */
export type NewMilestone = Omit<Milestone, 'id'>;

/** The columns of the objectives' form. */
export const OBJECTIVE_COLUMNS = ['indicatorId', 'baselineValue', 'targetValue', 'dueOn'] as const;
/** An objective as typed. */
export type TypedObjective = Readonly<Record<(typeof OBJECTIVE_COLUMNS)[number], string>>;
/** An objective to keep. */
export interface NewObjective {
  readonly indicatorId: string;
  readonly baselineValue: number;
  readonly targetValue: number;
  readonly dueOn: string;
}

/** Milestones as typed, checked; rows without a title and a day are left out. A milestone weighs 1 unless told. */
export function checkedMilestones(
  typed: readonly TypedMilestone[],
  { startedOn, today }: { readonly startedOn: string; readonly today: string },
): { readonly milestones: readonly NewMilestone[]; readonly faults: readonly FieldError[] } {
  const faults: FieldError[] = [];
  const milestones: NewMilestone[] = [];
  for (const [at, row] of typed.entries()) {
    const title = tidied(row.title);
    const plannedOn = row.plannedOn.trim();
    const reachedOn = row.reachedOn.trim();
    if (title === '' && plannedOn === '') continue;
    const wrong = (field: keyof TypedMilestone, fr: string, en: string) =>
      faults.push({
        field: `${field}_${at}`,
        text: { fr: `Jalon ${at + 1}\u00A0: ${fr}`, en: `Milestone ${at + 1}: ${en}` },
      });
    if (title === '' || title.length > 200 || hasControlCharacter(title)) {
      wrong(
        'title',
        'donnez son nom, en 200 caractères au plus.',
        'give its name, in at most 200 characters.',
      );
    }
    if (!isFileDay(plannedOn)) wrong('plannedOn', DAY.fr, DAY.en);
    else if (plannedOn < startedOn) wrong('plannedOn', BEFORE_START.fr, BEFORE_START.en);
    if (reachedOn !== '' && !isFileDay(reachedOn)) wrong('reachedOn', DAY.fr, DAY.en);
    else if (reachedOn > today) {
      wrong('reachedOn', 'ce jour n’est pas encore passé.', 'this day has not passed yet.');
    } else if (reachedOn !== '' && reachedOn < startedOn) {
      wrong('reachedOn', BEFORE_START.fr, BEFORE_START.en);
    }
    const weight = row.weight.trim() === '' ? 1 : decimalAsTyped(row.weight);
    if (!(weight >= 0.01 && weight <= 100_000)) {
      wrong('weight', 'donnez un poids de 0,01 à 100\u00A0000.', 'give a weight from 0.01 to 100,000.');
    }
    milestones.push({ title, plannedOn, reachedOn: reachedOn === '' ? null : reachedOn, weight });
  }
  return { milestones, faults };
}

/**
 * Objectives as typed, checked; empty rows are left out. Each has an indicator, a value where it stands, a target that is
 * not where it stands, and a date after the project's start: without all four it is no minimum objective of impact.
 */
export function checkedObjectives(
  typed: readonly TypedObjective[],
  indicators: ReadonlyMap<string, 'up' | 'down'>,
  { startedOn }: { readonly startedOn: string },
): { readonly objectives: readonly NewObjective[]; readonly faults: readonly FieldError[] } {
  const faults: FieldError[] = [];
  const objectives: NewObjective[] = [];
  for (const [at, row] of typed.entries()) {
    const indicatorId = row.indicatorId.trim().toLowerCase();
    if (
      [indicatorId, row.baselineValue.trim(), row.targetValue.trim(), row.dueOn.trim()].every(
        (cell) => cell === '',
      )
    ) {
      continue;
    }
    const wrong = (field: keyof TypedObjective, fr: string, en: string) =>
      faults.push({
        field: `${field}_${at}`,
        text: { fr: `Objectif ${at + 1}\u00A0: ${fr}`, en: `Objective ${at + 1}: ${en}` },
      });
    const direction = isUuid(indicatorId) ? indicators.get(indicatorId) : undefined;
    if (!direction) wrong('indicatorId', 'choisissez un indicateur.', 'choose an indicator.');
    else if (objectives.some((one) => one.indicatorId === indicatorId)) {
      wrong('indicatorId', 'cet indicateur a déjà un objectif.', 'this indicator has an objective already.');
    }
    const baselineValue = decimalAsTyped(row.baselineValue);
    const targetValue = decimalAsTyped(row.targetValue);
    if (Number.isNaN(baselineValue))
      wrong('baselineValue', 'donnez la valeur de départ.', 'give the value at the start.');
    if (Number.isNaN(targetValue)) wrong('targetValue', 'donnez la cible.', 'give the target.');
    else if (
      direction &&
      (direction === 'up' ? targetValue <= baselineValue : targetValue >= baselineValue)
    ) {
      wrong(
        'targetValue',
        'la cible doit être meilleure que la valeur de départ, dans le sens de l’indicateur.',
        'the target must be better than the value at the start, in the indicator’s direction.',
      );
    }
    const dueOn = row.dueOn.trim();
    if (!isFileDay(dueOn)) wrong('dueOn', DAY.fr, DAY.en);
    else if (dueOn <= startedOn) {
      wrong('dueOn', 'l’échéance suit le début du projet.', 'the date comes after the project’s start.');
    }
    objectives.push({ indicatorId, baselineValue, targetValue, dueOn });
  }
  return { objectives, faults };
}
