// The days of a consumer's usage, and how much of a quota was used. Pure.
import { daysBefore } from '#platform/calendar-days.rules.ts';
import type { UsageDay } from './consumers.types.ts';

const A_DAY = 86_400_000;

/** How many days of usage are shown. */
export const USAGE_DAYS = 30;

/** A moment before the first of those days, whatever the time zone. */
export function usageSince(now: Date): Date {
  return new Date(now.getTime() - (USAGE_DAYS + 1) * A_DAY);
}

/** The last 30 days up to `today` (YYYY-MM-DD), the oldest first, those without any call included. */
export function everyUsageDay(counted: readonly UsageDay[], today: string): UsageDay[] {
  const known = new Map(counted.map((day) => [day.day, day]));
  return Array.from({ length: USAGE_DAYS }, (_, at) => {
    const day = daysBefore(today, USAGE_DAYS - 1 - at);
    return known.get(day) ?? { day, allowed: 0, denied: 0 };
  });
}
