// The figures of an edition.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bandOfCost,
  changeSinceFirst,
  changesBetween,
  discrepanciesOf,
  figuresByBand,
  figuresByMinistry,
  figuresByPhase,
  figuresByZone,
  headlineOf,
} from './averages.rules.ts';
import type { CountedRow } from './averages.types.ts';
import { BANDS, PHASES } from './editions.types.ts';

const counted = (projectId: string, more: Partial<CountedRow> = {}): CountedRow => ({
  projectId,
  slug: projectId,
  name: projectId,
  ministry: 'Ministère des Cartes',
  ministryShort: null,
  phase: 'build',
  costMeur: 10,
  band: '9-20',
  zone: 'Cartes',
  durationYears: 4,
  ...more,
});

const rows = fc.array(
  fc.record({
    costMeur: fc.option(fc.integer({ min: 0, max: 500_000 }).map((thousands) => thousands / 1_000)),
    durationYears: fc.option(fc.integer({ min: 0, max: 200 }).map((tenths) => tenths / 10)),
    phase: fc.option(fc.constantFrom(...PHASES)),
    band: fc.option(fc.constantFrom(...BANDS)),
    zone: fc.option(fc.constantFrom('a', 'b', 'c')),
    ministry: fc.option(fc.constantFrom('m', 'n')),
  }),
  { maxLength: 40 },
);

test('a cost belongs to the band that starts at it', () => {
  assert.deepEqual([0, 4.99, 5, 8.9, 9, 19.99, 20, 99.9, 100, 100.1].map(bandOfCost), [
    'under-5',
    'under-5',
    '5-9',
    '5-9',
    '9-20',
    '9-20',
    '20-100',
    '20-100',
    '20-100',
    'over-100',
  ]);
});

test('unknown costs and durations are counted and left out of sums and means', () => {
  assert.deepEqual(
    headlineOf([
      counted('a'),
      counted('b', { costMeur: null, durationYears: null }),
      counted('c', { costMeur: 0.1, durationYears: 5 }),
    ]),
    {
      definition: 'panorama/1',
      projects: 3,
      totalMeur: 10.1,
      unknownCosts: 1,
      meanDurationYears: 4.5,
      unknownDurations: 1,
    },
  );
  assert.equal(headlineOf([]).meanDurationYears, null);
});

test('every grouping adds up to the headline', () => {
  fc.assert(
    fc.property(rows, (drawn) => {
      const all = drawn.map((row, index) => counted(`p${index}`, row));
      const headline = headlineOf(all);
      for (const groups of [
        figuresByPhase(all),
        figuresByBand(all),
        figuresByZone(all),
        figuresByMinistry(all),
      ]) {
        assert.equal(
          groups.reduce((sum, group) => sum + group.projects, 0),
          headline.projects,
        );
        assert.equal(
          groups.reduce((sum, group) => sum + group.unknownCosts, 0),
          headline.unknownCosts,
        );
        const total = groups.reduce((sum, group) => sum + group.totalMeur, 0);
        assert.ok(Math.abs(total - headline.totalMeur) < 1e-6);
      }
      for (const { byPhase, projects } of figuresByMinistry(all)) {
        assert.equal(
          Object.values(byPhase).reduce((sum, count) => sum + count, 0),
          projects,
        );
      }
    }),
  );
});

test('entries, exits, returns and the largest rise are found between two editions', () => {
  const changes = changesBetween(
    '2016-11',
    [
      counted('stays'),
      counted('rises', { costMeur: 20 }),
      counted('leaves', { costMeur: 58 }),
      counted('unknown', { costMeur: null }),
    ],
    [
      counted('stays', { durationYears: 4.04 }),
      counted('rises', { costMeur: 35, phase: 'pilot' }),
      counted('enters'),
      counted('back'),
      counted('unknown', { costMeur: 99 }),
    ],
    new Set(['back', 'stays']),
  );
  assert.deepEqual(
    changes.entries.map(({ lastState, returned }) => [lastState.projectId, returned]),
    [
      ['enters', false],
      ['back', true],
    ],
  );
  assert.deepEqual(
    changes.exits.map(({ lastState }) => [lastState.projectId, lastState.costMeur]),
    [['leaves', 58]],
  );
  assert.equal(changes.largestRise?.row.projectId, 'rises');
  assert.equal(changes.largestRise?.toMeur, 35);
  assert.equal(changes.unchanged, 1);
  assert.equal(changes.changedPhases, 1);
});

test('a change since first publication starts at the first known value', () => {
  assert.deepEqual(
    changeSinceFirst([
      { month: '2016-11', value: null },
      { month: '2017-06', value: 10 },
      { month: '2017-11', value: null },
      { month: '2018-03', value: 15 },
    ]),
    { month: '2017-06', first: 10, latest: 15, share: 0.5 },
  );
  assert.equal(changeSinceFirst([{ month: '2016-11', value: 10 }]), null);
  assert.equal(changeSinceFirst([]), null);
  assert.equal(
    changeSinceFirst([
      { month: 'a', value: 0 },
      { month: 'b', value: 3 },
    ])?.share,
    null,
  );
});

test('a declared headline is compared within its rounding', () => {
  const computed = headlineOf([counted('a', { costMeur: 1204 }), counted('b', { costMeur: 1000 })]);
  const declared = {
    month: '2017-06',
    projects: 2,
    totalMeur: 2200,
    meanDurationYears: 4,
    meanScheduleGap: 0.2,
    meanBudgetGap: null,
    sourceName: 'f',
  };
  assert.deepEqual(discrepanciesOf(computed, declared), []);
  assert.deepEqual(discrepanciesOf(computed, { ...declared, projects: 4, totalMeur: 2300 }), [
    { figure: 'projects', declared: 4, computed: 2, difference: -2 },
    { figure: 'totalMeur', declared: 2300, computed: 2204, difference: -96 },
  ]);
  assert.deepEqual(discrepanciesOf(computed, null), []);
});
