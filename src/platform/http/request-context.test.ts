// The trace that a request belongs to (W3C Trace Context, section 3.2).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceIdOf } from './request-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

test('a caller’s trace goes on', () => {
  assert.equal(traceIdOf(`00-${TRACE}-00f067aa0ba902b7-01`), TRACE);
});

for (const header of [
  undefined,
  '',
  `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `ff-${TRACE}-00f067aa0ba902b7-01`,
  `00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`,
  '"><script>',
]) {
  test(`${header} starts a trace of its own`, () => {
    const traceId = traceIdOf(header);
    assert.match(traceId, /^[0-9a-f]{32}$/);
    assert.notEqual(traceId, TRACE);
    assert.notEqual(traceId, '0'.repeat(32));
  });
}
