// The effect in one series measured before and after: means, seasons, trends, and neighbours that resemble. Pure.
import {
  type Estimate,
  isNoVariation,
  type Lack,
  meanOf,
  type StudentFigures,
  squaresAround,
  studentEstimate,
} from './estimates.rules.ts';
import { studentQuantile } from './student.rules.ts';

/** Fewest measures on each side. */
export const LEAST_MEASURES = 5;

/** Fewest on each side for two fitted lines (Wagner, Soumerai, Zhang and Ross-Degnan 2002 advise 12). */
export const LEAST_FOR_TREND = 12;

/** Fewest independent measures that a side must be worth. */
const LEAST_INDEPENDENT = 3;

/**
 * How many neighbouring measures say as much as one: (1 + r) / (1 - r), r being the lag-1 autocorrelation of the
 * residuals (Bayley and Hammersley 1946; Zwiers and von Storch 1995), at least 1: neighbours that alternate are not
 * allowed to narrow an interval. r is raised by (1 + 4r)/n for each mean or slope taken out of n residuals, for it
 * comes out too low in short series (Marriott and Pope 1954). Preferred to the kernel variance of Newey and West
 * (1987), which is too small in series of ten to forty measures and needs a bandwidth that somebody must choose.
 */
export function resemblance(residuals: readonly (readonly number[])[], taken: number): number {
  let count = 0;
  let squares = 0;
  let products = 0;
  for (const part of residuals) {
    count += part.length;
    for (const [i, e] of part.entries()) {
      squares += e * e;
      if (i > 0) products += e * (part[i - 1] ?? 0);
    }
  }
  if (squares === 0) return 1;
  const raw = products / squares;
  const r = Math.min(0.95, Math.max(0, raw + (taken * (1 + 4 * raw)) / count));
  return (1 + r) / (1 - r);
}

/**
 * The difference of two means by Welch's t (Welch 1947; degrees of freedom of Satterthwaite 1946). With
 * `neighbours` above 1 each side counts as n / neighbours independent measures, in the spread, in the error and in
 * the degrees of freedom.
 */
export function welch(before: readonly number[], after: readonly number[], neighbours = 1): StudentFigures {
  const b = meanError(before, neighbours);
  const a = meanError(after, neighbours);
  const df = (b.squared + a.squared) ** 2 / (b.squared ** 2 / b.df + a.squared ** 2 / a.df);
  return { effect: meanOf(after) - meanOf(before), error: Math.sqrt(b.squared + a.squared), df };
}

/** The squared standard error of a mean; dividing by n - neighbours keeps the spread from coming out too small. */
function meanError(values: readonly number[], neighbours: number): { squared: number; df: number } {
  const independent = values.length / neighbours;
  return {
    squared: squaresAround(values) / (values.length - neighbours) / independent,
    df: independent - 1,
  };
}

/** A line through values at steps 0, 1, 2…, by least squares. */
function lineThrough(values: readonly number[]) {
  const middle = (values.length - 1) / 2;
  const mean = meanOf(values);
  let tt = 0;
  let ty = 0;
  for (const [t, value] of values.entries()) {
    tt += (t - middle) ** 2;
    ty += (t - middle) * (value - mean);
  }
  const slope = ty / tt;
  return { slope, mean, middle, tt, residuals: values.map((v, t) => v - mean - slope * (t - middle)) };
}

/** Tells whether values rise or fall beyond chance (5 %, two-sided, neighbours allowed for): the slope's t test. */
export function hasTrend(values: readonly number[]): boolean {
  const { slope, tt, residuals } = lineThrough(values);
  const neighbours = resemblance([residuals], 2);
  const df = (values.length - 2) / neighbours;
  const error = Math.sqrt(((squaresAround(residuals) / (values.length - 2)) * neighbours) / tt);
  if (isNoVariation(error, values)) return !isNoVariation(Math.abs(slope), values);
  return Math.abs(slope) / error > studentQuantile(0.975, df);
}

/**
 * Interrupted time series (segmented regression; Wagner et al. 2002): a line before, another after, and the effect
 * is how far the mean after stands from where the line before would have led at the middle of the time after.
 */
export function segmented(before: readonly number[], after: readonly number[]) {
  const b = lineThrough(before);
  const a = lineThrough(after);
  const ahead = before.length + a.middle - b.middle;
  const count = before.length + after.length;
  const neighbours = resemblance([b.residuals, a.residuals], 4);
  const spread = (squaresAround(b.residuals) + squaresAround(a.residuals)) / (count - 4);
  const error = Math.sqrt(spread * neighbours * (1 / before.length + 1 / after.length + ahead ** 2 / b.tt));
  return { effect: a.mean - b.mean - b.slope * ahead, error, df: (count - 4) / neighbours, neighbours };
}

/**
 * The difference after - before with the seasons held equal: least squares of a level for each season and one step
 * at the change (the additive two-way layout; Scheffé 1959, section 4.4). A season measured on one side alone says
 * nothing of the step. `before` covers a whole cycle.
 */
