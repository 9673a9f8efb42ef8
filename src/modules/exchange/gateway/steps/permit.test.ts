// The steps that say whether a call may pass: credential, accreditation, stops, scopes, subject, quota.
import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type {
  AccreditationPolicy,
  PolicyEntry,
  StopPolicy,
  SubjectPlace,
} from '../../policy/policy.types.ts';
import { subjectHash } from '../../subject.rules.ts';
import { LivePolicy, type LiveStop } from '../policy/live-policy.ts';
import { liveAccreditation } from './live-accreditation.ts';
import { Quota } from './quota.ts';
import { readCredential } from './read-credential.ts';
import { scopesLeft } from './scope.ts';
import { afterStops } from './stops.ts';
import { subjectOf } from './subject.ts';

const codeOf = (outcome: object | null) => (outcome !== null && 'code' in outcome ? outcome.code : 'passes');
const NOW = Date.parse('2026-11-24T10:00:00Z');

describe('the credential', () => {
  const cases: [string | undefined, string][] = [
    [undefined, 'credential-missing'],
    ['', 'credential-malformed'],
    ['Bearer', 'credential-malformed'],
    ['Bearer a.b', 'credential-malformed'],
    ['Bearer a.b.c.d', 'credential-malformed'],
    ['Bearer  a.b.c', 'credential-malformed'],
    ['Bearer a.b.c, Bearer d.e.f', 'credential-malformed'],
    ['Basic YTpi', 'credential-malformed'],
    [`Bearer a.${'b'.repeat(8_000)}.c`, 'credential-malformed'],
    ['Bearer a.b.c', 'passes'],
    ['bearer a.b.c', 'passes'],
    ['DPoP a.b.c', 'passes'],
  ];
  for (const [header, expected] of cases) {
    test(`${String(header).slice(0, 30)}: ${expected}`, () =>
      assert.equal(codeOf(readCredential(header)), expected));
  }
});

const accreditation = (number: number, more: Partial<AccreditationPolicy> = {}): AccreditationPolicy => ({
  number,
  stage: 'production',
  organisationId: 'town',
  clients: ['client'],
  purpose: 'Tarifs de la cantine',
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: null,
  quotaPerMinute: null,
  grants: { api: ['read'] },
  ...more,
});

describe('the accreditation', () => {
  const over = { validUntil: '2026-11-24T10:00:00Z' };
  const toCome = { validFrom: '2026-11-24T10:00:01Z' };
  const cases: [string, AccreditationPolicy[], string | undefined, string][] = [
    ['none', [], undefined, 'accreditation-missing'],
    ['one', [accreditation(1)], undefined, 'passes'],
    [
      'one for another API',
      [accreditation(1, { grants: { other: ['read'] } })],
      undefined,
      'accreditation-missing',
    ],
    [
      'one of another client',
      [accreditation(1, { clients: ['someone'] })],
      undefined,
      'accreditation-missing',
    ],
    ['one that has ended this very moment', [accreditation(1, over)], undefined, 'accreditation-expired'],
    ['one that has not begun', [accreditation(1, toCome)], undefined, 'accreditation-expired'],
    ['two', [accreditation(1), accreditation(2)], undefined, 'accreditation-ambiguous'],
    ['two of which one is named', [accreditation(1), accreditation(2)], '2', 'passes'],
    ['two of which one is over', [accreditation(1, over), accreditation(2)], undefined, 'passes'],
    [
      'two that are over',
      [accreditation(1, over), accreditation(2, over)],
      undefined,
      'accreditation-expired',
    ],
    ['another one is named', [accreditation(1)], '7', 'accreditation-missing'],
    ['no number is named', [accreditation(1)], '1 or 1=1', 'accreditation-missing'],
  ];
  for (const [what, held, named, expected] of cases) {
    test(`${what}: ${expected}`, () => {
      const policy = new LivePolicy();
      policy.apply({
        version: 1,
        entries: held.map((body, at) => ({ kind: 'accreditation', id: `a${at}`, body })),
      });
      const outcome = liveAccreditation(policy, { clientId: 'client', apiId: 'api', named, now: NOW });
      assert.equal(codeOf(outcome), expected);
    });
  }

  test('a client that is withdrawn has none, whatever it holds', () => {
    const policy = new LivePolicy();
    const entries: PolicyEntry[] = [
      { kind: 'accreditation', id: 'a', body: accreditation(1) },
      { kind: 'client', id: 'client', body: { reason: 'revoked' } },
    ];
    policy.apply({ version: 1, entries });
    const asked = { clientId: 'client', apiId: 'api', named: undefined, now: NOW };
    assert.equal(codeOf(liveAccreditation(policy, asked)), 'client-revoked');
    policy.apply({ version: 2, entries: [{ kind: 'client', id: 'client', body: null }] });
    assert.equal(codeOf(liveAccreditation(policy, asked)), 'passes');
  });

  test('a property of every object is no API that is granted', () => {
    const policy = new LivePolicy();
    policy.apply({ version: 1, entries: [{ kind: 'accreditation', id: 'a', body: accreditation(1) }] });
    for (const apiId of ['constructor', '__proto__', 'toString']) {
      const asked = { clientId: 'client', apiId, named: undefined, now: NOW };
      assert.equal(codeOf(liveAccreditation(policy, asked)), 'accreditation-missing');
    }
  });
});

