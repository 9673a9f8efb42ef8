// The committed style sheet is what the Sass gives, its colours can be read, and a first page is light.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { COMPILED, compileCss } from '../../../scripts/build-css.ts';
import { allAssets, assetPath } from '../assets.ts';
import { html } from '../html.ts';
import { layout } from '../layout.ts';

const css = compileCss();

test('src/ui/assets/socle.css is compiled from the Sass as it is now: node scripts/build-css.ts', () => {
  assert.ok(readFileSync(COMPILED, 'utf8') === css);
});

test('nothing is loaded from elsewhere, and every custom property that is used is defined', () => {
  assert.ok(!css.includes('@import'));
  for (const [, address] of css.matchAll(/url\(([^)]+)\)/g))
    assert.match(address ?? '', /^\/assets\/[a-z0-9-]+\.woff2$/);
  const defined = new Set([...css.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
  for (const [, name] of css.matchAll(/var\((--[\w-]+)\)/g)) assert.ok(defined.has(name), name);
});

/** The colours of a scheme by name; dark ones replace the light ones. */
function coloursOf(scheme: 'light' | 'dark'): Map<string, string> {
  const dark = [...css.matchAll(/@media screen and \(prefers-color-scheme: ?dark\)\{:root\{([^}]*)\}/g)];
  const light = [...css.matchAll(/(?<!dark\)\{|print\{|active\)\{):root\{([^}]*)\}/g)];
  const blocks = scheme === 'light' ? light : [...light, ...dark];
  return new Map(
    blocks.flatMap(([, block]) =>
      [...(block ?? '').matchAll(/(--[\w-]+): ?(#[0-9a-f]{3,6})/g)].map(
        ([, name, value]) => [name ?? '', value ?? ''] as const,
      ),
    ),
  );
}

/** Relative luminance (WCAG 2.2, definition). */
function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const TEXTS: [text: string, grounds: string[]][] = [
  ...['text', 'secondary-text', 'link', 'link-visited', 'link-hover', 'error', 'brand', 'success'].map(
    (text): [string, string[]] => [
      `--govuk-${text}-colour`,
      ['--govuk-body-background-colour', '--socle-raised', '--socle-sunken'],
    ],
  ),
  ['--govuk-text-colour', ['--socle-control', '--socle-control-hover']],
  ['--govuk-focus-text-colour', ['--govuk-focus-colour']],
  ['--socle-on-brand', ['--govuk-brand-colour', '--socle-brand-hover']],
  ['--socle-on-warning', ['--socle-warning-button', '--socle-warning-button-hover']],
  ['--socle-on-base', ['--socle-base']],
  ['--socle-on-base-muted', ['--socle-base']],
  ...['neutral', 'info', 'good', 'warning', 'bad'].map((tone): [string, string[]] => [
    `--socle-tone-${tone}-text`,
    [`--socle-tone-${tone}-ground`],
  ]),
];

for (const scheme of ['light', 'dark'] as const) {
  test(`in ${scheme}, text has a contrast of 4.5 at least and borders of controls 3 (WCAG 2.2, 1.4.3 and 1.4.11)`, () => {
    const colours = coloursOf(scheme);
    const contrast = (one: string, other: string): number => {
      const [a = 0, b = 0] = [one, other].map((name) => {
        const colour = colours.get(name);
        assert.ok(colour, `${name} has no colour`);
        return luminance(colour);
      });
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    };
    const low = (least: number, one: string, other: string) =>
      contrast(one, other) < least ? [`${one} on ${other}: ${contrast(one, other).toFixed(2)}`] : [];
    assert.deepEqual(
      [
        ...TEXTS.flatMap(([text, grounds]) => grounds.flatMap((ground) => low(4.5, text, ground))),
        ...['--govuk-body-background-colour', '--socle-raised', '--socle-sunken'].flatMap((ground) =>
          low(3, '--govuk-input-border-colour', ground),
        ),
      ],
      [],
    );
  });
}

test('the frame of a first page with style sheet, script and typeface stays under 70 kB, compressed', () => {
  const document = String(
    layout({
      locale: 'fr',
      page: { title: 'Accueil', main: html`<h1>Accueil</h1>` },
      path: '/',
      navigation: [],
      actorName: null,
      signOutField: null,
      banner: null,
    }),
  );
  const weigh = (name: string) => {
    const asset = allAssets().get(assetPath(name));
    assert.ok(asset);
    return name.endsWith('.woff2') ? asset.body.length : gzipSync(asset.body).length;
  };
  const total =
    brotliCompressSync(document).length +
    ['socle.css', 'socle.js', 'public-sans-latin.woff2', 'favicon.svg'].map(weigh).reduce((a, b) => a + b);
  assert.ok(total < 70_000, `${total} bytes`);
});
