// What may be written of a mission: days spent, deliverables, effect, feedback. Pure: `today` is given.
import { dayAfter } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import {
  hasControlCharacter,
  hasControlCharacterInLines,
  isDay,
  tidied,
  tidiedLines,
} from '#platform/typed-text.ts';
import { mondayOf, overlapOf, workingDaysPresent } from './calendar.rules.ts';
import type { Mission } from './missions.types.ts';
import type { Period } from './people.types.ts';
import { daysTyped, isHalfDays } from './requests.rules.ts';

/** The most deliverables of a mission. */
export const MOST_DELIVERABLES = 100;
/** The most weeks that a mission lasts: a year and its two ends. */
const MOST_WEEKS = 54;

/** The Mondays of the weeks in which days of the mission may be spent up to `today`, the latest first. */
export function weeksToEnter(
  { startsOn, endsOn }: Pick<Mission, 'startsOn' | 'endsOn'>,
  today: string,
): string[] {
  const last = mondayOf(endsOn < today ? endsOn : today);
  const weeks: string[] = [];
  for (let week = last; week >= mondayOf(startsOn) && weeks.length < MOST_WEEKS; week = dayAfter(week, -7))
    weeks.push(week);
  return weeks;
}

/** What bounds the days of a week: the mission, today, the person's absences and their other missions. */
export interface WeekBounds {
  readonly mission: Pick<Mission, 'startsOn' | 'endsOn'>;
  readonly today: string;
  readonly absences: readonly Period[];
  /** Days that the person entered for other missions in that week. */
  readonly otherDays: number;
}

/** The most days that a person may enter in the week of this Monday. */
export function mostDaysOf(week: string, { mission, today, absences, otherDays }: WeekBounds): number {
  const whole = { from: week, to: dayAfter(week, 6) };
  const until = mission.endsOn < today ? mission.endsOn : today;
  const part = overlapOf(whole, { from: mission.startsOn, to: until });
  if (part === null) return 0;
  const most = Math.min(workingDaysPresent(part, absences), workingDaysPresent(whole, absences) - otherDays);
  return Math.max(0, most);
}

/** Days of a week as typed; what is wrong with them. Zero takes the line away. */
export function faultsOfWeek(week: string, days: number, bounds: WeekBounds): FieldError[] {
  if (!isDay(week) || !weeksToEnter(bounds.mission, bounds.today).includes(week))
    return [
      {
        field: 'week',
        text: {
          fr: 'Choisissez une semaine de la mission, jusqu’à celle-ci.',
          en: 'Choose a week of the mission, up to this one.',
        },
      },
    ];
  const most = mostDaysOf(week, bounds);
  if (days >= 0 && days <= most && isHalfDays(days)) return [];
  return [
    {
      field: 'days',
      text: {
        fr: `Cette semaine-là, indiquez de 0 à ${String(most).replace('.', ',')} jours, par demi-journée\u00A0: c’est ce que permettent le calendrier, vos absences et vos autres missions.`,
        en: `That week, give from 0 to ${most} days, by half days: it is what the calendar, your absences and your other missions allow.`,
      },
    },
  ];
}

/** Days as typed; NaN when they are no number. */
export function weekDaysTyped(text: string): number {
  return daysTyped(text) ?? Number.NaN;
}

/** Tells whether `text` is an address of the web that a page may link to. */
function isWebAddress(text: string): boolean {
  if (text.length > 500 || hasControlCharacter(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return ['https:', 'http:'].includes(protocol) && username === '' && password === '';
}

const linkFault = (field: string): FieldError => ({
  field,
  text: {
    fr: 'Indiquez une adresse complète, qui commence par https:// et compte 500 caractères au plus.',
    en: 'Give a full address that begins with https:// and has at most 500 characters.',
  },
});

/** A deliverable as typed, and what is wrong with it. */
export function deliverableTyped(typed: { readonly title: string; readonly link: string }) {
  const title = tidied(typed.title.toWellFormed());
  const link = typed.link.trim().toWellFormed();
  const faults: FieldError[] = [];
  if (title.length < 3 || title.length > 150 || hasControlCharacter(title))
    faults.push({
      field: 'title',
      text: {
        fr: 'Nommez le livrable en 3 à 150 caractères.',
        en: 'Name the deliverable in 3 to 150 characters.',
      },
    });
  if (!isWebAddress(link)) faults.push(linkFault('link'));
  return { title, link, faults };
}

function proseFault(field: string, text: string, least: number): FieldError[] {
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

/** The effect as typed, and what is wrong with it; the link to the verdict may stay empty. */
export function effectTyped(typed: { readonly effect: string; readonly verdictLink: string }) {
  const effect = tidiedLines(typed.effect);
  const link = typed.verdictLink.trim().toWellFormed();
  const faults = proseFault('effect', effect, 20);
  // A contract of this very site is named by its path.
  if (link !== '' && !isWebAddress(link) && !/^\/impact\/contracts\/[\w./-]{1,200}$/.test(link))
    faults.push(linkFault('verdictLink'));
  return { effect, verdictLink: link === '' ? null : link, faults };
}

/** The requester's feedback as typed, and what is wrong with it. */
export function feedbackTyped(typed: { readonly mark: string; readonly feedback: string }) {
  const mark = /^[1-5]$/.test(typed.mark) ? Number(typed.mark) : Number.NaN;
  const feedback = tidiedLines(typed.feedback);
  const faults = proseFault('feedback', feedback, 3);
  if (Number.isNaN(mark))
    faults.unshift({
      field: 'mark',
      text: { fr: 'Choisissez une note de 1 à 5.', en: 'Choose a mark from 1 to 5.' },
    });
  return { mark, feedback, faults };
}
