// What may be written of the brigade's people. Pure: `today` is given.
import { dayAfter } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { isDay } from '#platform/typed-text.ts';
import { EXPERTISES, type Expertise } from './expertises.data.ts';
import type { Period, Skill } from './people.types.ts';
import { daysTyped, isHalfDays } from './requests.rules.ts';

/** Absences that one person may have to come. */
export const MOST_ABSENCES = 60;

/** What was typed of a person. */
export interface TypedPerson {
  readonly daysPerWeek: string;
  readonly levels: Readonly<Partial<Record<Expertise, string>>>;
}

/** What a person brings, as typed, and what is wrong with it. */
export function personTyped(typed: TypedPerson): {
  daysPerWeek: number;
  skills: Skill[];
  faults: FieldError[];
} {
  const faults: FieldError[] = [];
  const daysPerWeek = daysTyped(typed.daysPerWeek) ?? Number.NaN;
  if (!(daysPerWeek >= 0.5 && daysPerWeek <= 5 && isHalfDays(daysPerWeek)))
    faults.push({
      field: 'daysPerWeek',
      text: {
        fr: 'Indiquez de 0,5 à 5 jours par semaine, par demi-journée.',
        en: 'Give from 0.5 to 5 days a week, by half days.',
      },
    });
  const skills: Skill[] = [];
  for (const expertise of EXPERTISES) {
    const level = Number(typed.levels[expertise] ?? '');
    if (level === 1 || level === 2 || level === 3) skills.push({ expertise, level });
  }
  if (skills.length === 0)
    faults.push({
      field: `level-${EXPERTISES[0]}`,
      text: {
        fr: 'Choisissez un niveau pour une expertise au moins.',
        en: 'Choose a level for one expertise at least.',
      },
    });
  return { daysPerWeek, skills, faults };
}

/** What is wrong with an absence: it ends from today on, and lasts two years at most. */
export function faultsOfAbsence({ from, to }: Period, today: string): FieldError[] {
  if (!isDay(from))
    return [{ field: 'from', text: { fr: 'Indiquez le premier jour.', en: 'Give the first day.' } }];
  const isWrong =
    !isDay(to) || to < from || to < today || to > dayAfter(today, 3 * 366) || to > dayAfter(from, 2 * 366);
  if (!isWrong) return [];
  return [
    {
      field: 'to',
      text: {
        fr: 'Indiquez un dernier jour à venir, après le premier, de deux ans plus tard au plus.',
        en: 'Give a last day still to come, after the first, two years later at most.',
      },
    },
  ];
}

/** What is wrong when somebody has too many absences. */
export const tooManyAbsences: FieldError = {
  field: 'from',
  text: {
    fr: `Retirez d’abord une absence\u00A0: ${MOST_ABSENCES} à venir au plus.`,
    en: `Remove an absence first: ${MOST_ABSENCES} to come at most.`,
  },
};

/** Nobody of the directorate has this address. */
export const unknownPerson: FieldError = {
  field: 'email',
  text: {
    fr: 'Aucun compte de la direction n’a cette adresse. Vérifiez-la, ou faites inviter la personne.',
    en: 'No account of the directorate has this address. Check it, or have the person invited.',
  },
};
