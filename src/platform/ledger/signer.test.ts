// The key's file: made once, for its owner alone, and refused when it holds something else.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadLedgerSigner } from './signer.ts';

const folder = mkdtempSync(join(tmpdir(), 'socle-signer-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('the key is made once and read again, by its owner alone', () => {
  const keyFile = join(folder, 'keys/ledger.key');
  const first = loadLedgerSigner({ keyFile, origin: 'socle.test/ledger' });
  const pem = readFileSync(keyFile, 'utf8');
  assert.equal(statSync(keyFile).mode & 0o777, 0o600);
  assert.equal(loadLedgerSigner({ keyFile, origin: 'socle.test/ledger' }).verifierKey, first.verifierKey);
  assert.equal(readFileSync(keyFile, 'utf8'), pem);
  assert.match(first.verifierKey, /^socle\.test\/ledger\+[0-9a-f]{8}\+AX?[A-Za-z0-9+/=]+$/);
});

test('a file that holds something else is refused and left as it was', () => {
  const { privateKey } = generateKeyPairSync('x25519');
  for (const text of ['', 'no key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()]) {
    const keyFile = join(folder, 'other.key');
    writeFileSync(keyFile, text);
    assert.throws(() => loadLedgerSigner({ keyFile, origin: 'socle.test/ledger' }), /ledger-key-unusable/);
    assert.equal(readFileSync(keyFile, 'utf8'), text);
  }
});
