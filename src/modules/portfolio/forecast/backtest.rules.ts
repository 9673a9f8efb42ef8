// The rolling backtest: each edition from the third is forecast by what the pairs of editions before it teach, and
// scored beside two peers. Nothing of a later edition is ever seen. Pure, and the same for the same panel and seed.
import type {
  Backtest,
  BacktestScores,
  EditionScores,
  FigureBacktest,
  Interval,
  PartsBacktest,
  Robustness,
  Spread,
} from './backtest.types.ts';
import { drawing } from './draws.rules.ts';
import { crpsOf, type Ensemble, ensembleOf, isInCentral80, pitOf } from './ensembles.rules.ts';
import { forecastMove, learnMoves } from './moves.rules.ts';
import { transitionsOf } from './panels.rules.ts';
import type { ForecastFigure, PanelEdition, Transition } from './panels.types.ts';

/** The version of the model of moves. A change of the model takes a new name, never a silent edit. */
export const MOVE_MODEL = 'moves/1';
/** Seeds all that is drawn: places at ties, the bootstrap, the halves. */
const SEED = 20_190_301;
const RESAMPLES = 2_000;
const HALVES = 40;

/** A forecast with what came. */
interface Scored {
  readonly transition: Transition;
  readonly trainedOn: number;
  readonly crps: number;
  readonly crpsNoChange: number;
  readonly crpsEmpirical: number;
  readonly covered: boolean;
  readonly coveredEmpirical: boolean;
  readonly pit: number;
}

/** Backtests both figures of a panel's editions (oldest first). */
export function backtest(editions: readonly PanelEdition[]): Backtest {
  return {
    model: MOVE_MODEL,
    seed: SEED,
    cost: backtestFigure(editions, 'cost'),
    duration: backtestFigure(editions, 'duration'),
  };
}

/** Backtests a panel on random halves of its projects, and without each of its editions but the first and last. */
export function backtestParts(editions: readonly PanelEdition[]): PartsBacktest {
  const halves = Array.from({ length: HALVES }, (_, index) => halfOf(editions, SEED + index));
  const thinned = editions.slice(1, -1).map((left) => editions.filter((edition) => edition !== left));
  const both = (panels: readonly (readonly PanelEdition[])[]) => ({
    cost: robustnessOver(panels, 'cost'),
    duration: robustnessOver(panels, 'duration'),
  });
  return { halves: both(halves), without_an_edition: both(thinned) };
}

function robustnessOver(
  panels: readonly (readonly PanelEdition[])[],
  figure: ForecastFigure,
): Robustness | null {
  const runs = panels.map((panel) => scoreFigure(panel, figure)).filter((scored) => scored.length > 0);
  if (runs.length === 0) return null;
  const scores = runs.map(scoresOf);
  return {
    runs: runs.length,
    vs_empirical_class: spreadOf(scores.map((one) => one.crps / one.crps_empirical_class - 1)),
    coverage80: spreadOf(scores.map((one) => one.coverage80)),
  };
}

function halfOf(editions: readonly PanelEdition[], seed: number): PanelEdition[] {
  const draw = drawing(seed);
  const projects = [...new Set(editions.flatMap(({ states }) => [...states.keys()]))].sort();
  const kept = new Set(projects.filter(() => draw() < 0.5));
  return editions.map(({ month, states }) => ({
    month,
    states: new Map([...states].filter(([project]) => kept.has(project))),
  }));
}

function backtestFigure(editions: readonly PanelEdition[], figure: ForecastFigure): FigureBacktest | null {
  const scored = scoreFigure(editions, figure);
  if (scored.length === 0) return null;
  return {
    ...scoresOf(scored),
    projects: new Set(scored.map(({ transition }) => transition.project)).size,
    intervals: bootstrap(scored),
    editions: [...Map.groupBy(scored, ({ transition }) => transition.to)].map(([edition, group]) =>
      editionScores(edition, group),
    ),
  };
}

/**
 * Scores the forecasts of each pair of editions by the pairs before it, which ended no later than it begins. A pair
 * before which no project gave the figure twice is left out: the plain pool could not forecast it.
 */
