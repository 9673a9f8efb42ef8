// The pages of one's own sign-ins and of organisation links in a browser: accessible, in both languages, wide and narrow.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible } from '#test/support/browser-page.ts';
import { walk } from '../hub/hub.fixture.ts';
import { agentEmail, comeIn, rowsOf } from './hub-accounts.fixture.ts';

const state = await startTestApp();
const { kernel } = state;

const [{ browser: reader }] = [await comeIn(state, 'citizens', {}), await comeIn(state, 'citizens', {})];
await state.database.pool.query(
  `insert into identity.connections (at, realm, client_id, account_id, outcome, refusal)
   select $1::timestamptz - n * interval '1 hour', 'citizens', 'socle', a.id, 'refused', 'access_denied'
   from generate_series(1, 60) n, identity.accounts a`,
  [kernel.clock.now()],
);
await state.database.pool.query(
  `update identity.upstreams set vouches_for_organisation = false where realm = 'agents'`,
);
for (const position of [0, 1]) {
  await walk(state.client(), '/sign-in/with/agents', { email: await agentEmail(state, position) });
}
const links = await rowsOf(state, 'select id from identity.organisation_links order by asked_at, id');
const decider = await state.signedInAs('administrator');
await decider.post(`/organisation-links/${links[1]?.id}`, { decision: 'refused', reason: 'Parti en mars.' });
const [provider] = await rowsOf(state, `select id from identity.upstreams where realm = 'citizens'`);

// From here on Socle stands at another address than the one by which people came in above.
const address = await state.app.listen({ host: '127.0.0.1', port: 0 });
const browser = await launchBrowser();
after(() => browser.close());

for (const locale of ['fr', 'en']) {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [375, 'dark'],
  ] as const) {
    test(`every page is accessible in ${locale}, ${width} px, ${colorScheme}`, async () => {
      const as = async (client: TestClient) => {
        const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } });
        await context.setExtraHTTPHeaders({ cookie: client.cookie });
        return context.newPage();
      };
      const own = await as(reader);
      for (const path of ['', '?done=ended', `/providers/${provider?.id}/block`]) {
        await own.goto(`${address}/account/connections${path}`);
        assert.equal(await own.locator('html').getAttribute('lang'), locale);
        await assertAccessible(own);
      }
      await own.goto(`${address}/account/connections`);
      await own.locator('a[rel=next]').click();
      await assertAccessible(own);

      const deciding = await as(decider);
      for (const path of ['', '?list=decided&done=decided', `/${links[0]?.id}`, `/${links[1]?.id}`]) {
        await deciding.goto(`${address}/organisation-links${path}`);
        await assertAccessible(deciding);
      }
      await deciding.goto(`${address}/organisation-links/${links[0]?.id}`);
      await deciding.locator('main form button').click();
      await assertAccessible(deciding);
      const focused = 'document.activeElement.hasAttribute("data-error-summary")';
      assert.equal(await deciding.evaluate(focused), true);
    });
  }
}