describe('stops', () => {
  const stop = (more: Partial<StopPolicy> = {}, endsAt = Number.POSITIVE_INFINITY): LiveStop => ({
    policy: { apiId: 'api', organisationId: null, accreditationId: null, scope: null, endsAt: null, ...more },
    endsAt,
  });
  const call = { organisationId: 'town', accreditationId: 'a' };
  const cases: [string, LiveStop[], boolean, string[]][] = [
    ['none', [], false, []],
    ['the API', [stop()], true, []],
    ['this consumer', [stop({ organisationId: 'town' })], true, []],
    ['another consumer', [stop({ organisationId: 'city' })], false, []],
    ['this accreditation', [stop({ accreditationId: 'a' })], true, []],
    ['another accreditation', [stop({ accreditationId: 'b' })], false, []],
    ['a scope', [stop({ scope: 'read' })], false, ['read']],
    ['a scope of another consumer', [stop({ scope: 'read', organisationId: 'city' })], false, []],
    [
      'two scopes',
      [stop({ scope: 'read' }), stop({ scope: 'more', accreditationId: 'a' })],
      false,
      ['read', 'more'],
    ],
    ['one that has ended', [stop({}, NOW)], false, []],
    ['one that ends later', [stop({}, NOW + 1)], true, []],
  ];
  for (const [what, stops, isStopped, scopes] of cases) {
    test(what, () => {
      const after = afterStops(stops, call, NOW);
      assert.equal(after.isStopped, isStopped);
      assert.deepEqual([...(after.stoppedScopes ?? [])], scopes);
    });
  }
});

describe('scopes', () => {
  const ofApi = { read: ['/a'], more: ['/b'], secret: ['/c'] };
  const left = (ofToken: string[] | null, granted: string[] | null, stopped: string[] = []) =>
    scopesLeft({ ofToken: ofToken && new Set(ofToken), granted, ofApi, stopped: new Set(stopped) });

  test('only what token, accreditation and API agree on', () => {
    assert.deepEqual(left(['read', 'secret'], ['more', 'read']), ['read']);
    assert.deepEqual(left(['read', 'more'], ['more', 'read']), ['more', 'read']);
    assert.equal(codeOf(left(['secret'], ['read']) as object), 'scope-missing');
    assert.equal(codeOf(left([], ['read']) as object), 'scope-missing');
    assert.equal(codeOf(left(['old'], ['old']) as object), 'scope-missing');
    assert.equal(codeOf(left(['constructor'], ['constructor']) as object), 'scope-missing');
  });
  test('a stop takes one away, or all', () => {
    assert.deepEqual(left(['read', 'more'], ['more', 'read'], ['more']), ['read']);
    assert.equal(codeOf(left(['read'], ['read'], ['read']) as object), 'flow-stopped');
  });
  test('public data let out all that the API has', () => {
    assert.deepEqual(left(null, null), ['more', 'read', 'secret']);
  });
});

