// What may be recorded of a provider: each rule as a table of cases.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { asDomain, domainOfEmail, wordsOfLines } from './domains.rules.ts';
import {
  effectiveIssuer,
  faultsOfUpstream,
  isIssuer,
  isWatchVoid,
  MARKS_AT_MOST,
  mustAnswerFirst,
  upstreamAsTyped,
} from './upstreams.rules.ts';
import type { Upstream, UpstreamInput } from './upstreams.types.ts';

const RIGHT: UpstreamInput = {
  realm: 'agents',
  name: 'Ministère de l’Économie',
  issuer: 'https://auth.mef.example',
  clientId: 'socle',
  clientSecret: 'secret',
  clientAuthentication: 'client_secret_basic',
  scopes: 'openid email',
  domains: 'mef.example',
  organisations: 'MEF',
  vouchesForOrganisation: true,
  vouchesForSecondFactor: false,
  bestAssurance: 'eidas1',
  isEnabled: true,
};

const BEFORE: Upstream = {
  id: '6c1d8b0e-8f0e-4f6e-9d0a-0d5b5f1f6f10',
  ...upstreamAsTyped(RIGHT, null).settings,
  organisationIds: [],
  credentialsMark: '.',
  state: 'up',
  stateSince: null,
  checkedAt: null,
};

function faultyFields(
  more: Partial<UpstreamInput>,
  given: { before?: Upstream | null; hasSecret?: boolean; mayBeInsecure?: boolean } = {},
): string[] {
  const before = given.before ?? null;
  const draft = upstreamAsTyped({ ...RIGHT, ...more }, before);
  return faultsOfUpstream(draft, { before, hasSecret: false, mayBeInsecure: false, ...given }).map(
    ({ field }) => field,
  );
}

describe('e-mail domains', () => {
  const cases: [typed: string, domain: string | null][] = [
    ['mef.example', 'mef.example'],
    [' @MEF.Example ', 'mef.example'],
    ['intérieur.gouv.fr', 'xn--intrieur-d1a.gouv.fr'],
    ['a-b.c-d.example', 'a-b.c-d.example'],
    ['example', null],
    ['', null],
    ['mef.example.', null],
    ['.mef.example', null],
    ['mef..example', null],
    ['-mef.example', null],
    ['mef-.example', null],
    ['mef.example:8080', null],
    ['mef.example/path', null],
    ['ada@mef.example', null],
    ['*.mef.example', null],
    ['mef_1.example', null],
    ['192.0.2.1', null],
    ['mef.1', null],
    [`${'a'.repeat(64)}.example`, null],
    [`${'a.'.repeat(130)}example`, null],
  ];
  for (const [typed, domain] of cases) {
    test(`${JSON.stringify(typed.slice(0, 40))} is ${domain}`, () => assert.equal(asDomain(typed), domain));
  }

  test('are read alike a second time, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.domain()), (typed) => {
        const domain = asDomain(typed);
        if (domain !== null) assert.equal(asDomain(domain), domain);
      }),
    );
  });

  test('of an address are what stands after its last @', () => {
    assert.equal(domainOfEmail('ada@mef.example'), 'mef.example');
    assert.equal(domainOfEmail('"a@b"@MEF.example'), 'mef.example');
    assert.equal(domainOfEmail('mef.example'), null);
    assert.equal(domainOfEmail('@mef.example'), null);
    assert.equal(domainOfEmail('ada@'), null);
  });

  test('are typed one a line, or with commas', () => {
    assert.deepEqual(wordsOfLines('a.example\r\n\n b.example ,c.example;a.example'), [
      'a.example',
      'b.example',
      'c.example',
    ]);
    assert.deepEqual(wordsOfLines(''), []);
  });
});

