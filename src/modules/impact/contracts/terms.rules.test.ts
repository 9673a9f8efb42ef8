// The rules of terms and of judgements as tables of cases, and what is typed as a property.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { anyText } from '#test/support/any-text.ts';
import { faultsOfJudgement, mayBeAmended, mayBeJudged } from './contracts.rules.ts';
import type { ContractTerms } from './contracts.types.ts';
import {
  differencesOf,
  emptyTerms,
  faultsOfTerms,
  TERMS_FIELDS,
  type TermsField,
  type TermsInput,
  termsAsInput,
  termsAsTyped,
} from './terms.rules.ts';
import { rowsOfUnits, unitsOfRows } from './typed-units.rules.ts';

const [RATE, LIKE, OTHER] = ['a1', 'a2', 'a3'];
const context = {
  directions: new Map([
    [RATE, 'up' as const],
    [LIKE, 'up' as const],
    [OTHER, 'down' as const],
  ]),
  ownerIds: ['owner'],
  reviewerIds: ['reviewer', 'owner'],
  today: '2026-11-25',
};

const sound: TermsInput = {
  ...emptyTerms(),
  title: 'Inscrire un élève en une démarche',
  subject: 'Inscription scolaire',
  problem: 'Les mêmes pièces sont demandées deux fois.',
  population: 'Familles d’élèves du premier degré',
  baselineEvidence: 'Moyenne des douze mois d’avant',
  baselineValue: '22',
  target: '50',
  minimumEffect: '10',
  costEuros: '700\u202F000',
  costCeilingEuros: '60 000,50',
  indicatorId: RATE,
  baselineOn: '2026-05-09',
  deadline: '2027-07-03',
  guardrail_accessibility: 'RGAA 95 %',
  guardrail_ecoDesign: '500 Ko',
  guardrail_security: 'Aucune faille critique',
  guardrail_totalCost: 'À 10 % près',
  ownerPersonId: 'owner',
  reviewerPersonId: 'reviewer',
};

const fieldsOf = (change: Partial<Record<TermsField, string>>) =>
  faultsOfTerms(termsAsTyped({ ...sound, ...change }), context).map(({ field }) => field);

describe('terms', () => {
  const cases: readonly [string, Partial<Record<TermsField, string>>, readonly string[]][] = [
    ['sound ones have no fault', {}, []],
    ['amounts are read as people type them', { costEuros: '1 000,5' }, []],
    ['a title is asked for', { title: '  ' }, ['title']],
    ['a title has an end', { title: 'x'.repeat(201) }, ['title']],
    ['a control character is refused', { problem: 'a\u0007b' }, ['problem']],
    ['an unknown indicator', { indicatorId: 'zz' }, ['indicatorId']],
    ['a baseline that is to come', { baselineOn: '2026-11-26' }, ['baselineOn']],
    ['no day of the calendar', { baselineOn: '2026-02-30' }, ['baselineOn']],
    ['a deadline of today', { deadline: '2026-11-25' }, ['deadline']],
    ['no change is no effect', { minimumEffect: '0' }, ['minimumEffect']],
    ['a target below the minimum', { target: '31' }, ['target']],
    ['a target on the wrong side', { target: '10' }, ['target']],
    ['down is better: the same target is wrong', { indicatorId: OTHER }, ['target']],
    ['down is better: a lower one is right', { indicatorId: OTHER, target: '5' }, []],
    ['not a number', { target: '1e3' }, ['target']],
    ['infinite', { baselineValue: 'Infinity' }, ['baselineValue']],
    ['a guardrail without threshold', { guardrail_security: '' }, ['guardrail_security']],
    ['a cost of nothing', { costEuros: '0' }, ['costEuros']],
    ['the owner does not review', { reviewerPersonId: 'owner' }, ['reviewerPersonId']],
    ['an owner of elsewhere', { ownerPersonId: 'reviewer' }, ['ownerPersonId', 'reviewerPersonId']],
    ['a rule that scales at random', { pScale: '0,4' }, ['pScale']],
    ['a rule that never stops', { pStop: '0' }, ['pStop']],
    ['half a review', { reviews: '1,5' }, ['reviews']],
    ['an unknown method', { counterfactual: 'hope' }, ['counterfactual']],
    ['one pair is none', { counterfactual: 'matched', units: `${RATE} ${LIKE}` }, ['units']],
    [
      'a place in two pairs',
      { counterfactual: 'matched', units: `${RATE} ${LIKE}\n${RATE} ${OTHER}` },
      ['units'],
    ],
    [
      'places that start one after another',
      { counterfactual: 'staggered', units: `${RATE} 2026-09-01\n${LIKE} -` },
      [],
    ],
    [
      'a first day that is none',
      { counterfactual: 'staggered', units: `${RATE} soon\n${LIKE} -` },
      ['units'],
    ],
  ];
  for (const [what, change, expected] of cases) {
    test(what, () => assert.deepEqual(fieldsOf(change), expected));
  }

  test('what was typed is shown again, and an amendment names what it changes', () => {
    const terms = termsAsTyped(sound);
    assert.deepEqual(termsAsTyped(termsAsInput(terms)), terms);
    const later: ContractTerms = { ...terms, deadline: '2027-09-01' };
    assert.deepEqual(differencesOf(terms, later), [
      { field: 'deadline', before: '2027-07-03', after: '2027-09-01' },
    ]);
  });

  test('whatever is typed gives terms or faults, and never breaks', () => {
    const input = fc.record(
      Object.fromEntries(TERMS_FIELDS.map((field) => [field, anyText({ maxLength: 40 })])) as Record<
        TermsField,
        fc.Arbitrary<string>
      >,
    );
    fc.assert(
      fc.property(input, (typed) => {
        const faults = faultsOfTerms(termsAsTyped(typed), context);
        assert.ok(faults.length > 0);
        for (const { field } of faults) assert.ok((TERMS_FIELDS as readonly string[]).includes(field), field);
      }),
    );
  });
});

