// A return path never leaves the site, however a browser reads it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSafeReturnPath } from './return-path.ts';

const cases: [path: string, safe: boolean][] = [
  ['/', true],
  ['/panorama?edition=2016-11#zones', true],
  ['/a//b', true],
  ['', false],
  ['panorama', false],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['/\t/evil.example', false],
  ['/\n/evil.example', false],
  ['https://evil.example', false],
  ['javascript:alert(1)', false],
  [`/${'a'.repeat(2_000)}`, false],
];

for (const [path, safe] of cases) {
  test(`${JSON.stringify(path.slice(0, 40))} is ${safe ? 'safe' : 'refused'}`, () => {
    assert.equal(isSafeReturnPath(path), safe);
  });
}

test('what is accepted stays on the site as a browser resolves it', () => {
  const base = 'https://socle.example';
  const hostile = fc.stringMatching(/^[/\\.:@?#a-z\t\n\r ]{0,12}$/);
  fc.assert(
    fc.property(
      fc.oneof(
        hostile,
        fc.string(),
        hostile.map((s) => `/${s}`),
      ),
      (path) => {
        if (isSafeReturnPath(path)) assert.equal(new URL(path, base).origin, base);
      },
    ),
    { numRuns: 2_000 },
  );
});
