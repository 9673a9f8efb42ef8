// The data exchange from end to end in a browser, over a real gateway: a request is filed, sent back, granted; a machine
// calls; the producer sees it and stops the flow; the person concerned sees all of it, with its proof, and asks about it.
// Once in French with JavaScript, once in English without.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { DEMONSTRATION_MACHINE } from '#modules/identity/public.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { startTestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible } from '#test/support/browser-page.ts';
import { atTheEnd } from '#test/support/database.ts';
import { freePort } from '#test/support/free-port.ts';
import { accreditationsMessages } from '../../src/modules/exchange/accreditations/accreditations.messages.ts';
import { kitAddress } from '../../src/modules/exchange/consumers/consumer.pages.ts';
import { consumersMessages } from '../../src/modules/exchange/consumers/consumers.messages.ts';
import { startDemonstrationProducers } from '../../src/modules/exchange/demonstration/producers.demonstration.ts';
import { openGateway } from '../../src/modules/exchange/gateway/gateway.ts';
import { verifyProof } from '../../src/modules/exchange/gateway/log/verify-proof.ts';
import { GATEWAY_ERRORS } from '../../src/modules/exchange/gateway-errors.ts';
import { peopleMessages } from '../../src/modules/exchange/people/people.messages.ts';
import { publishMachineKeys } from '../../src/modules/exchange/policy/machine-policy.ts';
import { producersMessages } from '../../src/modules/exchange/producers/producers.messages.ts';
import { requestsMessages } from '../../src/modules/exchange/requests/requests.messages.ts';
import { stopsMessages } from '../../src/modules/exchange/stops/stops.messages.ts';

const API = 'quotient-familial';
const PATIENCE_MS = 30_000;

const gatewayPort = await freePort();
const state = await startTestApp({ runs: true, settings: { SOCLE_GATEWAY_PORT: String(gatewayPort) } });
const { kernel, database } = state;
const address = await state.app.listen({ host: '127.0.0.1', port: 0 });
await publishMachineKeys(kernel);

const producers = await startDemonstrationProducers({ port: 0 });
const producer = await state.signedInAs('data-producer');
const moved = await producer.send('PUT', `/api/v1/apis/${API}/versions/v1/upstream`, {
  payload: JSON.stringify({ url: `${producers.origin}/${API}/v1` }),
  headers: { 'content-type': 'application/json', 'x-csrf-token': await producer.csrfToken() },
});
assert.equal(moved.statusCode, 204, moved.body);

const folder = mkdtempSync(join(tmpdir(), 'socle-journey-'));
const gateway = await openGateway({
  name: 'journey',
  host: '127.0.0.1',
  port: gatewayPort,
  privatePort: 0,
  folder,
  siteUrl: address,
  publicUrl: null,
  issuer: null,
  logOrigin: `${kernel.config.ledgerOrigin}/gateway/journey`,
  policyBoundMs: 10_000,
  db: database.db,
  address: database.address,
  secret: kernel.secret,
  log: kernel.log,
});
const browser = await launchBrowser();
atTheEnd(async () => {
  await browser.close();
  await gateway.close();
  await producers.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Reads the page again until it holds what is looked for: what a gateway recorded reaches the database a moment later. */
async function reloadUntil(page: Page, what: ReturnType<Page['locator']>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while ((await what.count()) === 0) {
    assert.ok(Date.now() < end, `${what} did not come to ${page.url()}`);
    await wait(200);
    await page.reload();
  }
}

/** Runs lines in a shell as somebody would who copied them. @returns what the last one printed. */
async function inShell(...lines: string[]): Promise<{ body: Record<string, unknown>; text: string }> {
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', lines.join('\n')], {
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', CLIENT_SECRET: DEMONSTRATION_MACHINE.secret },
    timeout: PATIENCE_MS,
  });
  return { body: JSON.parse(stdout) as Record<string, unknown>, text: stdout };
}

