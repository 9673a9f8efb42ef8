// The effect between units that start one after another, against those that have not yet started. Pure.
import { type Estimate, isNoVariation, type Lack, meanOf, studentEstimate } from './estimates.rules.ts';
import { studentQuantile } from './student.rules.ts';
import type { StaggeredUnit } from './verdicts.types.ts';

/** Fewest units that started with a comparison, and fewest that were a comparison. */
export const LEAST_UNITS = 3;

/** Units that started together: how many, and the sum of their measures at each step. */
interface Group {
  /** Infinity for units that never start. */
  readonly start: number;
  size: number;
  readonly sums: number[];
}

/**
 * Group-time differences in differences with the not yet started as comparison (Callaway and Sant'Anna 2021, without
 * covariates): for each group and each step since its start, the change since the step before the start, less the
 * same change among units still waiting; averaged with the groups' sizes as weights (their "simple" aggregation). The
 * error is the jackknife over units (Tukey 1958), whose variance is on average too large rather than too small (Efron
 * and Stein 1981): it takes no chance and stands where a unit starts alone. Its degrees of freedom are those of the
 * smaller side. Nothing is told where, before their start, units already moved apart from those waiting (5 %).
 */
export function staggeredEffect(units: readonly StaggeredUnit[], confidence: number): Estimate | Lack {
  const steps = units[0]?.series.length ?? 0;
  if (units.some(({ series }) => series.length !== steps)) return { reason: 'unequal-series' };
  const started = units.filter(({ start }) => start !== null && start < steps);
  if (started.length === 0) return { reason: 'nobody-started' };
  // A unit that starts at the first step has no measure before, so it can be neither compared nor a comparison.
  const used = units.filter(({ start }) => start === null || start > 0);
  const groups = groupsOf(used, steps);
  const effect = groupTimeEffect(groups, steps);
  if (effect === null) return { reason: 'no-comparison' };
  const compared = used.filter(({ start }) => start !== null && start < steps && hasWaiting(groups, start));
  const firstStart = groups[0]?.start ?? steps;
  const waiting = used.filter(({ start }) => start === null || start > firstStart);
  const side = Math.min(compared.length, waiting.length);
  if (side < LEAST_UNITS) return { reason: 'too-few-units', needed: LEAST_UNITS, had: side };
  const error = jackknife(groups, used, (some) => groupTimeEffect(some, steps));
  if (error === null) return { reason: 'too-few-units', needed: LEAST_UNITS, had: side };
  const values = used.flatMap(({ series }) => series);
  if (isNoVariation(error, values)) return { reason: 'no-variation' };
  const df = side - 1;
  if (movedApart(groups, used, values, df)) return { reason: 'not-parallel' };
  const before = used.reduce((sum, { start }) => sum + Math.min(start ?? steps, steps), 0);
  return studentEstimate('group-time', { effect, error, df }, confidence, {
    before,
    after: used.length * steps - before,
    units: used.length,
    independent: used.length,
  });
}

function groupsOf(units: readonly StaggeredUnit[], steps: number): Group[] {
  const groups = new Map<number, Group>();
  for (const { start, series } of units) {
    const at = start === null || start >= steps ? Number.POSITIVE_INFINITY : start;
    const group = groups.get(at) ?? { start: at, size: 0, sums: new Array<number>(steps).fill(0) };
    groups.set(at, group);
    group.size += 1;
    for (const [t, value] of series.entries()) group.sums[t] = (group.sums[t] ?? 0) + value;
  }
  return [...groups.values()].sort((a, b) => a.start - b.start);
}

function hasWaiting(groups: readonly Group[], start: number): boolean {
  return groups.some((group) => group.start > start);
}

/** The change from step `from` to step `to`: the group's mean less that of all that start after `to`; null without any. */
function difference(groups: readonly Group[], group: Group, from: number, to: number): number | null {
  let waiting = 0;
  let change = 0;
  for (const other of groups) {
    if (other.start <= to || other === group) continue;
    waiting += other.size;
    change += (other.sums[to] ?? 0) - (other.sums[from] ?? 0);
  }
  if (waiting === 0) return null;
  return ((group.sums[to] ?? 0) - (group.sums[from] ?? 0)) / group.size - change / waiting;
}

function groupTimeEffect(groups: readonly Group[], steps: number): number | null {
  let weights = 0;
  let weighted = 0;
  for (const group of groups) {
    if (group.size === 0) continue;
    for (let t = group.start; t < steps; t += 1) {
      const effect = difference(groups, group, group.start - 1, t);
      if (effect === null) break;
      weights += group.size;
      weighted += group.size * effect;
    }
  }
  return weights === 0 ? null : weighted / weights;
}

/** The same comparison where there can be no effect: from the first step to the last one before each start. */
function placebo(groups: readonly Group[]): number | null {
  let weights = 0;
  let weighted = 0;
  for (const group of groups) {
    if (group.size === 0 || group.start < 2 || group.start === Number.POSITIVE_INFINITY) continue;
    const effect = difference(groups, group, 0, group.start - 1);
    if (effect === null) continue;
    weights += group.size;
    weighted += group.size * effect;
  }
  return weights === 0 ? null : weighted / weights;
}

/** The standard error of a figure from its values without each unit in turn; null where one unit carries it alone. */
function jackknife(
  groups: readonly Group[],
  units: readonly StaggeredUnit[],
  figure: (groups: readonly Group[]) => number | null,
): number | null {
  const without: number[] = [];
  for (const { start, series } of units) {
    const own = groups.find((group) => group.start === start) ?? groups.at(-1);
    const rest = groups.map((group) =>
      group === own
        ? { ...group, size: group.size - 1, sums: group.sums.map((sum, t) => sum - (series[t] ?? 0)) }
        : group,
    );
    const value = figure(rest);
    if (value === null) return null;
    without.push(value);
  }
  const mean = meanOf(without);
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt((squares * (units.length - 1)) / units.length);
}

function movedApart(
  groups: readonly Group[],
  units: readonly StaggeredUnit[],
  values: readonly number[],
  df: number,
): boolean {
  const apart = placebo(groups);
  const error = apart === null ? null : jackknife(groups, units, placebo);
  if (apart === null || error === null) return false;
  if (isNoVariation(error, values)) return !isNoVariation(Math.abs(apart), values);
  return Math.abs(apart) / error > studentQuantile(0.975, df);
}
