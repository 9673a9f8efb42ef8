// The availability that the demonstration State remembers of each open API: some months of days before its first. Pure.
import type { MeasuredDay } from '../catalogue/api-days.repository.ts';
import { drawsFrom } from './shapes.demonstration.ts';

const DAY_MS = 86_400_000;

/** Days of history, and looks a day: one each five minutes. */
const HISTORY = { days: 120, checks: 288 } as const;

/** The days before `now` of an API: mostly without fault, with a bad one now and then. */
export function inventedDays(slug: string, apiId: string, now: Date): MeasuredDay[] {
  const draw = drawsFrom(`days|${slug}`);
  const care = draw();
  return Array.from({ length: HISTORY.days }, (_, at) => {
    const day = new Date(now.getTime() - (HISTORY.days - at) * DAY_MS).toISOString().slice(0, 10);
    const luck = draw();
    const missed =
      luck < 0.02 + care * 0.03 ? Math.ceil(draw() * 60) : luck < 0.2 ? Math.ceil(draw() * 3) : 0;
    return { apiId, day, checks: HISTORY.checks, checksUp: HISTORY.checks - missed };
  });
}
