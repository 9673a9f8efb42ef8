// The rules of doctrines as tables: what evidence and declarations come to, exemptions by date, differences, what is typed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { dueReminder, exemptionState, findingsOf, obstacleOf, stillCounts } from './assessments.rules.ts';
import {
  type Declaration,
  type Evidence,
  type Exemption,
  OUTCOMES,
  type Outcome,
} from './assessments.types.ts';
import type { Criterion } from './doctrines.types.ts';
import { SHIPPED_DESIGN } from './shipped-design.data.ts';
import { SHIPPED_TECHNICAL } from './shipped-technical.data.ts';
import { decisionAsTyped, evidenceAsTyped, exemptionAsTyped, sayingsOf } from './typed-assessment.rules.ts';
import { differenceOf, faultsOfVersion, keptCodes } from './versions.rules.ts';

const NOW = new Date('2026-11-24T10:00:00Z');

function criterion(code: string, more: Partial<Criterion> = {}): Criterion {
  const text = { fr: `Critère ${code}`, en: `Criterion ${code}` };
  return { code, text, weight: 'important', checkedBy: 'declaration', source: 'Norme', ...more };
}

// Two essential ones, the first of which asks for evidence, and two important ones.
const FOUR = [
  criterion('A1', { weight: 'essential', checkedBy: 'evidence' }),
  criterion('A2', { weight: 'essential' }),
  criterion('A3'),
  criterion('A4'),
];

const WORDS: Record<string, Outcome> = { y: 'conforms', n: 'does-not', x: 'not-applicable' };

/** One letter a criterion: y, n, x, or a point for nothing. */
function said(letters: string): Declaration[] {
  return [...letters].flatMap((letter, at) => {
    const outcome = WORDS[letter];
    return outcome ? [{ criterion: `A${at + 1}`, outcome, reason: 'Raison', byName: null, at: NOW }] : [];
  });
}

const found = (letters: string): Evidence[] =>
  said(letters).map(({ criterion: code, outcome, at }) => ({
    id: code,
    criterion: code,
    outcome,
    source: 'Audit',
    url: null,
    at,
    detail: '',
  }));

