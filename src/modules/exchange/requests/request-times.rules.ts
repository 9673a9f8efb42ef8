// Processing times in words, and when a request is late. Pure.
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { requestsMessages } from './requests.messages.ts';
import type { ListedRequest, TimesSummary } from './requests.types.ts';

const DAY_MS = 86_400_000;

/** Days after which a submitted request is late, and instructors are reminded of it. */
export const LATE_DAYS = 7;

/** The moment before which a request must have been submitted to be late at `now`. */
export function lateBefore(now: Date): Date {
  return new Date(now.getTime() - LATE_DAYS * DAY_MS);
}

/** Tells whether a request has waited too long for its decision. */
export function isLate(
  { state, submittedAt }: Pick<ListedRequest, 'state' | 'submittedAt'>,
  now: Date,
): boolean {
  return state === 'submitted' && submittedAt !== null && submittedAt < lateBefore(now);
}

/** From when on decisions count for the sentence on processing times: twelve months before `now`, by the day. */
export function summarySince(now: Date): Date {
  const since = new Date(now);
  since.setUTCFullYear(since.getUTCFullYear() - 1);
  since.setUTCHours(0, 0, 0, 0);
  return since;
}

/** A number of days in words; below ten with one decimal. */
export function daysInWords(locale: Locale, days: number): string {
  const rounded = days < 10 ? Math.round(days * 10) / 10 : Math.round(days);
  return requestsMessages(locale).times.days(formatNumber(locale, rounded), rounded);
}

/** How long a decision takes, in one sentence. */
export function timesSentence(locale: Locale, { medianDays, ninetiethDays }: TimesSummary): string {
  const { times } = requestsMessages(locale);
  if (medianDays === null || ninetiethDays === null) return times.nothingYet;
  return times.sentence(daysInWords(locale, medianDays), daysInWords(locale, ninetiethDays));
}
