// The days that a chart of connections shows. Pure.
import type { ConnectionDay } from './connections.types.ts';

const A_DAY = 86_400_000;

/** How many days the page shows. */
export const SHOWN_DAYS = 30;

function dayOf(moment: Date, timeZone: string): string {
  // Sweden writes days as YYYY-MM-DD.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment);
}

/** The days up to `now` in `timeZone`, oldest first, those without any connection included. */
export function everyDay(counted: readonly ConnectionDay[], now: Date, timeZone: string): ConnectionDay[] {
  const known = new Map(counted.map((day) => [day.day, day]));
  const today = Date.parse(`${dayOf(now, timeZone)}T00:00:00Z`);
  return Array.from({ length: SHOWN_DAYS }, (_, at) => {
    const day = new Date(today - (SHOWN_DAYS - 1 - at) * A_DAY).toISOString().slice(0, 10);
    return known.get(day) ?? { day, signedIn: 0, refused: 0 };
  });
}

/** A moment before the first of those days, whatever the time zone. */
export function fromWhen(now: Date): Date {
  return new Date(now.getTime() - (SHOWN_DAYS + 1) * A_DAY);
}
