import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyText } from '#test/support/any-text.ts';
import { pathAfterSignIn } from './path-after-sign-in.ts';
import { isStillPending } from './sign-in.rules.ts';

test('ten minutes are given between the password and the second factor', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  const pending = (minutesAgo: number) => isStillPending({ at: now.getTime() - minutesAgo * 60_000 }, now);
  assert.deepEqual([0, 9.9, 10, -1].map(pending), [true, true, false, false]);
});

test('one goes back to the page that asked for sign-in', () => {
  assert.equal(pathAfterSignIn('/projects?q=a%2Fb#c'), '/projects?q=a%2Fb#c');
  assert.equal(pathAfterSignIn(undefined), '/desk');
  for (const door of ['/sign-in', '/sign-in?back=/x', '/sign-in/second-factor', '/sign-out']) {
    assert.equal(pathAfterSignIn(door), '/desk', door);
  }
  assert.equal(pathAfterSignIn('/sign-inspection'), '/sign-inspection');
});

test('no return path leads to another site, whatever it holds', () => {
  const tricky = fc.array(
    fc.constantFrom(
      '/',
      '\\',
      '.',
      ':',
      '@',
      '?',
      '#',
      '\t',
      '\n',
      '%2f',
      'evil.example',
      'https',
      'javascript',
      ' ',
      'a',
    ),
    { maxLength: 8 },
  );
  const origin = 'https://socle.example';
  fc.assert(
    fc.property(
      fc.oneof(
        tricky.map((parts) => parts.join('')),
        anyText(),
      ),
      (back) => {
        const path = pathAfterSignIn(back);
        assert.equal(new URL(path, origin).origin, origin, JSON.stringify(back));
        assert.match(path, /^\//);
      },
    ),
    { numRuns: 2000 },
  );
});
