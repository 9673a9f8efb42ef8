import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ApiPolicy, ApiVersionPolicy } from '../../policy/policy.types.ts';
import { LivePolicy } from '../policy/live-policy.ts';
import { resolveApi } from './resolve-api.ts';

const version = (name: string, more: Partial<ApiVersionPolicy> = {}): ApiVersionPolicy => ({
  name,
  state: 'current',
  endsOn: null,
  upstream: {
    origin: 'http://producer.example',
    basePath: '/base',
    timeoutMs: 1_000,
    pipelining: false,
    proof: 'none',
    sealedSecret: null,
  },
  paths: ['/quotient', '/foyers/{id}', '/foyers/{id}/enfants/{rang}'],
  ...more,
});
const api = (slug: string, ...versions: ApiVersionPolicy[]): ApiPolicy => ({
  slug,
  producerId: 'p',
  sensitivity: 'personal',
  subject: null,
  resource: 'https://r.example',
  quotaPerMinute: 60,
  versions,
  scopes: { s: ['/a'] },
});
const policy = new LivePolicy();
policy.apply({
  version: 1,
  entries: [
    {
      kind: 'api',
      id: 'one',
      body: api(
        'famille',
        version('v1'),
        version('v2', { state: 'retired' }),
        version('v3', { state: 'deprecated', endsOn: '2026-11-24' }),
        version('v4', { endsOn: '2026-11-23' }),
      ),
    },
    { kind: 'api', id: 'two', body: api('secret', version('v1')) },
  ],
});
const resolved = (url: string, method = 'GET') => resolveApi(policy, { method, url, today: '2026-11-24' });
const codeOf = (outcome: object) => ('code' in outcome ? outcome.code : 'resolved');

describe('an address', () => {
  const cases: [string, string, string?][] = [
    ['/famille/v1/quotient', 'resolved'],
    ['/famille/v1/quotient?a=1&b=%C3%A9', 'resolved'],
    ['/famille/v1/foyers/12', 'resolved'],
    ['/famille/v1/foyers/a%20b/enfants/1', 'resolved'],
    ['/famille/v3/quotient', 'resolved'],
    ['/famille/v2/quotient', 'version-retired'],
    ['/famille/v4/quotient', 'version-retired'],
    ['/famille/v9/quotient', 'unknown-api'],
    ['/inconnue/v1/quotient', 'unknown-api'],
    ['/famille/v1/autre', 'unknown-api'],
    ['/famille/v1/foyers/', 'path-refused'],
    ['/famille/v1', 'unknown-api'],
    ['/famille', 'unknown-api'],
    ['/', 'unknown-api'],
    ['', 'path-refused'],
    ['*', 'path-refused'],
    ['http://producer.example/famille/v1/quotient', 'path-refused'],
    ['//famille/v1/quotient', 'path-refused'],
    ['/famille/v1//quotient', 'path-refused'],
    ['/famille/v1/../../secret/v1/quotient', 'path-refused'],
    ['/famille/v1/./quotient', 'path-refused'],
    ['/famille/v1/..;/quotient', 'path-refused'],
    ['/famille/v1/%2e%2e/quotient', 'path-refused'],
    ['/famille/v1/%2E./quotient', 'path-refused'],
    ['/famille/v1/foyers%2F12', 'path-refused'],
    ['/famille/v1/foyers/%5c12', 'path-refused'],
    ['/famille/v1/foyers/%252e%252e', 'path-refused'],
    ['/famille/v1/foyers/%00', 'path-refused'],
    ['/famille/v1/foyers/\\12', 'path-refused'],
    ['/famille/v1/foyers/é', 'path-refused'],
    ['/famille/v1/quotient#x', 'path-refused'],
    ['/famille/v1/quotient?a=%0d%0ax: y', 'path-refused'],
    ['/famille/v1/quotient?a=b c', 'path-refused'],
    [`/famille/v1/${'a'.repeat(8_000)}`, 'path-refused'],
    ['/famille/v1/quotient', 'method-refused', 'TRACE'],
    ['/famille/v1/quotient', 'method-refused', 'CONNECT'],
    ['/famille/v1/quotient', 'method-refused', 'get'],
  ];
  for (const [url, expected, method = 'GET'] of cases) {
    test(`${method} ${JSON.stringify(url.slice(0, 60))}: ${expected}`, () =>
      assert.equal(codeOf(resolved(url, method)), expected));
  }

  test('hands on what stands below the version, and the parameters', () => {
    const outcome = resolved('/famille/v1/foyers/12/enfants/2?x=1');
    assert.ok('path' in outcome);
    assert.equal(outcome.path, '/foyers/12/enfants/2');
    assert.equal(outcome.query, '?x=1');
    assert.deepEqual(outcome.parameters, { id: '12', rang: '2' });
  });

  test('none that is resolved leads out of its version, whatever a server makes of it', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e',
        '%2E%2e',
        '%2f',
        '%5C',
        '/',
        '\\',
        ';',
        '//',
        'foyers',
        'secret',
        'v1',
        '%25',
        '\0',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const outcome = resolved(`/famille/v1/${pieces.join('')}`);
        if (!('path' in outcome)) return;
        // Read twice, as a careless server would.
        const once = new URL(`http://h/base${outcome.path}`).pathname;
        const twice = new URL(`http://h${decodeURIComponent(once)}`).pathname;
        assert.ok(once.startsWith('/base/') && twice.startsWith('/base/'), outcome.path);
      }),
      { numRuns: 3_000 },
    );
  });
});
