// Student's t against published tables, closed forms and its own symmetries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { studentCdf, studentQuantile } from './student.rules.ts';

// Abramowitz and Stegun, table 26.10, and R 4's qt() for degrees that are not whole.
const quantiles: [p: number, df: number, t: number][] = [
  [0.975, 1, 12.706],
  [0.95, 7, 1.895],
  [0.975, 10, 2.228],
  [0.995, 20, 2.845],
  [0.9995, 30, 3.646],
  [0.975, 120, 1.98],
  [0.975, 2.5, 3.575],
  [0.975, 1e6, 1.96],
];
for (const [p, df, t] of quantiles) {
  test(`the ${p} quantile with ${df} degrees is ${t}`, () => {
    assert.ok(Math.abs(studentQuantile(p, df) - t) < 6e-4);
  });
}

test('one and two degrees follow their closed forms, far into the tail', () => {
  for (const t of [-1e6, -40, -3, -0.2, 0, 0.7, 5, 300]) {
    const one = 0.5 + Math.atan(t) / Math.PI;
    const two = 0.5 + t / (2 * Math.sqrt(2 + t * t));
    assert.ok(Math.abs(studentCdf(t, 1) - one) < 1e-12, `${t}`);
    assert.ok(Math.abs(studentCdf(t, 2) - two) < 1e-12, `${t}`);
  }
});

test('both tails are alike, more t is more probability, and the quantile undoes it', () => {
  const degrees = fc.double({ min: 0.5, max: 1e5, noNaN: true });
  const place = fc.double({ min: -30, max: 30, noNaN: true });
  fc.assert(
    fc.property(place, place, degrees, (a, b, df) => {
      assert.ok(Math.abs(studentCdf(a, df) + studentCdf(-a, df) - 1) < 1e-12);
      assert.ok(studentCdf(Math.min(a, b), df) <= studentCdf(Math.max(a, b), df) + 1e-12);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), degrees, (p, df) => {
      assert.ok(Math.abs(studentCdf(studentQuantile(p, df), df) - p) < 1e-10);
    }),
  );
});
