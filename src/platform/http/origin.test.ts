// Which address Socle says it is reached at: never one that only a caller says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSocleError } from '../errors.ts';
import { isOwnOrigin, originAsked, originOf } from './origin.ts';

const nowhere = { publicUrl: null };
const known = { publicUrl: 'https://socle.example/sub' };
const asked = (host: string, protocol: 'http' | 'https' = 'http') => ({ host, protocol });

const hosts: [string, string | null][] = [
  ['localhost', 'http://localhost'],
  ['localhost:3000', 'http://localhost:3000'],
  ['LOCALHOST:3000', 'http://localhost:3000'],
  ['localhost:80', 'http://localhost'],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['127.1:3000', 'http://127.0.0.1:3000'],
  ['[::1]:3000', 'http://[::1]:3000'],
  ['attacker.example', null],
  ['localhost.attacker.example', null],
  ['attacker.localhost', null],
  ['127.0.0.1.attacker.example', null],
  ['localhost@attacker.example', null],
  ['attacker.example#localhost', null],
  ['attacker.example/localhost', null],
  ['attacker.example\\localhost', null],
  ['127.0.0.2', null],
  ['0.0.0.0', null],
  ['[::]', null],
  ['10.0.0.1', null],
  ['localhost:99999', null],
  ['localhost:', 'http://localhost'],
  ['local host', null],
  ['', null],
  [' ', null],
];
for (const [host, origin] of hosts) {
  test(`without a public address, asked at ${JSON.stringify(host)}: ${origin ?? 'refused'}`, () => {
    assert.equal(originAsked(asked(host), nowhere), origin);
    if (origin !== null) {
      assert.equal(originOf(asked(host), nowhere), origin);
      return;
    }
    assert.throws(
      () => originOf(asked(host), nowhere),
      (error) => isSocleError(error) && error.code === 'no-public-address' && error.kind === 'unavailable',
    );
  });
}

test('the scheme is the one that was asked by', () => {
  assert.equal(originAsked(asked('localhost:3443', 'https'), nowhere), 'https://localhost:3443');
});

test('the public address wins over whatever was asked, without its path', () => {
  for (const [host] of hosts) {
    assert.equal(originAsked(asked(host), known), 'https://socle.example');
    assert.equal(originOf(asked(host), known), 'https://socle.example');
  }
  assert.equal(originOf(asked('x'), { publicUrl: 'https://SOCLE.example:443' }), 'https://socle.example');
  assert.equal(originOf(asked('x'), { publicUrl: 'http://socle.example:8080' }), 'http://socle.example:8080');
});

test('whatever is asked, without a public address it is loopback or nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webAuthority({ withUserInfo: true, withPort: true })), (host) => {
      const origin = originAsked(asked(host), nowhere);
      if (origin === null) return;
      assert.ok(['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname), origin);
      assert.equal(new URL(origin).origin, origin);
    }),
    { numRuns: 1_000 },
  );
});

test('Socle’s own origin is the public one alone, else loopback at its own port', () => {
  const cases: [string, string | null, number | null, boolean][] = [
    ['https://socle.example', 'https://socle.example/sub', 3000, true],
    ['http://socle.example', 'https://socle.example', 3000, false],
    ['https://socle.example:8443', 'https://socle.example', 8443, false],
    ['https://socle.example.attacker.example', 'https://socle.example', 3000, false],
    // With a public address loopback is another server’s, on the same machine.
    ['http://localhost:3000', 'https://socle.example', 3000, false],
    ['http://localhost:3000', null, 3000, true],
    ['http://127.0.0.1:3000', null, 3000, true],
    ['http://[::1]:3000', null, 3000, true],
    ['http://localhost:3001', null, 3000, false],
    ['http://localhost', null, 3000, false],
    ['http://localhost', null, 80, true],
    ['http://localhost', null, null, true],
    ['http://localhost:3000', null, null, false],
    ['http://attacker.example:3000', null, 3000, false],
    ['http://127.0.0.2:3000', null, 3000, false],
  ];
  for (const [origin, publicUrl, port, isOwn] of cases) {
    assert.equal(isOwnOrigin(origin, { publicUrl }, port), isOwn, `${origin} of ${publicUrl} on ${port}`);
  }
});
