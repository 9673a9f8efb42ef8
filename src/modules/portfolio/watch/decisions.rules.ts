// What a decision on an alert must hold. Pure: `today` is given.
import { dayAfter } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, isDay, tidiedLines } from '#platform/typed-text.ts';
import type { AlertDecision } from './watch.types.ts';

/** A decision as typed, read. */
export interface TypedDecision {
  readonly decision: AlertDecision;
  readonly reason: string;
  /** YYYY-MM-DD: the last day of an accepted risk; empty for the others. */
  readonly until: string;
}

/** The longest that a risk is accepted for, in days. */
const LONGEST_DAYS = 366;

/** What is wrong with a decision: its reason (10 to 2,000 characters, which the file's event takes), the last day of a risk. */
export function faultsOfDecision({ decision, reason, until }: TypedDecision, today: string): FieldError[] {
  const faults: FieldError[] = [];
  const text = tidiedLines(reason);
  if (text.length < 10 || text.length > 2000 || hasControlCharacterInLines(text))
    faults.push({
      field: 'reason',
      text: {
        fr: 'Dites pourquoi, en 10 à 2\u00A0000 caractères.',
        en: 'Say why, in 10 to 2,000 characters.',
      },
    });
  const latest = dayAfter(today, LONGEST_DAYS);
  if (decision === 'accepted-risk' && (!isDay(until) || until < today || until > latest))
    faults.push({
      field: 'until',
      text: {
        fr: 'Un risque s’accepte jusqu’à un jour\u00A0: à partir d’aujourd’hui et d’ici un an.',
        en: 'A risk is accepted until a day: from today on and within a year.',
      },
    });
  return faults;
}
