// Verdicts: when they cannot be told, how they move with the measures, and how often their intervals are right.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { verdictSentences } from './verdict.messages.ts';
import { verdictOf } from './verdict.rules.ts';
import type { Verdict, VerdictInput } from './verdicts.types.ts';

const objective = { direction: 'up', baseline: 40, target: 50, minimum: 5 } as const;
const before = [41, 39, 40, 42, 38, 40, 39, 41];
const after = [49, 47, 48, 50, 46, 48, 47, 49];
const series = { ...objective, method: 'before-after', before, after } as const;
const unit = (start: number | null, values: readonly number[]) => ({ start, series: values });

const untold: [what: string, VerdictInput, reason: string, needed?: number, had?: number][] = [
  ['no measure after', { ...series, after: [] }, 'no-measure'],
  ['four measures after', { ...series, after: after.slice(4) }, 'too-few-measures', 5, 4],
  ['no measure before', { ...series, before: [] }, 'too-few-measures', 5, 0],
  ['a measure that is no number', { ...series, after: [...after, Number.NaN] }, 'not-finite'],
  ['an infinite measure', { ...series, before: [...before, Number.POSITIVE_INFINITY] }, 'not-finite'],
  ['a target below the baseline', { ...series, target: 30 }, 'objective-unsound'],
  ['no minimum', { ...series, minimum: 0 }, 'objective-unsound'],
  ['a minimum that is no number', { ...series, minimum: Number.NaN }, 'objective-unsound'],
  ['too much confidence', { ...series, confidence: 1 }, 'objective-unsound'],
  [
    'the same measure always',
    { ...series, before: Array(8).fill(40), after: Array(8).fill(48) },
    'no-variation',
  ],
  ['eight months before, of twelve', { ...series, cycle: 12 }, 'season-not-covered', 12, 8],
  [
    'a short series that was rising already',
    { ...series, before: [30, 32.1, 33.9, 36, 38.1, 40], after: [42, 44, 46.2, 48, 50.1, 51.9] },
    'trend-before',
    12,
    6,
  ],
  [
    'neighbours that hardly differ',
    { ...series, before: [40, 40, 41, 43, 43, 41, 40, 40], after: [45, 45, 46, 48, 50, 52, 53, 55] },
    'too-correlated',
    3,
    1,
  ],
  ['a cycle of one and a half', { ...series, cycle: 1.5 }, 'objective-unsound'],
  ['nothing after, against the baseline', { ...objective, method: 'none', after: [] }, 'no-measure'],
  ['no units', { ...objective, method: 'staggered', units: [] }, 'no-measure'],
  ['nobody started', { ...objective, method: 'staggered', units: [unit(null, [1, 2])] }, 'nobody-started'],
  [
    'all started together',
    { ...objective, method: 'staggered', units: [unit(1, [1, 2]), unit(1, [1, 3])] },
    'no-comparison',
  ],
  [
    'all started from the first step',
    { ...objective, method: 'staggered', units: [unit(0, [1, 2]), unit(0, [1, 3])] },
    'no-comparison',
  ],
  [
    'one that started, one that waits',
    { ...objective, method: 'staggered', units: [unit(1, [1, 2]), unit(null, [1, 3])] },
    'too-few-units',
    3,
    1,
  ],
  [
    'units measured unlike',
    { ...objective, method: 'staggered', units: [unit(1, [1, 2]), unit(null, [1])] },
    'unequal-series',
  ],
  [
    'a start between two steps',
    { ...objective, method: 'staggered', units: [unit(0.5, [1, 2]), unit(null, [1, 3])] },
    'not-finite',
  ],
  [
    'units that moved apart before',
    {
      ...objective,
      method: 'staggered',
      units: [0, 0.1, 0.2, 0.3].flatMap((d) => [
        unit(2, [40 + d, 45 - d, 50 + d]),
        unit(null, [40 - d, 40 + d, 40 - d]),
      ]),
    },
    'not-parallel',
  ],
  [
    'four pairs',
    { ...objective, method: 'matched', pairs: Array(4).fill({ treated: 2, control: 1 }) },
    'too-few-pairs',
    5,
    4,
  ],
  [
    'pairs that all differ alike',
    { ...objective, method: 'matched', pairs: Array(9).fill({ treated: 2, control: 1 }) },
    'no-variation',
  ],
  [
    'five pairs, one of them far out',
    {
      ...objective,
      method: 'matched',
      pairs: [1, 1.1, 1.2, 1.3, 90].map((treated) => ({ treated, control: 0 })),
    },
    'too-few-pairs',
    6,
    5,
  ],
];
for (const [what, input, reason, needed, had] of untold) {
  test(`${what}: cannot be told (${reason})`, () => {
    const expected = {
      kind: 'cannot-be-told',
      method: input.method,
      reason,
      needed: needed ?? null,
      had: had ?? null,
    };
    assert.deepEqual(verdictOf(input), expected);
  });
}

