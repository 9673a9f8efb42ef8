// What a verdict is computed from, out of a contract's terms and the series of its indicators. Pure.
import { daysBetween } from '#platform/calendar-days.rules.ts';
import type { Direction, VerdictInput } from '../verdicts/verdicts.types.ts';
import type { ComparedUnit, Contract, ContractTerms } from './contracts.types.ts';

/** A value of a series, with the first day of its step. */
export interface Point {
  readonly day: string;
  readonly value: number;
}

/** The series that a contract reads: its primary indicator's, and those of each unit that it compares. */
export interface ContractSeries {
  readonly before: readonly Point[];
  readonly after: readonly Point[];
  /** By indicator; from the first day read to the last, before and after together. */
  readonly compared: ReadonlyMap<string, readonly Point[]>;
}

/** How far back measures count as from before, in days: three years, so that seasons are seen. */
export const DAYS_BEFORE = 3 * 365;

/** The fewest days after the baseline from which months are compared, rather than weeks. */
const DAYS_FOR_MONTHS = 180;

/** The step by which a contract's measures are gathered on `day`. */
export function stepOf({ baselineOn }: Pick<ContractTerms, 'baselineOn'>, day: string): 'month' | 'week' {
  return daysBetween(baselineOn, day) >= DAYS_FOR_MONTHS ? 'month' : 'week';
}

/** What `verdictOf` takes for these terms. */
export function verdictInputOf(
  terms: ContractTerms,
  direction: Direction,
  step: 'month' | 'week',
  series: ContractSeries,
): VerdictInput {
  const objective = {
    direction,
    baseline: terms.baselineValue,
    target: terms.target,
    minimum: terms.minimumEffect,
  };
  const after = series.after.map(({ value }) => value);
  switch (terms.counterfactual) {
    case 'none':
      return { ...objective, method: 'none', after };
    case 'before-after': {
      const before = series.before.map(({ value }) => value);
      const isWhole =
        step === 'month' && before.length >= 24 && hasNoGap([...series.before, ...series.after]);
      return { ...objective, method: 'before-after', before, after, ...(isWhole ? { cycle: 12 } : {}) };
    }
    case 'matched':
      return { ...objective, method: 'matched', pairs: pairsOf(terms, series) };
    case 'staggered':
      return { ...objective, method: 'staggered', units: unitsOf(terms, series) };
  }
}

/** Tells whether each month of `points` follows the one before. */
function hasNoGap(points: readonly Point[]): boolean {
  const month = ({ day }: Point) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return points.every((point, at) => at === 0 || month(point) - month(points[at - 1] as Point) <= 1);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How much a unit's mean changed after the baseline; null where one side was not measured. */
function changeOf(points: readonly Point[], baselineOn: string): number | null {
  const before = mean(points.filter(({ day }) => day <= baselineOn).map(({ value }) => value));
  const after = mean(points.filter(({ day }) => day > baselineOn).map(({ value }) => value));
  return before === null || after === null ? null : after - before;
}

function pairsOf({ units, baselineOn }: ContractTerms, { compared }: ContractSeries) {
  return units.flatMap(({ indicatorId, controlId }) => {
    const treated = changeOf(compared.get(indicatorId) ?? [], baselineOn);
    const control = changeOf(compared.get(controlId ?? '') ?? [], baselineOn);
    return treated === null || control === null ? [] : [{ treated, control }];
  });
}

/** The units on the steps that every one of them was measured in. */
function unitsOf({ units }: ContractTerms, { compared }: ContractSeries) {
  const pointsOf = ({ indicatorId }: ComparedUnit) => compared.get(indicatorId) ?? [];
  const measured = units.map((unit) => new Map(pointsOf(unit).map(({ day, value }) => [day, value])));
  const days = [...(measured[0]?.keys() ?? [])].filter((day) => measured.every((one) => one.has(day)));
  return units.map(({ startsOn }, at) => {
    const start = startsOn === null ? -1 : days.findIndex((day) => day >= startsOn);
    return {
      start: start === -1 ? null : start,
      series: days.map((day) => measured[at]?.get(day) as number),
    };
  });
}

/** The last day that counts, seen on the day `today`: measures after the deadline are no part of the contract. */
export function lastDayOf({ deadline }: Pick<Contract, 'deadline'>, today: string): string {
  return today < deadline ? today : deadline;
}
