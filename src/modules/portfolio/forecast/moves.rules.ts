import { type Ensemble, ensembleOf, type WeightedValue } from './ensembles.rules.ts';
import type { ForecastFigure, Standing, Transition } from './panels.types.ts';
import { PRIOR_MOVES_PER_MONTH, priorCostMove, priorDurationMove } from './priors.rules.ts';

export const S = {
  kRate: 10,
  kClass: 10,
  kMoves: 10,
  kRepeat: 10,
  frailty: 2,
  tau0: 0.5,
  kTau: 3,
  grain: { cost: 0.1, duration: 0.1 } as Record<ForecastFigure, number>,
  maxRepeat: 0.05,
  classMovers: 0,
  sqrt: 0.5,
};

const PRIOR_POINTS = 199;

function pMove(ratePerMonth: number, months: number): number {
  return 1 - (1 + (ratePerMonth * months) / S.frailty) ** -S.frailty;
}

export function isRepeat(figure: ForecastFigure, value: number, logRatio: number): boolean {
  return (
    Math.abs(value * Math.expm1(logRatio)) <= S.grain[figure] + 1e-9 && Math.abs(logRatio) <= S.maxRepeat
  );
}

function elapsedClass(s: Standing): string {
  if (s.elapsedShare === null) return 'e?';
  return s.elapsedShare < 0.5 ? 'e0' : s.elapsedShare < 1 ? 'e1' : 'e2';
}

export interface Fitted {
  figure: ForecastFigure;
  rate: number;
  phase: Map<string, number>;
  elapsed: Map<string, number>;
  repeats: { diff: number; weight: number }[];
  moves: { value: number; weight: number; cls: string }[];
  n: number;
  tau: number;
}

export function fit(figure: ForecastFigure, trainingByPair: readonly (readonly Transition[])[]): Fitted {
  const pairs = trainingByPair.filter((p) => p.length > 0);
  const all = pairs.flat();
  const moved = (t: Transition) => !isRepeat(figure, t.value, t.logRatio);
  const target = all.filter(moved).length + S.kRate * pMove(PRIOR_MOVES_PER_MONTH, 6);
  let lo = 1e-5;
  let hi = 5;
  for (let i = 0; i < 60; i += 1) {
    const mid = Math.sqrt(lo * hi);
    const got = all.reduce((s, t) => s + pMove(mid, t.months), 0) + S.kRate * pMove(mid, 6);
    if (got < target) lo = mid;
    else hi = mid;
  }
  const rate = lo;
  const factor = (of: (t: Transition) => string, base: (t: Transition) => number) => {
    const map = new Map<string, number>();
    for (const [key, group] of Map.groupBy(all, of)) {
      const exp = group.reduce((s, t) => s + pMove(base(t), t.months), 0);
      map.set(key, (S.kClass + group.filter(moved).length) / (S.kClass + exp));
    }
    return map;
  };
  const phase = factor((t) => t.phase ?? '?', () => rate);
  const elapsed = factor(elapsedClass, (t) => rate * (phase.get(t.phase ?? '?') ?? 1));
  const rateOf = (t: Standing) =>
    rate * (phase.get(t.phase ?? '?') ?? 1) * (elapsed.get(elapsedClass(t)) ?? 1);

  const repeats = all
    .filter((t) => !moved(t))
    .map((t) => ({ diff: t.value * Math.expm1(t.logRatio), weight: 1 }));
  for (let i = 0; i < 20; i += 1)
    repeats.push({ diff: S.grain[figure] * ((i + 0.5) / 20 - 0.5), weight: S.kRepeat / 2 / 20 });
  repeats.push({ diff: 0, weight: S.kRepeat / 2 });

  // scale by pair
  const jumpsByPair = pairs
    .map((p) =>
      p.filter(moved).map((t) => {
        const m = (rateOf(t) * t.months) / pMove(rateOf(t), t.months);
        return { y: t.logRatio / m ** S.sqrt, cls: elapsedClass(t) };
      }),
    )
    .filter((p) => p.length > 0);
  const jumps = jumpsByPair.flat();
  const prior = figure === 'cost' ? priorCostMove : priorDurationMove;
  const priorPoints = Array.from({ length: PRIOR_POINTS }, (_, i) => prior((i + 0.5) / PRIOR_POINTS));
  const n = jumps.length;
  const k = S.kMoves;
  // log scale by pair: random effects
  const priorScale = priorPoints.reduce((s, v) => s + Math.abs(v), 0) / PRIOR_POINTS;
  const meanAbs = (k * priorScale + jumps.reduce((s, j) => s + Math.abs(j.y), 0)) / (k + n);
  const cv2 = 1.5; // sampling variance of |jump| relative to squared mean: exponential 1, heavy tails more
  const effects = jumpsByPair.map((p) => {
    const scale = (p.reduce((s, j) => s + Math.abs(j.y), 0) + meanAbs) / (p.length + 1);
    return { d: Math.log(scale / meanAbs), v: cv2 / (p.length + 1), n: p.length };
  });
  const excess = effects.reduce((s, e) => s + Math.max(-S.tau0, e.d * e.d - e.v), 0);
  const tau2 = Math.max(0.05, (S.kTau * S.tau0 ** 2 + excess) / (S.kTau + effects.length));
  const moves: Fitted['moves'] = [];
  jumpsByPair.forEach((p, i) => {
    const e = effects[i]!;
    const u = (tau2 / (tau2 + e.v)) * e.d;
    for (const j of p) moves.push({ value: j.y / Math.exp(u), weight: 1, cls: j.cls });
  });
  for (const v of priorPoints) moves.push({ value: v, weight: k / PRIOR_POINTS, cls: '' });
  return { figure, rate, phase, elapsed, repeats, moves, n, tau: Math.sqrt(tau2 * (1 + 1 / (1 + effects.length))) };
}

export function predict(f: Fitted, s: Standing): Ensemble {
  const rate = f.rate * (f.phase.get(s.phase ?? '?') ?? 1) * (f.elapsed.get(elapsedClass(s)) ?? 1);
  const p = pMove(rate, s.months);
  const m = ((rate * s.months) / p) ** S.sqrt;
  const points: WeightedValue[] = [];
  const rw = f.repeats.reduce((a, r) => a + r.weight, 0);
  for (const r of f.repeats) {
    const v = Math.max(r.diff, -0.05 * s.value);
    points.push({ value: Math.log1p(Math.min(v, 0.05 * s.value) / s.value), weight: ((1 - p) * r.weight) / rw });
  }
  const cls = elapsedClass(s);
  const own = f.moves.filter((x) => x.cls === cls).length;
  const w = (x: { cls: string; weight: number }) =>
    x.weight * (1 + (S.classMovers > 0 && x.cls === cls ? (f.n / Math.max(1, own)) * (own / (own + S.classMovers)) : 0));
  const mw = f.moves.reduce((a, r) => a + w(r), 0);
  for (const [z, zw] of [
    [-Math.sqrt(3), 1 / 6],
    [0, 2 / 3],
    [Math.sqrt(3), 1 / 6],
  ] as const)
    for (const j of f.moves)
      points.push({ value: j.value * m * Math.exp(f.tau * z), weight: (p * zw * w(j)) / mw });
  return ensembleOf(points);
}
