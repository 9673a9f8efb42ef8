// The life of one major project in a browser, from its file to its reorientation: costs and objectives, an opinion and its
// first baseline, a recommendation, a slip, an alert that waits for a decision, a new baseline, a conference's agenda. Once
// in French with JavaScript, once in English without; every kind of page is looked at on a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { startTestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible, sidewaysScroll } from '#test/support/browser-page.ts';
import { atTheEnd } from '#test/support/database.ts';
import { baselinesMessages } from '../../src/modules/portfolio/baselines/baselines.messages.ts';
import { conferencesMessages } from '../../src/modules/portfolio/conferences/conferences.messages.ts';
import { costsMessages } from '../../src/modules/portfolio/costs/costs.messages.ts';
import { filesMessages } from '../../src/modules/portfolio/files/files.messages.ts';
import { opinionsMessages } from '../../src/modules/portfolio/opinions/opinions.messages.ts';
import { AXES } from '../../src/modules/portfolio/opinions/opinions.types.ts';
import { recommendationsMessages } from '../../src/modules/portfolio/recommendations/recommendations.messages.ts';
import { lookAtFiles } from '../../src/modules/portfolio/watch/watch.actions.ts';
import { watchMessages } from '../../src/modules/portfolio/watch/watch.messages.ts';

const DAY_MS = 86_400_000;
const PATIENCE_MS = 30_000;
const PHONE = { width: 375, height: 800 };

const state = await startTestApp();
const { kernel } = state;
const address = await state.app.listen({ host: '127.0.0.1', port: 0 });
const browser = await launchBrowser();
atTheEnd(() => browser.close());

const today = () => dayIn(kernel.clock.now(), kernel.config.timeZone);
const inDays = (days: number) => daysBefore(today(), -days);
const moveOn = (days: number) => kernel.clock.moveTo(new Date(kernel.clock.now().getTime() + days * DAY_MS));

const people = await listDemonstrationPeople(kernel.db, kernel.clock.now());
const ministry = people.find(({ name }) => name === 'Hélène Vasseur')?.roles[0]?.organisationId ?? '';

/** The kinds of pages seen, in the order of the way: every second one is read by axe in French, the others in English. */
const kinds: string[] = [];

