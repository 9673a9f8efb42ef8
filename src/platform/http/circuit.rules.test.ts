// The circuit: its cases, and what holds whatever happens in whatever order.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  admits,
  afterAnswer,
  afterFailure,
  afterSending,
  type Circuit,
  CLOSED,
  FAILURES_TO_OPEN,
  OPEN_FOR_MS,
  TRIAL_MS,
  VAIN_WAIT_MS,
} from './circuit.rules.ts';

function failed(times: number, at: number, tookMs = 1): Circuit {
  let circuit = CLOSED;
  for (let n = 0; n < times; n++) circuit = afterFailure(circuit, at, tookMs);
  return circuit;
}

describe('the circuit', () => {
  test('opens after three failures in a row, and not after two', () => {
    assert.equal(admits(failed(FAILURES_TO_OPEN - 1, 0), 1), true);
    assert.equal(admits(failed(FAILURES_TO_OPEN, 0), 1), false);
    assert.equal(admits(afterFailure(afterAnswer(), 0, 1), 1), true, 'an answer between starts anew');
  });

  test('opens before that when people waited long in vain', () => {
    assert.equal(admits(failed(2, 0, VAIN_WAIT_MS / 2), 1), false);
    assert.equal(admits(failed(1, 0, VAIN_WAIT_MS), 1), false);
    assert.equal(admits(failed(2, 0, VAIN_WAIT_MS / 2 - 1), 1), true);
  });

  test('lets one trial through after half a minute', () => {
    const open = failed(FAILURES_TO_OPEN, 0);
    assert.equal(admits(open, OPEN_FOR_MS - 1), false);
    assert.equal(admits(open, OPEN_FOR_MS), true);
    const tried = afterSending(open, OPEN_FOR_MS);
    assert.equal(admits(tried, OPEN_FOR_MS), false, 'no second one beside it');
    assert.equal(admits(tried, OPEN_FOR_MS + TRIAL_MS), true, 'unless it never reports back');
    assert.equal(afterAnswer(), CLOSED);
    const again = afterFailure(tried, OPEN_FOR_MS + 10, 10);
    assert.equal(admits(again, 2 * OPEN_FOR_MS + 9), false, 'its failure starts the wait anew');
    assert.equal(admits(again, 2 * OPEN_FOR_MS + 10), true);
  });

  test('is not held open by requests that fail late, nor by a clock set back', () => {
    const open = failed(FAILURES_TO_OPEN, 0);
    assert.equal(admits(afterFailure(open, OPEN_FOR_MS - 1, 5000), OPEN_FOR_MS), true);
    assert.equal(admits(failed(FAILURES_TO_OPEN, 1_000_000), 0), true);
  });

  test('never lets two trials out within their time, and opens only after failures', () => {
    const step = fc.record({
      kind: fc.constantFrom('send', 'answer', 'failure'),
      after: fc.nat(20_000),
      took: fc.nat(6_000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let circuit = CLOSED;
        let now = 0;
        let failures = 0;
        let waited = 0;
        let trialAt: number | null = null;
        for (const { kind, after, took } of steps) {
          now += after;
          if (kind === 'send' && admits(circuit, now)) {
            if (circuit.openedAt !== null) {
              assert.ok(now - circuit.openedAt >= OPEN_FOR_MS);
              assert.ok(trialAt === null || now - trialAt >= TRIAL_MS, 'one trial at a time');
              trialAt = now;
            }
            circuit = afterSending(circuit, now);
          }
          if (kind === 'answer') {
            circuit = afterAnswer();
            [failures, waited, trialAt] = [0, 0, null];
          }
          if (kind === 'failure') {
            circuit = afterFailure(circuit, now, took);
            [failures, waited, trialAt] = [failures + 1, waited + took, null];
          }
          const mayBeOpen = failures >= FAILURES_TO_OPEN || waited >= VAIN_WAIT_MS;
          assert.equal(circuit.openedAt !== null, mayBeOpen);
        }
        assert.equal(admits(circuit, now + OPEN_FOR_MS + TRIAL_MS), true, 'it always ends');
      }),
    );
  });
});
