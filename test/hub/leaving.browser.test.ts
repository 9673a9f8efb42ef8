// In a real browser, which holds forms to the policy of their page: to a provider and back, on to the service, and out
// again, each on a site of its own.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { launchBrowser } from '#test/support/browser.ts';
import { startFakeUpstream } from './fake-upstream.ts';
import { authorizationOf, redeem, startHub } from './hub.support.ts';

const hub = await startHub();
const provider = await startFakeUpstream(hub);
const site = createServer((request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><title>Service</title><h1>${request.url?.split('?')[0]}</h1>`);
});
site.listen(0, '127.0.0.1');
await once(site, 'listening');
// Another host than the hub's: to a browser, another site.
const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
const service = await hub.register({
  redirectUris: [`${origin}/callback`],
  postLogoutRedirectUris: [`${origin}/bye`],
});
const browser = await launchBrowser();
after(async () => {
  await browser.close();
  site.closeAllConnections();
  site.close();
});

test('a person goes to their provider, on to the service, and out of both, with no form refused on the way', async () => {
  const page = await (await browser.newContext({ locale: 'en' })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  const asked = authorizationOf(hub, service);
  await page.goto(asked.url.href);
  await page.getByLabel('Work e-mail address').fill(`ada@${provider.domain}`);
  await page.getByRole('button', { name: 'Continue' }).click();
  // The provider needs no page; the next one is about what the service receives.
  await page.getByRole('button', { name: /Continue to/ }).click();
  await page.waitForURL(`${origin}/callback?*`);
  const code = new URL(page.url()).searchParams.get('code') ?? '';
  const { status, body } = await redeem(hub, service, { code, verifier: asked.verifier });
  assert.equal(status, 200);

  const leave = new URL(`${hub.issuer('agents')}/sign-out`);
  leave.searchParams.set('id_token_hint', body.id_token ?? '');
  leave.searchParams.set('post_logout_redirect_uri', `${origin}/bye`);
  await page.goto(leave.href);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL(`${origin}/bye`);
  // Signed out already, they are asked nothing and still arrive.
  await page.goto(leave.href);
  await page.waitForURL(`${origin}/bye`);
  assert.deepEqual(complaints, []);
});