async function journey(locale: Locale, javaScriptEnabled: boolean): Promise<void> {
  const files = filesMessages(locale);
  const costs = costsMessages(locale);
  const opinions = opinionsMessages(locale);
  const baselines = baselinesMessages(locale);
  const recommendations = recommendationsMessages(locale);
  const watch = watchMessages(locale);
  const conferences = conferencesMessages(locale);
  const name = `Guichet unique des aides, ${locale}`;
  const advice = 'Ouvrir le service à cent usagers avant toute extension.';
  const [year] = today().split('-').map(Number) as [number];
  const contexts: BrowserContext[] = [];

  const open = async (options: Parameters<typeof browser.newContext>[0] = {}): Promise<Page> => {
    const context = await browser.newContext({ locale, javaScriptEnabled, viewport: PHONE, ...options });
    contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    return context.newPage();
  };
  const enter = async (who: string): Promise<Page> => {
    const page = await open();
    await page.goto(`${address}/sign-in`);
    const button = page.getByRole('button', { name: who });
    if (!(await button.isVisible())) await page.locator('details summary').first().click();
    await button.click();
    await page.waitForURL(/\/desk/);
    return page;
  };
  const seen = new Set<string>();
  /** The page as it stands is as it must be on a phone. axe cannot work where scripts are off: it reads the page anew. */
  const looked = async (page: Page, at = '') => {
    const path = new URL(page.url()).pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');
    const kind = `${path} ${at}`;
    if (seen.has(kind)) return;
    seen.add(kind);
    if (!kinds.includes(kind)) kinds.push(kind);
    assert.equal(await sidewaysScroll(page), 0, `${kind} scrolls sideways on a phone`);
    if ((kinds.indexOf(kind) % 2 === 0) !== (locale === 'fr')) return;
    if (javaScriptEnabled) return assertAccessible(page);
    const reader = await open({
      javaScriptEnabled: true,
      storageState: await page.context().storageState(),
    });
    await reader.goto(page.url());
    await assertAccessible(reader);
    await reader.context().close();
  };
  const press = (page: Page, text: string) =>
    page.getByRole('main').getByRole('button', { name: text, exact: true }).first().click();
  const follow = (page: Page, text: string) =>
    page.getByRole('main').getByRole('link', { name: text, exact: true }).first().click();
  const fill = async (page: Page, fields: Readonly<Record<string, string>>) => {
    for (const [field, value] of Object.entries(fields)) await page.locator(`[name="${field}"]`).fill(value);
  };
  const select = async (page: Page, fields: Readonly<Record<string, string>>) => {
    for (const [field, value] of Object.entries(fields))
      await page.locator(`[name="${field}"]`).selectOption(value);
  };
  const choose = (page: Page, field: string, value: string) =>
    page.locator(`[name="${field}"][value="${value}"]`).check();
  const headed = (page: Page, text: string | RegExp) =>
    page.getByRole('heading', { level: 1, name: text }).waitFor();
  const reads = (page: Page, text: string | RegExp) =>
    page.getByRole('main').getByText(text).first().waitFor();
  /** A row of the table of slippage, its spaces made plain. */
  const slippageRow = async (page: Page, against: string) => {
    const row = page.getByRole('row', { name: new RegExp(`^${against}`) }).first();
    return ((await row.textContent()) ?? '').replaceAll(/\s+/g, ' ');
  };

  // The ministry opens the file of its project, and says what it costs and what it changes.
  let helene = await enter('Hélène Vasseur');
  await helene.goto(`${address}/projects/files`);
  await looked(helene);
  await follow(helene, files.add);
  await looked(helene);
  await press(helene, files.form.save);
  assert.equal(await helene.getByRole('alert').count(), 1, 'what is wrong is said');
  if (javaScriptEnabled) await assertAccessible(helene);
  await fill(helene, {
    name,
    description: 'Une seule demande pour toutes les aides.',
    objectives: 'Douze aides, deux millions de foyers.',
    programmes: 'P129',
    internalFte: '12',
    outsourcedPercent: '85',
    startedOn: today(),
    plannedEndOn: `${year + 2}-12-31`,
  });
  await select(helene, { phase: 'build' });
  await press(helene, files.form.save);
  await headed(helene, name);
  const file = helene.url();
  await looked(helene, 'draft');

  await follow(helene, files.costsLink);
  await fill(helene, { year_0: String(year + 1), commitment_0: '24 000 000', payment_0: '24 000 000' });
  await select(helene, { activity_0: 'development', resource_0: 'external-services' });
  await fill(helene, { year_1: String(year + 2), commitment_1: '6 000 000', payment_1: '6 000 000' });
  await select(helene, { activity_1: 'operations', resource_1: 'staff', nature_1: 'recurring' });
  await fill(helene, { declaredTotal: '31 000 000' });
  await press(helene, costs.save);
  assert.equal(await helene.getByRole('alert').count(), 1, 'a table that does not add up is refused');
  await looked(helene);
  await fill(helene, { declaredTotal: '30 000 000' });
  await press(helene, costs.save);
  await headed(helene, name);

  await follow(helene, files.milestonesLink);
  await looked(helene);
  await fill(helene, { title_0: 'Ouvert à cent usagers', plannedOn_0: `${year + 1}-09-30` });
  await press(helene, files.form.save);
  await reads(helene, 'Ouvert à cent usagers');
  await press(helene, files.submit);
  await headed(helene, name);

  // Without an objective of impact no opinion can be asked for.
  await helene.goto(`${address}/projects/opinions/requests`);
  await looked(helene);
  await follow(helene, opinions.add);
  await looked(helene);
  const ask = async () => {
    await helene.locator('[name="fileId"]').selectOption({ label: name });
    for (const axis of AXES) await fill(helene, { [axis]: `Ce qu’il en est du projet, axe ${axis}.` });
    await press(helene, opinions.form.save);
  };
  await ask();
  assert.equal(await helene.getByRole('alert').count(), 1, 'a project without an objective is refused');
  await helene.goto(`${file}/objectives`);
  await looked(helene);
  const indicator = helene.locator('[name="indicatorId_0"]');
  const rising = indicator.locator('option', { hasText: files.rows.directions.up }).first();
  await indicator.selectOption((await rising.getAttribute('value')) ?? '');
  await fill(helene, { baselineValue_0: '10', targetValue_0: '60', dueOn_0: `${year + 2}-06-30` });
  await press(helene, files.form.save);
  await headed(helene, name);

  // The ministry asks for the opinion; the instructor gives one, with a probability and a recommendation.
  await helene.goto(`${address}/projects/opinions/requests/new`);
  await ask();
  await headed(helene, name);
  const request = helene.url();
  await looked(helene, 'draft');
  await follow(helene, opinions.moves.submit);
  await looked(helene);
  await press(helene, opinions.asks.submit.submit);
  await reads(helene, opinions.states.submitted);
  let remi = await enter('Rémi Delaunay');
  await remi.goto(request);
  await looked(remi, 'submitted');
  await follow(remi, opinions.moves.decide);
  await looked(remi);
  await choose(remi, 'kind', 'recommendations');
  await fill(remi, {
    summary: 'Le besoin est réel ; le calendrier suppose une ouverture précoce.',
    percent: '45',
    recommendations: advice,
    dueOn: inDays(200),
  });
  await press(remi, opinions.decide.submit);
  await reads(remi, opinions.states.issued);
  await reads(remi, /45\s?%/);
  await looked(remi, 'issued');

  // The first baseline is frozen, and anyone reads it; what each line costs is not for everyone.
  const anyone = await open();
  await anyone.goto(file);
  await reads(anyone, baselines.approved);
  assert.match(await slippageRow(anyone, files.firstBaseline), /\D0\s?%/);
  await looked(anyone, 'by anyone');
  assert.notEqual((await anyone.goto(`${file}/costs`))?.status(), 200);

  // The ministry accepts the recommendation and plans it.
  await helene.goto(file);
  await looked(helene, 'running');
  await follow(helene, advice);
  const recommendation = helene.url();
  const step = async (what: 'accept' | 'plan', fields: Readonly<Record<string, string>>) => {
    await choose(helene, 'step', what);
    await fill(helene, fields);
    await press(helene, recommendations.act.send);
  };
  await looked(helene, 'issued');
  await step('accept', {});
  await reads(helene, recommendations.states.accepted);
  await step('plan', { plannedOn: inDays(150) });
  await reads(helene, recommendations.states.planned);

  // Three months on the project costs more and ends later, with the reason of each. Sessions are over by then.
  moveOn(90);
  helene = await enter('Hélène Vasseur');
  await helene.goto(`${file}/news`);
  await looked(helene);
  await fill(helene, { endOn: `${year + 3}-12-31`, reason: 'Le marché a été relancé.' });
  await press(helene, files.news.submit);
  await reads(helene, 'Le marché a été relancé.');
  await follow(helene, files.costsLink);
  await fill(helene, { commitment_0: '36 000 000', payment_0: '36 000 000', declaredTotal: '42 000 000' });
  await fill(helene, { reason: 'Un second prestataire est nécessaire.' });
  await press(helene, costs.save);
  await reads(helene, 'Un second prestataire est nécessaire.');
  const forecast = await helene.goto(`${file}/forecast`);
  assert.equal(forecast?.status(), 200);
  await looked(helene);

  // The watch looks at night, and opens an alert that asks for a decision; the ministry may not take it.
  moveOn(1);
  await lookAtFiles(kernel);
  helene = await enter('Hélène Vasseur');
  await helene.goto(file);
  await follow(helene, watch.rules.slippage);
  const alert = helene.url();
  await reads(helene, watch.alert.waits);
  const anais = await enter('Anaïs Kerbrat');
  await anais.goto(`${address}/projects/watch?rule=slippage&organisation=${ministry}`);
  await looked(anais);
  await follow(anais, name);
  await follow(anais, watch.rules.slippage);
  assert.equal(anais.url(), alert);
  await looked(anais, 'open');
  await press(anais, watch.alert.send);
  assert.equal(await anais.getByRole('alert').count(), 1, 'a decision says what and why');
  await choose(anais, 'decision', 'reorientation');
  const reason = 'Le premier périmètre est ramené aux six aides les plus demandées.';
  await fill(anais, { reason });
  await press(anais, watch.alert.send);
  await reads(anais, watch.states.decided);
  await reads(anais, watch.decisions.reorientation);
  await looked(anais, 'decided');

  // It is in the ledger, and on the file for everyone.
  await state.integrate();
  await anais.goto(`${address}/ledger`);
  const entry = anais.getByRole('row', { name: `portfolio/alert/${alert.split('/').at(-1)}` }).first();
  await entry.getByRole('link').click();
  await reads(anais, 'portfolio.alert-decided');
  await reads(anais, /"decision": "reorientation"/);
  await anyone.goto(file);
  await reads(anyone, files.eventKinds.reorientation);
  await reads(anyone, reason);

  // The ministry proposes a new baseline, the directorate approves it; slippage is read against the first and the latest.
  await helene.goto(file);
  await follow(helene, files.baselineLink);
  await looked(helene);
  await fill(helene, { reason: 'Réorientation décidée', scopeText: 'Six aides, un million de foyers.' });
  await press(helene, baselines.propose.submit);
  await reads(helene, baselines.proposed);
  remi = await enter('Rémi Delaunay');
  await remi.goto(file);
  await follow(remi, baselines.decide);
  await looked(remi);
  await choose(remi, 'decision', 'approved');
  await fill(remi, { reason: 'Conforme à la réorientation.' });
  await press(remi, baselines.judge.submit);
  await reads(remi, baselines.number('2'));
  await anyone.goto(file);
  assert.match(await slippageRow(anyone, files.firstBaseline), /\+40\s?%.*12/);
  assert.match(await slippageRow(anyone, files.latestBaseline), /\D0\s?%/);
  await looked(anyone, 'reoriented, by anyone');

  // The recommendation is still due. The agenda of the ministry's conference proposes the project, and says why.
  await helene.goto(recommendation);
  await looked(helene, 'planned');
  await anais.goto(`${address}/projects/conferences`);
  await looked(anais);
  await follow(anais, conferences.new);
  await looked(anais);
  await select(anais, { organisationId: ministry });
  await fill(anais, { heldOn: inDays(30) });
  await press(anais, conferences.form.open);
  await headed(anais, new RegExp(formatDay(locale, inDays(30))));
  const item = anais.getByRole('row', { name: new RegExp(name) });
  assert.match((await item.textContent()) ?? '', new RegExp(watch.rules.outsourcing, 'i'));
  await looked(anais, 'drafted');
  await follow(anais, name);
  await reads(anais, conferences.sheet.recommendationsText(1, 0));
  await looked(anais);
  for (const context of contexts) await context.close();
}

test('a project goes from its file to its reorientation, in French with JavaScript', () =>
  journey('fr', true));
test('one does so in English without JavaScript', () => journey('en', false));
