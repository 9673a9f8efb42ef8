// A record's name in addresses and cursors, and the period that a list is read over. Pure.
import { dayAfter, dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { momentOnClock } from '../stops/stops.rules.ts';
import type { AccessKey } from './accesses.types.ts';

/** Latest moment that JavaScript and PostgreSQL both write. */
const LATEST = 8.64e15;

/** The name of a record: opaque to readers. */
export function accessName({ at, log, index }: AccessKey): string {
  return Buffer.from(`${at.getTime()} ${index} ${log}`).toString('base64url');
}

/** The record that a name means; null when it means none. */
export function accessKeyOf(name: string): AccessKey | null {
  const text = Buffer.from(name, 'base64url').toString();
  const [, at, index, log] = /^(\d{1,15}) (\d{1,15}) ([\x21-\x7e]{1,300})$/.exec(text) ?? [];
  if (at === undefined || index === undefined || log === undefined || Number(at) > LATEST) return null;
  return { at: new Date(Number(at)), index: Number(index), log };
}

/** Days that a list goes back unless told. */
export const USUAL_DAYS = 7;

/** The first moment of the State's day that began `days - 1` days before today's. */
export function startOfDays(now: Date, days: number, timeZone: string): Date {
  const day = daysBefore(dayIn(now, timeZone), days - 1);
  return momentOnClock(day, '00:00', timeZone) ?? now;
}

/**
 * The period of two days as typed, both included, in the State's time zone. Days that are none are left out: a list then
 * begins a week ago and has no end.
 */
export function periodOf(
  { from = '', to = '' }: { from?: string | undefined; to?: string | undefined },
  now: Date,
  timeZone: string,
): { from: Date; to?: Date } {
  const first = momentOnClock(from, '00:00', timeZone) ?? startOfDays(now, USUAL_DAYS, timeZone);
  const last = momentOnClock(to, '00:00', timeZone);
  if (last === null) return { from: first };
  const end = momentOnClock(dayAfter(to), '00:00', timeZone);
  return end === null ? { from: first } : { from: first, to: end };
}
