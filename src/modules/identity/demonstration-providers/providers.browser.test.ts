// The demonstration providers' pages in a browser: accessible in both languages, and of use without JavaScript.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible } from '#test/support/browser-page.ts';
import type { DemonstrationProvider } from './providers.types.ts';
import { HUB_CLIENT_ID, prefixOf, realmOf } from './upstreams.ts';

const state = await startTestApp();
const address = await state.app.listen({ host: '127.0.0.1', port: 0 });
const browser = await launchBrowser();
after(() => browser.close());

const callbackOf = (name: DemonstrationProvider) => `${address}/connect/${realmOf(name)}/callback`;

function authorization(name: DemonstrationProvider, more: Record<string, string> = {}): string {
  const asked = new URLSearchParams({
    client_id: HUB_CLIENT_ID,
    redirect_uri: callbackOf(name),
    response_type: 'code',
    scope: 'openid email',
    state: 'kept',
    // Of the verifier of RFC 7636, appendix B.
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  });
  return `${address}${prefixOf(name)}/auth?${asked}`;
}

/** The addresses at which the page calls the hub back, as they come; what the hub makes of them is not this test's. */
function callsOfTheHub(page: Page): URL[] {
  const calls: URL[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(`${address}/connect/`)) calls.push(new URL(request.url()));
  });
  return calls;
}

for (const locale of ['fr', 'en']) {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [375, 'dark'],
  ] as const) {
    test(`every page is accessible in ${locale}, ${width} px, ${colorScheme}`, async () => {
      const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        const isRefusal = /status of 40[04]/.test(message.text());
        const isOfTheHub = message.location().url.startsWith(`${address}/connect/`);
        if (message.type() === 'error' && !isRefusal && !isOfTheHub) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      const visit = async (path: string) => {
        await page.goto(path);
        assert.equal(await page.locator('html').getAttribute('lang'), locale, path);
        await assertAccessible(page);
      };
      await visit(authorization('ministry'));
      await visit(`${page.url()}?q=ch`);
      await visit(authorization('ministry', { login_hint: 'nobody@elsewhere.example' }));
      await visit(authorization('ministry', { login_hint: 'odile.sansnumero@dne.valmarie.example' }));
      await visit(authorization('citizen', { acr_values: 'eidas2' }));
      await page.locator('button[name=person]').first().click();
      await visit(`${address}/demonstration/citizen/session/end`);
      await visit(`${address}/demonstration/citizen/session/end/success`);
      await visit(`${address}/demonstration/citizen/auth?client_id=nobody`);
      await visit(`${address}/demonstration/citizen/sign-in/over`);
      assert.deepEqual(complaints, [], 'the console stays silent: no script, style or form is refused');
      await context.close();
    });
  }
}

for (const javaScriptEnabled of [true, false]) {
  test(`sign in, change person and sign out ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const context = await browser.newContext({ locale: 'fr', javaScriptEnabled });
    const page = await context.newPage();
    const called = callsOfTheHub(page);

    await page.goto(authorization('ministry'));
    await page.getByRole('searchbox').fill('chabrol');
    await page.getByRole('button', { name: 'Rechercher' }).click();
    await page.getByRole('button', { name: 'Noémie Chabrol' }).click();
    assert.equal(called.at(-1)?.searchParams.get('state'), 'kept');
    assert.ok(called.at(-1)?.searchParams.get('code'));

    await page.goto(
      authorization('ministry', { prompt: 'login', login_hint: 'regis.malaval@dgi.valmarie.example' }),
    );
    await page.getByRole('button', { name: 'Se connecter comme Régis Malaval' }).click();
    assert.ok(called.at(-1)?.searchParams.get('code'), 'another person takes over at once');

    await page.goto(authorization('citizen'));
    await page.getByRole('button', { name: 'Revenir sans se connecter' }).click();
    assert.equal(called.at(-1)?.searchParams.get('error'), 'access_denied');

    const back = new URLSearchParams({
      client_id: HUB_CLIENT_ID,
      post_logout_redirect_uri: `${address}/connect/agents/signed-out`,
    });
    await page.goto(`${address}/demonstration/ministry/session/end?${back}`);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    assert.equal(called.at(-1)?.pathname, '/connect/agents/signed-out');
    await context.close();
  });
}

test('a browser in which nobody is signed in goes back from signing out by itself', async () => {
  const page = await browser.newPage();
  const called = callsOfTheHub(page);
  const back = new URLSearchParams({
    client_id: HUB_CLIENT_ID,
    post_logout_redirect_uri: `${address}/connect/agents/signed-out`,
  });
  await page.goto(`${address}/demonstration/ministry/session/end?${back}`);
  await page.waitForURL('**/connect/agents/signed-out*');
  assert.equal(called[0]?.pathname, '/connect/agents/signed-out');
  await page.close();
});