describe('a judgement', () => {
  const contract = { wasExtended: false, deadline: '2026-11-01' };
  const at = { proposal: 'stop', today: '2026-11-25' } as const;
  const cases: readonly [string, Parameters<typeof faultsOfJudgement>[0], typeof contract, string[]][] = [
    ['follows the rule', { decision: 'stop', reason: '', extendedUntil: null }, contract, []],
    [
      'departs with a reason',
      { decision: 'scale', reason: 'Vu sur place', extendedUntil: null },
      contract,
      [],
    ],
    ['departs without one', { decision: 'scale', reason: '', extendedUntil: null }, contract, ['reason']],
    [
      'gives a year more',
      { decision: 'extend-once', reason: 'r', extendedUntil: '2027-11-26' },
      contract,
      [],
    ],
    [
      'gives more than a year',
      { decision: 'extend-once', reason: 'r', extendedUntil: '2027-11-27' },
      contract,
      ['extendedUntil'],
    ],
    [
      'gives time that is past',
      { decision: 'extend-once', reason: 'r', extendedUntil: '2026-11-25' },
      contract,
      ['extendedUntil'],
    ],
    [
      'gives time twice',
      { decision: 'extend-once', reason: 'r', extendedUntil: '2027-01-01' },
      { ...contract, wasExtended: true },
      ['decision'],
    ],
  ];
  for (const [what, typed, given, expected] of cases) {
    test(what, () =>
      assert.deepEqual(
        faultsOfJudgement(typed, given, at).map(({ field }) => field),
        expected,
      ),
    );
  }

  test('each review is judged once, and a measured contract is amended no more', () => {
    const judgement = { judgement: null };
    assert.ok(mayBeJudged({ state: 'measured' }, judgement));
    assert.ok(!mayBeJudged({ state: 'judged' }, judgement));
    assert.ok(!mayBeJudged({ state: 'measured' }, undefined));
    assert.deepEqual(
      (['draft', 'signed', 'amended', 'extended', 'measured'] as const).filter((state) =>
        mayBeAmended({ state }),
      ),
      ['signed', 'amended'],
    );
  });
});

test('rows of places become lines and come back, and what was not chosen is a fault', () => {
  const columns = {
    unit: [RATE, '', LIKE, ''],
    unitLike: [OTHER, '', '', ''],
    unitStart: ['2026-09-01', '', '', '2026-10-01'],
  };
  const staggered = unitsOfRows(columns, 'staggered');
  assert.equal(staggered, `${RATE} 2026-09-01\n${LIKE} -\n? 2026-10-01`);
  assert.deepEqual(rowsOfUnits(staggered), [
    { indicatorId: RATE, like: '', startsOn: '2026-09-01' },
    { indicatorId: LIKE, like: '', startsOn: '' },
    { indicatorId: '', like: '', startsOn: '2026-10-01' },
  ]);
  const matched = unitsOfRows(columns, 'matched');
  assert.equal(matched, `${RATE} ${OTHER}\n${LIKE} ?\n? ?`);
  assert.deepEqual(rowsOfUnits(matched)[0], { indicatorId: RATE, like: OTHER, startsOn: '' });
  for (const [counterfactual, units] of Object.entries({ staggered, matched })) {
    assert.ok(fieldsOf({ counterfactual, units }).includes('units'), counterfactual);
  }
});
