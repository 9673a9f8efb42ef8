// The scores of forecasts against the formulas that define them, and what must hold of any forecast.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { drawing } from './draws.rules.ts';
import {
  crpsOf,
  ensembleOf,
  isInCentral80,
  pitOf,
  probabilityAbove,
  probabilityBelow,
  quantileOf,
} from './ensembles.rules.ts';
import { probabilityScoresOf, reliabilityOf, scoreRatios } from './scores.rules.ts';

const points = fc.array(
  fc.record({
    value: fc.double({ min: -5, max: 5, noNaN: true }),
    weight: fc.double({ min: 0.01, max: 10, noNaN: true }),
  }),
  { minLength: 1, maxLength: 30 },
);
const outcome = fc.double({ min: -6, max: 6, noNaN: true });

test('the CRPS is the mean distance to the outcome less half the mean distance among the values', () => {
  fc.assert(
    fc.property(points, outcome, (given, y) => {
      const total = given.reduce((sum, { weight }) => sum + weight, 0);
      let expected = 0;
      for (const a of given) {
        expected += (a.weight / total) * Math.abs(a.value - y);
        for (const b of given) {
          expected -= 0.5 * (a.weight / total) * (b.weight / total) * Math.abs(a.value - b.value);
        }
      }
      const score = crpsOf(ensembleOf(given), y);
      assert.ok(Math.abs(score - expected) < 1e-9, `${score} is not ${expected}`);
      assert.ok(score >= 0);
    }),
  );
});

test('quantiles rise with their probability, and probabilities add up to one', () => {
  fc.assert(
    fc.property(points, outcome, fc.double({ min: 0.001, max: 1, noNaN: true }), (given, y, p) => {
      const ensemble = ensembleOf(given);
      assert.ok(quantileOf(ensemble, p / 2) <= quantileOf(ensemble, p));
      const below = probabilityBelow(ensemble, y);
      const above = probabilityAbove(ensemble, y);
      assert.ok(below >= 0 && above >= 0 && below + above <= 1 + 1e-12);
      const pit = pitOf(ensemble, y, 0.5);
      assert.ok(pit >= 0 && pit <= 1);
    }),
  );
});

test('an ensemble without a weight is refused', () => {
  assert.throws(() => ensembleOf([{ value: 1, weight: 0 }]), RangeError);
});

test('outcomes drawn from the forecast itself have an even PIT, ties included, and a covered 80 %', () => {
  const draw = drawing(7);
  const ensemble = ensembleOf([
    { value: 0, weight: 6 },
    ...Array.from({ length: 40 }, (_, index) => ({ value: index / 10 - 1, weight: 0.1 })),
  ]);
  const pits: number[] = [];
  let covered = 0;
  for (let index = 0; index < 20_000; index += 1) {
    const came = quantileOf(ensemble, Math.max(1e-9, draw()));
    pits.push(pitOf(ensemble, came, draw()));
    covered += Number(isInCentral80(ensemble, came));
  }
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const share = pits.filter((pit) => pit >= tenth / 10 && pit < (tenth + 1) / 10).length / pits.length;
    assert.ok(Math.abs(share - 0.1) < 0.01, `${share} of the PIT lies in tenth ${tenth}`);
  }
  assert.ok(covered / pits.length >= 0.79);
});

test('probabilities: Brier, base rate and skill of a worked case', () => {
  const scored = [
    { probability: 0.8, came: true },
    { probability: 0.6, came: false },
    { probability: 0.1, came: false },
    { probability: 1, came: true },
  ];
  const scores = probabilityScoresOf(scored);
  assert.ok(scores);
  assert.equal(scores.n, 4);
  assert.ok(Math.abs(scores.brier - (0.04 + 0.36 + 0.01 + 0) / 4) < 1e-12);
  assert.equal(scores.baseRate, 0.5);
  assert.ok(Math.abs((scores.skill ?? 0) - (1 - 0.1025 / 0.25)) < 1e-12);
  assert.equal(probabilityScoresOf([]), null);
  assert.equal(probabilityScoresOf([{ probability: 0.5, came: true }])?.skill, null);
  assert.deepEqual(
    reliabilityOf(scored).map(({ from, n, came }) => [from, n, came]),
    [
      [0.1, 1, 0],
      [0.6, 1, 0],
      [0.8, 1, 1],
      [0.9, 1, 1],
    ],
  );
});

test('a ratio is scored on its logarithm: twice and half as much are equally wrong', () => {
  const ratios = [0.5, 1, 2];
  assert.ok(Math.abs(scoreRatios(ratios, 4, 0.5).crps - scoreRatios(ratios, 0.25, 0.5).crps) < 1e-12);
  assert.equal(scoreRatios(ratios, 4, 0.5).covered, false);
  assert.equal(scoreRatios(ratios, 1, 0.5).covered, true);
});
