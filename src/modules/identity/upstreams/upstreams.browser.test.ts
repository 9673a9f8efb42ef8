// The pages of sign-in providers in a browser: accessible in both languages, on phones and on desks.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { daysBefore } from '#platform/calendar-days.rules.ts';
import { startTestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible } from '#test/support/browser-page.ts';
import { startTestProvider } from './upstream.fixture.ts';
import { insertChecks } from './upstream-checks.repository.ts';

const state = await startTestApp();
const address = await state.app.listen({ host: '127.0.0.1', port: 0 });
const browser = await launchBrowser();
const provider = await startTestProvider({ redirectUri: `${address}/connect/agents/callback` });
after(() => Promise.all([browser.close(), provider.stop()]));
const administrator = await state.signedInAs('administrator');
const recorded = await administrator.post('/sign-in-providers/new', {
  realm: 'agents',
  name: 'Ministère de la Transition, annuaire unifié des agents',
  issuer: provider.issuer,
  clientId: 'socle',
  clientSecret: 'secret',
  clientAuthentication: 'client_secret_basic',
  scopes: 'openid email',
  domains: 'transition.example',
  organisations: '',
  bestAssurance: 'eidas1',
  isEnabled: 'on',
});
const page = String(recorded.headers.location);

// Twenty days: mostly up, one of them bad.
for (let ago = 20; ago >= 0; ago--) {
  const checkedAt = new Date(state.kernel.clock.now().getTime() - ago * 86_400_000);
  const check = (seconds: number, isUp: boolean) => ({
    upstreamId: page.split('/').at(-1) ?? '',
    checkedAt: new Date(checkedAt.getTime() - seconds * 1000),
    isUp,
    milliseconds: 42,
    fault: isUp ? null : 'unreachable: connect ECONNREFUSED 192.0.2.1:443',
  });
  const checks = [60, 50, 40, 30, 20, 10, 0].map((seconds) => check(seconds, ago !== 7 || seconds < 20));
  for (const one of checks) {
    await state.kernel.db
      .transaction()
      .execute((trx) => insertChecks(trx, daysBefore('2026-11-24', ago), [one]));
  }
}

for (const locale of ['fr', 'en']) {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [375, 'dark'],
  ] as const) {
    test(`every page is accessible in ${locale}, ${width} px, ${colorScheme}`, async () => {
      const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } });
      const tab = await context.newPage();
      const complaints: string[] = [];
      tab.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      tab.on('pageerror', (error) => complaints.push(error.message));
      const visit = async (path: string) => {
        await tab.goto(`${address}${path}`);
        assert.equal(await tab.locator('html').getAttribute('lang'), locale, path);
        await assertAccessible(tab);
      };
      await visit('/sign-in-providers');
      await visit(page);
      await context.addCookies(
        administrator.cookie.split('; ').map((pair) => {
          const at = pair.indexOf('=');
          return { name: pair.slice(0, at), value: pair.slice(at + 1), url: address };
        }),
      );
      for (const path of ['/sign-in-providers', page, '/sign-in-providers/new', `${page}/edit`]) {
        await visit(path);
      }
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}

test('a refused form takes the reader to what is wrong', async () => {
  const context = await browser.newContext({ locale: 'fr', viewport: { width: 1280, height: 800 } });
  await context.addCookies(
    administrator.cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: address };
    }),
  );
  const tab = await context.newPage();
  await tab.goto(`${address}/sign-in-providers/new`);
  await tab.getByLabel('Domaines des adresses électroniques').fill('mauvais domaine.');
  await tab.getByRole('button', { name: 'Enregistrer' }).click();
  await assertAccessible(tab);
  assert.match(await tab.title(), /^Erreur/);
  assert.equal(await tab.locator('#domains').inputValue(), 'mauvais domaine.');
  await tab.locator('.govuk-error-summary a[href="#domains"]').click();
  assert.equal(await tab.evaluate('document.activeElement.id'), 'domains');
  await context.close();
});
