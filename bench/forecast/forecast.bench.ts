// The forecasts of a portfolio: 1,000 projects of 10,000 draws each, against the plain loop (one Math.random and one
// logarithm a draw, a sort a project) in the same run. Both give median, P80, P(>+25 %), P(>+50 %) and all draws.
import { drawing } from '../../src/modules/portfolio/forecast/draws.rules.ts';
import { CLASS_DRAWS } from '../../src/modules/portfolio/forecast/life-class.rules.ts';
import {
  costDrawsOf,
  forecastProject,
  outcomeClassesOf,
  shareToCome,
} from '../../src/modules/portfolio/forecast/outcomes.rules.ts';
import type { KnownOutcome, ProjectStanding } from '../../src/modules/portfolio/forecast/outcomes.types.ts';
import { median, printFigures, printMachine, round } from '../support/figures.ts';

const PROJECTS = 1_000;
const RUNS = 5;
const draw = drawing(1);
const history: KnownOutcome[] = Array.from({ length: 120 }, (_, index) => ({
  figure: index % 2 ? 'cost' : 'duration',
  ratio: 0.7 + draw(),
  months: 12 + Math.floor(draw() * 90),
}));
const standings: ProjectStanding[] = Array.from({ length: PROJECTS }, () => ({
  costRatio: 0.8 + draw(),
  durationRatio: 0.9 + draw(),
  plannedMonths: 60,
  elapsedMonths: draw() * 60,
  remainingMonths: draw() * 60,
  rebaselines: Math.floor(draw() * 3),
  scopeShare: 1,
  phase: 'build',
}));

/** Keeps what is computed from being thought useless. */
let seen = 0;

function ours(): void {
  const classes = outcomeClassesOf(history);
  for (const standing of standings) {
    const forecast = forecastProject(classes, standing);
    const draws = costDrawsOf(classes, standing);
    seen += forecast.cost.p80 + (draws[CLASS_DRAWS - 1] ?? 0);
  }
}

/** Draws each ratio from the same class by chance, and sorts to find the quantiles. */
function plainLoop(): void {
  const { cost } = outcomeClassesOf(history);
  for (const standing of standings) {
    const share = shareToCome(standing);
    const ratios: number[] = [];
    for (let index = 0; index < CLASS_DRAWS; index += 1) {
      const life = cost.draws[Math.floor(Math.random() * CLASS_DRAWS)] ?? 0;
      ratios.push(
        standing.costRatio * Math.exp(share * cost.median + Math.sqrt(share) * (life - cost.median)),
      );
    }
    ratios.sort((a, b) => a - b);
    const above25 = ratios.filter((ratio) => ratio > 1.25).length / CLASS_DRAWS;
    const above50 = ratios.filter((ratio) => ratio > 1.5).length / CLASS_DRAWS;
    seen += (ratios[CLASS_DRAWS / 2] ?? 0) + (ratios[CLASS_DRAWS * 0.8] ?? 0) + above25 + above50;
  }
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

ours();
const own: number[] = [];
const peer: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  own.push(timed(ours));
  peer.push(timed(plainLoop));
}
const [ms, plainMs] = [median(own), median(peer)];
printMachine({ projects: String(PROJECTS), draws: String(CLASS_DRAWS), runs: String(RUNS) });
printFigures(
  [
    { what: 'forecasts, both figures, fan, tails, levers and all draws', ms: round(ms) },
    { what: 'plain loop: cost alone', ms: round(plainMs) },
  ],
  `what is read and written around it (checked: ${Number.isFinite(seen)}).`,
  {
    projects: PROJECTS,
    draws: CLASS_DRAWS,
    ms: round(ms),
    plain_loop_ms: round(plainMs),
    vs_plain_loop: round(plainMs / ms, 2),
  },
);
