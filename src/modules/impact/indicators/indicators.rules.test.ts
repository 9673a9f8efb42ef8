// The pure rules of indicators: which lines are taken, what is wrong with a series, what was typed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { daysBefore } from '#platform/calendar-days.rules.ts';
import { numberOf } from './indicators.rules.ts';
import { lineSorter } from './measures.rules.ts';
import { alignSeries } from './series.rules.ts';
import { faultsOf, gapsOf, isLate, jumpsOf } from './series-faults.rules.ts';

const TODAY = '2026-11-24';

describe('the lines of an intake', () => {
  const cases = [
    [{ day: '2026-11-24', value: 1 }, null],
    [{ day: '2026-11-24', value: -0 }, null],
    [{ day: '2026-11-25', value: 1 }, 'future'],
    [{ day: '2026-11-24', value: Number.NaN }, 'not-a-number'],
    [{ day: '2026-11-24', value: Number.POSITIVE_INFINITY }, 'not-a-number'],
    [{ day: '2026-11-24', value: 1e15 }, null],
    [{ day: '2026-11-24', value: -1.1e15 }, 'too-large'],
    [{ day: '2026-02-30', value: 1 }, 'not-a-day'],
    [{ day: 'yesterday', value: 1 }, 'not-a-day'],
    [{ day: '2026-11-24', value: 1, segment: 'a\u0000b' }, 'segment'],
    [{ day: '2026-11-24', value: 1, segment: '\ud800' }, 'segment'],
    [{ day: '2026-11-24', value: 1, segment: 'x'.repeat(81) }, 'segment'],
  ] as const;
  for (const [line, reason] of cases) {
    test(`${JSON.stringify(line)} of ${line.value}: ${reason ?? 'taken'}`, () => {
      const { good, refused } = lineSorter(TODAY)([line]);
      assert.deepEqual(refused, reason === null ? [] : [{ line: 1, reason }]);
      assert.equal(good.length, reason === null ? 1 : 0);
    });
  }

  test('a repeated line counts once, a contradicting one is refused, order does not matter', () => {
    const lines = [
      { day: '2026-03-02', value: 5 },
      { day: '2026-03-01', value: 4 },
      { day: '2026-03-02', value: 5 },
      { day: '2026-03-01', value: 6 },
      { day: '2026-03-01', value: 6, segment: 'north' },
    ];
    const sort = lineSorter(TODAY);
    const { good, repeated, refused } = sort(lines);
    assert.equal(good.length, 3);
    assert.equal(repeated, 1);
    assert.deepEqual(refused, [{ line: 4, reason: 'contradicts-another-line' }]);
    const later = sort([{ day: '2026-03-02', value: 7 }]);
    assert.deepEqual(later.refused, [{ line: 6, reason: 'contradicts-another-line' }]);
  });

  test('nothing is lost: each line is taken, repeated or refused', () => {
    const line = fc.record({
      day: fc.oneof(fc.constantFrom('2026-11-23', '2026-11-24', '2027-01-01'), fc.string()),
      value: fc.oneof(fc.double(), fc.constantFrom(1, 2)),
      segment: fc.string({ maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { good, repeated, refused } = lineSorter(TODAY)(lines);
        assert.equal(good.length + repeated + refused.length, lines.length);
        const sort = lineSorter(TODAY);
        const portions = [sort(lines.slice(0, 11)), sort(lines.slice(11))];
        assert.deepEqual(
          portions.flatMap((portion) => portion.good),
          good,
        );
        assert.deepEqual(
          portions.flatMap((portion) => portion.refused),
          refused,
        );
      }),
    );
  });
});

/** `count` days that end on `last`, one every `step`. */
function days(count: number, give: (at: number) => number, step = 1, last = TODAY) {
  return Array.from({ length: count }, (_, at) => ({
    day: daysBefore(last, (count - 1 - at) * step),
    value: give(at),
  }));
}

describe('the faults of a series', () => {
  test('a missing day of a daily series is a gap, a missing day of a monthly one is not', () => {
    const holed = days(20, () => 1).filter((_, at) => at !== 9 && at !== 10);
    assert.deepEqual(gapsOf(holed, 'daily'), [{ kind: 'gap', day: '2026-11-14', until: '2026-11-15' }]);
    assert.deepEqual(gapsOf(holed, 'monthly'), []);
  });

  test('months of 28 to 31 days have no gap', () => {
    const months = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'];
    assert.deepEqual(
      gapsOf(
        months.map((day) => ({ day, value: 1 })),
        'monthly',
      ),
      [],
    );
  });

  test('a value far from the median of those before jumps; noise does not, nor the first ones', () => {
    const noisy = days(30, (at) => 100 + (at % 5) + (at === 20 ? 60 : 0) + (at === 2 ? 60 : 0));
    assert.deepEqual(
      jumpsOf(noisy).map(({ day }) => day),
      [noisy[20]?.day],
    );
  });

  test('a series that stood still may move by a few per cent', () => {
    assert.deepEqual(jumpsOf(days(20, (at) => (at === 19 ? 105 : 100))), []);
    assert.equal(jumpsOf(days(20, (at) => (at === 19 ? 107 : 100))).length, 1);
  });

  for (const [last, cadence, late] of [
    ['2026-11-22', 'daily', false],
    ['2026-11-21', 'daily', true],
    ['2026-11-10', 'weekly', false],
    ['2026-11-09', 'weekly', true],
    ['2026-09-23', 'monthly', false],
    ['2026-09-22', 'monthly', true],
  ] as const) {
    test(`${cadence}, last measured on ${last}: ${late ? 'late' : 'in time'}`, () => {
      assert.equal(isLate(last, cadence, TODAY), late);
    });
  }

  test('a closed indicator is never late, and no finite series breaks the rules', () => {
    const old = days(8, () => 1, 1, '2026-01-01');
    assert.deepEqual(faultsOf(old, { cadence: 'daily', isOpen: false, today: TODAY }), []);
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 60 });
    fc.assert(
      fc.property(values, (all) => {
        const points = days(all.length, (at) => all[at] as number);
        const faults = faultsOf(points, { cadence: 'daily', isOpen: true, today: TODAY });
        assert.ok(faults.every(({ kind }) => kind === 'jump'));
      }),
    );
  });
});

test('series are aligned on every step, with nothing where there is none', () => {
  const measured = [
    { day: '2026-01-01', value: 1 },
    { day: '2026-03-01', value: 3 },
  ];
  assert.deepEqual(alignSeries([measured, [{ day: '2026-02-01', value: 9 }]], 'month'), {
    days: ['2026-01-01', '2026-02-01', '2026-03-01'],
    values: [
      [1, null, 3],
      [null, 9, null],
    ],
  });
});

for (const [text, value] of [
  ['12,5', 12.5],
  ['1\u202f234,5', 1234.5],
  ['-3', -3],
  ['−3', -3],
  ['', Number.NaN],
  ['1e5', Number.NaN],
  ['NaN', Number.NaN],
  ['Infinity', Number.NaN],
  ['0x10', Number.NaN],
] as const) {
  test(`«${text}» reads as ${value}`, () => assert.equal(numberOf(text), value));
}
