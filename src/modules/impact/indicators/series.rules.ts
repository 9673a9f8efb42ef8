// What part of a series a page shows, and the steps of it, those without a measure included. Pure.
import { dayAfter, daysBefore, nextMonth } from '#platform/calendar-days.rules.ts';
import type { SeriesPoint } from './indicators.types.ts';

/** The steps in which a series is read. */
export const STEPS = ['month', 'week', 'day'] as const;
/** A step in which a series is read. */
export type Step = (typeof STEPS)[number];

/** How many days back each step is shown: ten years, three years, six months. */
const SHOWN_DAYS: Record<Step, number> = { month: 3652, week: 1096, day: 183 };

/** The first day that a page shows of a series that ends on `last`. */
export function shownFrom(step: Step, last: string): string {
  const day = daysBefore(last, SHOWN_DAYS[step]);
  return step === 'month' ? `${day.slice(0, 7)}-01` : day;
}

function nextStep(step: Step, day: string): string {
  return step === 'month' ? nextMonth(day) : dayAfter(day, step === 'day' ? 1 : 7);
}

/** Every step from the first point of any series to the last, and the value of each series there; null where it has none. */
export function alignSeries(
  series: readonly (readonly SeriesPoint[])[],
  step: Step,
): { days: string[]; values: (number | null)[][] } {
  const known = series
    .flat()
    .map(({ day }) => day)
    .sort();
  const last = known.at(-1) ?? '';
  const days: string[] = [];
  for (let day = known[0]; day !== undefined && day <= last; day = nextStep(step, day)) days.push(day);
  const values = series.map((points) => {
    const at = new Map(points.map(({ day, value }) => [day, value]));
    return days.map((day) => at.get(day) ?? null);
  });
  return { days, values };
}
