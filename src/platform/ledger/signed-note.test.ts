// Notes and checkpoints in the published forms: read by others, refused when anything in them is changed.
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import {
  formatVerifier,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseVerifier,
  signNote,
} from './signed-note.ts';
import { ledgerSigner, newLedgerKey } from './signer.ts';

const signer = ledgerSigner(newLedgerKey(), 'socle.test/ledger');
const root = Buffer.alloc(32, 7);
const note = signer.sign({ size: 42, root });

test('a checkpoint is read back', () => {
  const text = openNote(note, signer.verifier);
  assert.equal(text, `socle.test/ledger\n42\n${root.toString('base64')}\n`);
  assert.deepEqual(parseCheckpoint(text ?? ''), { origin: 'socle.test/ledger', size: 42, root });
});

test('the form is that of the specification', () => {
  assert.match(
    note,
    /^socle\.test\/ledger\n42\n[A-Za-z0-9+/]{43}=\n\n— socle\.test\/ledger [A-Za-z0-9+/]+=*\n$/,
  );
});

test('the specification’s own note is accepted', () => {
  // golang.org/x/mod/sumdb/note, the package that the form comes from: its example key and message.
  const verifier = parseVerifier('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  assert.ok(verifier);
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const signed = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
  assert.equal(openNote(signed, verifier), text);
});

test('anything changed in a note is refused', () => {
  fc.assert(
    fc.property(fc.nat(note.length - 1), fc.constantFrom('a', '0', '\n', '='), (at, character) => {
      const changed = note.slice(0, at) + character + note.slice(at + 1);
      if (changed === note) return;
      const text = openNote(changed, signer.verifier);
      assert.equal(text, null);
    }),
  );
});

test('a checkpoint of another log that the same key signed is refused', () => {
  assert.equal(openCheckpoint(note, signer.verifier)?.size, 42);
  const key = newLedgerKey();
  const own = ledgerSigner(key, 'socle.test/ledger');
  const text = `socle.test/another\n42\n${root.toString('base64')}\n`;
  const other = signNote(text, own.verifier, createPrivateKey(key));
  assert.equal(openNote(other, own.verifier), text);
  assert.equal(openCheckpoint(other, own.verifier), null);
});

test('another key is refused', () => {
  const other = ledgerSigner(newLedgerKey(), 'socle.test/ledger');
  assert.equal(openNote(note, other.verifier), null);
});

test('a verifier is read back, and refused when its hash is not its key’s', () => {
  const text = formatVerifier(signer.verifier);
  assert.deepEqual(parseVerifier(text)?.keyHash, signer.verifier.keyHash);
  assert.equal(parseVerifier(text.replace(/\+[0-9a-f]/, (m) => (m === '+0' ? '+1' : '+0'))), null);
  assert.equal(parseVerifier('no key'), null);
  assert.throws(() => createPublicKey('no key'));
});

const texts: [value: unknown, text: string][] = [
  [{ b: 1, a: [true, null, 'é"\n'] }, '{"a":[true,null,"é\\"\\n"],"b":1}'],
  [{ a: undefined, b: 1 }, '{"b":1}'],
  [{ '€': 1, '\r': 2, '1': 3 }, '{"\\r":2,"1":3,"€":1}'],
  [Number('333333333.33333329'), '333333333.3333333'],
  [1e30, '1e+30'],
  [4.5, '4.5'],
  [-0, '0'],
];

for (const [value, text] of texts) {
  test(`the canonical text ${text}`, () => assert.equal(canonicalJson(value), text));
}

test('the order of keys does not matter, and JSON reads the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false } as never), (value) => {
      const text = canonicalJson(value);
      assert.equal(canonicalJson(JSON.parse(text)), text);
    }),
  );
});

test('what JSON cannot say is refused', () => {
  for (const value of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    () => 1,
    '\ud800',
    new Map(),
    Buffer.from('x'),
  ]) {
    assert.throws(() => canonicalJson(value), TypeError);
  }
});
