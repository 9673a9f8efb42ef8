// Which language a browser's header asks for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isLocale, localeOfAcceptLanguage } from './locale.ts';

const cases: [header: string | undefined, locale: string][] = [
  [undefined, 'fr'],
  ['', 'fr'],
  ['fr', 'fr'],
  ['en-GB,en;q=0.9', 'en'],
  ['de, en;q=0.5, fr;q=0.4', 'en'],
  ['en;q=0.4, fr-CA;q=0.8', 'fr'],
  ['EN', 'en'],
  ['en;q=0', 'fr'],
  ['de', 'fr'],
  ['*', 'fr'],
  ['en;q=abc', 'en'],
];

for (const [header, locale] of cases) {
  test(`${header} asks for ${locale}`, () => assert.equal(localeOfAcceptLanguage(header), locale));
}

test('any header gives a language', () => {
  fc.assert(fc.property(fc.string(), (header) => isLocale(localeOfAcceptLanguage(header))));
});
