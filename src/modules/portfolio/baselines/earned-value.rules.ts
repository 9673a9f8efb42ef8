// Earned value in money, weighted by milestones: nothing until one is reached, all of it from then on. Pure.
// Source of the formulas: ANSI/EIA-748 for CV, CPI, SPI, EAC; Lipke (2003) for earned schedule.
import { daysBetween } from '#platform/calendar-days.rules.ts';

/** What was worth doing, what was done and what was paid, in cents; shares are ratios. */
export interface EarnedValue {
  /** Budget at completion: the baseline's cost. */
  readonly budgetCents: number;
  /** PV: what should have been done by now. */
  readonly plannedCents: number;
  /** EV: what was done by now. */
  readonly earnedCents: number;
  /** AC: what was really paid. */
  readonly spentCents: number;
  /** CV = EV − AC. */
  readonly costVarianceCents: number;
  /** CPI = EV / AC; null while nothing was paid. */
  readonly costIndex: number | null;
  /** SPI = EV / PV; null while nothing was planned. */
  readonly scheduleIndex: number | null;
  /** EAC: BAC / CPI (things go on as they went), AC + (BAC − EV) (the rest goes as planned), AC + (BAC − EV) / (CPI · SPI). */
  readonly atCompletionCents: {
    readonly asBefore: number | null;
    readonly asPlanned: number;
    readonly bothIndices: number | null;
  };
  /** ES and AT in months, SPI(t) = ES / AT, and IEAC(t) = PD / SPI(t) in months; null while nothing was earned. */
  readonly earnedMonths: number;
  readonly actualMonths: number;
  readonly timeIndex: number | null;
  readonly monthsAtCompletion: number | null;
}

interface Weighted {
  readonly plannedOn: string;
  readonly weight: number;
}

const MONTH_DAYS = 365.2425 / 12;

/**
 * Earned value on `today`: the plan is the baseline's, what was reached is the file's. Null where it says nothing: no
 * milestone in either, nothing said of what was paid, or a project that has not begun.
 */
export function earnedValueOf({
  baseline,
  milestones,
  spentCents,
  today,
}: {
  readonly baseline: {
    readonly costCents: number;
    readonly startOn: string;
    readonly endOn: string;
    readonly plan: { readonly milestones: readonly Weighted[] };
  };
  readonly milestones: readonly (Weighted & { readonly reachedOn: string | null })[];
  readonly spentCents: number | null;
  readonly today: string;
}): EarnedValue | null {
  const plan = baseline.plan.milestones;
  const weight = (all: readonly Weighted[]) => all.reduce((sum, one) => sum + one.weight, 0);
  const actualMonths = daysBetween(baseline.startOn, today) / MONTH_DAYS;
  if (plan.length === 0 || milestones.length === 0 || spentCents === null || actualMonths <= 0) return null;
  const budget = baseline.costCents;
  const planned = (day: string) =>
    (budget * weight(plan.filter(({ plannedOn }) => plannedOn <= day))) / weight(plan);
  const reached = milestones.filter(({ reachedOn }) => reachedOn !== null && reachedOn <= today);
  const earned = (budget * weight(reached)) / weight(milestones);
  const pv = planned(today);
  const costIndex = spentCents === 0 ? null : earned / spentCents;
  const scheduleIndex = pv === 0 ? null : earned / pv;
  const planMonths = daysBetween(baseline.startOn, baseline.endOn) / MONTH_DAYS;
  const months = earnedMonths(
    earned,
    plan.map(({ plannedOn, weight: one }) => ({
      month: Math.max(0, daysBetween(baseline.startOn, plannedOn) / MONTH_DAYS),
      cents: (budget * one) / weight(plan),
    })),
  );
  const timeIndex = months === 0 ? null : months / actualMonths;
  const both = costIndex !== null && scheduleIndex !== null ? costIndex * scheduleIndex : 0;
  return {
    budgetCents: budget,
    plannedCents: Math.round(pv),
    earnedCents: Math.round(earned),
    spentCents,
    costVarianceCents: Math.round(earned - spentCents),
    costIndex,
    scheduleIndex,
    atCompletionCents: {
      asBefore: costIndex ? Math.round(budget / costIndex) : null,
      asPlanned: Math.round(spentCents + budget - earned),
      bothIndices: both > 0 ? Math.round(spentCents + (budget - earned) / both) : null,
    },
    earnedMonths: months,
    actualMonths,
    timeIndex,
    monthsAtCompletion: timeIndex === null ? null : planMonths / timeIndex,
  };
}

/** ES = C + (EV − PV_C) / (PV_{C+1} − PV_C), C being the last whole month whose planned value is earned. */
function earnedMonths(
  earned: number,
  plan: readonly { readonly month: number; readonly cents: number }[],
): number {
  const valueAt = (month: number) =>
    plan.filter((one) => one.month <= month).reduce((sum, one) => sum + one.cents, 0);
  const last = Math.ceil(Math.max(...plan.map(({ month }) => month)));
  // Sums of shares miss the whole by a rounding: half a cent is nothing.
  if (earned >= valueAt(last) - 0.5) return last;
  let month = 0;
  while (month + 1 <= last && valueAt(month + 1) <= earned + 0.5) month += 1;
  const [here, next] = [valueAt(month), valueAt(month + 1)];
  return next > here && earned > here ? month + (earned - here) / (next - here) : month;
}
