// Settings: which values a key takes as typed, and which one holds on a day.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faultsOfChange, inForceOn, isSettingValue, settingAsTyped } from './settings.rules.ts';
import type { SettingKey, SettingRow } from './settings.types.ts';

const id = '12345678-1234-8234-a234-123456789012';

describe('values as typed', () => {
  const cases: [SettingKey, readonly string[], unknown][] = [
    ['opinion-threshold-cents', ['9 000 000'], 900_000_000],
    ['opinion-threshold-cents', ['9000000,50'], 900_000_050],
    ['opinion-threshold-cents', ['-1'], undefined],
    ['opinion-threshold-cents', ['0'], undefined],
    ['opinion-threshold-cents', [''], undefined],
    ['opinion-delay-months', ['2'], 2],
    ['opinion-delay-months', ['1,5'], undefined],
    ['outsourcing-limit', ['80'], 0.8],
    ['outsourcing-limit', ['101'], undefined],
    ['near-threshold-share', ['92,5'], 0.925],
    ['escalation-days', ['1, 15, 45, 90'], [1, 15, 45, 90]],
    ['escalation-days', ['15, 1, 45, 90'], undefined],
    ['escalation-days', ['1, 15'], undefined],
    ['security-agency', [id], id],
    ['security-agency', ['ASN'], undefined],
    ['audit-excluded-organisations', [id, ''], [id]],
    ['audit-excluded-organisations', [id, id], undefined],
  ];
  for (const [key, typed, expected] of cases)
    test(`${key} ${typed.join(' ')}`, () => assert.deepEqual(settingAsTyped(key, typed), expected));
  test('JSON of another kind is refused', () => {
    for (const value of [null, '1', {}, [], true, Number.NaN, 1e30])
      assert.equal(isSettingValue('opinion-delay-months', value), false);
  });
});

test('of two values the one whose day came last holds, and of one day the one decided last', () => {
  const row = (at: number, effectiveOn: string, value: number): SettingRow => ({
    id: at,
    key: 'opinion-delay-months',
    value,
    effectiveOn,
    reason: '',
    decidedBy: { kind: 'system', name: 'x' },
    decidedAt: new Date(0),
  });
  const rows = [
    row(1, '2019-10-25', 1),
    row(2, '2027-06-01', 2),
    row(3, '2027-03-01', 3),
    row(4, '2027-06-01', 4),
  ];
  const on = (day: string) => inForceOn(rows, day).get('opinion-delay-months')?.value;
  assert.deepEqual(
    ['2019-10-24', '2019-10-25', '2027-02-28', '2027-03-01', '2027-05-31', '2027-06-01'].map(on),
    [undefined, 1, 1, 3, 3, 4],
  );
});

test('a change takes effect today or later, with a reason', () => {
  const fields = (effectiveOn: string, reason: string) =>
    faultsOfChange({ effectiveOn, reason }, '2027-01-10').map(({ field }) => field);
  assert.deepEqual(fields('2027-01-10', 'Décret'), []);
  assert.deepEqual(fields('2027-01-09', ''), ['effectiveOn', 'reason']);
  assert.deepEqual(fields('2027-02-30', 'Décret'), ['effectiveOn']);
});
