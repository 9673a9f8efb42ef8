// The statutory clock of an opinion: when silence is approval. Days only, in the State's time zone; the callers turn moments
// into days. Pure.
import { dayAfter, daysBetween } from '#platform/calendar-days.rules.ts';

/**
 * The day with the same number `months` later; where that month has none, its last day (Code de procédure civile,
 * article 641, which administrative delays in months follow).
 */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, number = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(number, last)))
    .toISOString()
    .slice(0, 10);
}

/** A wait for complements: from the day they were asked for to the day they came (null: still awaited). */
export interface Suspension {
  readonly from: string;
  readonly until: string | null;
}

/** What the clock runs on. */
export interface ClockFacts {
  /** The day the request was made. */
  readonly submittedOn: string;
  /** The delay in force on that day: a later change does not reach a clock that runs. */
  readonly delayMonths: number;
  /** In their order; they do not overlap. */
  readonly suspensions: readonly Suspension[];
}

/** Where the clock stands. */
export type ClockState =
  | {
      readonly kind: 'running';
      readonly lastDay: string;
      readonly tacitOn: string;
      readonly daysLeft: number;
    }
  | { readonly kind: 'suspended'; readonly since: string; readonly daysLeft: number }
  | { readonly kind: 'expired'; readonly lastDay: string; readonly tacitOn: string };

/**
 * The last day on which an opinion may be given: the delay from the day of the request, moved on by every day of a closed
 * suspension; an open one counts until the day that it began.
 */
export function lastDayOf({ submittedOn, delayMonths, suspensions }: ClockFacts): string {
  const suspended = suspensions.reduce(
    (sum, { from, until }) => sum + (until === null ? 0 : daysBetween(from, until)),
    0,
  );
  return dayAfter(addMonths(submittedOn, delayMonths), suspended);
}

/** The day on which silence becomes approval: the one after the last, at its first moment. */
export function tacitDayOf(facts: ClockFacts): string {
  return dayAfter(lastDayOf(facts), 1);
}

/**
 * Where the clock stands on `today`. While complements are awaited it never expires, even past the first end. A request
 * for complements is possible up to the last day.
 */
export function clockOn(facts: ClockFacts, today: string): ClockState {
  const lastDay = lastDayOf(facts);
  const open = facts.suspensions.find(({ until }) => until === null);
  if (open) return { kind: 'suspended', since: open.from, daysLeft: daysBetween(open.from, lastDay) };
  const tacitOn = dayAfter(lastDay, 1);
  if (today > lastDay) return { kind: 'expired', lastDay, tacitOn };
  return { kind: 'running', lastDay, tacitOn, daysLeft: daysBetween(today, lastDay) };
}

/** The last day on which a consulted body comments in time; the wait for complements does not move it. */
export function consultationDueOn(openedOn: string, days: number): string {
  return dayAfter(openedOn, days);
}

/** Tells whether a consultation is late: its last day has passed without an answer. */
export function isLateConsultation(
  { dueOn, answered }: { readonly dueOn: string; readonly answered: boolean },
  today: string,
): boolean {
  return !answered && today > dueOn;
}
