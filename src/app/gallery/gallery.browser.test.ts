// The gallery in a browser: accessible in light and dark, on a desk and on a phone, and alive where a script helps.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { LOCALES, type Locale } from '#platform/i18n/locale.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible } from '#test/support/browser-page.ts';
import { allAssets } from '#ui/assets.ts';
import { html } from '#ui/html.ts';
import { layout } from '#ui/layout.ts';
import { galleryPage } from './gallery.pages.ts';

// The policy of the application (platform/http/security-headers.ts): an inline script or style would do nothing.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'";

const NAVIGATION = ['Panorama', 'Démarches', 'Échanges', 'Contrats', 'Financements', 'Communs'];

function documentOf(locale: Locale): string {
  return String(
    layout({
      locale,
      page: galleryPage(locale),
      path: '/ui',
      navigation: NAVIGATION.map((text, at) => ({ href: `/${at}`, text, current: at === 5 })),
      actorName: 'Camille Roussel',
      signOutField: html`<input type="hidden" name="_csrf" value="x">`,
      banner: 'Les données de ce site sont fictives.',
    }),
  );
}

const server = createServer((request, reply) => {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const asset = allAssets().get(path);
  const locale = LOCALES.find((each) => path === `/${each}`);
  reply.setHeader('content-type', asset?.contentType ?? 'text/html; charset=utf-8');
  reply.setHeader('content-security-policy', POLICY);
  reply.statusCode = asset || locale ? 200 : 404;
  reply.end(asset?.body ?? (locale ? documentOf(locale) : ''));
});

describe('the gallery in a browser', () => {
  let browser: Browser;
  let address: string;

  before(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    server.close();
  });

  async function open(
    locale: Locale,
    options: Parameters<Browser['newPage']>[0],
  ): Promise<Page & AsyncDisposable> {
    const page = await browser.newPage(options);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`${address}/${locale}`);
    return Object.assign(page, {
      async [Symbol.asyncDispose]() {
        await page.close();
        assert.deepEqual(faults, []);
      },
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 375]) {
      test(`axe finds nothing in ${colorScheme} at ${width} pixels, and the page does not scroll sideways`, async () => {
        // English once: its words are shorter, its markup is the same.
        const locales: readonly Locale[] = colorScheme === 'light' && width === 1280 ? LOCALES : ['fr'];
        for (const locale of locales) {
          await using page = await open(locale, { colorScheme, viewport: { width, height: 800 } });
          await page.locator('[role=tablist]').waitFor();
          await assertAccessible(page);
        }
      });
    }
  }

  test('without JavaScript every part of the tabs is in sight, and no button that needs a script', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(`${address}/fr`);
    for (const panel of await page.locator('.govuk-tabs__panel').all()) assert.ok(await panel.isVisible());
    assert.equal(await page.locator('.govuk-password-input__toggle').first().isVisible(), false);
    await page.close();
  });

  test('tabs move with the arrow keys and show one part at a time', async () => {
    await using page = await open('fr', {});
    const tabs = page.getByRole('tab');
    await tabs.first().focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await tabs.nth(1).getAttribute('aria-selected'), 'true');
    assert.equal(await page.locator('.govuk-tabs__panel:visible').count(), 1);
    await page.keyboard.press('End');
    assert.equal(await tabs.last().getAttribute('aria-selected'), 'true');
  });

  test('a password is shown and hidden again, and says which', async () => {
    await using page = await open('fr', {});
    const field = page.locator('#password');
    const toggle = page.getByRole('button', { name: 'Afficher le mot de passe' }).first();
    await toggle.click();
    assert.equal(await field.getAttribute('type'), 'text');
    await page.getByRole('button', { name: 'Masquer le mot de passe' }).click();
    assert.equal(await field.getAttribute('type'), 'password');
  });

  test('characters left are counted as they are typed', async () => {
    await using page = await open('fr', {});
    await page.locator('#opinion-limit').fill('abc');
    assert.match((await page.locator('#opinion-limit-info').textContent()) ?? '', /1\s?197 caractères/);
  });

  test('a link of the error summary leads into its field', async () => {
    await using page = await open('fr', {});
    await page.locator('[data-error-summary] a').nth(1).click();
    assert.equal(await page.evaluate('document.activeElement.id'), 'ministry-error');
  });
});
