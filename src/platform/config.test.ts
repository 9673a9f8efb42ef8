// The configuration refuses what it does not know, in sentences.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, loadConfig, VARIABLES } from './config.ts';

test('an empty environment gives the defaults', () => {
  const config = loadConfig({});
  assert.equal(config.port, 3000);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.demo, true);
  assert.equal(config.databaseUrl, null);
  assert.match(config.dataFolder, /\/data$/);
  assert.match(config.ledgerKeyFile, /\/data\/keys\/ledger\.key$/);
});

test('an empty variable is as good as none', () => {
  assert.equal(loadConfig({ PORT: '' }).port, 3000);
});

const refusals: [environment: Record<string, string>, sentence: RegExp][] = [
  [{ PORT: 'http' }, /^PORT is wrong: it takes a whole number from 0 to 65535, not "http"\.$/],
  [{ PORT: '70000' }, /^PORT is wrong/],
  [{ PORT: '-1' }, /^PORT is wrong/],
  [{ SOCLE_DEMO: 'yes' }, /^SOCLE_DEMO is wrong: it takes one of on, off, not "yes"\.$/],
  [{ SOCLE_TIME_ZONE: 'Paris' }, /^SOCLE_TIME_ZONE is wrong: "Paris" is not a time zone/],
  [{ DATABASE_URL: 'mysql://localhost/socle' }, /^DATABASE_URL is wrong/],
  [{ SOCLE_PUBLIC_URL: 'javascript:alert(1)' }, /^SOCLE_PUBLIC_URL is wrong/],
  [{ SOCLE_LEDGER_ORIGIN: 'Not an origin' }, /^SOCLE_LEDGER_ORIGIN is wrong/],
  [{ SOCLE_PROT: '3000' }, /^SOCLE_PROT is no setting of Socle\. The settings are PORT, /],
];

for (const [environment, sentence] of refusals) {
  test(`${JSON.stringify(environment)} stops the start`, () => {
    assert.throws(
      () => loadConfig(environment),
      (error) => error instanceof ConfigError && sentence.test(error.message),
    );
  });
}

test('a refusal never repeats a password', () => {
  assert.throws(
    () => loadConfig({ SOCLE_SMTP_URL: 'http://socle:s3cret@mail' }),
    (error: Error) => !error.message.includes('s3cret'),
  );
});

test('every variable says why it exists', () => {
  for (const [name, { reason }] of Object.entries(VARIABLES))
    assert.match(reason, /^[\w.:/<A-Z].{15,}\.$/s, name);
});
