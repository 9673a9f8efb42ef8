import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyText } from '#test/support/any-text.ts';
import {
  existsOn,
  faultsOfOrganisation,
  isPutAboveItself,
  organisationAsTyped,
} from './organisations.rules.ts';
import type { OrganisationInput } from './organisations.types.ts';

const typed: OrganisationInput = {
  kind: 'ministry',
  name: '  Ministère   de la Mer ',
  code: 'mer',
  siret: '732 829 320 00074',
  parentId: '',
  existsFrom: '2012-05-16',
  existsUntil: '',
};

test('what was typed is tidied and then has no fault', () => {
  const organisation = organisationAsTyped(typed);
  assert.deepEqual(organisation, {
    kind: 'ministry',
    name: 'Ministère de la Mer',
    code: 'MER',
    siret: '73282932000074',
    parentId: null,
    existsFrom: '2012-05-16',
    existsUntil: null,
  });
  assert.deepEqual(faultsOfOrganisation(organisation), []);
});

test('each wrong field is named', () => {
  const faultyFields = (change: Partial<OrganisationInput>) =>
    faultsOfOrganisation(organisationAsTyped({ ...typed, ...change })).map(({ field }) => field);
  assert.deepEqual(faultyFields({ kind: 'kingdom' }), ['kind']);
  assert.deepEqual(faultyFields({ name: ' ' }), ['name']);
  assert.deepEqual(faultyFields({ name: 'x'.repeat(201) }), ['name']);
  assert.deepEqual(faultyFields({ code: 'É!' }), ['code']);
  assert.deepEqual(faultyFields({ siret: '73282932000075' }), ['siret']);
  assert.deepEqual(faultyFields({ parentId: 'top' }), ['parentId']);
  assert.deepEqual(faultyFields({ kind: 'state', parentId: '7f0a3b1e-0000-4000-8000-000000000000' }), [
    'parentId',
  ]);
  assert.deepEqual(faultyFields({ existsFrom: '2012-02-30' }), ['existsFrom']);
  assert.deepEqual(faultyFields({ existsUntil: '2012-05-15' }), ['existsUntil']);
  assert.deepEqual(faultyFields({ existsUntil: '2012-05-16' }), []);
});

test('whatever is typed, it is judged and never throws', () => {
  const anything = fc.record({
    kind: fc.string(),
    name: anyText(),
    code: fc.string(),
    siret: fc.string(),
    parentId: fc.string(),
    existsFrom: fc.string(),
    existsUntil: fc.string(),
  });
  fc.assert(
    fc.property(anything, (input) => {
      for (const { text } of faultsOfOrganisation(organisationAsTyped(input))) assert.ok(text.fr && text.en);
    }),
  );
});

test('no organisation stands above itself', () => {
  assert.equal(isPutAboveItself('a', ['b', 'c']), false);
  assert.equal(isPutAboveItself('a', ['b', 'a', 'c']), true);
});

test('an organisation exists on its first and its last day', () => {
  const organisation = { ...organisationAsTyped({ ...typed, existsUntil: '2017-05-10' }), id: 'x' };
  assert.deepEqual(
    ['2012-05-15', '2012-05-16', '2017-05-10', '2017-05-11'].map((day) => existsOn(organisation, day)),
    [false, true, true, false],
  );
});
