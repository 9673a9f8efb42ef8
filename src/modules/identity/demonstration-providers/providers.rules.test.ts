// The providers' pure rules: keys that every process makes alike, subjects that can be found again, claims.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CompactSign, calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { secretOf } from '#platform/secret.ts';
import { claimsOfAgent, fictitiousPhone, waysOfAgent } from './agents.rules.ts';
import { INVENTED_CITIZENS } from './citizens.data.ts';
import {
  claimsOfCitizen,
  levelProposed,
  levelsAsked,
  subjectOfCitizen,
  waysOfLevel,
} from './citizens.rules.ts';
import type { DemonstrationAgent } from './providers.types.ts';
import { signingKeyFrom } from './signing-key.rules.ts';
import { personOfSubject, subjectOf } from './subjects.rules.ts';
import { demonstrationHubSecret, demonstrationUpstreams } from './upstreams.ts';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));

describe('a signing key', () => {
  test('is the same from the same seed, has its own thumbprint as its name, and signs', async () => {
    await fc.assert(
      fc.asyncProperty(bytes(64), async (seed) => {
        const key = signingKeyFrom(seed);
        assert.deepEqual(key, signingKeyFrom(Buffer.from(seed)));
        assert.equal(key.kid, await calculateJwkThumbprint(key));
        const signed = await new CompactSign(Buffer.from('signed'))
          .setProtectedHeader({ alg: 'ES256' })
          .sign(await importJWK(key, 'ES256'));
        const { d, ...open } = key;
        assert.ok(d);
        const { payload } = await compactVerify(signed, await importJWK(open, 'ES256'));
        assert.equal(Buffer.from(payload).toString(), 'signed');
      }),
      { numRuns: 30 },
    );
  });

  test('is another one from another seed, and always of full length', () => {
    fc.assert(
      fc.property(bytes(64), bytes(64), (one, other) => {
        fc.pre(!one.equals(other));
        assert.notEqual(signingKeyFrom(one).d, signingKeyFrom(other).d);
        for (const part of ['d', 'x', 'y'] as const) assert.equal(signingKeyFrom(one)[part]?.length, 43);
      }),
    );
  });

  test('is that of a seed worked out by hand', () => {
    // The remainder of 0 is taken as 1, whose point is the curve's base point (SP 800-186, section 3.2.1.3).
    const key = signingKeyFrom(Buffer.alloc(64));
    assert.equal(Buffer.from(key.d ?? '', 'base64url').toString('hex'), `${'0'.repeat(63)}1`);
    assert.equal(
      Buffer.from(key.x ?? '', 'base64url').toString('hex'),
      '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296',
    );
    assert.throws(() => signingKeyFrom(Buffer.alloc(32)), /at least 40 bytes/);
  });
});

describe('the subject of an agent', () => {
  test('leads back to the person, with the same key alone', () => {
    fc.assert(
      fc.property(fc.uuid(), bytes(32), bytes(32), (id, key, other) => {
        const subject = subjectOf(key, id);
        assert.match(subject, /^[\w-]{22}$/);
        assert.equal(personOfSubject(key, subject), id);
        if (!key.equals(other)) assert.notEqual(personOfSubject(other, subject), id);
      }),
    );
  });

  test('is nobody’s when it has not its shape', () => {
    const key = createHash('sha256').update('key').digest();
    for (const subject of ['', 'x', 'a'.repeat(21), 'a'.repeat(23), `${'a'.repeat(21)}=`, 'é'.repeat(22)]) {
      assert.equal(personOfSubject(key, subject), null, subject);
    }
  });
});

describe('the claims of an agent', () => {
  const agent: DemonstrationAgent = {
    id: '00000000-0000-8000-8000-000000000001',
    name: 'François-Xavier de La Tour',
    email: 'fx@min.valmarie.example',
    roles: ['agent'],
    organisationName: 'Ministère de l’Intérieur',
    siret: '73282932000074',
    trialOf: null,
  };

  test('are named as agents’ hubs name them', () => {
    assert.deepEqual(claimsOfAgent(agent), {
      given_name: 'François-Xavier',
      usual_name: 'de La Tour',
      email: 'fx@min.valmarie.example',
      email_verified: true,
      uid: 'fx',
      siret: '73282932000074',
      organizational_unit: 'Ministère de l’Intérieur',
      belonging_population: 'agent',
      phone: fictitiousPhone(agent.id),
    });
  });

  test('lack what is not known', () => {
    const claims = claimsOfAgent({ ...agent, siret: null, organisationName: null });
    assert.ok(!('siret' in claims) && !('organizational_unit' in claims));
  });

  test('hold a number that rings nowhere', () => {
    fc.assert(fc.property(fc.uuid(), (id) => assert.match(fictitiousPhone(id), /^01 99 00 \d\d \d\d$/)));
  });

  for (const [roles, ways] of [
    [['agent'], ['pwd']],
    [['digital-director'], ['pwd']],
    [['administrator'], ['pwd', 'mfa']],
    [
      ['agent', 'auditor'],
      ['pwd', 'mfa'],
    ],
  ] as const) {
    test(`as ${roles.join(' and ')} are proved by ${ways.join(' and ')}`, () => {
      assert.deepEqual(waysOfAgent({ ...agent, roles }), ways);
    });
  }
});

