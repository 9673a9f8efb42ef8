// What is wrong with a series: gaps, jumps, lateness. Pure; today is given.
import { dayAfter, daysBefore, daysBetween } from '#platform/calendar-days.rules.ts';
import type { Cadence, SeriesPoint } from './indicators.types.ts';

/** Something to look at in a series; `day` is where, `until` the last day of a gap. */
export type SeriesFault =
  | { readonly kind: 'gap'; readonly day: string; readonly until: string }
  | { readonly kind: 'jump'; readonly day: string; readonly value: number; readonly usual: number }
  | { readonly kind: 'late'; readonly day: string };

/** Days between two measures of each cadence, at most: the longest month has 31. */
const DAYS: Record<Cadence, number> = { daily: 1, weekly: 7, monthly: 31 };

/** How many values before one say what is usual. */
const WINDOW = 28;
/** Fewer values say nothing of what is usual. */
const LEAST_WINDOW = 8;
/** A value further from the median than this many median absolute deviations jumps. */
const FAR = 6;
/** A deviation below this share of the median is taken for this share: a series that stood still may move a little. */
const LEAST_SHARE = 0.01;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  // Halves are added and not sums halved: two great values must not overflow.
  return sorted.length % 2 === 1 ? upper : (sorted[half - 1] as number) / 2 + upper / 2;
}

/** The holes of a series, oldest first: more than one and a half times the cadence without a measure. */
export function gapsOf(points: readonly SeriesPoint[], cadence: Cadence): SeriesFault[] {
  const gaps: SeriesFault[] = [];
  for (const [at, { day }] of points.entries()) {
    const before = points[at - 1]?.day;
    if (before === undefined || daysBetween(before, day) <= DAYS[cadence] * 1.5) continue;
    gaps.push({ kind: 'gap', day: dayAfter(before), until: daysBefore(day, 1) });
  }
  return gaps;
}

/**
 * The values that leave what is usual: further than six median absolute deviations from the median of the 28 before
 * (F. R. Hampel, The influence curve and its role in robust estimation, JASA 69, 1974). A lasting change of level is told
 * until it fills half of the window.
 */
export function jumpsOf(points: readonly SeriesPoint[]): SeriesFault[] {
  return points.flatMap(({ day, value }, at): SeriesFault[] => {
    const before = points.slice(Math.max(0, at - WINDOW), at).map((point) => point.value);
    if (before.length < LEAST_WINDOW) return [];
    const usual = median(before);
    const spread = median(before.map((one) => Math.abs(one - usual)));
    const bound = FAR * Math.max(spread, Math.abs(usual) * LEAST_SHARE);
    return Math.abs(value - usual) > bound ? [{ kind: 'jump', day, value, usual }] : [];
  });
}

/** Whether an open series waits: no measure for twice its cadence. `last` is its last day. */
export function isLate(last: string, cadence: Cadence, today: string): boolean {
  return daysBetween(last, today) > DAYS[cadence] * 2;
}

/** All that is wrong with the days of a series, newest first. `isOpen`: a closed indicator is never late. */
export function faultsOf(
  points: readonly SeriesPoint[],
  { cadence, isOpen, today }: { cadence: Cadence; isOpen: boolean; today: string },
): SeriesFault[] {
  const last = points.at(-1)?.day;
  const late: SeriesFault[] =
    last !== undefined && isOpen && isLate(last, cadence, today) ? [{ kind: 'late', day: last }] : [];
  return [...late, ...gapsOf(points, cadence), ...jumpsOf(points)].sort((a, b) => (a.day < b.day ? 1 : -1));
}
