// The statutory clock as a table of cases: month ends, changes of hour, suspensions over the end.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { dayAfter, dayIn, daysBetween } from '#platform/calendar-days.rules.ts';
import {
  addMonths,
  clockOn,
  consultationDueOn,
  isLateConsultation,
  lastDayOf,
  type Suspension,
  tacitDayOf,
} from './clock.rules.ts';

const facts = (submittedOn: string, suspensions: readonly Suspension[] = [], delayMonths = 1) => ({
  submittedOn,
  delayMonths,
  suspensions,
});

describe('the last day', () => {
  const cases: [string, string, readonly Suspension[], string][] = [
    ['the same number of the next month', '2027-02-11', [], '2027-03-11'],
    ['from the 31st to a month of thirty days', '2027-03-31', [], '2027-04-30'],
    ['from the end of January to that of February', '2027-01-31', [], '2027-02-28'],
    ['the same in a leap year', '2028-01-31', [], '2028-02-29'],
    ['from the last of February, by its number', '2027-02-28', [], '2027-03-28'],
    ['over the year’s end', '2026-12-15', [], '2027-01-15'],
    ['over the change to summer time', '2027-03-01', [], '2027-04-01'],
    ['over the change to winter time', '2027-10-05', [], '2027-11-05'],
    ['ten suspended days', '2027-02-11', [{ from: '2027-02-15', until: '2027-02-25' }], '2027-03-21'],
    [
      'asked and answered the same day',
      '2027-02-11',
      [{ from: '2027-02-15', until: '2027-02-15' }],
      '2027-03-11',
    ],
    [
      'a suspension over the first end',
      '2027-02-11',
      [{ from: '2027-03-10', until: '2027-05-10' }],
      '2027-05-11',
    ],
    [
      'two suspensions, one over a change of hour',
      '2027-03-11',
      [
        { from: '2027-03-20', until: '2027-03-30' },
        { from: '2027-04-20', until: '2027-04-22' },
      ],
      '2027-04-23',
    ],
  ];
  for (const [name, submittedOn, suspensions, expected] of cases)
    test(name, () => {
      assert.equal(lastDayOf(facts(submittedOn, suspensions)), expected);
      assert.equal(tacitDayOf(facts(submittedOn, suspensions)), dayAfter(expected, 1));
    });
});

describe('where the clock stands', () => {
  test('it runs to the end of the last day, and silence speaks the day after', () => {
    const running = facts('2027-02-11');
    assert.deepEqual(clockOn(running, '2027-02-11'), {
      kind: 'running',
      lastDay: '2027-03-11',
      tacitOn: '2027-03-12',
      daysLeft: 28,
    });
    assert.equal(clockOn(running, '2027-03-11').kind, 'running');
    assert.deepEqual(clockOn(running, '2027-03-12'), {
      kind: 'expired',
      lastDay: '2027-03-11',
      tacitOn: '2027-03-12',
    });
  });

  test('it never expires while complements are awaited', () => {
    const waiting = facts('2027-02-11', [{ from: '2027-03-09', until: null }]);
    assert.deepEqual(clockOn(waiting, '2029-01-01'), { kind: 'suspended', since: '2027-03-09', daysLeft: 2 });
  });

  test('the day is the State’s: an hour before midnight in Paris is still the last day', () => {
    const running = facts('2027-02-28');
    const day = (moment: string) => dayIn(new Date(moment), 'Europe/Paris');
    // 28 March 2027: the night in which Paris loses an hour.
    assert.equal(clockOn(running, day('2027-03-28T21:59:59Z')).kind, 'running');
    assert.equal(clockOn(running, day('2027-03-28T22:00:00Z')).kind, 'expired');
    const winter = facts('2027-09-30');
    assert.equal(clockOn(winter, day('2027-10-30T21:59:59Z')).kind, 'running');
    assert.equal(clockOn(winter, day('2027-10-30T22:00:00Z')).kind, 'expired');
    assert.equal(
      clockOn(running, dayIn(new Date('2027-03-28T22:00:00Z'), 'America/Cayenne')).kind,
      'running',
    );
  });

  test('a suspended day is a day more, whatever the calendar', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((days) => dayAfter('2020-01-01', days));
    fc.assert(
      fc.property(
        day,
        fc.nat(27),
        fc.nat(400),
        fc.integer({ min: 1, max: 6 }),
        (start, after, length, months) => {
          const from = dayAfter(start, after);
          const suspended = facts(start, [{ from, until: dayAfter(from, length) }], months);
          const plain = lastDayOf(facts(start, [], months));
          assert.equal(daysBetween(plain, lastDayOf(suspended)), length);
          const left = clockOn(facts(start, [{ from, until: null }], months), from);
          assert.ok(left.kind === 'suspended' && left.daysLeft === daysBetween(from, plain));
        },
      ),
    );
  });

  test('months keep the number of the day where the month has it', () => {
    assert.equal(addMonths('2027-08-31', 6), '2028-02-29');
    assert.equal(addMonths('2027-11-30', 3), '2028-02-29');
    assert.equal(addMonths('2027-12-01', 12), '2028-12-01');
  });
});

test('a consultation is late from the day after its last one', () => {
  const dueOn = consultationDueOn('2027-03-10', 25);
  assert.equal(dueOn, '2027-04-04');
  assert.equal(isLateConsultation({ dueOn, answered: false }, '2027-04-04'), false);
  assert.equal(isLateConsultation({ dueOn, answered: false }, '2027-04-05'), true);
  assert.equal(isLateConsultation({ dueOn, answered: true }, '2027-04-05'), false);
});
