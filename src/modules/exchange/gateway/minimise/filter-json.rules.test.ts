import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fieldTree, pointerSteps } from './field-tree.rules.ts';
import { DuplicateName, filterJson } from './filter-json.rules.ts';

const filtered = (text: string, ...patterns: string[]) => filterJson(text, fieldTree(patterns)).text;

describe('what leaves', () => {
  const cases: [string, string, string[], string][] = [
    ['one field', '{"a":1,"b":2}', ['/a'], '{"a":1}'],
    ['nothing that is not let out', '{"b":2}', ['/a'], '{}'],
    ['a field below another', '{"a":{"x":1,"y":2},"b":3}', ['/a/x'], '{"a":{"x":1}}'],
    ['a whole subtree, as it is written', '{"a": {"x" : [1, 2 ]} }', ['/a'], '{"a":{"x" : [1, 2 ]}}'],
    ['items of an array', '{"e":[{"n":"A","s":1},{"n":"B"}]}', ['/e/*/n'], '{"e":[{"n":"A"},{"n":"B"}]}'],
    ['arrays in arrays', '[[{"a":1,"b":2}],[]]', ['/*/*/a'], '[[{"a":1}],[]]'],
    ['no value where the tree goes deeper', '{"a":5,"b":"x"}', ['/a/x', '/b/*'], '{}'],
    ['no plain item where the tree goes deeper', '[1,{"a":2},"x",null]', ['/*/a'], '[{"a":2}]'],
    ['no array where a name is meant', '{"a":[{"x":1}]}', ['/a/x'], '{}'],
    ['no object where items are meant', '{"a":{"0":{"x":1}}}', ['/a/*/x'], '{}'],
    [
      'numbers to the digit',
      '{"a":12345678901234567890.10e400,"b":-0,"c":1.50}',
      ['/a', '/b', '/c'],
      '{"a":12345678901234567890.10e400,"b":-0,"c":1.50}',
    ],
    [
      'a name that is spelt with escapes',
      '{"\\u0061":1,"b\\/c":2,"d":3}',
      ['/a', '/b~1c'],
      '{"\\u0061":1,"b\\/c":2}',
    ],
    [
      'names of the engine',
      '{"__proto__":{"a":1,"b":2},"constructor":3}',
      ['/__proto__/a'],
      '{"__proto__":{"a":1}}',
    ],
    ['quotes and brackets in strings', '{"x":"}]\\"\\\\","a":"{\\\\\\"["}', ['/a'], '{"a":"{\\\\\\"["}'],
    ['all, for the empty pointer', '{"a":[1]}', [''], '{"a":[1]}'],
    ['nothing at all of a plain value', '"secret"', ['/a'], 'null'],
  ];
  for (const [what, text, patterns, expected] of cases) {
    test(what, () => assert.equal(filtered(text, ...patterns), expected));
  }

  test('says under which patterns something left', () => {
    const tree = fieldTree(['/b', '/a/*/x', '/c']);
    assert.deepEqual(tree.patterns, ['/a/*/x', '/b', '/c']);
    assert.deepEqual(filterJson('{"a":[{"y":1}],"b":2}', tree).left, [1]);
    assert.deepEqual(filterJson('{"a":[{"x":1}],"c":null}', tree).left, [0, 2]);
  });

  test('a pattern below another one adds nothing', () => {
    assert.deepEqual(fieldTree(['/a/x', '/a', '/ab']).patterns, ['/a', '/ab']);
  });
});

describe('what is refused', () => {
  for (const text of ['', '{', '{"a":1,}', '[1', '{"a":1}x', '\uFEFF{}', "{'a':1}", '{"a":01}', 'NaN']) {
    test(`no JSON: ${JSON.stringify(text)}`, () => assert.throws(() => filtered(text, '/a'), SyntaxError));
  }
  test('a name let out that stands twice, however it is spelt', () => {
    assert.throws(() => filtered('{"a":1,"a":2}', '/a'), DuplicateName);
    assert.throws(() => filtered('{"a":1,"\\u0061":2}', '/a'), DuplicateName);
    assert.equal(filtered('{"b":1,"b":2,"a":3}', '/a'), '{"a":3}');
  });
  test('no pointers', () => {
    for (const pattern of ['a', 'a/b', '/a~2', '/~']) assert.equal(pointerSteps(pattern), null);
    assert.throws(() => fieldTree(['a']), RangeError);
  });
});

/** The same, the slow way: over what the engine read. */
function picked(value: unknown, patterns: readonly (readonly string[])[]): unknown {
  if (patterns.some((steps) => steps.length === 0)) return value;
  const below = (step: string) => patterns.filter(([first]) => first === step).map(([, ...rest]) => rest);
  if (Array.isArray(value)) {
    const items = below('*');
    if (items.length === 0) return undefined;
    return value.map((item) => picked(item, items)).filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!patterns.some(([first]) => first !== '*')) return undefined;
  const entries: [string, unknown][] = [];
  for (const [name, item] of Object.entries(value)) {
    if (name === '*') continue;
    const kept = below(name).length > 0 ? picked(item, below(name)) : undefined;
    if (kept !== undefined) entries.push([name, kept]);
  }
  return Object.fromEntries(entries);
}

test('it lets out exactly what picking from the parsed value does, however the text is spaced', () => {
  // One name with an escape: JSON.parse of V8 13.6 takes {"a":0,"\\"":0} for {"a":0,"\\\\":0} once it has read the latter.
  const name = fc.constantFrom('a', 'b', 'c', 'é', '"', '__proto__x', '');
  const step = fc.oneof(
    name.filter((text) => text !== ''),
    fc.constant('*'),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium', maxDepth: 5 },
      fc.constantFrom(null, true, 0, -1.5, 'x', '"}', '\\', 'é'),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const patterns = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(value, patterns, fc.constantFrom(undefined, 1, '\t'), (json, steps, space) => {
      const text = JSON.stringify(json, null, space);
      const pointers = steps.map((path) =>
        path.map((one) => `/${one.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
      );
      const expected = picked(JSON.parse(text), steps);
      assert.deepEqual(JSON.parse(filtered(text, ...pointers)), expected === undefined ? null : expected);
    }),
    { numRuns: 2_000 },
  );
});
