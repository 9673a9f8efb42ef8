// Which project each row is taken for, and how projects are named in addresses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  exactMatcher,
  indexNames,
  type KnownName,
  type NewRow,
  projectIdOf,
  projectSlug,
} from './identification.rules.ts';

const row = (rowId: number, name: string, more: Partial<NewRow> = {}): NewRow => ({
  rowId,
  name,
  ministry: 'Ministère des Cartes',
  startedOn: '2015-01-01',
  zone: 'Cartes',
  costMeur: 10,
  ...more,
});
const known = (rowId: number, projectId: string, name: string, more: Partial<NewRow> = {}): KnownName => ({
  ...row(rowId, name, more),
  memberId: projectId,
  projectId,
});

test('each project is taken once, by the row that is nearest', () => {
  const matcher = exactMatcher([
    known(1, 'p-1', 'ATLAS', { startedOn: '2012-01-01' }),
    known(2, 'p-2', 'ATLAS', { costMeur: 90 }),
    known(3, 'p-3', 'ATLAS', { costMeur: 11 }),
  ]);
  const matches = matcher.match([row(10, 'Atlas'), row(11, 'ATLAS', { costMeur: 95 }), row(12, 'PHARE')]);
  assert.deepEqual([...matches].map(([rowId, name]) => [rowId, name.projectId]).sort(), [
    [10, 'p-3'],
    [11, 'p-2'],
  ]);
  assert.deepEqual(
    [...matcher.match([row(13, 'ATLAS')])].map(([, name]) => name.projectId),
    ['p-1'],
  );
  assert.equal(matcher.match([row(14, 'ATLAS')]).size, 0, 'nobody is left');
});

test('names by the hundred that are all the same are still matched one to one', () => {
  const many = Array.from({ length: 500 }, (_, index) => index);
  const matches = exactMatcher(many.map((id) => known(id, `p-${id}`, 'SAME'))).match(
    many.map((id) => row(id, 'SAME')),
  );
  assert.equal(matches.size, 500);
  assert.equal(new Set([...matches.values()].map(({ projectId }) => projectId)).size, 500);
});

test('the shortlist finds short forms, initials and same beginnings, and is bounded', () => {
  const names = [
    known(1, 'p-1', "Réseau Interministériel de l'Etat", { startedOn: null }),
    known(2, 'p-2', 'Regroupement des centres informatiques', { startedOn: null }),
    known(3, 'p-3', 'Modernisation de l’INPT (projets FH et IP)', { startedOn: null }),
    ...Array.from({ length: 1_000 }, (_, index) =>
      known(100 + index, `q-${index}`, `portail numéro ${index}`),
    ),
  ];
  const shortlist = indexNames(names);
  const first = (name: string) => shortlist(row(9, name, { startedOn: null }))[0]?.projectId;
  assert.equal(first('RIE'), 'p-1');
  assert.equal(first('Regroup. centres info.'), 'p-2');
  assert.equal(first('INPT'), 'p-3');
  assert.ok(shortlist(row(9, 'portail')).length <= 15);
});

test('identifiers are the same everywhere and have their shape', () => {
  assert.equal(
    projectIdOf('published', '2016-11', 'VITAM', 0),
    projectIdOf('published', '2016-11', 'Vitam', 0),
  );
  assert.notEqual(
    projectIdOf('published', '2016-11', 'VITAM', 0),
    projectIdOf('published', '2016-11', 'VITAM', 1),
  );
  assert.match(projectIdOf('demonstration', '2016-11', '<x>', 0), /^p-[0-9a-z]{8}$/);
});

test('an address that is taken gets the identifier', () => {
  assert.equal(
    projectSlug('Op@le', 'p-00000000', () => false),
    'opale',
  );
  assert.equal(
    projectSlug('Op@le', 'p-00000000', () => true),
    'opale-00000000',
  );
  assert.equal(
    projectSlug('***', 'p-00000000', () => false),
    'p-00000000',
  );
  assert.equal(
    projectSlug('P 12345678', 'p-00000000', () => false),
    'p-12345678-00000000',
    'it must not look like another’s identifier',
  );
});
