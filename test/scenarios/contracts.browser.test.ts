// A success contract from end to end in a browser, on measures that Socle reads from a running service: an indicator and its
// source, a draft, two signatures by the two parties, the deadline, the review and its judgement, the public page. Once to
// « stop » in French with JavaScript, once to “scale” in English without.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { serveOnLoopback } from '#platform/http/loopback-server.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { startTestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible, sidewaysScroll } from '#test/support/browser-page.ts';
import { atTheEnd } from '#test/support/database.ts';
import { contractsMessages } from '../../src/modules/impact/contracts/contracts.messages.ts';
import { GUARDRAILS } from '../../src/modules/impact/contracts/contracts.types.ts';
import { recordDeadlines } from '../../src/modules/impact/contracts/reviews.actions.ts';
import { indicatorsMessages } from '../../src/modules/impact/indicators/indicators.messages.ts';
import { readDueSources } from '../../src/modules/impact/sources/runs.actions.ts';
import { sourcesMessages } from '../../src/modules/impact/sources/sources.messages.ts';

const DAY_MS = 86_400_000;
const PATIENCE_MS = 30_000;
const BASELINE = 60;
const DAYS_TO_DEADLINE = 180;

const state = await startTestApp();
const { kernel } = state;
const address = await state.app.listen({ host: '127.0.0.1', port: 0 });
const browser = await launchBrowser();

const today = () => dayIn(kernel.clock.now(), kernel.config.timeZone);
const inDays = (days: number) => daysBefore(today(), -days);
const moveOn = (days: number) => kernel.clock.moveTo(new Date(kernel.clock.now().getTime() + days * DAY_MS));

/** What a service gained, since which day; its statistics are of the last 420 days, until yesterday. */
const services = new Map<string, { readonly since: string; readonly gain: number }>();
const statistics = await serveOnLoopback((request, response) => {
  const service = services.get(request.url ?? '');
  if (!service) return response.writeHead(404).end();
  const days = Array.from({ length: 420 }, (_, at) => daysBefore(today(), 420 - at));
  const valueOn = (day: string, at: number) =>
    BASELINE + (day > service.since ? service.gain : 0) + Math.sin(Date.parse(day) / DAY_MS + at) * 2;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ jours: days.map((day, at) => ({ le: day, part: valueOn(day, at) })) }));
}, 0);
atTheEnd(async () => {
  await browser.close();
  await statistics.stop();
});

