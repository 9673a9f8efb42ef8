// Slippage, its averages and earned value: tables of cases, and what must hold whatever the figures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayAfter } from '#platform/calendar-days.rules.ts';
import { eventsPossibleIn, isInDifficulty, stateAfter } from '../files/events.rules.ts';
import { FILE_STATES } from '../files/files.types.ts';
import { averagesOf, bandOf, medianOf, type SlippingProject, slippageSummary } from './averages.rules.ts';
import { earnedValueOf } from './earned-value.rules.ts';
import { slippageFrom, slippageOf } from './slippage.rules.ts';

const FIRST = { costCents: 1_000_000, startOn: '2024-01-01', endOn: '2026-01-01', scopeShare: 1 };

test('slippage is the estimate against the baseline, in cost, in months and in scope', () => {
  const now = { costCents: 1_250_000, endOn: '2026-07-02', scopeShare: 0.8 };
  const slip = slippageFrom(FIRST, now);
  assert.equal(slip.costCents, 250_000);
  assert.equal(slip.costShare, 0.25);
  assert.ok(Math.abs(slip.months - 5.98) < 0.01);
  assert.ok(Math.abs((slip.scheduleShare ?? 0) - 182 / 731) < 1e-12);
  assert.ok(Math.abs(slip.scopeShare + 0.2) < 1e-12);
  assert.equal(slippageFrom({ ...FIRST, endOn: FIRST.startOn }, now).scheduleShare, null);
});

const anyDay = fc.integer({ min: 0, max: 5000 }).map((days) => dayAfter('2020-01-01', days));
const anyEstimate = fc.record({
  costCents: fc.integer({ min: 1, max: 10_000_000_000_000 }),
  endOn: anyDay,
  scopeShare: fc.double({ min: 0, max: 2, noNaN: true }),
});

test('a re-baseline never changes the slippage against the first, and none against itself', () => {
  fc.assert(
    fc.property(anyEstimate, anyEstimate, (estimate, latest) => {
      const rebased = { ...latest, startOn: '2019-01-01' };
      const slip = slippageOf(FIRST, rebased, estimate);
      assert.deepEqual(slip.first, slippageFrom(FIRST, estimate));
      const own = slippageFrom({ ...estimate, startOn: '2019-01-01' }, estimate);
      assert.deepEqual(
        [own.costCents, own.costShare, own.months, own.scheduleShare, own.scopeShare],
        [0, 0, 0, 0, 0],
      );
      // Costs are in proportion, and dearer is never less.
      assert.ok(slip.first.costShare > -1);
      assert.equal(Math.sign(slip.first.costCents), Math.sign(slip.first.costShare));
    }),
  );
});

const project = (more: Partial<SlippingProject> = {}): SlippingProject => ({
  id: '1',
  projectId: null,
  name: 'P',
  organisationName: 'M',
  phase: 'build',
  band: '9-20',
  state: 'running',
  costShare: 0,
  months: 0,
  scheduleShare: 0,
  scopeShare: 0,
  latestCostShare: 0,
  latestScheduleShare: 0,
  rebaselines: 0,
  ...more,
});

test('the corrected mean keeps who left; the plain one forgets them', () => {
  const projects = [
    project({ costShare: 0.1 }),
    project({ costShare: 0.2, scheduleShare: null }),
    project({ costShare: 0.9, state: 'exited' }),
    project({ costShare: 0.0, state: 'finished' }),
  ];
  const { all, byPhase } = slippageSummary(projects);
  assert.ok(Math.abs((all.plain.cost.mean ?? 0) - 0.15) < 1e-12);
  assert.ok(Math.abs((all.corrected.cost.mean ?? 0) - 0.3) < 1e-12);
  assert.ok(Math.abs((all.corrected.cost.median ?? 0) - 0.15) < 1e-12);
  assert.deepEqual([all.plain.count, all.corrected.count, byPhase.length], [2, 4, 1]);
  assert.equal(averagesOf([]).cost.mean, null);
  assert.deepEqual([medianOf([]), medianOf([3]), medianOf([3, 1]), medianOf([9, 1, 2])], [null, 3, 2, 2]);
});

