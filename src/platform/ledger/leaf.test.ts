// The bytes of a leaf are the canonical JSON of its fields, whatever these hold.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import { leafHashOf } from './leaf.ts';
import { leafHash } from './merkle.ts';

test('the leaf’s text is canonical', () => {
  const dataHash = randomBytes(32);
  const at = new Date('2026-03-01T10:00:00.123Z');
  const text = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(fc.uuid(), text, text, text, (id, kind, subject, name) => {
      const actor = { kind: 'system', name };
      const leaf = { v: 1, id, at, kind, subject, actor, dataHash: dataHash.toString('base64') };
      assert.deepEqual(
        leafHashOf({ id, at, kind, subject, actor: canonicalJson(actor), dataHash }),
        leafHash(Buffer.from(canonicalJson(leaf))),
      );
    }),
  );
});
