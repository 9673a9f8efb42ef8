// How names are folded and compared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { folded, nameKey, nameWords, searchWords, slugOf } from './names.rules.ts';

test('spelling variants of one name have one key', () => {
  for (const [a, b] of [
    ['MISTR@L', 'Mistral'],
    ['MCIC²', 'MCIC-2'],
    ['SÉGUR-FONTENOY', 'segur fontenoy'],
    ['Guichet_Entreprise_DGE', 'GUICHET ENTREPRISE DGE'],
    ['Éclair', 'E\u0301clair'],
    ['DSN FPE (concentrateur)', 'DSN FPE (CONCENTRATEUR)'],
    ["Réseau Interministériel de l'Etat", 'Réseau Interministériel de l’État'],
  ] as const) {
    assert.equal(nameKey(a), nameKey(b), `${a} and ${b}`);
  }
});

test('names that differ by a version have keys that differ', () => {
  assert.notEqual(nameKey('CASSIOPEE'), nameKey('CASSIOPEE V2'));
  assert.notEqual(nameKey('GENESIS'), nameKey('GENESIS V2'));
});

test('a name of signs alone still has a key', () => {
  assert.equal(nameKey('***'), '***');
});

test('folding twice changes nothing more, and composed and decomposed texts fold alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      assert.equal(folded(folded(text)), folded(text));
      assert.equal(folded(text.normalize('NFD')), folded(text.normalize('NFC')));
    }),
    { examples: [['Å𝝨'], ['ΟΔΟΣ']] },
  );
});

test('a slug is made of ASCII words', () => {
  assert.equal(slugOf('SI-Samu  (étape "Construction & Pilote")'), 'si-samu-etape-construction-pilote');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      assert.match(slugOf(name), /^(?:[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?)?$/);
    }),
  );
});

test('a search is cut into at most ten folded words', () => {
  assert.deepEqual(searchWords('  Éducation  NATIONALE '), ['education', 'nationale']);
  assert.equal(searchWords('a '.repeat(50)).length, 10);
  assert.deepEqual(nameWords("l'application RenoiRH"), ['application', 'renoirh']);
});