test('the groups hold every project once, and means lie between the least and the most', () => {
  const anyProject = fc
    .record({
      costShare: fc.double({ min: -0.9, max: 5, noNaN: true }),
      organisationName: fc.constantFrom('A', 'B', 'C'),
      phase: fc.constantFrom('build', 'pilot', 'rollout'),
      band: fc.constantFrom('5-9', '9-20', 'over-100'),
      state: fc.constantFrom('running', 'suspended', 'exited', 'finished'),
    } as const)
    .map((more) => project(more as Partial<SlippingProject>));
  fc.assert(
    fc.property(fc.array(anyProject, { minLength: 1, maxLength: 40 }), (projects) => {
      const summary = slippageSummary(projects);
      for (const groups of [summary.byMinistry, summary.byPhase, summary.byBand]) {
        assert.equal(
          groups.reduce((sum, { corrected }) => sum + corrected.count, 0),
          projects.length,
        );
      }
      const costs = projects.map(({ costShare }) => costShare);
      for (const value of [summary.all.corrected.cost.mean, summary.all.corrected.cost.median]) {
        assert.ok(value !== null && value >= Math.min(...costs) - 1e-9 && value <= Math.max(...costs) + 1e-9);
      }
    }),
  );
});

test('bands have the bounds of the published table', () => {
  const cases = [
    [499_999_999, 'under-5'],
    [500_000_000, '5-9'],
    [900_000_000, '9-20'],
    [2_000_000_000, '20-100'],
    [10_000_000_000, 'over-100'],
  ] as const;
  for (const [cents, band] of cases) assert.equal(bandOf(cents), band);
});

test('events lead from state to state, and none leads anywhere from what has ended', () => {
  assert.equal(stateAfter('running', 'suspension'), 'suspended');
  assert.equal(stateAfter('suspended', 'resumption'), 'running');
  assert.equal(stateAfter('running', 'scope-cut'), 'running');
  assert.equal(stateAfter('submitted', 'finish'), undefined);
  assert.equal(stateAfter('submitted', 'exit'), 'exited');
  for (const state of ['draft', 'finished', 'exited'] as const) assert.deepEqual(eventsPossibleIn(state), []);
  for (const state of FILE_STATES) {
    for (const kind of eventsPossibleIn(state)) assert.ok(stateAfter(state, kind));
  }
  const slip = (costShare: number, scheduleShare: number | null) => ({
    ...slippageFrom(FIRST, { costCents: 1, endOn: '2026-01-01', scopeShare: 1 }),
    costShare,
    scheduleShare,
  });
  assert.equal(isInDifficulty('running', slip(0.25, 0.25)), false);
  assert.equal(isInDifficulty('running', slip(0.251, null)), true);
  assert.equal(isInDifficulty('running', slip(0, 0.3)), true);
  assert.equal(isInDifficulty('suspended', null), true);
  assert.equal(isInDifficulty('running', null), false);
});

test('earned value counts a milestone in full from the day it is reached', () => {
  const baseline = {
    costCents: 1_000_00,
    startOn: '2025-01-01',
    endOn: '2026-01-01',
    plan: {
      milestones: [
        { plannedOn: '2025-04-02', weight: 1 },
        { plannedOn: '2025-07-02', weight: 1 },
        { plannedOn: '2026-01-01', weight: 2 },
      ],
    },
  };
  const milestones = [
    { plannedOn: '2025-04-02', reachedOn: '2025-05-01', weight: 1 },
    { plannedOn: '2025-09-01', reachedOn: null, weight: 1 },
    { plannedOn: '2026-03-01', reachedOn: null, weight: 2 },
  ];
  const value = earnedValueOf({ baseline, milestones, spentCents: 50_000, today: '2025-07-02' });
  assert.ok(value);
  assert.deepEqual(
    [value.plannedCents, value.earnedCents, value.costVarianceCents],
    [50_000, 25_000, -25_000],
  );
  assert.deepEqual([value.costIndex, value.scheduleIndex], [0.5, 0.5]);
  assert.deepEqual(value.atCompletionCents, { asBefore: 200_000, asPlanned: 125_000, bothIndices: 350_000 });
  // A quarter was to be done after three months and was done in six: five whole months carry it, no more value until July.
  assert.ok(value.earnedMonths >= 3 && value.earnedMonths < 6);
  assert.ok(value.timeIndex !== null && value.timeIndex < 1);
  const nothing = earnedValueOf({ baseline, milestones, spentCents: null, today: '2025-07-02' });
  assert.equal(nothing, null);
  assert.equal(earnedValueOf({ baseline, milestones, spentCents: 0, today: '2024-07-02' }), null);
  const done = milestones.map((one) => ({ ...one, reachedOn: '2025-06-01' }));
  const early = earnedValueOf({ baseline, milestones: done, spentCents: 80_000, today: '2025-07-02' });
  assert.equal(early?.earnedCents, 100_000);
  assert.equal(early?.earnedMonths, 12);
});
