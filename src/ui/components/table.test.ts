// What a table says to those who do not see it: name, sorting, emptiness.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from './table.ts';

const COLUMNS = [
  { text: 'Nom', sort: { href: '?sort=-name', direction: 'ascending' } },
  { text: 'Coût', numeric: true, sort: { href: '?sort=cost', direction: null } },
] as const;

test('the region that scrolls takes the focus and is named by the caption', () => {
  const markup = String(table({ locale: 'fr', caption: 'Coûts & délais', columns: COLUMNS, rows: [] }));
  assert.match(markup, /role="region" tabindex="0" aria-labelledby="table-couts-delais"/);
  assert.match(markup, /<caption class="govuk-table__caption" id="table-couts-delais">Coûts &amp; délais/);
});

test('the column that rows are sorted by says so, and each heading leads to its sort', () => {
  const markup = String(table({ locale: 'fr', caption: 'Coûts', columns: COLUMNS, rows: [['<b>', '1']] }));
  assert.equal(markup.match(/aria-sort="ascending"/g)?.length, 1);
  assert.match(markup, /href="\?sort=-name"[^>]*aria-label="Trier par Nom, tri croissant"/);
  assert.match(markup, /<th scope="row" class="govuk-table__header">&lt;b&gt;/);
  assert.match(markup, /<td class="govuk-table__cell govuk-table__cell--numeric">1/);
});

test('without rows a sentence fills the width', () => {
  const markup = String(
    table({ locale: 'fr', caption: 'Coûts', columns: COLUMNS, rows: [], empty: 'Aucun.' }),
  );
  assert.match(markup, /<td class="[^"]*socle-table__empty" colspan="2"><span>Aucun\./);
});