function scoreFigure(editions: readonly PanelEdition[], figure: ForecastFigure): Scored[] {
  const pairs = transitionsOf(editions, figure);
  const draw = drawing(SEED);
  return pairs.flatMap((pair, index) => {
    const earlier = pairs.slice(0, index);
    const pool = earlier.flat();
    if (pool.length === 0) return [];
    const model = learnMoves(figure, earlier);
    const empirical = ensembleOf(pool.map(({ logRatio }) => ({ value: logRatio, weight: 1 })));
    // The order of a file's rows must not change what is drawn at ties.
    return pair
      .toSorted((a, b) => (a.project < b.project ? -1 : 1))
      .map((transition) =>
        score(transition, forecastMove(model, transition), empirical, pool.length, draw()),
      );
  });
}

function score(
  transition: Transition,
  forecast: Ensemble,
  empirical: Ensemble,
  trainedOn: number,
  u: number,
): Scored {
  const { logRatio } = transition;
  return {
    transition,
    trainedOn,
    crps: crpsOf(forecast, logRatio),
    crpsNoChange: Math.abs(logRatio),
    crpsEmpirical: crpsOf(empirical, logRatio),
    covered: isInCentral80(forecast, logRatio),
    coveredEmpirical: isInCentral80(empirical, logRatio),
    pit: pitOf(forecast, logRatio, u),
  };
}

function scoresOf(scored: readonly Scored[]): BacktestScores {
  const mean = (of: (one: Scored) => number) => scored.reduce((sum, one) => sum + of(one), 0) / scored.length;
  return {
    n: scored.length,
    crps: mean((one) => one.crps),
    crps_no_change: mean((one) => one.crpsNoChange),
    crps_empirical_class: mean((one) => one.crpsEmpirical),
    coverage80: mean((one) => Number(one.covered)),
    coverage80_empirical_class: mean((one) => Number(one.coveredEmpirical)),
    pit_above_90: mean((one) => Number(one.pit > 0.9)),
    pit_below_10: mean((one) => Number(one.pit < 0.1)),
  };
}

function editionScores(edition: string, group: readonly Scored[]): EditionScores {
  const [first] = group;
  return {
    edition,
    from: first?.transition.from ?? edition,
    months: first?.transition.months ?? 0,
    trained_on: first?.trainedOn ?? 0,
    ...scoresOf(group),
  };
}

/** The columns that are resampled; a project's forecasts stay together, for they are not independent. */
const COLUMNS = [
  (one: Scored) => one.crps,
  (one: Scored) => one.crps - one.crpsNoChange,
  (one: Scored) => one.crps - one.crpsEmpirical,
  (one: Scored) => Number(one.covered),
  (one: Scored) => Number(one.pit > 0.9),
] as const;

function bootstrap(scored: readonly Scored[]): FigureBacktest['intervals'] {
  const groups = [...Map.groupBy(scored, ({ transition }) => transition.project)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({
      size: group.length,
      sums: COLUMNS.map((column) => group.reduce((sum, one) => sum + column(one), 0)),
    }));
  const draw = drawing(SEED);
  const means = COLUMNS.map(() => new Float64Array(RESAMPLES));
  for (let sample = 0; sample < RESAMPLES; sample += 1) {
    let size = 0;
    const sums = COLUMNS.map(() => 0);
    for (let drawn = 0; drawn < groups.length; drawn += 1) {
      const group = groups[Math.floor(draw() * groups.length)];
      if (!group) continue;
      size += group.size;
      for (const [column, sum] of group.sums.entries()) sums[column] = (sums[column] ?? 0) + sum;
    }
    for (const [column, values] of means.entries()) values[sample] = (sums[column] ?? 0) / size;
  }
  const [crps, noChange, empirical, coverage, pit] = means.map(centralInterval);
  const none: Interval = [Number.NaN, Number.NaN];
  return {
    crps: crps ?? none,
    crps_minus_no_change: noChange ?? none,
    crps_minus_empirical_class: empirical ?? none,
    coverage80: coverage ?? none,
    pit_above_90: pit ?? none,
  };
}

function centralInterval(values: Float64Array): Interval {
  const sorted = values.toSorted();
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number) => sorted[Math.round(p * (sorted.length - 1))] ?? Number.NaN;
  return [at(0), at(0.25), at(0.5), at(0.75), at(1)];
}
