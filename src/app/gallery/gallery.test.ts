// The gallery's document is valid HTML in every language, so every component's markup is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { LOCALES } from '#platform/i18n/locale.ts';
import { layout } from '#ui/layout.ts';
import { galleryPage } from './gallery.pages.ts';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    // Lower case, as everything else in the markup.
    'doctype-style': ['error', { style: 'lowercase' }],
    // A table's scrolling region is no part of the page's outline, which a `section` says that it is.
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // A table whose rows become blocks on a phone says what it is: browsers that go by the style would forget it.
    'no-redundant-role': 'off',
    // Several boxes of one question are sent under one name; so are buttons of rows, each with its own value.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button'] }],
  },
});

for (const locale of LOCALES) {
  test(`the gallery is valid HTML (${locale})`, async () => {
    const document = layout({
      locale,
      page: galleryPage(locale),
      path: '/ui',
      navigation: [{ href: '/panorama', text: 'Panorama', current: true }],
      actorName: null,
      signOutField: null,
      banner: null,
    });
    const { results } = await validator.validateString(String(document));
    const faults = results.flatMap(({ messages }) =>
      messages.map(
        ({ ruleId, message, line, selector }) => `${ruleId}, line ${line}: ${message} (${selector})`,
      ),
    );
    assert.deepEqual(faults, []);
  });
}
