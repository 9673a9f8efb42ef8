// What is believed of a provider's word on an agent or a citizen, and why the rest is refused.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { anyText } from '#test/support/any-text.ts';
import type { AssertedIdentity } from './accounts.types.ts';
import {
  type Asserter,
  type Assertion,
  type AssertionFault,
  agentAsserted,
  citizenAsserted,
  domainOf,
  isFault,
} from './asserted-identity.rules.ts';
import { ASSURANCES, isAtLeast } from './realms.ts';

const SIRET = '73282932000074';
const OTHER_SIRET = '11000201100044';

const ministry: Asserter = {
  id: 'ministry',
  name: 'Ministère de la Mer',
  domains: ['mer.example', 'port.mer.example'],
  vouchesForSecondFactor: true,
  bestAssurance: 'eidas1',
};

const agent = (claims: Record<string, unknown> = {}, more: Partial<Assertion> = {}): Assertion => ({
  issuer: 'https://login.mer.example',
  subject: 'a-1',
  acr: null,
  amr: [],
  ...more,
  claims: {
    email: 'zoe.martin@mer.example',
    siret: SIRET,
    given_name: 'Zoé',
    usual_name: 'Martin',
    ...claims,
  },
});

function accepted(outcome: AssertedIdentity | AssertionFault): AssertedIdentity {
  if (isFault(outcome)) assert.fail(`${outcome.code}: ${outcome.text.en}`);
  return outcome;
}

const codeOf = (outcome: AssertedIdentity | AssertionFault) => (isFault(outcome) ? outcome.code : null);

