import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationsOf } from './configuration.rules.ts';
import { everyDay, fromWhen } from './connections.rules.ts';
import { aService } from './services.fixture.ts';
import { CLIENT_AUTHENTICATIONS } from './services.types.ts';

const ORIGIN = 'https://socle.example';

test('people’s services are told their issuer, scopes and way of proof, and never a secret', () => {
  for (const clientAuthentication of CLIENT_AUTHENTICATIONS) {
    const texts = configurationsOf(aService({ clientAuthentication, mayRefresh: true }), ORIGIN, []);
    const [any] = texts;
    for (const line of [
      'issuer: https://socle.example/connect/agents',
      'discovery: https://socle.example/connect/agents/.well-known/openid-configuration',
      `token_endpoint_auth_method: ${clientAuthentication}`,
      'scope: openid email offline_access',
      'code_challenge_method: S256',
    ]) {
      assert.ok(any?.text.split('\n').includes(line), line);
    }
  }
});

test('scopes of claims that wait for a review are left out in production', () => {
  const [any] = configurationsOf(aService({ state: 'production' }), ORIGIN, []);
  assert.ok(any?.text.split('\n').includes('scope: openid'));
});

test('a machine gets a line of curl that a shell reads as it is meant', () => {
  const service = aService({ realm: 'machines', claims: [], clientAuthentication: 'client_secret_basic' });
  const resource = { identifier: "https://api.example/it's", scopes: ['read', 'write'] };
  const [curl] = configurationsOf(service, ORIGIN, [resource]);
  assert.equal(
    curl?.text,
    [
      "curl 'https://socle.example/connect/machines/token'",
      '--user "agents-0123456789abcdef:$CLIENT_SECRET"',
      '--data grant_type=client_credentials',
      "--data-urlencode 'resource=https://api.example/it'\\''s'",
      "--data-urlencode 'scope=read write'",
    ].join(' \\\n  '),
  );
});

test('a chart has thirty days up to today in the State’s time zone, whatever was counted', () => {
  const now = new Date('2026-03-29T22:30:00Z');
  const days = everyDay([{ day: '2026-03-29', signedIn: 3, refused: 1 }], now, 'Europe/Paris');
  assert.equal(days.length, 30);
  assert.equal(days.at(-1)?.day, '2026-03-30', 'it is tomorrow in Paris already');
  assert.deepEqual(days.at(-2), { day: '2026-03-29', signedIn: 3, refused: 1 });
  assert.equal(days[0]?.day, '2026-03-01');
  assert.equal(new Set(days.map(({ day }) => day)).size, 30);
  assert.ok(fromWhen(now) < new Date('2026-03-01T00:00:00Z'));
});
