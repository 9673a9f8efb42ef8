// Both languages say everything: the dictionaries of the whole product, compared entry by entry.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import '#app/app.ts';
import { allMessages, type MessageTree } from '#platform/i18n/locale.ts';

/** Entries of a dictionary by their path, groups opened. */
function entriesOf(tree: MessageTree | readonly unknown[], path = ''): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path ? `${path}.${key}` : key;
    if (typeof value === 'object' && value !== null) {
      for (const [inner, leaf] of entriesOf(value as MessageTree, here)) entries.set(inner, leaf);
    } else entries.set(here, value);
  }
  return entries;
}

test('there are dictionaries to compare', () => assert.ok(allMessages().length >= 3));

for (const { name, dictionaries } of allMessages()) {
  test(`the dictionary ${name} is complete in both languages`, () => {
    const french = entriesOf(dictionaries.fr);
    const english = entriesOf(dictionaries.en);
    assert.deepEqual([...english.keys()].sort(), [...french.keys()].sort());
    for (const [path, text] of french) {
      const other = english.get(path);
      assert.equal(typeof other, typeof text, path);
      if (typeof text === 'function') {
        assert.equal((other as CallableFunction).length, text.length, `${path} has other gaps`);
      } else {
        assert.ok(String(text).trim() !== '' && String(other).trim() !== '', `${path} is empty`);
      }
    }
  });
}
