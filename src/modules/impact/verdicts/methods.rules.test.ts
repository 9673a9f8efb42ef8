// The methods against results published or computed elsewhere: R's data sets, textbooks, least squares by matrices.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentEstimate } from './estimates.rules.ts';
import { hodgesLehmann, matchedEffect } from './matched.rules.ts';
import { resemblance, sameSeason, segmented, seriesEffect, welch } from './series.rules.ts';
import { staggeredEffect } from './staggered.rules.ts';

const nothing = { before: 0, after: 0, units: 0, independent: 0 };

function near(actual: number, expected: number, within = 1e-6): void {
  assert.ok(Math.abs(actual - expected) < within, `${actual} is not ${expected}`);
}

// R's `sleep` (Student 1908): hours gained with two drugs. ?t.test gives the intervals.
const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

test('Welch’s interval of sleep is the one that R prints', () => {
  const figures = welch(drug1, drug2);
  near(figures.effect / figures.error, 1.8608135);
  near(figures.df, 17.7764735);
  const found = studentEstimate('welch', figures, 0.95, nothing);
  near(found.low, -0.2054832);
  near(found.high, 3.3654832);
  // Half the two-sided p-value, 0.07939: the flat prior's probability that the effect is not above 0.
  near(1 - found.atLeast(0), 0.0793941 / 2);
});

// Darwin's self- and cross-fertilised maize, as Fisher (1935) tells it: eighths of an inch, here inches.
const crossed = [23.5, 12, 21, 22, 19.125, 21.5, 22.125, 20.375, 18.25, 21.625, 23.25, 21, 22.125, 23, 12];
const selfed = [17.375, 20.375, 20, 20, 18.375, 18.625, 18.625, 15.25, 16.5, 18, 16.25, 18, 12.75, 15.5, 18];

test('Darwin’s pairs give Fisher’s t of 2.148 and its interval', () => {
  const found = matchedEffect(
    crossed.map((treated, i) => ({ treated, control: selfed[i] ?? 0 })),
    0.95,
  );
  assert.ok('effect' in found);
  assert.equal(found.estimator, 'paired-t');
  near(found.effect, 2.6166667);
  near(found.low, 0.0038992);
  near(found.high, 5.2294342);
  near(1 - found.atLeast(0), 0.0497029 / 2);
});

test('sleep in pairs holds a stray difference, so it is ranked', () => {
  const found = matchedEffect(
    drug2.map((treated, i) => ({ treated, control: drug1[i] ?? 0 })),
    0.95,
  );
  assert.ok('effect' in found);
  assert.equal(found.estimator, 'hodges-lehmann');
  near(found.effect, 1.3);
});

// Hollander and Wolfe's depression data, of R's ?wilcox.test: V = 40, p = 0.01953, estimate 0.46, and an interval
// from 0.010 to 0.786, the 6th mean of two from either end.
test('Hodges and Lehmann’s estimate is the textbook’s', () => {
  const x = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
  const y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  const found = hodgesLehmann(
    x.map((value, i) => value - (y[i] ?? 0)),
    0.95,
    nothing,
  );
  assert.ok('effect' in found);
  near(found.effect, 0.46);
  near(found.low, 0.01);
  near(found.high, 0.786);
  // P(V >= 40) is 10/512; half of P(V = 40), which is 3/512, is counted on the other side.
  near(1 - found.atLeast(0), 8.5 / 512);
});

test('two lines agree with least squares by matrices', () => {
  const before = [10, 11.2, 11.8, 13.1, 13.9, 15.2, 15.8, 17.1, 18.2, 18.8, 20.1, 21];
  const after = [26, 26.8, 28.3, 29.1, 30, 31.2, 31.7, 33.1, 34, 35.2, 35.8, 37.1, 38];
  const { effect, error, neighbours } = segmented(before, after);
  near(effect, 4.0151515);
  near(error / Math.sqrt(neighbours), 0.195282);
  const found = seriesEffect(before, after, undefined, 0.95);
  assert.ok('effect' in found && found.estimator === 'segmented');
});

test('seasons held equal agree with least squares by matrices, sides of unlike length', () => {
  const found = sameSeason([1, 5, 9, 4, 2, 6, 8, 5, 1.5], [8.5, 12, 7, 4, 9, 11.5], 4);
  near(found.effect, 2.9390244);
  near(found.error / Math.sqrt(found.neighbours), 0.2819685);
  near(found.df * found.neighbours, 10);
});

test('neighbours that resemble count for less, and neighbours that alternate never for more', () => {
  assert.equal(resemblance([[1, -1, 1, -1, 1, -1]], 1), 1);
  assert.ok(resemblance([[-3, -2, -1, 0, 1, 2, 3]], 1) > 3);
});

// Card and Krueger (1994), table 3: full-time jobs a shop in New Jersey 20.44 then 21.03, in Pennsylvania 23.33 then
// 21.17; the difference in differences is 2.76 with the means rounded so. The spread around the means is made up.
test('two groups and two steps give Card and Krueger’s difference in differences', () => {
  const spread = [-2, -1, 0, 1, 2];
  const found = staggeredEffect(
    [
      ...spread.map((d) => ({ start: 1, series: [20.44 + d, 21.03 - d] })),
      ...spread.map((d) => ({ start: null, series: [23.33 + d, 21.17 - d] })),
    ],
    0.95,
  );
  assert.ok('effect' in found);
  near(found.effect, 2.75);
});

test('staggered groups are compared with those still waiting only, each weighed by its size', () => {
  // Without noise each unit moves by 1 a step; the effect grows by 2 each step under the project. Group 1 (two units)
  // has steps 1 and 2 (2 and 4) against waiting ones, group 2 (one unit) has step 2 (2) against the two that never start.
  const unit = (start: number | null, d: number) => ({
    start,
    series: [0, 1, 2].map(
      (t) => d * (t + 1) ** 2 + t + (start !== null && t >= start ? 2 * (t - start + 1) : 0),
    ),
  });
  const found = staggeredEffect(
    [unit(1, 0), unit(1, 0), unit(2, 0), unit(null, -0.01), unit(null, 0.01)],
    0.95,
  );
  assert.ok('effect' in found);
  near(found.effect, (2 * 2 + 2 * 4 + 2) / 5);
});
