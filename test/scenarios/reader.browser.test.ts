// A reader who is not signed in: from the home page to a project, in both languages, by keyboard, without JavaScript.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible } from '#test/support/browser-page.ts';

const state = await startTestApp();
await state.integrate();
const address = await state.app.listen({ host: '127.0.0.1', port: 0 });
const browser = await launchBrowser();
after(() => browser.close());

const PAGES = [
  '/',
  '/panorama',
  '/panorama/2022-12',
  '/panorama/evolution',
  '/projects',
  '/projects?q=paye&phase=build&sort=cost&direction=desc',
  '/organisations',
  '/ledger',
  '/ledger/entries/0',
  '/api',
  '/status',
  '/accessibility',
  '/source',
  '/sign-in',
  '/no-such-page',
];

for (const locale of ['fr', 'en']) {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [375, 'dark'],
  ] as const) {
    test(`every public page is accessible in ${locale}, ${width} px, ${colorScheme}`, async () => {
      const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      for (const path of PAGES) {
        await page.goto(address + path);
        assert.equal(await page.locator('html').getAttribute('lang'), locale, path);
        await assertAccessible(page);
      }
      assert.deepEqual(complaints, [], 'the console stays silent: no script and no style is refused');
      await context.close();
    });
  }
}

for (const javaScriptEnabled of [true, false]) {
  test(`from the home page to a project ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const context = await browser.newContext({ locale: 'fr', javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(address);
    await page.getByRole('link', { name: 'Voir le panorama' }).click();
    assert.match(
      (await page.locator('h1').textContent()) ?? '',
      /Panorama des grands projets numériques, juin 2026/,
    );
    await page.getByRole('link', { name: 'Tous les projets de cette édition', exact: true }).click();
    await page.getByLabel('Phase', { exact: true }).selectOption('rollout');
    await page.getByRole('button', { name: /Appliquer/ }).click();
    assert.match(page.url(), /phase=rollout/);
    const rows = page.locator('#projects-table >> xpath=ancestor::table >> css=tbody tr');
    assert.ok((await rows.count()) > 0);
    for (const phase of await rows.locator('td:nth-child(3)').allTextContents())
      assert.equal(phase, 'Déploiement');
    const name = await rows.first().getByRole('link').first().textContent();
    await rows.first().getByRole('link').first().click();
    assert.equal(await page.locator('h1').textContent(), name);
    await page.getByRole('link', { name: 'English' }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.locator('h1').textContent(), name, 'the language changes and the page stays');
    await context.close();
  });
}

test('the keyboard reaches the content first', async () => {
  const page = await browser.newPage({ locale: 'fr' });
  await page.goto(address);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate('document.activeElement.id'), 'main');
  await page.close();
});

test('the first page weighs less than 150 kB', async () => {
  const context = await browser.newContext({ locale: 'fr' });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send('Network.enable');
  let bytes = 0;
  protocol.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  assert.ok(bytes > 10_000 && bytes < 150_000, `${bytes} bytes`);
  await context.close();
});
