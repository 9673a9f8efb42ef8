// How long an organisation link may wait: working days until its deciders are reminded, days until it expires. Pure.

const A_DAY = 24 * 60 * 60 * 1000;

/** Deciders are reminded of a link that waited for this many working days. */
export const REMIND_AFTER_WORKING_DAYS = 2;

/** A link that nobody decided for this many days is refused. */
export const EXPIRES_AFTER_DAYS = 30;

function isWorkingDay(moment: Date, timeZone: string): boolean {
  const day = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone }).format(moment);
  return day !== 'Sat' && day !== 'Sun';
}

/**
 * The moment from which `days` working days (Monday to Friday in `timeZone`; a public holiday counts as one) lie between
 * it and `now`: what was asked then or earlier has waited that long.
 */
export function workingDaysBefore(days: number, now: Date, timeZone: string): Date {
  let moment = now;
  for (let left = days; left > 0; moment = new Date(moment.getTime() - A_DAY)) {
    if (isWorkingDay(moment, timeZone)) left -= 1;
  }
  while (!isWorkingDay(moment, timeZone)) moment = new Date(moment.getTime() - A_DAY);
  return moment;
}

/** What was asked at this moment or earlier is overdue at `now`. */
export function overdueFrom(now: Date, timeZone: string): Date {
  return workingDaysBefore(REMIND_AFTER_WORKING_DAYS, now, timeZone);
}

/** What was asked at this moment or earlier has expired at `now`. */
export function expiredFrom(now: Date): Date {
  return new Date(now.getTime() - EXPIRES_AFTER_DAYS * A_DAY);
}

/** Whole days, and hours beyond them, that something has waited. */
export function waited(since: Date, now: Date): { days: number; hours: number } {
  const hours = Math.max(0, Math.floor((now.getTime() - since.getTime()) / (A_DAY / 24)));
  return { days: Math.floor(hours / 24), hours: hours % 24 };
}
