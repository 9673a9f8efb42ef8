// What an authorization request asks for: the least level, and claims by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assuranceAsked, claimNamesAsked } from './asked.rules.ts';
import { ASSURANCES, type Assurance, isAssurance } from './realms.ts';

const cases: [unknown, Assurance | null, Assurance | null][] = [
  [undefined, null, null],
  ['', null, null],
  ['eidas2', null, 'eidas2'],
  ['eidas3 eidas2', null, 'eidas2'],
  ['eidas2 eidas3 eidas1', null, 'eidas1'],
  ['eidas9', null, null],
  ['eidas9 eidas3', null, 'eidas3'],
  ['EIDAS3', null, null],
  ['eidas1', 'eidas2', 'eidas2'],
  ['eidas3', 'eidas2', 'eidas3'],
  ['eidas1 eidas3', 'eidas2', 'eidas2'],
  [undefined, 'eidas2', 'eidas2'],
  ['nonsense', 'eidas3', 'eidas3'],
  [['eidas3'], null, 'eidas3'],
  [42, 'eidas1', 'eidas1'],
];
for (const [asked, least, expected] of cases) {
  test(`acr_values ${JSON.stringify(asked)} of a service that takes ${least}: ${expected}`, () => {
    assert.equal(assuranceAsked(asked, least), expected);
  });
}

test('whatever is asked for, it is the lowest asked and never below the service’s own', () => {
  const words = fc.array(fc.oneof(fc.constantFrom(...ASSURANCES), fc.constantFrom('eidas4', '', 'low')));
  fc.assert(
    fc.property(words, fc.constantFrom(null, ...ASSURANCES), (asked, least) => {
      const rank = (level: Assurance | null) => (level === null ? -1 : ASSURANCES.indexOf(level));
      const ranks = asked.filter(isAssurance).map(rank);
      const lowest = ranks.length === 0 ? -1 : Math.min(...ranks);
      assert.equal(rank(assuranceAsked(asked.join(' '), least)), Math.max(lowest, rank(least)));
    }),
  );
});

const claims: [unknown, string[]][] = [
  [undefined, []],
  ['', []],
  ['{', []],
  ['null', []],
  ['[]', []],
  ['42', []],
  ['"userinfo"', []],
  ['{}', []],
  ['{"userinfo":null}', []],
  ['{"userinfo":{"email":null}}', ['email']],
  ['{"id_token":{"siret":{"essential":true}}}', ['siret']],
  ['{"userinfo":{"email":null},"id_token":{"email":null,"acr":{"values":["eidas2"]}}}', ['email', 'acr']],
  ['{"other":{"email":null}}', []],
  [{ userinfo: { email: null } }, []],
];
for (const [parameter, names] of claims) {
  test(`the claims parameter ${JSON.stringify(parameter)} names [${names}]`, () => {
    assert.deepEqual(claimNamesAsked(parameter), names);
  });
}

test('whatever the claims parameter says, its names are texts and nothing throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((json) => `{"userinfo":${json}}`),
      ),
      (parameter) => {
        const names = claimNamesAsked(parameter);
        assert.ok(names.every((name) => typeof name === 'string'));
        assert.equal(new Set(names).size, names.length);
      },
    ),
  );
});
