// The forecast of a project: what must hold wherever it stands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PHASES } from '../panorama/editions.types.ts';
import { lifeClassOf } from './life-class.rules.ts';
import { costDrawsOf, forecastProject, outcomeClassesOf, shareToCome } from './outcomes.rules.ts';
import type { KnownOutcome, ProjectStanding } from './outcomes.types.ts';
import { priorCostQuantile } from './priors.rules.ts';

const standings: fc.Arbitrary<ProjectStanding> = fc.record({
  costRatio: fc.double({ min: 0.2, max: 6, noNaN: true }),
  durationRatio: fc.double({ min: 0.2, max: 6, noNaN: true }),
  plannedMonths: fc.double({ min: 1, max: 200, noNaN: true }),
  elapsedMonths: fc.double({ min: 0, max: 200, noNaN: true }),
  remainingMonths: fc.double({ min: -50, max: 200, noNaN: true }),
  rebaselines: fc.nat({ max: 8 }),
  scopeShare: fc.double({ min: 0.2, max: 1.5, noNaN: true }),
  phase: fc.constantFrom(...PHASES),
});
const HISTORY: KnownOutcome[] = Array.from({ length: 20 }, (_, index) => ({
  figure: index % 2 ? 'cost' : 'duration',
  ratio: 0.8 + (index % 7) / 10,
  months: 18 + index * 3,
}));
const classes = outcomeClassesOf(HISTORY);
const START: ProjectStanding = {
  costRatio: 1,
  durationRatio: 1,
  plannedMonths: 60,
  elapsedMonths: 0,
  remainingMonths: 60,
  rebaselines: 0,
  scopeShare: 1,
  phase: 'build',
};

test('without a history a project that begins is the published prior itself', () => {
  const { cost } = forecastProject(outcomeClassesOf([]), START);
  assert.ok(Math.abs(cost.median - 0.98) < 0.005);
  assert.ok(Math.abs(cost.above50 - 0.18) < 0.005);
  // 90 % and 95 % as the literature gives them.
  assert.ok(Math.abs(Math.exp(priorCostQuantile(0.9)) - 2.3) < 0.05);
  assert.ok(Math.abs(Math.exp(priorCostQuantile(0.95)) - 3.8) < 0.05);
  assert.ok(Math.abs(Math.exp(priorCostQuantile(0.99)) - 12.2) < 0.2);
});

test('quantiles rise, P80 is above the median, chances fall with the limit', () => {
  fc.assert(
    fc.property(standings, (standing) => {
      const forecast = forecastProject(classes, standing);
      for (const one of [forecast.cost, forecast.duration]) {
        assert.ok(
          one.quantiles.every((ratio, index) => index === 0 || ratio >= (one.quantiles[index - 1] ?? 0)),
        );
        assert.ok(one.quantiles.every((ratio) => ratio > 0 && Number.isFinite(ratio)));
        assert.ok(one.p80 >= one.median);
        assert.ok(one.above25 >= one.above50 && one.above50 >= 0 && one.above25 <= 1);
      }
      // What has not ended ends later than today.
      assert.ok(
        (forecast.duration.quantiles[0] ?? 0) * standing.plannedMonths > standing.elapsedMonths - 1e-9,
      );
      assert.ok(forecast.fan.length >= 2 && forecast.fan.length <= 12);
      const [now] = forecast.fan;
      assert.ok(Math.abs((now?.p90 ?? 0) - standing.costRatio) < 1e-9);
    }),
  );
});

test('a dearer project is forecast dearer by as much: the scale of the money does not matter', () => {
  fc.assert(
    fc.property(standings, fc.double({ min: 1.01, max: 3, noNaN: true }), (standing, factor) => {
      const plain = forecastProject(classes, standing).cost;
      const dearer = forecastProject(classes, { ...standing, costRatio: standing.costRatio * factor }).cost;
      assert.ok(Math.abs(dearer.p80 / plain.p80 / factor - 1) < 1e-9);
      assert.ok(dearer.above25 >= plain.above25);
    }),
  );
});

test('the less time remains, the narrower the forecast; each re-baseline widens it', () => {
  const width = (standing: ProjectStanding) => {
    const { quantiles } = forecastProject(classes, standing).cost;
    return (quantiles[36] ?? 0) / (quantiles[4] ?? 1);
  };
  for (const remaining of [60, 36, 24, 12]) {
    assert.ok(
      width({ ...START, remainingMonths: remaining - 12 }) < width({ ...START, remainingMonths: remaining }),
    );
  }
  assert.ok(width({ ...START, rebaselines: 2 }) > width(START));
  assert.ok(shareToCome({ ...START, remainingMonths: -40 }) > 0);
});

test('the heavier the tail, the higher what lies in it', () => {
  const { tail } = forecastProject(outcomeClassesOf([]), START);
  assert.deepEqual(
    tail.map(({ p95 }) => p95),
    tail.map(({ p95 }) => p95).toSorted((a, b) => b - a),
  );
  assert.equal(tail[0]?.exponent, 1);
});

test('the State’s own projects outweigh the prior as they come to be known', () => {
  const many: KnownOutcome[] = Array.from({ length: 300 }, () => ({
    figure: 'cost',
    ratio: 1.4,
    months: 60,
  }));
  assert.equal(lifeClassOf('cost', []).ownWeight, 0);
  const known = lifeClassOf('cost', many);
  assert.ok(known.ownWeight > 0.9);
  assert.ok(Math.abs(Math.exp(known.median) - 1.4) < 1e-9);
  assert.equal(lifeClassOf('cost', [{ figure: 'cost', ratio: 3, months: 6 }]).ownProjects, 0);
});

test('all draws give what the quantiles say', () => {
  const forecast = forecastProject(classes, START).cost;
  const draws = costDrawsOf(classes, START);
  assert.equal(draws.length, 10_000);
  assert.ok(Math.abs((draws[7_999] ?? 0) - forecast.p80) < 1e-9);
  assert.ok(Math.abs(draws.filter((ratio) => ratio > 1.5).length / 10_000 - forecast.above50) < 1e-9);
});

test('the input that moves P80 most comes first', () => {
  const { levers } = forecastProject(classes, { ...START, elapsedMonths: 12, remainingMonths: 48 });
  assert.equal(levers.length, 4);
  assert.deepEqual(
    levers.map(({ change }) => Math.abs(change)),
    levers.map(({ change }) => Math.abs(change)).toSorted((a, b) => b - a),
  );
});