describe('findings', () => {
  const cases: [declared: string, evidenced: string, conformity: string, rates: string, note: string][] = [
    ['....', '....', 'not-assessed', '0/4 0/4', 'nothing was said'],
    ['yyyy', '....', 'partly', '4/4 0/4', 'an essential criterion waits for its evidence'],
    ['yyyy', 'y...', 'conform', '4/4 1/4', 'the evidence asked for is there'],
    ['yyyx', 'y...', 'conform', '3/3 1/3', 'what does not apply does not count'],
    ['xxxx', '....', 'conform', '0/0 0/0', 'nothing applies'],
    ['yyy.', 'y...', 'partly', '3/4 1/4', 'a criterion is open'],
    ['yyny', 'y...', 'partly', '3/4 1/4', 'an important one fails'],
    ['ynyy', 'y...', 'not', '3/4 1/4', 'an essential one fails'],
    ['yyyy', 'n...', 'not', '4/4 0/4', 'evidence says that an essential one fails'],
    ['nyyy', 'y...', 'conform', '3/4 1/4', 'evidence says that it conforms'],
    ['....', 'yyyy', 'conform', '0/4 4/4', 'evidence alone'],
    ['yxnn', 'y...', 'not', '1/3 1/3', 'fewer than half conform'],
    ['yynn', 'y...', 'partly', '2/4 1/4', 'exactly half conform'],
  ];
  for (const [declared, evidenced, conformity, rates, note] of cases)
    test(`${declared} declared, ${evidenced} evidenced: ${conformity}, since ${note}`, () => {
      const findings = findingsOf(FOUR, said(declared), found(evidenced));
      assert.equal(findings.conformity, conformity);
      const written = [findings.declared, findings.evidenced].map((rate) => `${rate.conforming}/${rate.of}`);
      assert.equal(written.join(' '), rates);
    });

  test('tell where evidence contradicts, what lacks it, and count the newest', () => {
    const earlier = { ...(said('n')[0] as Declaration), at: new Date('2026-01-01') };
    const findings = findingsOf(FOUR, [...said('yyyy'), earlier], found('.n..'));
    assert.deepEqual(findings.contradicted, ['A2']);
    assert.deepEqual(findings.lackEvidence, ['A1']);
    assert.equal(findings.open, 0);
    assert.equal(findings.criteria[0]?.outcome, 'conforms');
  });

  test('never conform while an essential criterion fails, whatever else is said', () => {
    const letters = fc.string({ unit: fc.constantFrom('y', 'n', 'x', '.'), minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(letters, letters, (declared, evidenced) => {
        const findings = findingsOf(FOUR, said(declared), found(evidenced));
        const counts = [...declared].map((letter, at) => (evidenced[at] === '.' ? letter : evidenced[at]));
        if (counts[0] === 'n' || counts[1] === 'n') assert.equal(findings.conformity, 'not');
        if (findings.conformity === 'conform') assert.ok(counts.every((one) => one === 'y' || one === 'x'));
        for (const { conforming, of } of [findings.declared, findings.evidenced])
          assert.ok(conforming >= 0 && conforming <= of && of <= 4);
      }),
    );
  });
});

function exemption(more: Partial<Exemption> = {}): Exemption {
  return {
    id: '1',
    subjectId: '1',
    word: 'cloud',
    reason: 'Raison',
    askedUntil: '2027-01-01',
    askedBy: '1',
    askedByName: null,
    askedAt: NOW,
    decision: 'granted',
    until: '2026-12-31',
    decidedByName: null,
    decidedAt: NOW,
    decisionReason: null,
    withdrawnAt: null,
    withdrawalReason: null,
    ...more,
  };
}

describe('exemptions', () => {
  const reminders: [until: string, remindedDays: number | null, due: number | null][] = [
    ['2027-02-01', null, null],
    ['2027-01-23', null, 60],
    ['2027-01-23', 60, null],
    ['2026-12-10', null, 60],
    ['2026-12-09', 60, 15],
    ['2026-12-09', 15, null],
    ['2026-11-24', 60, 15],
    ['2026-11-23', null, null],
  ];
  for (const [until, remindedDays, due] of reminders)
    test(`that end on ${until}, reminded ${remindedDays} days before, are ${due} days from a reminder`, () => {
      assert.equal(dueReminder({ until, remindedDays }, '2026-11-24'), due);
    });

  test('that were withdrawn cover no day, whatever their last one', () => {
    assert.equal(
      exemptionState(exemption({ withdrawnAt: NOW, withdrawalReason: 'r' }), '2026-11-24'),
      'withdrawn',
    );
  });

  const cases: [Partial<Exemption>, string, string][] = [
    [{ decision: null, until: null }, '2026-11-24', 'asked'],
    [{ decision: 'refused', until: null }, '2026-11-24', 'refused'],
    [{}, '2026-12-30', 'granted'],
    [{}, '2026-12-31', 'granted'],
    [{}, '2027-01-01', 'expired'],
  ];
  for (const [more, today, state] of cases)
    test(`${JSON.stringify(more)} on ${today} is ${state}`, () => {
      assert.equal(exemptionState(exemption(more), today), state);
    });

  test('take an obstacle away while they run, and are named when they do not', () => {
    const doctrine = { word: 'cloud', title: { fr: 'Cloud', en: 'Cloud' } };
    const day = { now: NOW, today: '2026-11-24' };
    assert.equal(obstacleOf(doctrine, null, [exemption()], day), null);
    assert.deepEqual(obstacleOf(doctrine, null, [], day)?.conformity, 'not-assessed');
    const over = [
      exemption({ until: '2026-11-23' }),
      exemption({ decision: 'refused', until: null, askedAt: new Date(0) }),
    ];
    assert.deepEqual(obstacleOf(doctrine, null, over, day)?.exemption, {
      state: 'expired',
      until: '2026-11-23',
    });
    const findings = findingsOf(FOUR, said('yyyy'), found('y...'));
    const at = (versionReplacedAt: Date | null) => ({ id: '1', versionReplacedAt, findings });
    assert.equal(obstacleOf(doctrine, at(null), [], day), null);
    assert.equal(obstacleOf(doctrine, at(new Date('2026-11-01')), [], day), null);
    assert.equal(obstacleOf(doctrine, at(new Date('2026-01-01')), [], day)?.conformity, 'outdated');
    assert.equal(stillCounts({ versionReplacedAt: new Date(NOW.getTime() - 180 * 86_400_000) }, NOW), false);
  });
});

describe('versions', () => {
  test('show what they add, take away and change', () => {
    const after = [
      criterion('A1', { weight: 'essential', checkedBy: 'evidence' }),
      criterion('A3', { source: 'Autre' }),
      criterion('A4'),
      criterion('A5'),
    ];
    const { added, removed, changed } = differenceOf(FOUR, after);
    assert.deepEqual(
      added.map(({ code }) => code),
      ['A5'],
    );
    assert.deepEqual(
      removed.map(({ code }) => code),
      ['A2'],
    );
    assert.deepEqual(
      changed.map((one) => one.after.code),
      ['A3'],
    );
    assert.deepEqual(keptCodes(FOUR, after), ['A1', 'A4']);
    assert.deepEqual(differenceOf(FOUR, FOUR), { added: [], removed: [], changed: [] });
  });

  test('shipped are seven doctrines of six to twelve criteria that may be published', () => {
    const shipped = [...SHIPPED_DESIGN, ...SHIPPED_TECHNICAL];
    assert.equal(shipped.length, 7);
    for (const { word, versions } of shipped)
      for (const version of versions) {
        assert.deepEqual(faultsOfVersion(version), [], word);
        assert.ok(version.criteria.length >= 6 && version.criteria.length <= 12, word);
      }
  });

  test('are refused with two criteria of one code', () => {
    const version = {
      from: '2026-12-01',
      changes: { fr: 'Oui', en: 'Yes' },
      criteria: [criterion('A1'), criterion('A1')],
    };
    assert.deepEqual(
      faultsOfVersion(version).map(({ field }) => field),
      ['criteria.1.code'],
    );
  });
});

describe('what is typed', () => {
  test('is declared only where it says something new', () => {
    const known = findingsOf(FOUR, said('y...'), []).criteria;
    const { value, faults } = sayingsOf(known, [
      { criterion: 'A1', outcome: 'conforms', reason: 'Raison' },
      { criterion: 'A2', outcome: '', reason: 'Rien' },
      { criterion: 'A3', outcome: 'not-applicable', reason: ' \u0000 ' },
      { criterion: 'A4', outcome: 'does-not', reason: '' },
      { criterion: 'Z1', outcome: 'conforms', reason: '' },
    ]);
    assert.deepEqual(value, [{ criterion: 'A4', outcome: 'does-not', reason: '' }]);
    assert.deepEqual(
      faults.map(({ field }) => field),
      ['reason.A3', 'outcome.Z1'],
    );
  });

  const days: [until: string, isRight: boolean][] = [
    ['2026-11-24', false],
    ['2026-11-25', true],
    ['2029-11-23', true],
    ['2030-01-01', false],
    ['2027-02-30', false],
    ['demain', false],
  ];
  for (const [until, isRight] of days)
    test(`an exemption until ${until} is ${isRight ? 'asked for' : 'refused'}`, () => {
      const { faults } = exemptionAsTyped({ reason: 'Raison', until }, '2026-11-24');
      assert.equal(faults.length === 0, isRight);
    });

  test('a decision grants no more than was asked, and a refusal needs no day', () => {
    const on = { today: '2026-11-24', askedUntil: '2027-01-01' };
    const fields = (decision: string, until: string, reason = 'Raison') =>
      decisionAsTyped({ decision, until, reason }, on).faults.map(({ field }) => field);
    assert.deepEqual(fields('granted', '2027-01-01'), []);
    assert.deepEqual(fields('granted', '2027-01-02'), ['until']);
    assert.deepEqual(fields('refused', ''), []);
    assert.deepEqual(fields('', '', ''), ['reason', 'decision']);
  });

  test('evidence is refused from the future, from nowhere, or at an address that is no page', () => {
    const right = {
      subjectRef: 'portfolio/project/1',
      doctrine: 'cloud',
      criterion: 'C1',
      outcome: OUTCOMES[0],
      source: 'Audit',
      url: 'https://essai.example/',
      at: NOW,
      detail: '',
    };
    const fields = (more: Partial<typeof right>) =>
      evidenceAsTyped({ ...right, ...more }, NOW).faults.map(({ field }) => field);
    assert.deepEqual(fields({}), []);
    assert.deepEqual(fields({ at: new Date('2026-11-26T10:00:00Z') }), ['at']);
    assert.deepEqual(fields({ url: 'javascript:alert(1)' }), ['url']);
    assert.deepEqual(fields({ source: '' }), ['source']);
    assert.deepEqual(fields({ subjectRef: '../x' }), ['subjectRef']);
  });
});
