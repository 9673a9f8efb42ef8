// The rules of recommendations: what may be done from where and by whom, what is overdue, what is escalated.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type FollowUpSide,
  faultsOfNew,
  faultsOfStep,
  isOverdue,
  levelsToTell,
  mayClose,
  mayStep,
} from './recommendations.rules.ts';
import {
  RECOMMENDATION_STATES,
  RECOMMENDATION_STEPS,
  type RecommendationState,
  type RecommendationStep,
} from './recommendations.types.ts';

const TODAY = '2026-11-24';
const DAYS = [1, 15, 45, 90];

describe('the steps of a recommendation', () => {
  const allowed: Readonly<
    Record<RecommendationState, Readonly<Record<FollowUpSide, readonly RecommendationStep[]>>>
  > = {
    issued: { owner: ['accept'], director: ['accept', 'refuse', 'hand-over'], directorate: [] },
    accepted: {
      owner: ['plan', 'give-evidence'],
      director: ['plan', 'give-evidence', 'hand-over'],
      directorate: ['close-not-implemented'],
    },
    planned: {
      owner: ['plan', 'give-evidence'],
      director: ['plan', 'give-evidence', 'hand-over'],
      directorate: ['close-not-implemented'],
    },
    evidenced: {
      owner: [],
      director: [],
      directorate: ['send-back', 'close-implemented', 'close-not-implemented'],
    },
    refused: { owner: [], director: [], directorate: [] },
    implemented: { owner: [], director: [], directorate: [] },
    'not-implemented': { owner: [], director: [], directorate: [] },
  };
  for (const state of RECOMMENDATION_STATES)
    for (const side of ['owner', 'director', 'directorate'] as const)
      test(`${state}: the ${side} may ${allowed[state][side].join(', ') || 'do nothing'}`, () => {
        const may = RECOMMENDATION_STEPS.filter((step) => mayStep(step, { state }, [side]));
        assert.deepEqual(may, allowed[state][side]);
      });

  test('whoever owns, planned or proved it does not close it', () => {
    const one = { ownerId: 'a', plannedById: 'b', evidencedById: 'c' };
    for (const person of ['a', 'b', 'c']) assert.equal(mayClose(one, person), false, person);
    assert.equal(mayClose(one, 'd'), true);
    assert.equal(mayClose({ ...one, plannedById: null, evidencedById: null }, 'b'), true);
  });

  test('a refusal, evidence and a failure say why; a plan has a day', () => {
    const fields = (step: RecommendationStep, text: string, plannedOn = '') =>
      faultsOfStep(step, { text, plannedOn }, TODAY).map(({ field }) => field);
    for (const step of ['refuse', 'give-evidence', 'send-back', 'close-not-implemented'] as const) {
      assert.deepEqual(fields(step, 'court'), ['text'], step);
      assert.deepEqual(fields(step, 'une raison assez longue'), [], step);
    }
    assert.deepEqual(fields('accept', ''), []);
    assert.deepEqual(fields('accept', 'a\u0000bcdefghijk'), ['text']);
    for (const day of ['', '2026-11-23', '2026-02-30', '9999-01-01'])
      assert.deepEqual(fields('plan', '', day), ['plannedOn'], day);
    assert.deepEqual(fields('plan', '', TODAY), []);
  });

  test('a new one has a text and a day that is not past', () => {
    assert.deepEqual(faultsOfNew({ text: 'Nommer un directeur de projet.', dueOn: TODAY }, TODAY), []);
    const faults = faultsOfNew({ text: ' trop ', dueOn: '2026-11-23' }, TODAY);
    assert.deepEqual(
      faults.map(({ field }) => field),
      ['text', 'dueOn'],
    );
  });
});

describe('what is overdue', () => {
  const cases: readonly [RecommendationState, string, boolean][] = [
    ['issued', '2026-11-23', true],
    ['issued', '2026-11-24', false],
    ['planned', '2026-11-23', true],
    ['evidenced', '2026-01-01', false],
    ['refused', '2026-01-01', false],
    ['implemented', '2026-01-01', false],
  ];
  for (const [state, dueOn, expected] of cases)
    test(`${state}, due on ${dueOn}: ${expected}`, () => {
      assert.equal(isOverdue({ state, dueOn }, TODAY), expected);
    });

  const escalations: readonly [late: string, told: number, expected: number[]][] = [
    ['2026-11-24', 0, []],
    ['2026-11-23', 0, [1]],
    ['2026-11-23', 1, []],
    ['2026-11-09', 1, [2]],
    ['2026-11-10', 1, []],
    // What a stopped server missed is told at once, each level once.
    ['2026-08-26', 0, [1, 2, 3, 4]],
    ['2026-08-26', 2, [3, 4]],
    ['2026-08-26', 4, []],
  ];
  for (const [dueOn, escalated, expected] of escalations)
    test(`due on ${dueOn}, told ${escalated}: ${expected.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(levelsToTell({ state: 'accepted', dueOn, escalated }, TODAY, DAYS), expected);
    });

  test('no level is ever told twice, however the days go', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }), (steps) => {
        let escalated = 0;
        let day = Date.parse('2026-11-24');
        const told: number[] = [];
        for (const step of steps) {
          day += step * 86_400_000;
          const today = new Date(day).toISOString().slice(0, 10);
          const levels = levelsToTell({ state: 'planned', dueOn: '2026-11-24', escalated }, today, DAYS);
          told.push(...levels);
          escalated = levels.at(-1) ?? escalated;
        }
        assert.deepEqual(
          told,
          told.toSorted((a, b) => a - b),
        );
        assert.equal(new Set(told).size, told.length);
      }),
    );
  });
});
