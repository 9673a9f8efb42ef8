// How cells are read, with the formats that published files really hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyText } from '#test/support/any-text.ts';
import {
  lineOfCell,
  readBand,
  readDate,
  readDecimal,
  readPhase,
  readYesNo,
  textOfCell,
} from './cells.rules.ts';

const cost = (cell: string) => {
  const reading = readDecimal(cell, { min: 0, max: 1_000_000 });
  return reading.kind === 'value' ? reading.value : reading.kind;
};
const date = (cell: string) => {
  const reading = readDate(cell);
  return reading.kind === 'value' ? reading.value : reading.kind;
};

test('decimals are read with comma or point, spaces and units', () => {
  for (const [cell, expected] of [
    ['6,8027397', 6.80274],
    ['6.8', 6.8],
    ['6.75616438356164', 6.756164],
    ['1\u00a0234,5', 1234.5],
    ['1\u202f234,5', 1234.5],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['12 M€', 12],
    ['3 ans', 3],
    ['0', 0],
    [' 352.0 ', 352],
  ] as const) {
    assert.equal(cost(cell), expected, cell);
  }
});

test('a status in place of a number is no error', () => {
  for (const cell of [
    'NA',
    'N/A',
    'En cadrage',
    'en cadrage',
    'À venir',
    '–',
    'Non applicable',
    'non communiqué',
  ]) {
    assert.equal(cost(cell), 'status', cell);
  }
  assert.equal(cost(''), 'empty');
  assert.equal(cost(' \u00a0 '), 'empty');
});

test('anything else is unreadable', () => {
  for (const cell of [
    'beaucoup',
    '12%',
    '-5',
    '1e9',
    '0x10',
    '1,2,3.4.5',
    '99999999',
    '=1+1',
    'NaN',
    'Infinity',
  ]) {
    assert.equal(cost(cell), 'unreadable', cell);
  }
});

test('a number written in French or in English is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (thousandths) => {
      const value = thousandths / 1_000;
      assert.equal(cost(String(value)), value);
      assert.equal(cost(String(value).replace('.', ',')), value);
    }),
  );
});

test('dates are read in every format that the files hold', () => {
  for (const [cell, expected] of [
    ['2016-11-03', '2016-11-03'],
    ['03/11/2016', '2016-11-03'],
    ['3/1/2016', '2016-01-03'],
    ['2013-07', '2013-07-01'],
    ['07/2013', '2013-07-01'],
    ['42677', '2016-11-03'],
    ['45670', '2025-01-13'],
    ['2016-11-03 00:00:00', '2016-11-03'],
  ] as const) {
    assert.equal(date(cell), expected, cell);
  }
  for (const cell of ['2016-02-30', '31/04/2016', '2016-13', 'le printemps', '123456', '1899-01-01']) {
    assert.equal(date(cell), 'unreadable', cell);
  }
  assert.equal(date('En cadrage'), 'status');
  assert.equal(date(''), 'empty');
});

test('phases are the four of the table and the end; a sentence is a notice', () => {
  const phase = (cell: string) => {
    const reading = readPhase(cell);
    return reading.kind === 'value' ? reading.value : reading.kind;
  };
  assert.equal(phase('Cadrage'), 'scoping');
  assert.equal(phase('Conception / Réalisation'), 'build');
  assert.equal(phase('Expérimentation'), 'pilot');
  assert.equal(phase('Déploiement'), 'rollout');
  assert.equal(phase('Terminé'), 'finished');
  assert.equal(phase('Rêverie'), 'unreadable');
  assert.equal(
    phase(
      'Les éléments chiffrés des projets en cours d’appel d’offres ou dont la trajectoire est en cours de révision ne sont volontairement pas publiés',
    ),
    'status',
  );
});

test('bands are read from their words', () => {
  const band = (cell: string) => {
    const reading = readBand(cell);
    return reading.kind === 'value' ? reading.value : reading.kind;
  };
  assert.equal(band('< 5 M€'), 'under-5');
  assert.equal(band('entre 5 et 9 M€'), '5-9');
  assert.equal(band('entre 9 et 20 M€'), '9-20');
  assert.equal(band('entre 20 et 100 M€'), '20-100');
  assert.equal(band('> 100 M€'), 'over-100');
  assert.equal(band('En cadrage'), 'status');
  assert.equal(band('entre 7 et 8'), 'unreadable');
});

test('yes and no are read in both languages', () => {
  assert.deepEqual(readYesNo('Oui'), { kind: 'value', value: true });
  assert.deepEqual(readYesNo('no'), { kind: 'value', value: false });
  assert.equal(readYesNo('peut-être').kind, 'unreadable');
});

test('text is composed, its spaces plain and its control characters gone', () => {
  assert.equal(lineOfCell('E\u0301clair\u00a0\n RE\u0301SEAU\u0007\u200b'), 'Éclair RÉSEAU');
  assert.equal(textOfCell('une\r\ndeux  \n trois'), 'une\ndeux\ntrois');
  assert.equal(lineOfCell('\u00a0'), null);
});

test('no cell makes a reader throw', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 80 }), (cell) => {
      for (const read of [readDate, readPhase, readBand, readYesNo]) read(cell);
      readDecimal(cell, { min: 0, max: 100 });
    }),
  );
});
