// When a consumer departs from what it declared or from its habit, as a table of cases.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anomaliesOf, isWithinHours } from './anomalies.rules.ts';
import type { AccessPattern, AnomalyKind } from './anomalies.types.ts';

const usual: AccessPattern = {
  producerId: 'p',
  apiId: 'a',
  accreditationId: 'c',
  organisationId: 'o',
  declaredCallsPerDay: 100,
  declaredFromHour: 8,
  declaredToHour: 18,
  callsToday: 100,
  callsByHour: { 9: 60, 18: 40 },
  callsThisHour: 40,
  deniedThisHour: 1,
  usualDeniedPerHour: 1,
  subjectsThisHour: 40,
  usualSubjectsPerHour: 30,
};

const cases: [name: string, change: Partial<AccessPattern>, kinds: AnomalyKind[]][] = [
  ['what was declared', {}, []],
  ['twice what was declared', { callsToday: 200 }, []],
  ['more than twice', { callsToday: 201 }, ['volume']],
  ['a few more than a small volume', { declaredCallsPerDay: 10, callsToday: 60 }, []],
  ['many more than a small volume', { declaredCallsPerDay: 10, callsToday: 61 }, ['volume']],
  ['no declared volume', { declaredCallsPerDay: null, callsToday: 1e6 }, []],
  ['a few calls at night', { callsByHour: { 3: 19 } }, []],
  ['calls at night', { callsByHour: { 3: 12, 19: 8 } }, ['hours']],
  [
    'night work that was declared',
    { declaredFromHour: 22, declaredToHour: 5, callsByHour: { 3: 50, 23: 9 } },
    [],
  ],
  ['a rise of refusals', { deniedThisHour: 20 }, ['denied']],
  ['refusals as usual', { deniedThisHour: 20, usualDeniedPerHour: 10 }, []],
  ['refusals among many calls', { deniedThisHour: 20, callsThisHour: 1000 }, []],
  ['many people, as many as a usual hour five times', { subjectsThisHour: 150 }, []],
  ['far more people than ever', { subjectsThisHour: 151 }, ['enumeration']],
  ['far more people than nobody', { subjectsThisHour: 100, usualSubjectsPerHour: 0 }, []],
  ['people without a habit', { subjectsThisHour: 1000, usualSubjectsPerHour: null }, []],
  [
    'very many people without a habit',
    { subjectsThisHour: 1001, usualSubjectsPerHour: null },
    ['enumeration'],
  ],
  [
    'all at once',
    { callsToday: 500, callsByHour: { 2: 400 }, deniedThisHour: 400, subjectsThisHour: 400 },
    ['volume', 'hours', 'denied', 'enumeration'],
  ],
];

for (const [name, change, kinds] of cases) {
  test(name, () => {
    assert.deepEqual(
      anomaliesOf({ ...usual, ...change }).map(({ kind }) => kind),
      kinds,
    );
  });
}

test('hours may go past midnight, both ends included', () => {
  const within = (from: number, to: number) =>
    Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isWithinHours(hour, from, to));
  assert.deepEqual(within(22, 1), [0, 1, 22, 23]);
  assert.deepEqual(within(8, 8), [8]);
  assert.equal(within(0, 23).length, 24);
});
