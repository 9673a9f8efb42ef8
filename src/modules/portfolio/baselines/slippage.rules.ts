// How far a project has slipped. Pure: days and amounts are given.
import { daysBetween } from '#platform/calendar-days.rules.ts';
import type { Frame, Slippage } from './baselines.types.ts';

/** Days in a month of the mean Gregorian year. */
const MONTH_DAYS = 365.2425 / 12;

/** The slippage of an estimate against one baseline. The baseline's cost is above zero. */
export function slippageFrom(
  baseline: Frame,
  estimate: { readonly costCents: number; readonly endOn: string; readonly scopeShare: number },
): Slippage {
  const late = daysBetween(baseline.endOn, estimate.endOn);
  const planned = daysBetween(baseline.startOn, baseline.endOn);
  return {
    costCents: estimate.costCents - baseline.costCents,
    costShare: estimate.costCents / baseline.costCents - 1,
    months: late / MONTH_DAYS,
    scheduleShare: planned === 0 ? null : late / planned,
    scopeShare: estimate.scopeShare - baseline.scopeShare,
  };
}

/** The slippage of an estimate, always against the first baseline AND the latest one (domain: re-baselining hides variance). */
export function slippageOf(
  first: Frame,
  latest: Frame,
  estimate: { readonly costCents: number; readonly endOn: string; readonly scopeShare: number },
): { readonly first: Slippage; readonly latest: Slippage } {
  return { first: slippageFrom(first, estimate), latest: slippageFrom(latest, estimate) };
}
