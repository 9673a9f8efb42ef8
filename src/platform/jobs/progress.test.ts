// How seldom progress is saved, on a clock that the test moves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportProgress } from './progress.ts';

const unexpected = (error: unknown) => assert.fail(String(error));

test('however often a step is told, it is saved at most twice a second, and the last one is not lost', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const saved: number[][] = [];
  const report = reportProgress(async (...step) => void saved.push(step), unexpected);
  for (let second = 0; second < 3; second++) {
    for (let i = 0; i < 100; i++) {
      report.tell(second * 100 + i, 300);
      t.mock.timers.tick(10);
      await Promise.resolve();
    }
  }
  assert.ok(saved.length <= 7, `saved ${saved.length} times`);
  await report.close();
  assert.deepEqual(saved[0], [0, 300]);
  assert.deepEqual(saved.at(-1), [299, 300]);
  report.tell(300, 300);
  await report.close();
  assert.deepEqual(saved.at(-1), [299, 300]);
});

test('a step out of its bounds is brought back, and one that is no number is left out', async () => {
  const saved: number[][] = [];
  const report = reportProgress(async (...step) => void saved.push(step), unexpected);
  report.tell(Number.NaN, 4);
  report.tell(9, 4);
  await report.close();
  assert.deepEqual(saved, [[4, 4]]);
});

test('a save that fails is told and stops nothing', async () => {
  const errors: unknown[] = [];
  const report = reportProgress(
    () => Promise.reject(new Error('away')),
    (error) => errors.push(error),
  );
  report.tell(1, 2);
  await report.close();
  assert.equal(errors.length, 1);
});
