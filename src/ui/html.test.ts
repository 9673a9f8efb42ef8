// What the `html` tag escapes, prints and nests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeHtml, Html, html, nothing, trusted } from './html.ts';

test('text is escaped, in content and in attribute values', () => {
  assert.equal(String(html`<a title="${`"'`}">${'<b>&'}</a>`), '<a title="&quot;&#39;">&lt;b&gt;&amp;</a>');
});

test('what is Html already nests as it is, at any depth and in lists', () => {
  const items = ['<', '>'].map((text) => html`<li>${text}</li>`);
  assert.equal(String(html`<ul>${items}</ul>`), '<ul><li>&lt;</li><li>&gt;</li></ul>');
  assert.equal(String(html`${[[html`<b>x</b>`], ['&']]}`), '<b>x</b>&amp;');
});

test('nothing, null, undefined and false print nothing; zero prints', () => {
  assert.equal(String(html`[${nothing}${null}${undefined}${false}]${0}${7n}`), '[]07');
});

test('an object that only looks like Html is not taken for it', () => {
  const forged = { toString: () => '<script>' } as unknown as Html;
  assert.equal(String(html`${String(forged)}`), '&lt;script&gt;');
  assert.ok(trusted('<b>') instanceof Html);
});

test('no text escapes from the place that it was put in, and all of it can be read back', () => {
  const entities: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  };
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', ';', '&amp;') }), (text) => {
      const escaped = escapeHtml(text);
      assert.doesNotMatch(escaped, /[<>"']/);
      assert.equal(
        escaped.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] as string),
        text,
      );
    }),
  );
});
