// Money and ranking as rules: tables of cases, and properties that hold whatever happens.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { MoveKind } from './funding.types.ts';
import { centsOf, leftOf, moved } from './money.rules.ts';
import { rankingOf } from './ranking.rules.ts';
import { checkedInstalments, checkedWindow, juriesOf } from './typed-funding.rules.ts';

const KINDS: readonly MoveKind[] = ['awarded', 'paid', 'clawed-back', 'released'];

describe('money', () => {
  test('committed, paid and left add up through any movements, and none is ever below zero', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom(...KINDS), fc.integer({ min: -5, max: 60 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), moves, (budget, all) => {
        let balance = { committedCents: 0, paidCents: 0 };
        for (const [kind, cents] of all) {
          const after = moved(budget, balance, kind, cents);
          if (after === null) continue;
          const flow = leftOf(budget, balance) - leftOf(budget, after);
          assert.equal(flow, kind === 'paid' ? 0 : kind === 'awarded' ? cents : 0 - cents);
          balance = after;
          assert.ok(balance.committedCents >= 0 && balance.paidCents >= 0 && leftOf(budget, balance) >= 0);
          assert.equal(balance.committedCents + balance.paidCents + leftOf(budget, balance), budget);
        }
      }),
    );
  });

  test('amounts as people type them', () => {
    for (const [typed, cents] of [
      ['12 500,50', 1_250_050],
      ['12500.5', 1_250_050],
      ['1 € ', 100],
      ['0', null],
      ['-3', null],
      ['1e9', null],
      ['NaN', null],
      ['1,234', null],
      ['99999999999999', null],
    ] as const) {
      assert.equal(centsOf(typed), cents, typed);
    }
  });
});

describe('ranking', () => {
  const criteria = [
    { position: 0, title: 'a', weight: 1 },
    { position: 1, title: 'b', weight: 2 },
  ];
  const points = (applicationId: string, personId: string, a: number, b: number) =>
    [a, b].map((given, position) => ({ applicationId, personId, position, points: given, comment: '' }));

  test('weighted mean, ties told, conflicts and half scores left out', () => {
    const scores = [
      ...points('x', 'p', 3, 3),
      ...points('y', 'p', 5, 2),
      ...points('y', 'q', 0, 0),
      ...points('z', 'p', 0, 1),
      ...points('v', 'p', 5, 5).slice(0, 1),
    ];
    const ranking = rankingOf(['v', 'x', 'y', 'z'], criteria, scores, [
      { applicationId: 'y', personId: 'q' },
    ]);
    assert.deepEqual(
      ranking.map(({ applicationId, place, isTied, mean }) => [applicationId, place, isTied, mean]),
      [
        ['x', 1, true, 3],
        ['y', 1, true, 3],
        ['z', 3, false, 2 / 3],
        ['v', null, false, null],
      ],
    );
  });

  test('it depends on no order, and a better mean never stands lower', () => {
    const given = fc.array(
      fc.record({
        applicationId: fc.constantFrom('a', 'b', 'c', 'd'),
        personId: fc.constantFrom('p', 'q', 'r'),
        a: fc.integer({ min: 0, max: 5 }),
        b: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(given, (rows) => {
        const unique = [
          ...new Map(rows.map((row) => [`${row.applicationId}/${row.personId}`, row])).values(),
        ];
        const scores = unique.flatMap((row) => points(row.applicationId, row.personId, row.a, row.b));
        const ids = ['a', 'b', 'c', 'd'];
        const ranking = rankingOf(ids, criteria, scores, []);
        assert.deepEqual(
          rankingOf(ids.toReversed(), criteria, scores.toReversed(), []).filter(({ place }) => place),
          ranking.filter(({ place }) => place),
        );
        const means = ranking.flatMap(({ mean }) => (mean === null ? [] : [mean]));
        assert.deepEqual(
          means,
          means.toSorted((one, other) => other - one),
        );
        for (const rank of ranking) {
          const equal = ranking.filter(({ mean }) => mean !== null && mean === rank.mean);
          if (rank.mean !== null) assert.equal(rank.isTied, equal.length > 1);
        }
      }),
    );
  });
});

describe('what is typed', () => {
  test('instalments add up to the award', () => {
    const two = '400; milestone; 2027-01-31; ouvert\n600; verdict; 2027-06-30; à généraliser';
    assert.deepEqual(
      checkedInstalments(two, 100_000).value?.map(({ amountCents }) => amountCents),
      [40_000, 60_000],
    );
    const measured = checkedInstalments('1000; measure 30,5; 2027-01-31; 30,5 % en ligne', 100_000);
    assert.deepEqual([measured.value?.[0]?.condition, measured.value?.[0]?.threshold], ['measure', 30.5]);
    for (const wrong of [
      '',
      '400; milestone; 2027-01-31; x',
      '1000; promise; 2027-01-31; x',
      '1000; verdict; soon; x',
      '1000; measure; 2027-01-31; x',
      '1000; measure many; 2027-01-31; x',
      '1000',
    ]) {
      assert.equal(checkedInstalments(wrong, 100_000).faults?.[0]?.field, 'instalments', wrong);
    }
  });

  test('a window names each field that is wrong', () => {
    const typed = {
      title: '',
      subject: '\u0000',
      budget: 'beaucoup',
      opensOn: '2027-02-30',
      closesOn: '',
      juryUntil: 'x',
      criteria: '0 rien',
      jury: 'nobody',
    };
    const fields = checkedWindow(typed).faults?.map(({ field }) => field);
    assert.deepEqual(fields, Object.keys(typed));
    assert.deepEqual(juriesOf('A: a@b.example, c@d.example'), [
      { name: 'A', emails: ['a@b.example', 'c@d.example'] },
    ]);
  });
});
