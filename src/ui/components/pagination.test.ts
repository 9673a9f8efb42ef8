// Which page numbers are shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextPage, pagination, shownPages } from './pagination.ts';

const cases: [page: number, pages: number, shown: (number | null)[]][] = [
  [1, 1, [1]],
  [1, 3, [1, 2, 3]],
  [1, 9, [1, 2, null, 9]],
  [4, 7, [1, 2, 3, 4, 5, 6, 7]],
  [12, 40, [1, null, 11, 12, 13, null, 40]],
  [40, 40, [1, null, 39, 40]],
];

for (const [page, pages, shown] of cases) {
  test(`page ${page} of ${pages} shows ${shown.map((number) => number ?? '…').join(' ')}`, () =>
    assert.deepEqual(shownPages(page, pages), shown));
}

test('first, last and current page are always shown, in order, and no gap hides a single page', () => {
  const place = fc
    .integer({ min: 1, max: 300 })
    .chain((pages) => fc.tuple(fc.integer({ min: 1, max: pages }), fc.constant(pages)));
  fc.assert(
    fc.property(place, ([page, pages]) => {
      const shown = shownPages(page, pages);
      const numbers = shown.filter((number) => number !== null);
      for (const number of [1, page, pages]) assert.ok(numbers.includes(number));
      assert.deepEqual(
        numbers,
        [...new Set(numbers)].sort((a, b) => a - b),
      );
      shown.forEach((number, at) => {
        if (number === null) assert.ok((shown[at + 1] ?? 0) - (shown[at - 1] ?? 0) > 2);
      });
    }),
  );
});

test('a single page needs no way to others', () => {
  assert.equal(String(pagination({ locale: 'fr', page: 1, pages: 1, hrefOf: String })), '');
  assert.equal(String(nextPage({ locale: 'fr', nextHref: null })), '');
});