describe('a provider', () => {
  test('is tidied as it was typed', () => {
    const { settings, organisationWords, clientSecret } = upstreamAsTyped(
      {
        ...RIGHT,
        name: '  Un   nom ',
        issuer: ' https://auth.mef.example/.well-known/openid-configuration ',
        scopes: ' openid  email openid ',
        domains: 'b.example\nA.example\nb.example',
        organisations: '110 004 013 00012\nMEF',
        clientSecret: ' s ',
      },
      null,
    );
    assert.equal(settings.name, 'Un nom');
    assert.equal(settings.issuer, 'https://auth.mef.example');
    assert.equal(settings.scopes, 'openid email');
    assert.deepEqual(settings.domains, ['a.example', 'b.example']);
    assert.deepEqual(organisationWords, ['11000401300012', 'MEF']);
    assert.equal(clientSecret, 's');
    assert.equal(settings.isDemonstration, false);
  });

  const cases: [what: string, more: Partial<UpstreamInput>, fields: string[]][] = [
    ['all right', {}, []],
    ['another realm', { realm: 'machines' }, ['realm']],
    ['no name', { name: ' ' }, ['name']],
    ['a long name', { name: 'a'.repeat(121) }, ['name']],
    ['a control character in the name', { name: 'a\u0007b' }, ['name']],
    ['no issuer', { issuer: '' }, ['issuer']],
    ['a path for an issuer', { issuer: '/demonstration/ministry' }, ['issuer']],
    ['plain http', { issuer: 'http://auth.mef.example' }, ['issuer']],
    ['no client', { clientId: '' }, ['clientId']],
    ['another authentication', { clientAuthentication: 'none' }, ['clientAuthentication']],
    ['no secret', { clientSecret: '' }, ['clientSecret']],
    ['no secret where a key serves', { clientSecret: '', clientAuthentication: 'private_key_jwt' }, []],
    ['a secret on two lines', { clientSecret: 'a\nb' }, ['clientSecret']],
    ['scopes without openid', { scopes: 'email' }, ['scopes']],
    ['scopes with a quote', { scopes: 'openid "email"' }, ['scopes']],
    ['another level', { bestAssurance: 'eidas4' }, ['bestAssurance']],
    ['a wrong domain', { domains: 'mef.example\nnonsense' }, ['domains']],
    [
      'too many domains',
      { domains: Array.from({ length: MARKS_AT_MOST + 1 }, (_, n) => `d${n}.example`).join('\n') },
      ['domains'],
    ],
    ['citizens by domain', { realm: 'citizens' }, ['domains']],
    ['citizens', { realm: 'citizens', domains: '' }, []],
    [
      'too many organisations',
      { organisations: Array.from({ length: MARKS_AT_MOST + 1 }, (_, n) => `O${n}`).join('\n') },
      ['organisations'],
    ],
  ];
  for (const [what, more, fields] of cases) {
    test(`${what}: ${fields.join(', ') || 'no fault'}`, () => assert.deepEqual(faultyFields(more), fields));
  }

  test('names each wrong domain, and not all of many', () => {
    const draft = upstreamAsTyped({ ...RIGHT, domains: 'un deux\nbon.example' }, null);
    const [fault] = faultsOfUpstream(draft, { before: null, hasSecret: false, mayBeInsecure: false });
    assert.match(fault?.text.fr ?? '', /un, deux\./);
    assert.doesNotMatch(fault?.text.fr ?? '', /bon\.example/);
  });

  test('keeps its secret, its realm, and a demonstration’s issuer', () => {
    assert.deepEqual(faultyFields({ clientSecret: '' }, { before: BEFORE, hasSecret: true }), []);
    assert.deepEqual(faultyFields({ realm: 'citizens', domains: '' }, { before: BEFORE }), ['realm']);
    const demonstration = { ...BEFORE, isDemonstration: true, issuer: '/demonstration/ministry' };
    assert.deepEqual(faultyFields({ issuer: demonstration.issuer }, { before: demonstration }), []);
    assert.deepEqual(faultyFields({ issuer: '/demonstration/other' }, { before: demonstration }), ['issuer']);
    assert.equal(upstreamAsTyped(RIGHT, demonstration).settings.isDemonstration, true);
  });

  const issuers: [issuer: string, strict: boolean, demo: boolean][] = [
    ['https://auth.example', true, true],
    ['https://auth.example/realms/x', true, true],
    ['http://auth.example', false, true],
    ['ftp://auth.example', false, false],
    ['https://auth.example?x=1', false, false],
    ['https://auth.example/#x', false, false],
    ['https://ada:secret@auth.example', false, false],
    ['https://auth .example', false, false],
    [`https://auth.example/${'a'.repeat(500)}`, false, false],
    ['nonsense', false, false],
  ];
  for (const [issuer, strict, demo] of issuers) {
    test(`${issuer.slice(0, 40)} is an issuer: ${strict}, in a demonstration: ${demo}`, () => {
      assert.equal(isIssuer(issuer, { mayBeInsecure: false }), strict);
      assert.equal(isIssuer(issuer, { mayBeInsecure: true }), demo);
    });
  }

  test('of the demonstration stands under Socle’s own origin', () => {
    assert.equal(
      effectiveIssuer({ issuer: '/demonstration/x' }, 'http://localhost:1'),
      'http://localhost:1/demonstration/x',
    );
    assert.equal(
      effectiveIssuer({ issuer: 'https://a.example/' }, 'http://localhost:1'),
      'https://a.example/',
    );
  });

  test('must answer when it comes into use or moves, and then what was watched is void', () => {
    const { settings } = upstreamAsTyped(RIGHT, null);
    const moved = { ...settings, issuer: 'https://new.example' };
    assert.equal(mustAnswerFirst(settings, null), true);
    assert.equal(mustAnswerFirst({ ...settings, isEnabled: false }, null), false);
    assert.equal(mustAnswerFirst(settings, BEFORE), false);
    assert.equal(mustAnswerFirst(moved, BEFORE), true);
    assert.equal(mustAnswerFirst(settings, { ...BEFORE, isEnabled: false }), true);
    assert.equal(mustAnswerFirst({ ...settings, isDemonstration: true }, null), false);
    assert.equal(isWatchVoid(settings, BEFORE), false);
    assert.equal(isWatchVoid(moved, BEFORE), true);
    assert.equal(isWatchVoid({ ...settings, isEnabled: false }, BEFORE), true);
  });
});
