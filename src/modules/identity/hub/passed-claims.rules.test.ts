// What a service is told: of what it asks for, what it was granted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Service } from '../services/services.types.ts';
import { claimsAllowed, claimsPassed, scopesOf } from './passed-claims.rules.ts';
import { AGENT_CLAIMS, CITIZEN_CLAIMS, claimsOf } from './realms.ts';

const GRANTED = new Date('2026-01-01');

function service(
  claims: readonly string[],
  { state = 'production', grantedAt = GRANTED }: { state?: Service['state']; grantedAt?: Date | null } = {},
): Pick<Service, 'state' | 'claims'> {
  return { state, claims: claims.map((claim) => ({ claim, reason: 'Essai', grantedAt })) };
}

test('a service in production is told what was granted, in test what it asks for', () => {
  const asks = ['given_name', 'siret'];
  for (const [state, grantedAt, allowed] of [
    ['production', GRANTED, asks],
    ['production', null, []],
    ['test', null, asks],
    ['test', GRANTED, asks],
    ['suspended', null, []],
    ['closed', null, []],
  ] as const) {
    assert.deepEqual(
      [...claimsAllowed(service(asks, { state, grantedAt }))],
      allowed,
      `${state} ${grantedAt}`,
    );
  }
});

test('a claim asked for later waits for its own grant', () => {
  const claims = [
    { claim: 'given_name', reason: 'Essai', grantedAt: GRANTED },
    { claim: 'siret', reason: 'Essai', grantedAt: null },
  ];
  assert.deepEqual([...claimsAllowed({ state: 'production', claims })], ['given_name']);
});

test('with an address comes whether it was checked, and never alone', () => {
  assert.deepEqual([...claimsAllowed(service(['email']))], ['email', 'email_verified']);
  assert.ok(!claimsAllowed(service(['phone'])).has('email_verified'));
});

test('each claim is a scope of its name, and bundles hold nothing else', () => {
  for (const realm of ['agents', 'citizens'] as const) {
    const scopes = scopesOf(realm);
    for (const claim of claimsOf(realm)) assert.ok(scopes[claim]?.includes(claim), claim);
    for (const claims of Object.values(scopes)) {
      for (const claim of claims)
        assert.ok(claim === 'email_verified' || claimsOf(realm).includes(claim), claim);
    }
  }
  assert.deepEqual(scopesOf('agents').profile, ['given_name', 'usual_name']);
  assert.deepEqual(scopesOf('citizens').birth, ['birthplace', 'birthcountry']);
  assert.equal(scopesOf('citizens').organization, undefined);
  assert.deepEqual(claimsOf('machines'), []);
});

test('what is asked for by scope or by name is passed in the realm’s order, if it is allowed', () => {
  const all = service(AGENT_CLAIMS);
  for (const [scopes, claims, passed] of [
    [['openid'], [], []],
    [['openid', 'profile'], [], ['given_name', 'usual_name']],
    [['openid', 'siret', 'profile'], ['email'], ['given_name', 'usual_name', 'email', 'siret']],
    [['openid'], ['siret', 'siret', 'nonsense', 'birthdate'], ['siret']],
    [['nonsense', ''], [], []],
    [['organization'], [], ['siret', 'organizational_unit', 'belonging_population', 'idp_id']],
  ] as const) {
    assert.deepEqual(claimsPassed('agents', all, { scopes, claims }), passed, `${scopes} ${claims}`);
  }
  assert.deepEqual(
    claimsPassed('agents', service(['given_name']), { scopes: ['profile', 'email'], claims: ['siret'] }),
    ['given_name'],
  );
});

test('a scope that is named like what every object has asks for nothing', () => {
  for (const scope of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const asked = { scopes: ['profile', scope], claims: [scope] };
    assert.deepEqual(
      claimsPassed('agents', service(AGENT_CLAIMS), asked),
      ['given_name', 'usual_name'],
      scope,
    );
  }
});

test('whatever is asked for, nothing is passed that was not granted', () => {
  const some = fc.uniqueArray(fc.constantFrom(...CITIZEN_CLAIMS));
  const anything = fc.array(
    fc.oneof(fc.constantFrom(...CITIZEN_CLAIMS, 'profile', 'birth', 'openid'), fc.string()),
  );
  fc.assert(
    fc.property(some, some, anything, anything, (granted, waiting, scopes, claims) => {
      const asked = {
        state: 'production' as const,
        claims: [...service(granted).claims, ...service(waiting, { grantedAt: null }).claims],
      };
      const passed = claimsPassed('citizens', asked, { scopes, claims });
      for (const claim of passed) assert.ok(granted.some((one) => one === claim));
      assert.deepEqual(
        passed,
        CITIZEN_CLAIMS.filter((claim) => passed.includes(claim)),
      );
    }),
  );
});