function told(input: VerdictInput) {
  const verdict = verdictOf(input);
  assert.ok(verdict.kind === 'told', JSON.stringify(verdict));
  return verdict;
}

test('a clear change is told with its probabilities', () => {
  const verdict = told(series);
  assert.equal(verdict.estimator, 'welch');
  assert.equal(verdict.effect, 8);
  assert.ok(verdict.low > 5 && verdict.high < 10);
  assert.ok(verdict.pMinimum > 0.99 && verdict.pTarget < 0.05);
  assert.deepEqual(JSON.parse(JSON.stringify(verdict)), verdict);
});

test('without a counterfactual the baseline is what counts, and the words say so', () => {
  const verdict = told({ ...objective, method: 'none', after });
  assert.equal(verdict.effect, 8);
  assert.match(verdictSentences('en', verdict, 'points').at(-1) ?? '', /without the project/);
});

const measures = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 30 });

test('shifting, stretching and turning the measures does the same to the verdict', () => {
  fc.assert(
    fc.property(
      measures,
      measures,
      fc.integer({ min: -50, max: 50 }),
      fc.constantFrom(2, 4, 0.5),
      (b, a, by, times) => {
        const plain = verdictOf({ ...series, before: b, after: a });
        const move = (v: number) => (v + by) * times;
        const moved = verdictOf({
          ...series,
          baseline: move(40),
          target: move(50),
          minimum: 5 * times,
          before: b.map(move),
          after: a.map(move),
        });
        const turned = verdictOf({
          ...series,
          direction: 'down',
          baseline: -40,
          target: -50,
          before: b.map((v) => -v),
          after: a.map((v) => -v),
        });
        assert.equal(moved.kind, plain.kind);
        assert.deepEqual({ ...turned, direction: 'up' }, { direction: 'up', ...plain });
        if (plain.kind === 'told' && moved.kind === 'told') {
          const size = 1e-7 * (1 + plain.high - plain.low);
          assert.ok(Math.abs(moved.low / times - plain.low) < size);
          assert.ok(Math.abs(moved.pMinimum - plain.pMinimum) < 1e-7);
        }
      },
    ),
  );
});

test('a higher bar is never more probable, and more confidence never narrower', () => {
  fc.assert(
    fc.property(
      measures,
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 500 }),
      (values, x, y) => {
        const pairs = values.map((treated, i) => ({ treated, control: i }));
        const at = (minimum: number, confidence: number) =>
          verdictOf({ ...objective, method: 'matched', pairs, minimum, confidence });
        const easy = at(Math.min(x, y), 0.8);
        const hard = at(Math.max(x, y), 0.9);
        if (easy.kind !== 'told' || hard.kind !== 'told') return;
        assert.ok(hard.pMinimum <= easy.pMinimum + 1e-12);
        assert.ok(hard.high - hard.low >= easy.high - easy.low - 1e-9);
        assert.ok(hard.low <= hard.effect && hard.effect <= hard.high);
      },
    ),
  );
});

test('any input gives a verdict whose every figure is one', () => {
  const number = fc.double();
  const numbers = fc.array(number, { maxLength: 20 });
  const goal = {
    direction: fc.constantFrom('up' as const, 'down' as const),
    baseline: number,
    target: number,
  };
  const rest = { ...goal, minimum: number, confidence: fc.constantFrom(undefined, 0.5, 0.999) };
  const start = fc.option(fc.integer({ min: -1, max: 6 }));
  const anything: fc.Arbitrary<VerdictInput> = fc.oneof(
    fc.record({ ...rest, method: fc.constant('none' as const), after: numbers }),
    fc.record({
      ...rest,
      method: fc.constant('before-after' as const),
      before: numbers,
      after: numbers,
      cycle: fc.constantFrom(undefined, 0, 1, 2, 7, 2.5, Number.NaN, 1e12),
    }),
    fc.record({
      ...rest,
      method: fc.constant('matched' as const),
      pairs: fc.array(fc.record({ treated: number, control: number })),
    }),
    fc.record({
      ...rest,
      method: fc.constant('staggered' as const),
      units: fc.array(fc.record({ start, series: fc.array(number, { minLength: 4, maxLength: 4 }) })),
    }),
  ) as fc.Arbitrary<VerdictInput>;
  fc.assert(
    fc.property(anything, (input) => {
      const verdict = verdictOf(input);
      if (verdict.kind === 'told') {
        const { effect, low, high, pTarget, pMinimum } = verdict;
        for (const figure of [effect, low, high, pTarget, pMinimum]) assert.ok(Number.isFinite(figure));
      }
      for (const locale of ['fr', 'en'] as const) assert.ok(verdictSentences(locale, verdict, '').length > 0);
    }),
    { numRuns: 400 },
  );
});