describe('the subject', () => {
  const key = createSecretKey(Buffer.alloc(32, 7));
  const names = ['nomNaissance', 'prenoms', 'dateNaissance', 'codeCommuneNaissance'];
  const person: SubjectPlace = { in: 'query', names, kind: 'person' };
  const company: SubjectPlace = { in: 'path', names: ['siren'], kind: 'company' };
  const at = (
    place: SubjectPlace | null,
    query = '',
    parameters = {},
    headers: Record<string, string> = {},
  ) => subjectOf(place, { query, parameters }, { headers, rawHeaders: Object.entries(headers).flat() }, key);

  test('one person is one, however they are written', () => {
    const expected = subjectHash(key, 'person', 'LE GOFF|ELODIE|1987-04-02|35238'.replaceAll('-', ' '));
    for (const query of [
      '?nomNaissance=Le%20Goff&prenoms=%C3%89lodie%20Marie&dateNaissance=1987-04-02&codeCommuneNaissance=35238',
      '?nomNaissance=LE-GOFF&prenoms[]=elodie&prenoms[]=anne&dateNaissance=1987-04-02&codeCommuneNaissance=35238',
    ]) {
      assert.equal(at(person, query), expected);
    }
  });
  test('a company is its SIREN, also in a SIRET', () => {
    const expected = subjectHash(key, 'company', '130025265');
    assert.equal(at(company, '', { siren: '130025265' }), expected);
    assert.equal(at(company, '', { siren: '13002526500013' }), expected);
    assert.equal(codeOf(at(company, '', { siren: '12' }) as object), 'subject-missing');
  });
  test('nobody, twice somebody, and an API about nobody', () => {
    assert.equal(codeOf(at(person, '?x=1') as object), 'subject-missing');
    assert.equal(codeOf(at(person, '?nomNaissance=A&nomNaissance=B') as object), 'malformed-request');
    assert.equal(at(null, '?x=1'), null);
    const inHeader: SubjectPlace = { in: 'header', names: ['X-Siren'], kind: 'company' };
    assert.equal(codeOf(at(inHeader) as object), 'subject-missing');
    assert.equal(typeof at(inHeader, '', {}, { 'x-siren': '130025265' }), 'string');
    const twice = { 'x-siren': '130025265', 'X-Siren': '999999999' };
    assert.equal(codeOf(at(inHeader, '', {}, twice) as object), 'malformed-request');
  });
  test('nobody under a name that some server takes for another', () => {
    for (const more of [
      'nomnaissance=B',
      'nomNaissance%5B%5D=B',
      'nomNaissance[0]=B',
      'prenoms=B&prenoms[]=C',
      'nomNaissance.=B',
    ]) {
      assert.equal(codeOf(at(person, `?nomNaissance=A&${more}`) as object), 'malformed-request', more);
    }
    assert.equal(typeof at(person, '?nomNaissance=A&prenoms[]=B&prenoms[]=C&nom=B'), 'string');
  });
});

describe('the quota', () => {
  test('a minute’s worth at once, then evenly', () => {
    const quota = new Quota();
    for (let at = 0; at < 60; at++) assert.equal(quota.take('a', 60, NOW), 0);
    assert.equal(quota.take('a', 60, NOW), 1);
    assert.equal(quota.take('b', 60, NOW), 0, 'another one has its own');
    assert.equal(quota.take('a', 60, NOW + 999), 1);
    assert.equal(quota.take('a', 60, NOW + 2_000), 0);
    assert.equal(quota.take('slow', 1, NOW), 0);
    assert.equal(quota.take('slow', 1, NOW), 60);
  });
  test('a share that shrinks when another gateway comes, and grows when it goes', () => {
    const quota = new Quota();
    const passing = (share: number, now: number) => {
      let passed = 0;
      while (quota.take('a', share, now) === 0) passed += 1;
      return passed;
    };
    assert.equal(passing(60, NOW), 60);
    assert.equal(passing(30, NOW + 60_000), 30, 'what is full at sixty is full at thirty');
    assert.equal(passing(60, NOW + 90_000), 30, 'half a minute fills half of it');
    assert.equal(quota.take('a', 60, NOW), 1, 'a clock that is set back gives nothing');
  });
  test('forgets nobody who has not filled up again, as long as there is room', () => {
    const quota = new Quota();
    for (let at = 0; at < 10; at++) quota.take('a', 10, NOW);
    for (let at = 0; at < 50_000; at++) quota.take(`other ${at}`, 10, NOW);
    assert.equal(quota.take('a', 10, NOW), 6);
  });
  test('whatever the rhythm, never more than the bucket and what has flowed in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 100 }),
        (pauses, perMinute) => {
          const quota = new Quota();
          let now = NOW;
          let passed = 0;
          for (const pause of pauses) {
            now += pause;
            if (quota.take('a', perMinute, now) === 0) passed += 1;
          }
          assert.ok(passed <= perMinute + ((now - NOW) * perMinute) / 60_000 + 1e-6);
        },
      ),
    );
  });
});