describe('citizens', () => {
  test('each has a complete identity, and no two the same one', () => {
    assert.ok(INVENTED_CITIZENS.length >= 12);
    const identities = INVENTED_CITIZENS.map((citizen) => {
      const claims = claimsOfCitizen(citizen);
      assert.match(claims.birthdate ?? '', /^\d{4}-\d{2}-\d{2}$/, citizen.id);
      assert.match(claims.birthplace ?? '', /^(?:|[0-9][0-9AB][0-9]{3})$/, citizen.id);
      assert.match(claims.birthcountry ?? '', /^99\d{3}$/, citizen.id);
      assert.equal(claims.birthplace === '', claims.birthcountry !== '99100', citizen.id);
      assert.ok(claims.email?.endsWith('@courriel.example'), citizen.id);
      const { email, preferred_username, ...identity } = claims;
      return JSON.stringify(identity);
    });
    assert.equal(new Set(identities).size, identities.length);
    assert.equal(new Set(INVENTED_CITIZENS.map(({ id }) => id)).size, INVENTED_CITIZENS.length);
  });

  test('two have the same names and another birth date; one was born abroad; some use another name', () => {
    const [one, other] = INVENTED_CITIZENS.filter(({ familyName }) => familyName === 'MARTIN');
    assert.equal(one?.givenNames, other?.givenNames);
    assert.notEqual(one?.birthdate, other?.birthdate);
    assert.ok(INVENTED_CITIZENS.some(({ birthplace }) => birthplace === ''));
    assert.ok(INVENTED_CITIZENS.some((citizen) => 'preferred_username' in claimsOfCitizen(citizen)));
    assert.ok(INVENTED_CITIZENS.some((citizen) => !('preferred_username' in claimsOfCitizen(citizen))));
  });

  test('have subjects that tell nothing and depend on the key', () => {
    const key = Buffer.alloc(32, 1);
    const subjects = INVENTED_CITIZENS.map(({ id }) => subjectOfCitizen(key, id));
    assert.equal(new Set(subjects).size, subjects.length);
    assert.notEqual(subjects[0], subjectOfCitizen(Buffer.alloc(32, 2), INVENTED_CITIZENS[0]?.id ?? ''));
  });

  for (const [acrValues, levels, proposed] of [
    [undefined, [], 'eidas1'],
    ['', [], 'eidas1'],
    [42, [], 'eidas1'],
    ['eidas3 eidas2', ['eidas3', 'eidas2'], 'eidas3'],
    ['urn:other eidas2', ['eidas2'], 'eidas2'],
    ['EIDAS2', [], 'eidas1'],
  ] as const) {
    test(`are proposed ${proposed} for acr_values ${JSON.stringify(acrValues)}`, () => {
      assert.deepEqual(levelsAsked(acrValues), levels);
      assert.equal(levelProposed(acrValues), proposed);
    });
  }

  test('prove more than the lowest level with a second factor', () => {
    assert.deepEqual(waysOfLevel('eidas1'), ['pwd']);
    assert.deepEqual(waysOfLevel('eidas2'), ['pwd', 'mfa']);
    assert.deepEqual(waysOfLevel('eidas3'), ['pwd', 'mfa']);
  });
});

test('the registry is told of both, with a secret that only this installation has', () => {
  const secret = secretOf(Buffer.alloc(32, 1));
  const upstreams = demonstrationUpstreams(secret);
  assert.deepEqual(
    upstreams.map(({ realm, issuer, bestAssurance }) => [realm, issuer, bestAssurance]),
    [
      ['agents', '/demonstration/ministry', 'eidas1'],
      ['citizens', '/demonstration/citizen', 'eidas3'],
    ],
  );
  const [agents, citizens] = upstreams;
  assert.ok(agents?.domains.includes('dne.valmarie.example'));
  assert.ok(!agents?.domains.includes('courriel.example'), 'citizens’ addresses are nobody’s to assert');
  assert.ok((agents?.organisationIds.length ?? 0) > 50);
  assert.deepEqual(citizens?.organisationIds, []);
  assert.equal(agents?.clientSecret, demonstrationHubSecret(secret));
  assert.notEqual(demonstrationHubSecret(secret), demonstrationHubSecret(secretOf(Buffer.alloc(32, 2))));
  for (const { scopes, name } of upstreams) {
    assert.ok(scopes.startsWith('openid '), name);
    assert.ok(name.length <= 120 && scopes.length <= 400, name);
  }
});