export function sameSeason(before: readonly number[], after: readonly number[], cycle: number) {
  const seasons = Array.from({ length: cycle }, () => ({ before: [] as number[], after: [] as number[] }));
  for (const [i, value] of before.entries()) seasons[i % cycle]?.before.push(value);
  for (const [i, value] of after.entries()) seasons[(before.length + i) % cycle]?.after.push(value);
  let weights = 0;
  let weighted = 0;
  for (const season of seasons) {
    if (season.after.length === 0) continue;
    const weight = 1 / (1 / season.before.length + 1 / season.after.length);
    weights += weight;
    weighted += weight * (meanOf(season.after) - meanOf(season.before));
  }
  const effect = weighted / weights;
  const levels = seasons.map((season) => meanOf([...season.before, ...season.after.map((v) => v - effect)]));
  const residuals = [
    before.map((value, i) => value - (levels[i % cycle] ?? 0)),
    after.map((value, i) => value - effect - (levels[(before.length + i) % cycle] ?? 0)),
  ];
  const neighbours = resemblance(residuals, 2);
  const free = before.length + after.length - cycle - 1;
  let squares = 0;
  for (const part of residuals) for (const e of part) squares += e * e;
  return {
    effect,
    error: Math.sqrt(((squares / free) * neighbours) / weights),
    df: free / neighbours,
    neighbours,
  };
}

/**
 * The effect in a series before and after. Seasons are held equal where there is a cycle; else the means are
 * compared, unless the series was already moving before: then two lines are compared where there are enough
 * measures, and nothing is told where there are not.
 */
export function seriesEffect(
  before: readonly number[],
  after: readonly number[],
  cycle: number | undefined,
  confidence: number,
): Estimate | Lack {
  const fewest = Math.min(before.length, after.length);
  if (fewest < LEAST_MEASURES) return { reason: 'too-few-measures', needed: LEAST_MEASURES, had: fewest };
  if (cycle !== undefined && before.length < cycle) {
    return { reason: 'season-not-covered', needed: cycle, had: before.length };
  }
  const moves = cycle === undefined ? hasTrend(before) : movesFromCycleToCycle(before, cycle);
  if (moves && (cycle !== undefined || fewest < LEAST_FOR_TREND)) {
    return cycle === undefined
      ? { reason: 'trend-before', needed: LEAST_FOR_TREND, had: fewest }
      : { reason: 'trend-before' };
  }
  const found = moves
    ? segmented(before, after)
    : cycle === undefined
      ? welchOfSeries(before, after)
      : sameSeason(before, after, cycle);
  const least = Math.floor(fewest / found.neighbours);
  if (least < LEAST_INDEPENDENT || found.df < 1) {
    return { reason: 'too-correlated', needed: LEAST_INDEPENDENT, had: least };
  }
  if (isNoVariation(found.error, [...before, ...after])) return { reason: 'no-variation' };
  return studentEstimate(moves ? 'segmented' : cycle ? 'same-season' : 'welch', found, confidence, {
    before: before.length,
    after: after.length,
    units: 0,
    independent: Math.round((before.length + after.length) / found.neighbours),
  });
}

function welchOfSeries(before: readonly number[], after: readonly number[]) {
  const neighbours = resemblance([centred(before), centred(after)], 2);
  return { ...welch(before, after, neighbours), neighbours };
}

/** The mean of the measures after, held against a stated baseline: Student's one-sample t, neighbours allowed for. */
export function effectAgainstBaseline(
  baseline: number,
  after: readonly number[],
  confidence: number,
): Estimate | Lack {
  if (after.length < LEAST_MEASURES) {
    return { reason: 'too-few-measures', needed: LEAST_MEASURES, had: after.length };
  }
  const neighbours = resemblance([centred(after)], 1);
  const { squared, df } = meanError(after, neighbours);
  const error = Math.sqrt(squared);
  const independent = after.length / neighbours;
  if (independent < LEAST_INDEPENDENT) {
    return { reason: 'too-correlated', needed: LEAST_INDEPENDENT, had: Math.floor(independent) };
  }
  if (isNoVariation(error, after)) return { reason: 'no-variation' };
  const n = { before: 0, after: after.length, units: 0, independent: Math.round(independent) };
  return studentEstimate('against-baseline', { effect: meanOf(after) - baseline, error, df }, confidence, n);
}

/** Whether a seasonal series moves from one cycle to the next; it shows only where two cycles can be compared. */
function movesFromCycleToCycle(before: readonly number[], cycle: number): boolean {
  const changes = before.slice(cycle).map((value, i) => value - (before[i] ?? 0));
  if (changes.length < LEAST_MEASURES) return false;
  const neighbours = resemblance([centred(changes)], 1);
  if (changes.length / neighbours < 2) return false;
  const { squared, df } = meanError(changes, neighbours);
  const error = Math.sqrt(squared);
  if (isNoVariation(error, before)) return !isNoVariation(Math.abs(meanOf(changes)), before);
  return Math.abs(meanOf(changes)) / error > studentQuantile(0.975, df);
}

function centred(values: readonly number[]): number[] {
  const mean = meanOf(values);
  return values.map((value) => value - mean);
}
