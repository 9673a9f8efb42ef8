// Working days between days written YYYY-MM-DD: Monday to Friday. Pure arithmetic; it knows no public holiday.
import { dayAfter, daysBefore, daysBetween } from '#platform/calendar-days.rules.ts';
import type { Period } from './people.types.ts';

/** 1970-01-01 was a Thursday: this day's number modulo 7 makes Mondays 0. */
const MONDAY_SHIFT = 3;

/** The number of a day since 1970-01-01. */
const numberOf = (day: string) => daysBetween('1970-01-01', day);

/** How many working days there are before the day with this number, counted from a Monday long ago. */
function workingDaysBefore(number: number): number {
  const since = number + MONDAY_SHIFT;
  const weeks = Math.floor(since / 7);
  return weeks * 5 + Math.min(5, since - weeks * 7);
}

/** The working days of a period, both ends included; 0 for one that ends before it begins. */
export function workingDays({ from, to }: Period): number {
  return from > to ? 0 : workingDaysBefore(numberOf(to) + 1) - workingDaysBefore(numberOf(from));
}

/** What two periods share; null for nothing. */
export function overlapOf(one: Period, other: Period): Period | null {
  let { from, to } = one;
  if (other.from > from) from = other.from;
  if (other.to < to) to = other.to;
  return from > to ? null : { from, to };
}

/** The working days of `period` on which somebody with these absences is there; absences may overlap. */
export function workingDaysPresent(period: Period, absences: readonly Period[]): number {
  const away = absences
    .map((absence) => overlapOf(absence, period))
    .filter((part) => part !== null)
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  let present = workingDays(period);
  let counted = '';
  for (const { from, to } of away) {
    const start = counted !== '' && from <= counted ? dayAfter(counted) : from;
    present -= workingDays({ from: start, to });
    if (to > counted) counted = to;
  }
  return present;
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return daysBefore(day, (((numberOf(day) + MONDAY_SHIFT) % 7) + 7) % 7);
}

/** The Mondays of `count` weeks from the one of `day` on. */
export function weeksFrom(day: string, count: number): string[] {
  const first = mondayOf(day);
  return Array.from({ length: count }, (_, at) => dayAfter(first, at * 7));
}
