// Over which time an API's availability is shown, and what it comes to. Pure.
import type { ApiDay } from './catalogue.types.ts';

const DAY_MS = 86_400_000;

/** Days that the page of an API shows. */
export const SHOWN_DAYS = 90;

/** The first of the last `days` days, as YYYY-MM-DD (UTC). */
export function firstShownDay(now: Date, days: number): string {
  return new Date(now.getTime() - (days - 1) * DAY_MS).toISOString().slice(0, 10);
}

/** The part of the looks since `from` (YYYY-MM-DD) that found the API available, 0 to 1; null where nobody looked. */
export function availabilityOf(
  days: readonly Pick<ApiDay, 'day' | 'checks' | 'checksUp'>[],
  from: string,
): number | null {
  const counted = days.filter(({ day }) => day >= from);
  const checks = counted.reduce((sum, day) => sum + day.checks, 0);
  return checks === 0 ? null : counted.reduce((sum, day) => sum + day.checksUp, 0) / checks;
}
