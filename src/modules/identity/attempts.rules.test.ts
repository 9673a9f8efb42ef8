import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Attempts, secondsToWait, waitAfter, withAttempt } from './attempts.rules.ts';

test('four slips cost nothing, then each wait doubles up to a quarter of an hour', () => {
  assert.deepEqual(
    [0, 1, 4, 5, 6, 7, 13, 14, 15, 10_000].map(waitAfter),
    [0, 0, 0, 2, 4, 8, 512, 900, 900, 900],
  );
});

test('who tries 10,000 times without pause is looked at 5 times', () => {
  let attempts: Attempts | undefined;
  let admitted = 0;
  const now = new Date('2026-11-24T10:00:00Z');
  for (let i = 0; i < 10_000; i++) {
    if (secondsToWait(attempts, now) > 0) continue;
    admitted += 1;
    attempts = withAttempt(attempts, now);
  }
  assert.equal(admitted, 5);
});

test('who waits as told is looked at about a hundred times a day, and the owner within 15 minutes', () => {
  let attempts: Attempts | undefined;
  let admitted = 0;
  const start = Date.parse('2026-11-24T00:00:00Z');
  for (let second = 0; second < 86_400; second++) {
    const now = new Date(start + second * 1000);
    if (secondsToWait(attempts, now) > 0) continue;
    admitted += 1;
    attempts = withAttempt(attempts, now);
    assert.ok(secondsToWait(attempts, now) <= 900);
  }
  assert.ok(admitted > 90 && admitted < 120, String(admitted));
});

test('failures are forgotten after a quiet day', () => {
  const old = {
    failures: 30,
    lastAt: new Date('2026-11-22T10:00:00Z'),
    refusedUntil: new Date('2026-11-22T10:15:00Z'),
  };
  assert.equal(withAttempt(old, new Date('2026-11-24T10:00:00Z')).failures, 1);
  assert.equal(withAttempt(old, new Date('2026-11-22T20:00:00Z')).failures, 31);
});
