// Which key signs when, when another is due, and when one may go.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  isNewKeyDue,
  KEPT_AFTER_MS,
  keysToWithdraw,
  orderedForSigning,
  PUBLISHED_AHEAD_MS,
  SIGNING_ALGORITHMS,
  SIGNS_FOR_MS,
  type SigningAlgorithm,
  type SigningKey,
  signingKeyAt,
} from './signing-keys.rules.ts';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse('2026-01-01T00:00:00Z');
const on = (day: number) => new Date(START + day * DAY);

function key(kid: string, signsFromDay: number, alg: SigningAlgorithm = 'ES256'): SigningKey {
  return { kid, alg, jwk: {}, publishedAt: on(signsFromDay - 1), signsFrom: on(signsFromDay) };
}
const kids = (keys: readonly SigningKey[]) => keys.map(({ kid }) => kid).join(' ');

test('the times fit each other: a key is kept for longer than what it signed lives', () => {
  assert.equal(PUBLISHED_AHEAD_MS, DAY);
  assert.equal(SIGNS_FOR_MS, 90 * DAY);
  assert.equal(KEPT_AFTER_MS, 14 * DAY);
  assert.ok(PUBLISHED_AHEAD_MS < SIGNS_FOR_MS && KEPT_AFTER_MS < SIGNS_FOR_MS);
});

describe('of two keys, the second from day 90 on', () => {
  const keys = [key('second', 90), key('first', 0), key('rsa', 0, 'RS256')];
  for (const [day, signing, withdrawn] of [
    [-0.01, undefined, ''],
    [0, 'first', ''],
    [89.999, 'first', ''],
    [90, 'second', ''],
    [103.999, 'second', ''],
    [104, 'second', 'first'],
    [1_000, 'second', 'first'],
  ] as const) {
    test(`on day ${day} signs ${signing ?? 'none'}, and ${withdrawn || 'none'} may go`, () => {
      assert.equal(signingKeyAt(keys, 'ES256', on(day))?.kid, signing);
      assert.equal(kids(keysToWithdraw(keys, on(day))), withdrawn);
    });
  }
});

test('another is due a day before the latest has signed for ninety, or where there is none', () => {
  for (const [keys, day, isDue] of [
    [[], 0, true],
    [[key('rsa', 0, 'RS256')], 0, true],
    [[key('a', 0)], 0, false],
    [[key('a', 0)], 88.999, false],
    [[key('a', 0)], 89, true],
    [[key('a', 0)], 500, true],
    // One that does not sign yet is the answer to the question.
    [[key('a', 0), key('b', 90)], 89, false],
    [[key('b', 90), key('a', 0)], 178.999, false],
    [[key('b', 90), key('a', 0)], 179, true],
  ] as const) {
    assert.equal(isNewKeyDue(keys, 'ES256', on(day)), isDue, `${kids(keys)} on day ${day}`);
  }
});

test('those that sign stand before the others, one of each algorithm', () => {
  const keys = [
    key('old', 0),
    key('next', 91),
    key('now', 90),
    key('rsa', 0, 'RS256'),
    key('rsa-next', 91, 'RS256'),
  ];
  assert.equal(kids(orderedForSigning(keys, on(90))), 'now rsa old next rsa-next');
  assert.equal(kids(orderedForSigning(keys, on(91))), 'next rsa-next old now rsa');
  assert.equal(kids(orderedForSigning([], on(0))), '');
  assert.equal(kids(orderedForSigning([key('later', 5)], on(0))), 'later');
});

test('of two that begin at the same moment, every process takes the same one', () => {
  const [a, b] = [key('a', 0), key('b', 0)];
  assert.equal(signingKeyAt([a, b], 'ES256', on(1))?.kid, signingKeyAt([b, a], 'ES256', on(1))?.kid);
  // Neither is withdrawn as if it were older: either may have signed.
  assert.equal(kids(keysToWithdraw([a, b], on(100))), '');
});

const anyKeys = fc.uniqueArray(
  fc.record({
    kid: fc.stringMatching(/^[a-f0-9]{4}$/),
    alg: fc.constantFrom(...SIGNING_ALGORITHMS),
    day: fc.integer({ min: 0, max: 400 }),
  }),
  { selector: ({ kid }) => kid, maxLength: 12 },
);

test('whatever keys there are and whatever day it is', () => {
  fc.assert(
    fc.property(anyKeys, fc.integer({ min: 0, max: 500 }), (described, day) => {
      const keys = described.map(({ kid, alg, day }) => key(kid, day, alg));
      const now = on(day);
      const ordered = orderedForSigning(keys, now);
      assert.equal(ordered.length, keys.length);
      assert.deepEqual(new Set(ordered), new Set(keys));
      const withdrawn = keysToWithdraw(keys, now);
      for (const alg of SIGNING_ALGORITHMS) {
        const signing = signingKeyAt(keys, alg, now);
        assert.equal(ordered.find((one) => one.alg === alg && one.signsFrom <= now)?.kid, signing?.kid);
        for (const one of keys.filter((each) => each.alg === alg)) {
          // Nothing that begins later than the one that signs has begun.
          if (signing && one.signsFrom > signing.signsFrom) assert.ok(one.signsFrom > now);
          if (!signing) assert.ok(one.signsFrom > now);
        }
        assert.ok(!signing || !withdrawn.includes(signing), 'the key that signs is withdrawn');
      }
      for (const gone of withdrawn) {
        const signing = signingKeyAt(keys, gone.alg, now);
        assert.ok(signing && now.getTime() - signing.signsFrom.getTime() >= KEPT_AFTER_MS);
        assert.ok(gone.signsFrom < signing.signsFrom);
      }
    }),
  );
});

test('year after year, kept each day: one always signs, was known a day before, and outlives its last signature', () => {
  let keys: SigningKey[] = SIGNING_ALGORITHMS.map((alg) => ({
    ...key(`${alg} 0`, 0, alg),
    publishedAt: on(0),
  }));
  const signedLast = new Map<string, number>();
  const wentOn = new Map<string, number>();
  for (let day = 0; day <= 3 * 365; day += 1) {
    const now = on(day);
    for (const alg of SIGNING_ALGORITHMS) {
      if (isNewKeyDue(keys, alg, now)) {
        keys = [
          ...keys,
          {
            ...key(`${alg} ${day}`, 0, alg),
            publishedAt: now,
            signsFrom: new Date(now.getTime() + PUBLISHED_AHEAD_MS),
          },
        ];
      }
      const signing = signingKeyAt(keys, alg, now);
      assert.ok(signing, `nothing signs on day ${day}`);
      assert.ok(
        day === 0 ||
          signing.signsFrom.getTime() === START ||
          now.getTime() - signing.publishedAt.getTime() >= PUBLISHED_AHEAD_MS,
      );
      signedLast.set(signing.kid, day);
    }
    for (const { kid } of keysToWithdraw(keys, now)) wentOn.set(kid, day);
    keys = keys.filter(({ kid }) => !wentOn.has(kid));
    assert.ok(keys.length <= 4, `${keys.length} keys on day ${day}`);
  }
  assert.ok(wentOn.size >= 20);
  for (const [kid, day] of wentOn) assert.ok(day - Number(signedLast.get(kid)) >= KEPT_AFTER_MS / DAY, kid);
});
