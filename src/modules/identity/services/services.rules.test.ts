import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addressFault, leadsToLoopback } from './addresses.rules.ts';
import { nextSteps } from './next-steps.rules.ts';
import {
  canProveItself,
  claimsNotGranted,
  faultsInProduction,
  needsForProduction,
} from './production.rules.ts';
import { asForm, inputOf } from './service-form.rules.ts';
import { aService, inputTyped } from './services.fixture.ts';
import { faultsOfService, serviceAsTyped } from './services.rules.ts';
import type { NamedService, ServiceInput } from './services.types.ts';

describe('addresses', () => {
  const inTest = { loopbackMayBeHttp: true };
  const inProduction = { loopbackMayBeHttp: false };

  for (const [address, test_, production] of [
    ['https://service.example/callback', true, true],
    ['https://service.example', true, true],
    ['https://service.example/callback?tenant=a', true, true],
    ['https://xn--caf-dma.example/', true, true],
    ['http://localhost:3000/callback', true, false],
    ['http://127.0.0.1:8080/cb', true, false],
    ['http://[::1]:8080/cb', true, false],
    ['http://service.example/callback', false, false],
    ['http://localhost.service.example/cb', false, false],
    ['http://127.0.0.1.service.example/', false, false],
    ['https://service.example/callback#part', false, false],
    ['https://service.example/callback#', false, false],
    ['https://*.service.example/callback', false, false],
    ['https://service.example/*', false, false],
    ['https://user@service.example/callback', false, false],
    ['https://user:word@service.example/callback', false, false],
    ['https://service.example/a/../callback', false, false],
    ['https://service.example\\@evil.example/', false, false],
    ['https://SERVICE.example/callback', false, false],
    ['https://service.example:443/callback', false, false],
    ['https://café.example/', false, false],
    ['https://service.example/a b', false, false],
    ['/callback', false, false],
    ['service.example/callback', false, false],
    ['javascript:alert(1)', false, false],
    ['data:text/html,hello', false, false],
    ['com.example.app:/callback', false, false],
    ['https://', false, false],
    ['', false, false],
    [`https://service.example/${'a'.repeat(500)}`, false, false],
  ] as const) {
    test(`${address.slice(0, 60)}: ${test_ ? 'yes' : 'no'} in test, ${production ? 'yes' : 'no'} in production`, () => {
      assert.equal(addressFault(address, inTest) === null, test_);
      assert.equal(addressFault(address, inProduction) === null, production);
    });
  }

  test('whatever is accepted is https or loopback, and stays what it is when a browser reads it', () => {
    const anything = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string(),
      fc
        .tuple(fc.constantFrom('http://localhost', 'https://a.example', 'http://b.example'), fc.string())
        .map((two) => two.join('/')),
    );
    fc.assert(
      fc.property(anything, (address) => {
        if (addressFault(address, inTest) !== null) return;
        const url = new URL(address);
        assert.ok(url.href === address || url.href === `${address}/`);
        assert.equal(url.hash, '');
        assert.ok(url.protocol === 'https:' || leadsToLoopback(address));
      }),
    );
  });
});

const fieldsOf = (faults: readonly { field: string }[]) => faults.map(({ field }) => field);

