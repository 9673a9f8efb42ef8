// What is proposed from each verdict under the registered rule.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_RULE, isLowReview, proposalOf } from './proposal.rules.ts';
import type { Review, Verdict } from './verdicts.types.ts';

function told(pMinimum: number): Verdict {
  return {
    kind: 'told',
    method: 'matched',
    estimator: 'paired-t',
    direction: 'up',
    effect: 1,
    low: 0,
    high: 2,
    confidence: 0.95,
    targetEffect: 2,
    minimum: 1,
    pTarget: pMinimum / 2,
    pMinimum,
    n: { before: 0, after: 20, units: 10, independent: 10 },
  };
}
const untold: Verdict = {
  kind: 'cannot-be-told',
  method: 'matched',
  reason: 'no-measure',
  needed: null,
  had: null,
};

function review(verdict: Verdict, changes: Partial<Review> = {}): Review {
  return {
    verdict,
    rule: DEFAULT_RULE,
    costPerOutcome: 10,
    ceiling: 10,
    earlierLowReviews: 0,
    alreadyExtended: false,
    guardrailsKept: true,
    ...changes,
  };
}

const cases: [what: string, Review, proposal: string, because: string][] = [
  ['enough probability at its ceiling', review(told(0.8)), 'scale', 'minimum-reached'],
  ['no ceiling', review(told(0.9), { ceiling: null, costPerOutcome: null }), 'scale', 'minimum-reached'],
  [
    'a cost above the ceiling',
    review(told(0.9), { costPerOutcome: 10.01 }),
    'extend-once',
    'cost-over-ceiling',
  ],
  ['an unknown cost', review(told(0.9), { costPerOutcome: null }), 'extend-once', 'cost-unknown'],
  [
    'a cost that is no number',
    review(told(0.9), { costPerOutcome: Number.NaN }),
    'extend-once',
    'cost-unknown',
  ],
  ['a broken guardrail', review(told(0.99), { guardrailsKept: false }), 'extend-once', 'guardrail-broken'],
  [
    'a guardrail broken after more time',
    review(told(0.99), { guardrailsKept: false, alreadyExtended: true }),
    'reorient',
    'guardrail-broken',
  ],
  ['just too little', review(told(0.799)), 'extend-once', 'uncertain'],
  ['too little after more time', review(told(0.5), { alreadyExtended: true }), 'reorient', 'uncertain'],
  ['a first low review', review(told(0.2)), 'extend-once', 'low-this-time'],
  ['a second low review', review(told(0.2), { earlierLowReviews: 1 }), 'stop', 'minimum-out-of-reach'],
  [
    'a second low review, guardrail broken',
    review(told(0.1), { earlierLowReviews: 1, guardrailsKept: false }),
    'stop',
    'minimum-out-of-reach',
  ],
  [
    'an earlier low review, but not now',
    review(told(0.21), { earlierLowReviews: 1 }),
    'extend-once',
    'uncertain',
  ],
  ['nothing to tell', review(untold, { earlierLowReviews: 5 }), 'extend-once', 'cannot-be-told'],
  ['nothing to tell, again', review(untold, { alreadyExtended: true }), 'reorient', 'cannot-be-told'],
];
for (const [what, given, proposal, because] of cases) {
  test(`${what}: ${proposal}`, () => assert.deepEqual(proposalOf(given), { proposal, because }));
}

test('an untold verdict is never a low review', () => assert.equal(isLowReview(untold, DEFAULT_RULE), false));

test('a broken guardrail never scales, and nothing is extended twice', () => {
  const p = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      p,
      fc.nat(5),
      fc.boolean(),
      fc.boolean(),
      (pMinimum, earlierLowReviews, alreadyExtended, kept) => {
        const { proposal } = proposalOf(
          review(told(pMinimum), { earlierLowReviews, alreadyExtended, guardrailsKept: kept }),
        );
        assert.ok(kept || proposal !== 'scale');
        assert.ok(!alreadyExtended || proposal !== 'extend-once');
      },
    ),
  );
});
