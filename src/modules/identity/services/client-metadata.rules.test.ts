import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import Provider, { type Configuration } from 'oidc-provider';
import { scopesOf } from '../hub/passed-claims.rules.ts';
import { claimsOf } from '../hub/realms.ts';
import { clientMetadataOf } from './client-metadata.rules.ts';
import { publicKeyAsTyped } from './service-keys.rules.ts';
import { aClient, publicPem } from './services.fixture.ts';
import type { ServiceAsClient } from './services.types.ts';

type Client = Record<string, unknown> & {
  readonly sectorIdentifier: string;
  redirectUriAllowed(uri: string): boolean;
  grantTypeAllowed(type: string): boolean;
};

const SIGNING_KEYS = [
  generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
].map(({ privateKey }) => privateKey.export({ format: 'jwk' }));

/** A provider as bare as it can be that knows the features that services use. */
function providerFor(realm: 'agents' | 'machines') {
  const isForPeople = realm === 'agents';
  const configuration = {
    jwks: { keys: SIGNING_KEYS },
    subjectTypes: isForPeople ? ['pairwise'] : ['public'],
    clientAuthMethods: [
      'private_key_jwt',
      'client_secret_basic',
      'client_secret_post',
      'tls_client_auth',
      ...(isForPeople ? (['none'] as const) : []),
    ],
    enabledJWA: { idTokenSigningAlgValues: ['ES256', 'RS256'], userinfoSigningAlgValues: ['ES256', 'RS256'] },
    ...(isForPeople
      ? { scopes: ['openid', 'offline_access', ...Object.keys(scopesOf('agents'))] }
      : { responseTypes: [], scopes: [] }),
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: true },
      mTLS: { enabled: true, certificateBoundAccessTokens: true, tlsClientAuth: true },
      clientCredentials: { enabled: !isForPeople },
      backchannelLogout: { enabled: isForPeople },
      rpInitiatedLogout: { enabled: isForPeople },
      jwtUserinfo: { enabled: isForPeople },
      userinfo: { enabled: isForPeople },
    },
  };
  return new Provider('https://socle.example/connect/x', configuration as unknown as Configuration);
}

const people = providerFor('agents');
const machines = providerFor('machines');

function clientOf(service: ServiceAsClient): Client {
  const provider = service.realm === 'machines' ? machines : people;
  const make = provider.Client as unknown as new (metadata: Record<string, unknown>) => Client;
  return new make(clientMetadataOf(service));
}

const typedKey = publicKeyAsTyped(publicPem());
const key = typedKey.fault === null ? { ...typedKey.publicJwk, kid: typedKey.kid } : {};
const hash = Buffer.alloc(32, 7);

describe('the provider takes every service that the rules accept', () => {
  const shapes: [string, Partial<ServiceAsClient>][] = [
    ['a key', { keys: [key] }],
    ['keys at an address', { jwksUri: 'https://service.example/jwks' }],
    ['no key yet', {}],
    ['a secret', { clientAuthentication: 'client_secret_basic', secretHashes: [hash] }],
    ['no secret yet', { clientAuthentication: 'client_secret_post' }],
    [
      'a certificate',
      { clientAuthentication: 'tls_client_auth', tlsSubject: 'CN=a', certificateBound: true },
    ],
    ['a public client', { clientAuthentication: 'none' }],
    ['loopback in test', { redirectUris: ['http://localhost:3000/cb', 'http://127.0.0.1:3001/cb'] }],
    ['several hosts', { redirectUris: ['https://a.example/cb', 'https://b.example/cb'], keys: [key] }],
    ['no redirect address yet', { redirectUris: [], keys: [key] }],
    [
      'all options',
      { userinfoAlg: 'RS256', idTokenAlg: 'RS256', mayRefresh: true, dpopBound: true, keys: [key] },
    ],
    ['all claims', { claims: claimsOf('agents').map((claim) => ({ claim, reason: 'x', grantedAt: null })) }],
    ['a machine', { realm: 'machines', redirectUris: [], claims: [], keys: [key] }],
    [
      'a machine with a secret',
      {
        realm: 'machines',
        redirectUris: [],
        claims: [],
        clientAuthentication: 'client_secret_basic',
        secretHashes: [hash],
      },
    ],
  ];
  for (const [what, more] of shapes) {
    test(what, () => {
      assert.equal(clientOf(aClient(more)).clientId, 'agents-0123456789abcdef');
    });
  }
});

test('addresses are compared whole', () => {
  const client = clientOf(aClient({ keys: [key], redirectUris: ['http://127.0.0.1:3000/cb'] }));
  assert.equal(client.redirectUriAllowed('http://127.0.0.1:3000/cb'), true);
  for (const other of [
    'http://127.0.0.1:3000/cb/',
    'http://127.0.0.1:3001/cb',
    'http://127.0.0.1:3000/cb?x=1',
  ]) {
    assert.equal(client.redirectUriAllowed(other), false, other);
  }
});

test('the sector stays when redirect addresses change, and is another for each service', () => {
  const sector = (more: Partial<ServiceAsClient>) => clientOf(aClient(more)).sectorIdentifier;
  const one = sector({ redirectUris: ['https://a.example/cb'] });
  assert.equal(sector({ redirectUris: ['https://b.example/cb'] }), one);
  assert.notEqual(sector({ id: '33333333-3333-4333-8333-333333333333' }), one);
});

test('a service without a secret has none to guess', () => {
  for (const clientAuthentication of ['client_secret_basic', 'client_secret_post'] as const) {
    const metadata = clientMetadataOf(aClient({ clientAuthentication }));
    assert.equal(metadata.token_endpoint_auth_method, 'private_key_jwt');
    assert.equal('client_secret' in metadata, false);
  }
});

test('scopes are those of claims asked for in test, and of claims granted in production', () => {
  const claims = [
    { claim: 'email', reason: 'x', grantedAt: new Date() },
    { claim: 'siret', reason: 'x', grantedAt: null },
  ];
  const scopes = (more: Partial<ServiceAsClient>) =>
    String(clientMetadataOf(aClient({ claims, ...more })).scope).split(' ');
  assert.ok(scopes({ state: 'test' }).includes('siret'));
  const granted = scopes({ state: 'production' });
  assert.ok(granted.includes('email') && !granted.includes('siret') && !granted.includes('offline_access'));
  assert.ok(scopes({ mayRefresh: true }).includes('offline_access'));
});

test('machines get tokens for themselves and sign nobody in', () => {
  const client = clientOf(aClient({ realm: 'machines', redirectUris: [], claims: [], keys: [key] }));
  assert.equal(client.grantTypeAllowed('client_credentials'), true);
  assert.equal(client.grantTypeAllowed('authorization_code'), false);
  assert.equal(clientOf(aClient({ keys: [key] })).grantTypeAllowed('client_credentials'), false);
  assert.equal(clientOf(aClient({ keys: [key] })).grantTypeAllowed('refresh_token'), false);
});