describe('what is typed of a service', () => {
  const judge = (
    more: Partial<ServiceInput>,
    realm: 'agents' | 'citizens' | 'machines' = 'agents',
    state: 'test' | 'production' = 'test',
  ) => fieldsOf(faultsOfService(realm, state, serviceAsTyped(realm, inputTyped(more))));

  test('a whole one has no fault', () => {
    assert.deepEqual(judge({}), []);
    assert.deepEqual(judge({}, 'agents', 'production'), []);
    assert.deepEqual(judge({ claims: [] }, 'machines'), []);
  });

  for (const [what, more, fields] of [
    ['no name', { name: '  ' }, ['name']],
    ['a long name', { name: 'a'.repeat(121) }, ['name']],
    ['a name with a control character', { name: 'a\u0000b' }, ['name']],
    ['no purpose', { purpose: '\n' }, ['purpose']],
    ['a long purpose', { purpose: 'a'.repeat(1001) }, ['purpose']],
    ['no contact', { contactEmail: 'team' }, ['contactEmail']],
    ['a home page by http', { homeUrl: 'http://service.example' }, ['homeUrl']],
    ['a redirect address with a wildcard', { redirectUris: ['https://service.example/*'] }, ['redirectUris']],
    [
      'one redirect address twice',
      { redirectUris: ['https://a.example/', 'https://a.example/'] },
      ['redirectUris'],
    ],
    [
      'too many redirect addresses',
      { redirectUris: Array.from({ length: 21 }, (_, n) => `https://a.example/${n}`) },
      ['redirectUris'],
    ],
    [
      'a wrong address after sign-out',
      { postLogoutRedirectUris: ['ftp://a.example/'] },
      ['postLogoutRedirectUris'],
    ],
    ['a wrong sign-out address', { backchannelLogoutUri: 'http://a.example/' }, ['backchannelLogoutUri']],
    ['a wrong address of keys', { jwksUri: 'file:///etc/passwd' }, ['jwksUri']],
    ['an unknown way of proof', { clientAuthentication: 'client_secret_jwt' }, ['clientAuthentication']],
    ['a certificate without a subject', { clientAuthentication: 'tls_client_auth' }, ['tlsSubject']],
    [
      'a certificate with a wrong subject',
      { clientAuthentication: 'tls_client_auth', tlsSubject: 'service' },
      ['tlsSubject'],
    ],
    ['an unsigned ID token', { idTokenAlg: 'none' }, ['idTokenAlg']],
    ['a shared-key userinfo', { userinfoAlg: 'HS256' }, ['userinfoAlg']],
    ['an unknown level', { leastAssurance: 'eidas9' }, ['leastAssurance']],
    ['an unknown screen', { screen: 'none' }, ['screen']],
    ['both bindings', { dpopBound: true, certificateBound: true }, ['dpopBound']],
    ['an unknown claim', { claims: [{ claim: 'salary', reason: 'x' }] }, ['claims']],
    ['a citizen’s claim of an agent', { claims: [{ claim: 'birthdate', reason: 'x' }] }, ['claims']],
    [
      'a claim twice',
      {
        claims: [
          { claim: 'email', reason: 'x' },
          { claim: 'email', reason: 'y' },
        ],
      },
      ['claims'],
    ],
    ['a claim without a reason', { claims: [{ claim: 'email', reason: ' ' }] }, ['reason_email']],
    [
      'a claim with a long reason',
      { claims: [{ claim: 'email', reason: 'a'.repeat(501) }] },
      ['reason_email'],
    ],
  ] as [string, Partial<ServiceInput>, string[]][]) {
    test(`${what} is refused`, () => assert.deepEqual(judge(more), fields));
  }

  test('a certificate with its subject is accepted', () => {
    const typed = {
      clientAuthentication: 'tls_client_auth',
      tlsSubject: 'CN=service.example,O=Ministry of X,C=FR',
    };
    assert.deepEqual(judge(typed), []);
  });

  test('loopback is for tests alone, and machines always prove who they are', () => {
    const local = { redirectUris: ['http://localhost:3000/cb'] };
    assert.deepEqual(judge(local), []);
    assert.deepEqual(judge(local, 'agents', 'production'), ['redirectUris']);
    assert.deepEqual(judge({ redirectUris: ['https://localhost/cb'] }, 'agents', 'production'), [
      'redirectUris',
    ]);
    assert.deepEqual(judge({ clientAuthentication: 'none' }, 'machines'), ['clientAuthentication']);
  });

  test('what a machine has no use for is left out', () => {
    const machine = serviceAsTyped(
      'machines',
      inputTyped({ mayRefresh: true, leastAssurance: 'eidas2', screen: '' }),
    );
    const {
      redirectUris,
      postLogoutRedirectUris,
      backchannelLogoutUri,
      claims,
      mayRefresh,
      leastAssurance,
      screen,
    } = machine;
    assert.deepEqual(
      {
        redirectUris,
        postLogoutRedirectUris,
        backchannelLogoutUri,
        claims,
        mayRefresh,
        leastAssurance,
        screen,
      },
      {
        redirectUris: [],
        postLogoutRedirectUris: [],
        backchannelLogoutUri: null,
        claims: [],
        mayRefresh: false,
        leastAssurance: null,
        screen: 'information',
      },
    );
  });

  test('the form says a service and reads it back', () => {
    const service = aService({
      dpopBound: true,
      userinfoAlg: 'RS256',
      leastAssurance: 'eidas2',
      mayRefresh: true,
    });
    const back = serviceAsTyped('agents', inputOf('agents', asForm(service)));
    const expected = { ...service, claims: service.claims.map(({ claim, reason }) => ({ claim, reason })) };
    for (const [name, value] of Object.entries(back)) {
      assert.deepEqual(value, expected[name as keyof typeof expected], name);
    }
  });
});

