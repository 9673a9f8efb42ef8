// Splitting and near-threshold signs, and redaction, as tables of cases.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { redacted, redactionsAsMarked, withMarks } from './redaction.rules.ts';
import { nameLikeness, type SignalFile, signalsOf } from './signals.rules.ts';

const limits = { thresholdCents: 900_000_000, nearShare: 0.9, splittingMonths: 24 };
const file = (id: string, name: string, meur: number, more: Partial<SignalFile> = {}): SignalFile => ({
  id,
  name,
  organisationId: 'mef',
  programmes: [],
  startedOn: '2026-01-01',
  fullCostCents: meur * 100_000_000,
  ...more,
});
const kinds = (files: readonly SignalFile[]) =>
  signalsOf(files, limits).map(({ kind, fileIds }) => `${kind} ${fileIds.join('+')}`);

describe('signs of a threshold avoided', () => {
  test('siblings that add up to it', () => {
    const pair = [file('a', 'Refonte de la paie, lot 1', 5), file('b', 'Paie lot 2', 4.2)];
    assert.deepEqual(kinds(pair), ['splitting a+b']);
    const [signal] = signalsOf(pair, limits);
    assert.deepEqual(
      signal?.reasons.map(({ kind }) => kind),
      ['total', 'names', 'dates'],
    );
    assert.equal(signal?.totalCents, 920_000_000);
  });
  const none: [string, readonly SignalFile[]][] = [
    ['their sum stays below', [file('a', 'Paie lot 1', 4), file('b', 'Paie lot 2', 4.9)]],
    [
      'of two organisations',
      [file('a', 'Paie lot 1', 5), file('b', 'Paie lot 2', 5, { organisationId: 'min' })],
    ],
    [
      'more than 24 months apart',
      [file('a', 'Paie lot 1', 5), file('b', 'Paie lot 2', 5, { startedOn: '2028-01-02' })],
    ],
    ['nothing in common', [file('a', 'Paie', 5), file('b', 'Cadastre', 5)]],
    ['one of them is submitted anyway', [file('a', 'Paie lot 1', 9), file('b', 'Paie lot 2', 5)]],
    [
      'only common words',
      [file('a', 'Refonte du système de paie', 5), file('b', 'Refonte du système d’achat', 5)],
    ],
  ];
  for (const [name, files] of none) test(`none: ${name}`, () => assert.deepEqual(kinds(files), []));

  test('to the day of the window', () => {
    const last = file('b', 'Paie lot 2', 5, { startedOn: '2028-01-01' });
    assert.deepEqual(kinds([file('a', 'Paie lot 1', 5), last]), ['splitting a+b']);
  });
  test('a programme in common makes half a likeness enough', () => {
    const programmes = ['P129'];
    const files = [
      file('a', 'Guichet des aides agricoles', 5, { programmes }),
      file('b', 'Guichet vétérinaire régional unique', 5, { programmes }),
    ];
    assert.deepEqual(kinds(files), ['splitting a+b']);
    assert.deepEqual(kinds([files[0] as SignalFile, { ...files[1], programmes: [] } as SignalFile]), []);
  });
  test('just under it, alone or together', () => {
    assert.deepEqual(kinds([file('a', 'Paie', 8.1)]), ['near-threshold a']);
    assert.deepEqual(kinds([file('a', 'Paie', 8.09)]), []);
    assert.deepEqual(kinds([file('a', 'Paie', 8.5), file('b', 'Cadastre', 8.9)]), ['near-threshold a+b']);
    assert.deepEqual(kinds([file('a', 'Paie', 9)]), []);
  });
  test('likeness lays common words and numbers aside', () => {
    assert.equal(nameLikeness('Refonte de la paie, lot 1', 'PAIE (lot 2)'), 1);
    assert.equal(nameLikeness('Cadastre', 'Paie'), 0);
  });
});

describe('redaction', () => {
  test('what is between brackets is cut, whatever its length', () => {
    const text = 'Le titulaire, Arcadine, demande 4 M€.\nRien d’autre.';
    const marked = 'Le titulaire, [[Arcadine]], demande [[4 M€]].\r\nRien d’autre.';
    const found = redactionsAsMarked('summary', text, marked);
    assert.ok(found);
    assert.equal(redacted(text, found), 'Le titulaire, […], demande […].\nRien d’autre.');
    assert.equal(withMarks(text, found), marked.replace('\r', ''));
  });
  for (const marked of ['un [[mot', 'un mot]]', 'un [[m[[o]]t]]', 'un autre mot', 'un[[ mot]] '])
    test(`refused: ${marked}`, () => assert.equal(redactionsAsMarked('summary', 'un mot', marked), null));
  test('no passage survives, whatever is struck out', () => {
    const passage = fc.stringMatching(/^[a-z]{12}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(passage, fc.boolean()), { maxLength: 8 }), (parts) => {
        const text = parts.map(([words]) => words).join(' ');
        const marked = parts.map(([words, hidden]) => (hidden ? `[[${words}]]` : words)).join(' ');
        const found = redactionsAsMarked('summary', text, marked) ?? [];
        const shown = redacted(text, found);
        for (const [words, hidden] of parts)
          if (hidden && !parts.some(([other, isHidden]) => !isHidden && other === words))
            assert.ok(!shown.includes(words));
      }),
    );
  });
});