/** The way of one request, from its first page to the question that the person asks. */
async function journey(locale: Locale, javaScriptEnabled: boolean): Promise<void> {
  const contexts: BrowserContext[] = [];
  const requests = requestsMessages(locale);
  const accreditations = accreditationsMessages(locale);
  const consumers = consumersMessages(locale);
  const producersWords = producersMessages(locale);
  const stops = stopsMessages(locale);
  const people = peopleMessages(locale);
  const purpose = `Tarif de la cantine ${locale}`;

  const enter = async (name: string): Promise<Page> => {
    const context = await browser.newContext({ locale, javaScriptEnabled });
    contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    await page.goto(`${address}/sign-in`);
    await page.getByRole('button', { name }).click();
    await page.waitForURL(/\/desk/);
    return page;
  };
  const known = new Set<string>();
  /** The page as it stands is as it must be; one of each kind is looked at. */
  const looked = async (page: Page) => {
    const kind = new URL(page.url()).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id');
    if (!javaScriptEnabled || known.has(kind)) return;
    known.add(kind);
    await assertAccessible(page);
  };
  const press = (page: Page, name: string) =>
    page.getByRole('main').getByRole('button', { name, exact: true }).click();
  const follow = (page: Page, name: string | RegExp) =>
    page
      .getByRole('main')
      .getByRole('link', { name, exact: typeof name === 'string' })
      .first()
      .click();
  const fill = async (page: Page, fields: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  };
  const choose = (page: Page, name: string, value: string) =>
    page.locator(`[name="${name}"][value="${value}"]`).check();

  // The consumer asks.
  const lea = await enter('Léa Fontanel');
  await lea.goto(`${address}/exchange`);
  await looked(lea);
  await lea.goto(`${address}/exchange/requests`);
  await looked(lea);
  await follow(lea, requests.new);
  await looked(lea);
  await choose(lea, 'template', 'canteen-pricing');
  await choose(lea, 'stage', 'production');
  await press(lea, requests.creation.submit);
  await lea.waitForURL(/\/exchange\/requests\/[0-9a-f-]{36}/);
  const request = lea.url().replace(/(\/requests\/[0-9a-f-]{36}).*/, '$1');
  await lea.goto(`${request}/form/project`);
  const block = async (fields: Readonly<Record<string, string>>, more?: () => Promise<void>) => {
    await looked(lea);
    await fill(lea, fields);
    await more?.();
    const before = lea.url();
    await press(lea, requests.form.save);
    await lea.waitForURL((url) => url.href !== before);
  };
  await block({ title: purpose, purpose });
  // The parts that the template filled whole are passed over.
  assert.match(lea.url(), /\/form\/security$/);
  await block({ certifiedOn: '2026-03-02' }, () => choose(lea, 'securityState', 'certified'));
  const email = (name: string) => `${name}@met-sta.valmarie.example`;
  await block({
    dpoName: 'Nadia Vernier',
    dpoEmail: email('dpo'),
    controllerName: 'Marc Oudin',
    controllerEmail: email('marc.oudin'),
    technicalName: 'Paul Rivoire',
    technicalEmail: email('paul.rivoire'),
    businessName: 'Inès Caradec',
    businessEmail: email('ines.caradec'),
  });
  const submit = async () => {
    await lea.goto(request);
    await looked(lea);
    await follow(lea, requests.one.check);
    await looked(lea);
    await choose(lea, 'acceptsTerms', 'on');
    await choose(lea, 'dpoIsInformed', 'on');
    await press(lea, requests.submission.submit);
    await lea.getByText(requests.one.nextOf.submitted).waitFor();
    await looked(lea);
  };
  await submit();

  // The instructor sends it back, and it comes anew.
  const anais = await enter('Anaïs Kerbrat');
  const decide = async (decision: string, text: string) => {
    await anais.goto(`${address}/exchange/requests/queue?search=${encodeURIComponent(purpose)}`);
    await looked(anais);
    await follow(anais, purpose);
    await looked(anais);
    await follow(anais, requests.instruction.title);
    await looked(anais);
    await choose(anais, 'decision', decision);
    await fill(anais, { text });
    await press(anais, requests.instruction.submit);
    await anais.waitForURL((url) => !url.pathname.endsWith('/instruction'));
  };
  await decide('request-changes', 'Les enfants ne servent pas au tarif : retirez-les.');
  await lea.goto(request);
  await lea.getByText('Les enfants ne servent pas au tarif').first().waitFor();
  await looked(lea);
  await lea.goto(`${request}/form/scopes`);
  await lea.getByRole('checkbox', { name: 'Les enfants à charge' }).uncheck();
  await press(lea, requests.form.save);
  await submit();
  await decide('validate', '');

  // She lets her machine call.
  await lea.goto(request);
  await follow(lea, new RegExp(requests.one.accreditation));
  await looked(lea);
  const number = /\d+$/.exec((await lea.getByRole('heading', { level: 1 }).textContent()) ?? '')?.[0] ?? '';
  await follow(lea, accreditations.one.addClient);
  await looked(lea);
  await choose(lea, 'clientId', DEMONSTRATION_MACHINE.clientId);
  await press(lea, accreditations.add.submit);
  await lea.getByText(DEMONSTRATION_MACHINE.clientId, { exact: true }).waitFor();
  await looked(lea);

  // It calls, by the lines that her room gives.
  await lea.goto(`${address}/exchange/consumer`);
  await lea.locator(`a[href="${kitAddress(Number(number), API)}"]`).click();
  await looked(lea);
  const line = async (name: string) =>
    (await lea.getByRole('region', { name, exact: true }).textContent()) ?? '';
  const lines = [await line(consumers.kit.token), await line(consumers.kit.call)];
  const { body, text } = await inShell(...lines);
  assert.deepEqual(Object.keys(body).sort(), ['annee', 'mois', 'quotientFamilial'], text);

  // The producer sees it, and stops the flow.
  const cedric = await enter('Cédric Dumoulin');
  await cedric.goto(`${address}/exchange/producer`);
  await looked(cedric);
  await cedric.goto(`${address}/exchange/producer/accesses?api=${API}`);
  const seen = cedric.getByRole('row').filter({ hasText: purpose });
  await reloadUntil(cedric, seen);
  await looked(cedric);
  assert.match((await seen.first().textContent()) ?? '', /quotientFamilial/);
  await seen.first().getByRole('link').first().click();
  await looked(cedric);
  await follow(cedric, producersWords.access.stop);
  await looked(cedric);
  await fill(cedric, { reason: 'Appels à éclaircir.' });
  await choose(cedric, 'duration', 'until-resumed');
  await press(cedric, stops.form.submit);
  await cedric.getByText(stops.one.ordered).waitFor();
  await looked(cedric);

  const refused = await inShell(...lines);
  assert.equal(refused.body.code, 'flow-stopped', refused.text);

  await lea.goto(`${address}/exchange/consumer`);
  await lea.getByText('Appels à éclaircir.').first().waitFor();
  await looked(lea);

  // The person concerned sees both, and asks.
  const theo = await enter('Théo Garance');
  await theo.goto(`${address}/exchange/my-data?show=denied`);
  const attempt = theo.getByRole('row').filter({ hasText: GATEWAY_ERRORS['flow-stopped'].title[locale] });
  await reloadUntil(theo, attempt);
  await looked(theo);
  await attempt.first().getByRole('link').last().click();
  await theo.getByRole('heading', { level: 1, name: people.access.deniedTitle }).waitFor();
  await theo.getByText(purpose, { exact: true }).waitFor();
  await looked(theo);
  await theo.goto(`${address}/exchange/my-data`);
  await looked(theo);
  await theo.getByRole('row').filter({ hasText: purpose }).getByRole('link').last().click();
  await theo.getByRole('heading', { level: 1, name: people.access.title }).waitFor();
  const proof = theo.getByRole('link', { name: people.proof.download });
  await reloadUntil(theo, proof);
  await looked(theo);
  const file = await theo.request.get(new URL((await proof.getAttribute('href')) ?? '', theo.url()).href);
  assert.deepEqual(verifyProof(await file.text()).fault, null);
  await follow(theo, people.ask.link);
  await looked(theo);
  await choose(theo, 'kind', 'question');
  const asked = `Pourquoi cet accès (${locale}) ?`;
  await fill(theo, { text: asked });
  await press(theo, people.ask.send);
  await theo.getByText(people.question.sent).waitFor();
  await looked(theo);
  const title = (await theo.getByRole('heading', { level: 1 }).textContent()) ?? '';

  await cedric.goto(`${address}/exchange/producer/questions`);
  await looked(cedric);
  await follow(cedric, title);
  await cedric.getByText(asked).waitFor();
  await looked(cedric);
  for (const context of contexts) await context.close();
}

test('from the request to the person’s question, in French with JavaScript', () => journey('fr', true));
test('the same in English without JavaScript', () => journey('en', false));
