// Availability from counted days: spans, days without measure, states too old to tell.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shareAsWritten, stateAt, statusOf, uptimeOver } from './upstream-status.rules.ts';
import type { Upstream, UpstreamDay } from './upstreams.types.ts';

const day = (date: string, checks: number, up: number): UpstreamDay => ({
  upstreamId: 'a',
  day: date,
  checks,
  up,
});

describe('availability', () => {
  test('counts each look, over the days that end today', () => {
    const days = [day('2026-11-17', 10, 0), day('2026-11-18', 10, 5), day('2026-11-24', 30, 30)];
    assert.deepEqual(uptimeOver(days, '2026-11-24', 7), {
      days: 7,
      measuredDays: 2,
      checks: 40,
      share: 35 / 40,
    });
    assert.equal(uptimeOver(days, '2026-11-24', 30).share, 35 / 50);
  });

  test('is not known where nothing was measured', () => {
    assert.equal(uptimeOver([], '2026-11-24', 7).share, null);
    assert.equal(uptimeOver([day('2026-11-25', 1, 1)], '2026-11-24', 7).share, null, 'nor from tomorrow');
  });

  test('is never written better than it is', () => {
    assert.equal(shareAsWritten(0.99999), 0.9999);
    assert.equal(shareAsWritten(1), 1);
    assert.equal(shareAsWritten(0.29), 0.29);
  });
});

describe('the state told', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  const at = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

  test('is not known when nobody looked, or not lately', () => {
    assert.equal(stateAt({ state: 'up', checkedAt: at(4) }, now), 'up');
    assert.equal(stateAt({ state: 'up', checkedAt: at(6) }, now), 'unknown');
    assert.equal(stateAt({ state: 'unknown', checkedAt: null }, now), 'unknown');
  });

  test('comes with ninety days, and nothing of settings', () => {
    const upstream = {
      id: 'a',
      realm: 'agents',
      name: 'A',
      issuer: 'https://a.example',
      clientId: 'hub',
      state: 'down',
      stateSince: at(30),
      checkedAt: at(1),
    } as unknown as Upstream;
    const others = { ...day('2026-11-24', 9, 0), upstreamId: 'b' };
    const status = statusOf(upstream, [day('2026-11-24', 4, 1), others], { now, timeZone: 'UTC' });
    assert.equal(status.days.length, 90);
    assert.equal(status.days[0]?.day, '2026-08-27');
    assert.equal(status.days[0]?.share, null);
    assert.deepEqual(status.days[89], { day: '2026-11-24', checks: 4, share: 0.25 });
    assert.deepEqual(Object.keys(status).sort(), [
      'checkedAt',
      'days',
      'id',
      'name',
      'realm',
      'state',
      'stateSince',
      'uptimes',
    ]);
    const stale = statusOf({ ...upstream, checkedAt: at(10) }, [], { now, timeZone: 'UTC' });
    assert.deepEqual([stale.state, stale.stateSince], ['unknown', null]);
  });
});
