// Days of the calendar: time zones, and arithmetic that holds for any day.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { dayAfter, dayIn, daysBefore, daysBetween, nextMonth } from './calendar-days.rules.ts';
import { isDay } from './typed-text.ts';

const anyDay = fc
  .date({ min: new Date('1002-01-01'), max: new Date('9997-12-30'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10));
const anyCount = fc.integer({ min: -366, max: 366 });

describe('days', () => {
  test('are those of a time zone', () => {
    const moment = new Date('2026-11-24T23:30:00Z');
    assert.equal(dayIn(moment, 'Europe/Paris'), '2026-11-25');
    assert.equal(dayIn(moment, 'UTC'), '2026-11-24');
    assert.equal(dayIn(moment, 'America/Cayenne'), '2026-11-24');
  });

  test('are counted over months, leap days and years', () => {
    assert.equal(daysBefore('2026-03-01', 1), '2026-02-28');
    assert.equal(daysBefore('2024-03-01', 1), '2024-02-29');
    assert.equal(daysBefore('2026-01-01', 1), '2025-12-31');
    assert.equal(daysBefore('2026-11-24', 0), '2026-11-24');
    assert.equal(dayAfter('2026-12-31'), '2027-01-01');
    assert.equal(daysBetween('2024-02-01', '2024-03-01'), 29);
    assert.equal(nextMonth('2026-12-31'), '2027-01-01');
    assert.equal(nextMonth('2026-01-31'), '2026-02-01');
  });

  test('counted forth and back are where they were, and keep their order', () => {
    fc.assert(
      fc.property(anyDay, anyCount, (day, count) => {
        const other = dayAfter(day, count);
        assert.ok(isDay(other));
        assert.equal(daysBefore(other, count), day);
        assert.equal(daysBetween(day, other), count);
        assert.equal(Math.sign(count), other > day ? 1 : other < day ? -1 : 0);
      }),
    );
  });

  test('of one month have the same next month, 1 to 31 days later', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const next = nextMonth(day);
        assert.ok(next.endsWith('-01'));
        assert.equal(dayAfter(next, -1).slice(0, 7), day.slice(0, 7));
        const away = daysBetween(day, next);
        assert.ok(away >= 1 && away <= 31);
      }),
    );
  });
});