describe('an agent', () => {
  test('is believed as a whole', () => {
    assert.deepEqual(accepted(agentAsserted(ministry, agent({ role: 'admin', sub: 'x' }), null)), {
      issuer: 'https://login.mer.example',
      subject: 'a-1',
      acr: 'eidas1',
      secondFactor: false,
      siret: SIRET,
      verifiedIdentity: null,
      claims: {
        given_name: 'Zoé',
        usual_name: 'Martin',
        email: 'zoe.martin@mer.example',
        email_verified: true,
        siret: SIRET,
        idp_id: 'ministry',
      },
    });
  });

  const emails: [unknown, AssertionFault['code'] | null][] = [
    ['zoe@mer.example', null],
    ['Zoe@MER.Example', null],
    ['  zoe@mer.example ', null],
    ['zoe@port.mer.example', null],
    ['zoe@ｍer.example', null],
    ['zoe@autre.mer.example', 'email-domain-not-allowed'],
    ['zoe@example', 'email-missing'],
    ['zoe@amer.example', 'email-domain-not-allowed'],
    ['zoe@mer.example.attacker.example', 'email-domain-not-allowed'],
    ['zoe@mer.example.', 'email-missing'],
    ['zoe@attacker.example', 'email-domain-not-allowed'],
    ['zoe@attacker.example@mer.example', 'email-missing'],
    ['zoe@attacker.example＠mer.example', 'email-missing'],
    ['"zoe@attacker.example"@mer.example', 'email-missing'],
    ['zoe@attacker.example\n@mer.example', 'email-missing'],
    ['@mer.example', 'email-missing'],
    ['mer.example', 'email-missing'],
    ['', 'email-missing'],
    [undefined, 'email-missing'],
    [null, 'email-missing'],
    [['zoe@mer.example'], 'email-missing'],
    [{ toString: () => 'zoe@mer.example' }, 'email-missing'],
    [`${'z'.repeat(65)}@mer.example`, 'email-missing'],
  ];
  for (const [email, code] of emails) {
    test(`with the address ${JSON.stringify(email)?.slice(0, 60)}: ${code ?? 'accepted'}`, () => {
      assert.equal(codeOf(agentAsserted(ministry, agent({ email }), null)), code);
    });
  }

  test('of a provider without domains is never believed', () => {
    assert.equal(
      codeOf(agentAsserted({ ...ministry, domains: [] }, agent(), null)),
      'email-domain-not-allowed',
    );
  });

  const sirets: [unknown, string | null, AssertionFault['code'] | string][] = [
    [SIRET, null, SIRET],
    ['732 829 320 00074', null, SIRET],
    [SIRET, OTHER_SIRET, SIRET],
    [undefined, null, 'siret-missing'],
    ['', null, 'siret-missing'],
    [' ', null, 'siret-missing'],
    [73282932000074, null, 'siret-missing'],
    [undefined, OTHER_SIRET, OTHER_SIRET],
    ['', OTHER_SIRET, OTHER_SIRET],
    ['73282932000075', null, 'siret-wrong'],
    // What it says wrong is not put right by what it might have meant.
    ['73282932000075', OTHER_SIRET, 'siret-wrong'],
    ['732829320', null, 'siret-wrong'],
    ['inconnu', OTHER_SIRET, 'siret-wrong'],
    [undefined, '73282932000075', 'siret-wrong'],
  ];
  for (const [siret, only, expected] of sirets) {
    test(`with the SIRET ${JSON.stringify(siret)}, of a provider of ${only ?? 'several'}: ${expected}`, () => {
      const outcome = agentAsserted(ministry, agent({ siret }), only);
      assert.equal(isFault(outcome) ? outcome.code : outcome.siret, expected);
      if (!isFault(outcome)) assert.equal(outcome.claims.siret, expected);
    });
  }

  const factors: [boolean, readonly string[], string | null, boolean][] = [
    [true, [], null, false],
    [true, ['pwd'], null, false],
    [true, ['pwd', 'sms'], null, false],
    [true, ['pwd', 'mfa'], null, true],
    [true, ['otp'], null, true],
    [true, ['hwk'], null, true],
    [true, ['sc'], null, true],
    [true, ['MFA'], null, false],
    [true, [], 'eidas1', false],
    [true, [], 'eidas2', true],
    [true, [], 'eidas3', true],
    [true, [], 'urn:mace:incommon:iap:silver', false],
    [true, ['pwd'], 'eidas2', true],
    [false, ['mfa'], 'eidas3', false],
    [false, [], null, false],
  ];
  for (const [vouches, amr, acr, secondFactor] of factors) {
    test(`${vouches ? 'vouched' : 'not vouched'} for, amr [${amr}], acr ${acr}: ${secondFactor ? 'a' : 'no'} second factor`, () => {
      const asserted = accepted(
        agentAsserted({ ...ministry, vouchesForSecondFactor: vouches }, agent({}, { amr, acr }), null),
      );
      assert.equal(asserted.secondFactor, secondFactor);
      assert.equal(asserted.acr, secondFactor ? 'eidas2' : 'eidas1');
    });
  }

  test('is named in the words of OpenID Connect where the administration’s own are missing', () => {
    const { claims } = accepted(
      agentAsserted(
        ministry,
        agent({ usual_name: undefined, family_name: ' Martin ', phone_number: '+33 1 23 45 67 89' }),
        null,
      ),
    );
    assert.deepEqual([claims.usual_name, claims.phone], ['Martin', '+33 1 23 45 67 89']);
    const both = accepted(
      agentAsserted(ministry, agent({ family_name: 'Dupont', phone: '1', phone_number: '2' }), null),
    );
    assert.deepEqual([both.claims.usual_name, both.claims.phone], ['Martin', '1']);
  });

  test('who says something too long or of another kind has said nothing of it', () => {
    const { claims } = accepted(
      agentAsserted(
        ministry,
        agent({
          given_name: 'x'.repeat(501),
          usual_name: ['Martin'],
          family_name: 'x'.repeat(501),
          phone_number: 'x'.repeat(501),
          organizational_unit: 42,
          uid: 'x'.repeat(500),
        }),
        null,
      ),
    );
    assert.deepEqual(Object.keys(claims).sort(), ['email', 'email_verified', 'idp_id', 'siret', 'uid']);
  });

  test('does not choose what the hub says of the provider, or that the address is checked', () => {
    const { claims } = accepted(
      agentAsserted(ministry, agent({ idp_id: 'another', email_verified: 'no' }), null),
    );
    assert.deepEqual([claims.idp_id, claims.email_verified], ['ministry', true]);
  });

  test('whatever is asserted, the address accepted is of an allowed domain, and nothing throws', () => {
    const value = fc.oneof(
      anyText(),
      fc.emailAddress(),
      fc.constantFrom('zoe@mer.example', 'zoe@port.mer.example', SIRET, OTHER_SIRET),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const claims = fc.dictionary(
      fc.constantFrom(
        'email',
        'siret',
        'given_name',
        'usual_name',
        'family_name',
        '__proto__',
        'constructor',
      ),
      value,
    );
    fc.assert(
      fc.property(claims, fc.constantFrom(null, SIRET), (said, only) => {
        const outcome = agentAsserted(ministry, { ...agent(), claims: said }, only);
        if (isFault(outcome)) {
          assert.ok(outcome.text.fr.includes(ministry.name) && outcome.text.en.includes(ministry.name));
          return;
        }
        assert.ok(ministry.domains.includes(domainOf(String(outcome.claims.email))));
        for (const text of Object.values(outcome.claims)) assert.ok(String(text).length <= 500);
      }),
      { numRuns: 500 },
    );
  });
});

const post: Asserter = {
  id: 'post',
  name: 'La Poste du Valmarie',
  domains: [],
  vouchesForSecondFactor: false,
  bestAssurance: 'eidas2',
};

const citizen = (claims: Record<string, unknown> = {}, acr: string | null = 'eidas2'): Assertion => ({
  issuer: 'https://id.post.example',
  subject: 'c-1',
  acr,
  amr: [],
  claims: {
    given_name: 'Zoé Anne',
    family_name: 'Martin',
    birthdate: '1984-02-29',
    gender: 'female',
    birthplace: '75107',
    birthcountry: '99100',
    email: 'zoe@courrier.example',
    ...claims,
  },
});

describe('a citizen', () => {
  test('is believed as a whole', () => {
    assert.deepEqual(accepted(citizenAsserted(post, citizen({ siret: SIRET, role: 'admin' }))), {
      issuer: 'https://id.post.example',
      subject: 'c-1',
      acr: 'eidas2',
      secondFactor: true,
      siret: null,
      verifiedIdentity: JSON.stringify(['ZOÉ ANNE', 'MARTIN', '1984-02-29', 'FEMALE', '75107', '99100']),
      claims: citizen().claims,
    });
  });

  const complete: [string, Record<string, unknown>, boolean][] = [
    ['born in Ajaccio', { birthplace: '2A004' }, true],
    ['born in Bastia', { birthplace: '2B033' }, true],
    ['born in Saint-Denis of Réunion', { birthplace: '97411' }, true],
    ['born abroad', { birthplace: '', birthcountry: '99127' }, true],
    ['born abroad, no commune said', { birthplace: undefined, birthcountry: '99127' }, true],
    ['born in France, the commune not said', { birthplace: '' }, false],
    ['born in France, no commune said', { birthplace: undefined }, false],
    ['of a commune that is none', { birthplace: '2C004' }, false],
    ['of a commune in small letters', { birthplace: '2a004' }, false],
    ['of a postcode too long', { birthplace: '750107' }, false],
    ['of no country', { birthcountry: '' }, false],
    ['of a country by its name', { birthcountry: 'France' }, false],
    ['of no date', { birthdate: undefined }, false],
    ['of another way of writing dates', { birthdate: '29/02/1984' }, false],
    ['of a date and an hour', { birthdate: '1984-02-29T00:00' }, false],
    ['presumed to be born', { birthdate: '1984-00-00' }, true],
    ['of unspecified sex', { gender: 'unspecified' }, true],
    ['of no sex', { gender: '' }, false],
    ['of a sex in French', { gender: 'femme' }, false],
    ['without given names', { given_name: '' }, false],
    ['with given names of spaces', { given_name: '   ' }, false],
    ['without a birth name', { family_name: undefined }, false],
    ['with a name of another kind', { family_name: ['Martin'] }, false],
    ['with a name too long', { family_name: 'x'.repeat(501) }, false],
    ['without an address', { email: undefined }, true],
    ['with a usual name', { preferred_username: 'Durand' }, true],
  ];
  for (const [who, claims, isComplete] of complete) {
    test(`${who}: ${isComplete ? 'complete' : 'incomplete'}`, () => {
      for (const acr of ['eidas1', 'eidas2']) {
        const code = codeOf(citizenAsserted(post, citizen(claims, acr)));
        assert.equal(code, isComplete ? null : 'identity-incomplete');
      }
    });
  }

  test('whose address is none is believed without it', () => {
    for (const email of [undefined, '', 'courrier', 42, 'zoe@courrier']) {
      assert.equal(accepted(citizenAsserted(post, citizen({ email }))).claims.email, '');
    }
    assert.equal(
      accepted(citizenAsserted(post, citizen({ email: ' Zoe@Courrier.Example' }))).claims.email,
      'zoe@courrier.example',
    );
  });

  for (const best of ASSURANCES) {
    for (const said of [...ASSURANCES, null, 'eidas4', 'EIDAS3', '']) {
      const stated = ASSURANCES.find((level) => level === said) ?? 'eidas1';
      const expected = isAtLeast(stated, best) ? best : stated;
      test(`said ${JSON.stringify(said)} by a provider believed up to ${best}: ${expected}`, () => {
        const asserted = accepted(citizenAsserted({ ...post, bestAssurance: best }, citizen({}, said)));
        assert.equal(asserted.acr, expected);
        assert.equal(asserted.secondFactor, expected !== 'eidas1');
        // A low level verifies nothing, and leads to nobody's other account.
        assert.equal(asserted.verifiedIdentity === null, expected === 'eidas1');
      });
    }
  }

  const identityOf = (claims: Record<string, unknown>) =>
    accepted(citizenAsserted(post, citizen(claims))).verifiedIdentity;

  test('is the same under capitals, spaces around, and both ways of writing an accent', () => {
    assert.equal(identityOf({ given_name: ' ZOE\u0301 anne ' }), identityOf({}));
    assert.equal(
      identityOf({ email: 'other@courrier.example', preferred_username: 'Durand' }),
      identityOf({}),
    );
  });

  test('is another when any part of the verified identity differs, also by where names are cut', () => {
    for (const other of [
      { given_name: 'Zoé' },
      { family_name: 'Martins' },
      { birthdate: '1984-02-28' },
      { gender: 'male' },
      { birthplace: '75108' },
      { birthplace: '', birthcountry: '99127' },
    ]) {
      assert.notEqual(identityOf(other), identityOf({}), JSON.stringify(other));
    }
    const name = fc.string({
      unit: fc.constantFrom('A', 'B', '\n', '"', ',', '\\', ' '),
      minLength: 1,
      maxLength: 6,
    });
    const names = fc.tuple(name, name).filter((both) => both.every((one) => one.trim() !== ''));
    fc.assert(
      fc.property(names, names, (one, two) => {
        const isSame = one.every((part, i) => part.trim() === two[i]?.trim());
        const [first, second] = [one, two].map(([given_name, family_name]) =>
          identityOf({ given_name, family_name }),
        );
        assert.equal(first === second, isSame);
      }),
      {
        numRuns: 500,
        examples: [
          [
            ['A\nB', 'A'],
            ['A', 'B\nA'],
          ],
        ],
      },
    );
  });
});

test('the domain of an address', () => {
  for (const [email, domain] of [
    ['zoe@mer.example', 'mer.example'],
    ['zoe@MER.Example', 'mer.example'],
    ['a@b@mer.example', 'mer.example'],
  ] as const) {
    assert.equal(domainOf(email), domain);
  }
});