/** The way of one contract whose service gains so much from now on; the rule then proposes `decision`. */
async function journey(
  locale: Locale,
  javaScriptEnabled: boolean,
  { gain, decision }: { readonly gain: number; readonly decision: 'stop' | 'scale' },
): Promise<void> {
  const words = contractsMessages(locale);
  const sources = sourcesMessages(locale);
  const indicators = indicatorsMessages(locale);
  const contexts: BrowserContext[] = [];
  const title = `Finir sa démarche du premier coup, ${decision}`;
  const yesterday = daysBefore(today(), 1);
  services.set(`/${decision}`, { since: yesterday, gain });

  const open = async (): Promise<Page> => {
    const context = await browser.newContext({ locale, javaScriptEnabled });
    contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    return context.newPage();
  };
  const enter = async (name: string): Promise<Page> => {
    const page = await open();
    await page.goto(`${address}/sign-in`);
    const button = page.getByRole('button', { name });
    if (!(await button.isVisible())) await page.locator('details summary').first().click();
    await button.click();
    await page.waitForURL(/\/desk/);
    return page;
  };
  const known = new Set<string>();
  /** The page as it stands is as it must be, on a screen and on a phone; one of each kind and state is looked at. */
  const looked = async (page: Page, at = '') => {
    const kind = `${new URL(page.url()).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id')} ${at}`;
    if (!javaScriptEnabled || known.has(kind)) return;
    known.add(kind);
    await assertAccessible(page);
    await page.setViewportSize({ width: 375, height: 800 });
    assert.equal(await sidewaysScroll(page), 0, `${kind} scrolls sideways on a phone`);
    await page.setViewportSize({ width: 1280, height: 720 });
  };
  const press = async (page: Page, name: string) => {
    await page.getByRole('main').getByRole('button', { name, exact: true }).click();
  };
  const follow = async (page: Page, name: string) => {
    await page.getByRole('main').getByRole('link', { name, exact: true }).first().click();
  };
  const fill = async (page: Page, fields: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  };
  const choose = (page: Page, name: string, value: string) =>
    page.locator(`[name="${name}"][value="${value}"]`).check();

  // The team says what it counts, and from where Socle reads it.
  const helene = await enter('Hélène Vasseur');
  await helene.goto(`${address}/impact/indicators`);
  await looked(helene);
  await follow(helene, indicators.add);
  await looked(helene);
  const indicator = `Démarches finies, ${decision}`;
  await fill(helene, {
    title: indicator,
    subject: 'Démarche en ligne',
    unit: '%',
    population: 'Usagers qui commencent une démarche',
    definition: 'Part des démarches commencées et finies le même jour.',
  });
  await choose(helene, 'aggregation', 'mean');
  await choose(helene, 'cadence', 'daily');
  const organisation = helene.locator('select[name="organisationId"]');
  if ((await organisation.inputValue()) === '') await organisation.selectOption({ index: 1 });
  await press(helene, indicators.form.save);
  await helene.getByRole('heading', { level: 1, name: indicator }).waitFor();
  await looked(helene, 'without measures');
  await helene.goto(`${address}/impact/sources`);
  await looked(helene);
  await follow(helene, sources.add);
  await looked(helene);
  await helene.goto(`${address}/impact/sources/new?kind=address`);
  await looked(helene, 'address');
  await helene.locator('[name="indicatorId"]').selectOption({ label: indicator });
  await fill(helene, {
    url: `${statistics.origin}/${decision}`,
    everyHours: '24',
    list: '/jours',
    day: '/le',
    value: '/part',
  });
  await press(helene, sources.form.submit);
  await press(helene, sources.one.tryNow);
  await helene.getByText(sources.outcomes.read, { exact: true }).waitFor();
  await looked(helene);

  // She drafts the contract, and signs it.
  await helene.goto(`${address}/impact/contracts/mine`);
  await looked(helene);
  await follow(helene, words.add);
  await looked(helene);
  await press(helene, words.submit);
  await helene.getByText(words.fields.title.label).first().waitFor();
  await looked(helene, 'with faults');
  await fill(helene, {
    title,
    subject: 'Démarche en ligne',
    problem: 'Quatre démarches sur dix sont abandonnées.',
    population: 'Usagers qui commencent une démarche',
    baselineValue: String(BASELINE),
    baselineOn: yesterday,
    baselineEvidence: 'Moyenne des quatorze mois d’avant, lue dans le service',
    target: '75',
    minimumEffect: '5',
    deadline: inDays(DAYS_TO_DEADLINE),
    guardrail_accessibility: 'RGAA à 95 %',
    guardrail_ecoDesign: 'Pages de moins de 500 Ko',
    guardrail_security: 'Aucune faille critique',
    guardrail_totalCost: 'Coût annuel tenu',
    costEuros: '100 000',
    costCeilingEuros: '10 000',
  });
  await helene.locator('[name="indicatorId"]').selectOption({ label: `${indicator} (%)` });
  await helene.locator('[name="ownerPersonId"]').selectOption({ label: 'Hélène Vasseur' });
  await helene.locator('[name="reviewerPersonId"]').selectOption({ label: 'Rémi Delaunay' });
  await press(helene, words.submit);
  await helene.getByRole('heading', { level: 1, name: title }).waitFor();
  const contract = helene.url();
  await looked(helene, 'draft');
  await follow(helene, words.sign);
  await looked(helene);
  assert.ok(await helene.getByText('Pages de moins de 500 Ko').isVisible(), 'what is signed is in sight');
  await press(helene, words.asks.sign.submit);
  await helene.getByText(words.unsigned(words.parties.state)).waitFor();

  // The public sees nothing yet; the other party signs.
  const anyone = await open();
  assert.equal((await anyone.goto(contract))?.status(), 404);
  const anais = await enter('Anaïs Kerbrat');
  await anais.getByText(words.desk.toSign(title)).waitFor();
  await anais.goto(contract);
  await looked(anais, 'to be signed');
  await follow(anais, words.sign);
  await press(anais, words.asks.sign.submit);
  await anais.getByText(words.states.signed, { exact: true }).first().waitFor();
  await anyone.goto(contract);
  await anyone.getByText(words.noReview).waitFor();
  await looked(anyone, 'signed, by anyone');

  // Socle reads on by itself, and the reviewer looks half-way. Sessions are over by then.
  moveOn(100);
  await readDueSources(kernel);
  let remi = await enter('Rémi Delaunay');
  await remi.goto(contract);
  await press(remi, words.takeReview);
  await remi.getByText(words.notJudged).waitFor();
  await looked(remi, 'reviewed');
  for (const guardrail of GUARDRAILS) {
    await follow(remi, words.checkGuardrail);
    await looked(remi);
    await choose(remi, 'guardrail', guardrail);
    await choose(remi, 'state', 'kept');
    await fill(remi, { evidence: 'Audit du trimestre' });
    await press(remi, words.asks.guardrails.submit);
    await remi.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  // The deadline passes; the verdict is there, and the reviewer judges. The owner may not.
  moveOn(DAYS_TO_DEADLINE - 99);
  await readDueSources(kernel);
  await recordDeadlines(kernel, new AbortController().signal);
  remi = await enter('Rémi Delaunay');
  await remi.getByText(words.desk.toJudge(title)).waitFor();
  await remi.goto(contract);
  await looked(remi, 'measured');
  await follow(remi, words.judge);
  await looked(remi);
  const owner = await enter('Hélène Vasseur');
  assert.equal((await owner.goto(`${contract}/judge`))?.status(), 403);
  await looked(owner, 'refused');
  const because = decision === 'stop' ? 'minimum-out-of-reach' : 'minimum-reached';
  await remi.getByText(words.proposes(words.decisions[decision], words.grounds[because])).waitFor();
  await choose(remi, 'decision', decision);
  await fill(remi, { reason: 'La mesure le dit.' });
  await press(remi, words.asks.judge.submit);
  await remi.getByRole('heading', { level: 1, name: title }).waitFor();

  // What it saved, claimed by the owner and verified for the State.
  await owner.goto(`${contract}/savings`);
  await looked(owner);
  await fill(owner, { amountEuros: '12 000', evidence: 'Appels évités' });
  await press(owner, words.asks.savings.submit);
  await owner.getByText('Appels évités').waitFor();
  const auditor = await enter('Anaïs Kerbrat');
  await auditor.goto(`${contract}/savings`);
  await choose(auditor, 'kind', 'audited');
  await fill(auditor, { amountEuros: '9 000', evidence: 'Factures vérifiées' });
  await press(auditor, words.asks.savings.submit);
  await auditor.getByText('Factures vérifiées').waitFor();
  await looked(auditor, 'judged');

  // Anyone reads the verdict, who decided, and who signed; and finds it in the list.
  await anyone.goto(`${address}/impact/contracts?decision=${decision}`);
  await looked(anyone);
  await follow(anyone, title);
  const decided = new RegExp(`^${words.decisions[decision]}.*Rémi Delaunay`);
  await anyone.getByText(decided).first().waitFor();
  for (const party of ['owner', 'state'] as const) {
    await anyone.getByText(new RegExp(words.parties[party])).first().waitFor();
  }
  await looked(anyone, 'judged, by anyone');
  await follow(anyone, indicator);
  await anyone.getByRole('heading', { level: 1, name: indicator }).waitFor();
  await looked(anyone, 'with measures');
  for (const context of contexts) await context.close();
}

test('a contract whose service gains nothing ends with « stop », in French with JavaScript', () =>
  journey('fr', true, { gain: 0, decision: 'stop' }));
test('one whose service gains enough ends with “scale”, in English without JavaScript', () =>
  journey('en', false, { gain: 20, decision: 'scale' }));