describe('production', () => {
  const none = { keys: 0, secrets: 0 };
  const one = { keys: 1, secrets: 0 };

  for (const [what, more, live, needs] of [
    ['a service in order', {}, one, []],
    ['keys at an address', { jwksUri: 'https://a.example/jwks' }, none, []],
    ['no key', {}, none, ['credential']],
    [
      'a key where a secret is asked for',
      { clientAuthentication: 'client_secret_post' },
      one,
      ['credential'],
    ],
    ['a secret', { clientAuthentication: 'client_secret_basic' }, { keys: 0, secrets: 1 }, []],
    ['a public client', { clientAuthentication: 'none' }, none, []],
    ['no redirect address', { redirectUris: [] }, one, ['redirect-address']],
    ['a machine without one', { realm: 'machines', redirectUris: [] }, one, []],
    ['a loopback address', { redirectUris: ['http://localhost/cb'] }, one, ['https']],
    ['a home page by http', { homeUrl: 'http://127.0.0.1/' }, one, ['https']],
    [
      'everything missing',
      { redirectUris: [], contactEmail: '', claims: [{ claim: 'email', reason: '', grantedAt: null }] },
      none,
      ['redirect-address', 'credential', 'contact', 'claims-reasons'],
    ],
  ] as [string, Partial<NamedService>, { keys: number; secrets: number }, string[]][]) {
    test(`${what}: ${needs.join(', ') || 'nothing'} missing`, () => {
      assert.deepEqual(needsForProduction(aService(more), live), needs);
    });
  }

  test('a change takes nothing away that production cannot do without', () => {
    const faults = faultsInProduction('agents', { ...aService(), redirectUris: [] }, none);
    assert.deepEqual(fieldsOf(faults), ['redirectUris', 'clientAuthentication']);
    assert.deepEqual(faultsInProduction('agents', aService(), one), []);
    assert.equal(canProveItself(aService({ clientAuthentication: 'tls_client_auth' }), none), false);
  });

  test('claims that wait are those without a grant', () => {
    const claims = [
      { claim: 'email', reason: 'x', grantedAt: new Date() },
      { claim: 'siret', reason: 'y', grantedAt: null },
    ];
    assert.deepEqual(claimsNotGranted({ claims }), ['siret']);
  });

  for (const [what, more, live, resources, steps] of [
    [
      'a new service',
      { redirectUris: [] },
      none,
      0,
      ['add-address', 'add-key', 'configure', 'ask-production'],
    ],
    [
      'one with secrets',
      { clientAuthentication: 'client_secret_basic' },
      none,
      0,
      ['add-secret', 'configure', 'ask-production'],
    ],
    ['one that waits', { isUnderReview: true }, one, 0, ['configure', 'wait-review']],
    ['one in production', { state: 'production', claims: [] }, one, 0, ['nothing']],
    ['one that wants more claims', { state: 'production' }, one, 0, ['ask-claims']],
    [
      'a machine without a resource',
      { realm: 'machines', claims: [], state: 'production' },
      one,
      0,
      ['ask-resource'],
    ],
    ['a machine with one', { realm: 'machines', claims: [], state: 'production' }, one, 1, ['nothing']],
    ['a suspended one', { state: 'suspended' }, one, 0, ['suspended']],
    ['a closed one', { state: 'closed' }, one, 0, []],
  ] as [string, Partial<NamedService>, { keys: number; secrets: number }, number, string[]][]) {
    test(`next for ${what}: ${steps.join(', ')}`, () => {
      assert.deepEqual(nextSteps(aService(more), live, resources), steps);
    });
  }
});
