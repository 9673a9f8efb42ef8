// The period of a slice, from the days that somebody asks for. Pure.
import { defineError } from '#platform/errors.ts';
import type { Period } from './slices.repository.ts';

const DAY_MS = 24 * 3_600_000;
/** Days that a slice goes back where nobody says since when. */
const USUAL_DAYS = 30;

const notAPeriod = defineError('exchange.slice-period', 'invalid', {
  fr: 'La période n’est pas valable : donnez deux jours qui existent (AAAA-MM-JJ), le premier avant le dernier.',
  en: 'The period is not valid: give two days that exist (YYYY-MM-DD), the first before the last.',
});

/**
 * The days from `from` to `to`, both included (UTC); the last 30 days where they are not given.
 * @throws SocleError `exchange.slice-period`.
 */
export function slicePeriod({ from, to }: { from?: string; to?: string }, now: Date): Period {
  const last = to ? dayStart(to) : dayStart(now.toISOString().slice(0, 10));
  const first = from ? dayStart(from) : new Date(last.getTime() - USUAL_DAYS * DAY_MS);
  if (first > last) throw notAPeriod();
  return { from: first, to: new Date(last.getTime() + DAY_MS) };
}

function dayStart(day: string): Date {
  const at = new Date(`${day}T00:00:00Z`);
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(day) || Number.isNaN(at.getTime())) throw notAPeriod();
  if (!at.toISOString().startsWith(day)) throw notAPeriod();
  return at;
}
