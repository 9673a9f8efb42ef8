import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretOf } from '#platform/secret.ts';
import { keyedHash, seal, unseal } from './sealed-secret.ts';

const secret = secretOf(Buffer.alloc(32, 7));

test('what is sealed opens for its person alone, unchanged, under this installation’s key', () => {
  const content = Buffer.from('twenty bytes of seed');
  const sealed = seal(secret, 'one', content);
  assert.deepEqual(unseal(secret, 'one', sealed), content);
  assert.ok(!sealed.includes(content));
  assert.throws(() => unseal(secret, 'two', sealed));
  assert.throws(() => unseal(secretOf(Buffer.alloc(32, 8)), 'one', sealed));
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i] = (changed[i] as number) ^ 1;
    assert.throws(() => unseal(secret, 'one', changed), `byte ${i}`);
  }
});

test('a keyed hash depends on its purpose', () => {
  assert.deepEqual(keyedHash(secret, 'a', 'x'), keyedHash(secret, 'a', 'x'));
  assert.notDeepEqual(keyedHash(secret, 'a', 'x'), keyedHash(secret, 'b', 'x'));
});