/** The generator mulberry32: the same draws on every machine. */
function drawsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const draw = drawsFrom(5);
const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
/** Normal measures around a level, each keeping a share `r` of its neighbour. */
function walk(count: number, r: number, level = 0): number[] {
  let state = normal() / Math.sqrt(1 - r * r);
  return Array.from({ length: count }, () => {
    const value = level + state;
    state = r * state + normal();
    return value;
  });
}
function serial(count: number, r: number, shape: (t: number) => number = () => 0): VerdictInput {
  const all = walk(2 * count, r).map((v, t) => v + shape(t) + (t >= count ? 1 : 0));
  return { ...series, before: all.slice(0, count), after: all.slice(count) };
}
function rollout(): VerdictInput {
  const units = Array.from({ length: 12 }, (_, i) => {
    const start = i < 9 ? 2 + Math.floor(i / 3) : null;
    const values = walk(7, 0.5, normal());
    return unit(
      start,
      values.map((v, t) => v + t / 3 + (start !== null && t >= start ? 1 : 0)),
    );
  });
  return { ...objective, method: 'staggered', units };
}

// The true effect is 1. 1,000 draws put the share within 0.02 of itself; what lies lower is said in decision 0018.
const coverages: [what: string, () => VerdictInput, from: number, to: number][] = [
  ['8 independent measures a side', () => serial(8, 0), 0.93, 0.98],
  ['24 independent measures a side', () => serial(24, 0), 0.92, 0.97],
  ['60 measures a side, neighbours alike', () => serial(60, 0.5), 0.91, 0.97],
  ['24 months a side that were rising', () => serial(24, 0, (t) => t), 0.93, 0.98],
  [
    '24 months a side with seasons',
    () => ({ ...(serial(24, 0, (t) => 3 * Math.sin((t * Math.PI) / 6)) as typeof series), cycle: 12 }),
    0.93,
    0.98,
  ],
  ['a rollout in three waves', rollout, 0.93, 0.99],
  [
    'ten pairs',
    () => ({
      ...objective,
      method: 'matched',
      pairs: Array.from({ length: 10 }, () => ({ treated: 1 + normal(), control: normal() })),
    }),
    0.93,
    0.97,
  ],
];
for (const [what, input, from, to] of coverages) {
  test(`intervals of 95 % hold the truth about 95 times of 100: ${what}`, () => {
    const verdicts = Array.from({ length: 1000 }, () => verdictOf(input())).filter((v) => v.kind === 'told');
    const right = verdicts.filter(({ low, high }) => low <= 1 && 1 <= high).length / verdicts.length;
    assert.ok(verdicts.length > 700 && right >= from && right <= to, `${right} of ${verdicts.length}`);
  });
}

test('fewer measures make a wider interval', () => {
  const mean = (count: number) => {
    const widths = Array.from({ length: 200 }, () => verdictOf(serial(count, 0))).flatMap((v) =>
      v.kind === 'told' && v.estimator === 'welch' ? [v.high - v.low] : [],
    );
    return widths.reduce((sum, width) => sum + width, 0) / widths.length;
  };
  assert.ok(mean(8) > 1.5 * mean(30));
});

test('a minister can read it', () => {
  const verdict: Verdict = {
    ...told(series),
    low: 3.04,
    high: 9.01,
    pMinimum: 0.92,
    pTarget: 0.999,
    targetEffect: 10,
    minimum: 5,
  };
  assert.deepEqual(verdictSentences('en', verdict, 'points'), [
    'The measured effect is a rise of between 3\u00A0points and 9\u00A0points, with 95% confidence.',
    'The minimum worth having (5\u00A0points) is reached with a probability of 92%.',
    'The target (10\u00A0points) is reached with a probability of more than 99%.',
  ]);
  assert.match(
    verdictSentences('fr', { ...verdict, direction: 'down', low: -2 }, 'jours')[0] ?? '',
    /entre une baisse de 9\u00A0jours et une hausse de 2\u00A0jours/,
  );
  assert.deepEqual(verdictSentences('fr', verdictOf({ ...series, after: after.slice(4) }), 'points'), [
    'On ne peut pas conclure\u00A0: il faut au moins 5 mesures de chaque côté, et il y en a 4.',
  ]);
});
