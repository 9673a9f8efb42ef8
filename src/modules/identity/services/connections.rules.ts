// The days that a chart of connections shows. Pure.
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import type { ConnectionDay } from './connections.types.ts';

const A_DAY = 86_400_000;

/** How many days the page shows. */
export const SHOWN_DAYS = 30;

/** The days up to `now` in `timeZone`, oldest first, those without any connection included. */
export function everyDay(counted: readonly ConnectionDay[], now: Date, timeZone: string): ConnectionDay[] {
  const known = new Map(counted.map((day) => [day.day, day]));
  const today = dayIn(now, timeZone);
  return Array.from({ length: SHOWN_DAYS }, (_, at) => {
    const day = daysBefore(today, SHOWN_DAYS - 1 - at);
    return known.get(day) ?? { day, signedIn: 0, refused: 0 };
  });
}

/** A moment before the first of those days, whatever the time zone. */
export function fromWhen(now: Date): Date {
  return new Date(now.getTime() - (SHOWN_DAYS + 1) * A_DAY);
}
