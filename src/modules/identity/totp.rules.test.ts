import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as OTPAuth from 'otpauth';
import { acceptedStep, totpAddress, totpSecretAsTyped } from './totp.rules.ts';

const SECRET = Buffer.from('12345678901234567890');
const codeAt = (seconds: number) =>
  OTPAuth.TOTP.generate({
    secret: new OTPAuth.Secret({ buffer: new Uint8Array(SECRET).buffer }),
    timestamp: seconds * 1000,
  });
const accepted = (typed: string, seconds: number, lastStep: number | null = null) =>
  acceptedStep(SECRET, typed, { now: new Date(seconds * 1000), lastStep });

test('the codes of RFC 6238, appendix B, are accepted at their time (their last six digits)', () => {
  const published: [seconds: number, code: string][] = [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ];
  for (const [seconds, code] of published) assert.equal(accepted(code, seconds), Math.floor(seconds / 30));
});

test('a clock that is one step off is accepted, two steps are not', () => {
  const now = 1_800_000_000;
  assert.equal(accepted(codeAt(now - 30), now), now / 30 - 1);
  assert.equal(accepted(codeAt(now + 30), now), now / 30 + 1);
  assert.equal(accepted(codeAt(now - 60), now), null);
  assert.equal(accepted(codeAt(now + 60), now), null);
});

test('each code serves once, and no earlier one after it', () => {
  const now = 1_800_000_000;
  assert.equal(accepted(codeAt(now), now, now / 30), null);
  assert.equal(accepted(codeAt(now - 30), now, now / 30), null);
  assert.equal(accepted(codeAt(now + 30), now, now / 30), now / 30 + 1);
});

test('spaces are allowed, anything else than six digits is not', () => {
  const now = 59;
  assert.equal(accepted(' 287 082 ', now), 1);
  for (const typed of ['', '28708', '2870822', 'abcdef', '28708２x'])
    assert.equal(accepted(typed, now), null, typed);
});

test('the address and the typed secret carry the same secret', () => {
  const address = new URL(totpAddress(SECRET, 'a@example.org'));
  assert.equal(address.protocol, 'otpauth:');
  assert.equal(address.searchParams.get('secret'), totpSecretAsTyped(SECRET).replaceAll(' ', ''));
  assert.equal(address.searchParams.get('issuer'), 'Socle');
});
