// Support in a browser: every page of funding, doctrines and brigades in both languages and widths, and one application
// from the call that is opened to the instalment that is paid, the applicant's side without JavaScript.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import { listContractsOf } from '#modules/impact/public.ts';
import { startTestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible, sidewaysScroll } from '#test/support/browser-page.ts';

const state = await startTestApp();
const { kernel, database } = state;
const address = await state.app.listen({ host: '127.0.0.1', port: 0 });
const browser = await launchBrowser();
after(() => browser.close());

const people = await listDemonstrationPeople(kernel.db, kernel.clock.now());
const personWith = (role: string) => {
  const found = people.find(({ roles }) => roles.some((held) => held.role === role));
  assert.ok(found, role);
  return found;
};
const [auditor, director, team] = [
  personWith('auditor'),
  personWith('digital-director'),
  personWith('product-team'),
];
const organisationOf = ({ roles }: typeof auditor) => roles[0]?.organisationId ?? '';

async function one(text: string, values: unknown[] = []): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(text, values);
  assert.ok(rows[0], text);
  return rows[0].id;
}

async function signIn(page: Page, { name }: { readonly name: string }): Promise<void> {
  await page.goto(`${address}/sign-in`);
  const button = page.getByRole('button', { name: new RegExp(name) }).first();
  if (!(await button.isVisible())) await page.locator('details summary').first().click();
  await button.click();
  await page.waitForURL(/\/desk/);
}

const windowIn = (what: string) => one('select id from support.windows where state = $1 limit 1', [what]);
const applicationIn = (what: string) =>
  one('select id from support.applications where state = $1 order by awarded_cents desc limit 1', [what]);
const requestIn = (what: string) => one('select id from support.requests where state = $1 limit 1', [what]);
const assessmentOf = (organisationId: string) =>
  one(
    `select a.id from support.assessments a join support.assessed_subjects s on s.id = a.subject_id
    where s.organisation_id = $1 order by a.changed_at desc limit 1`,
    [organisationId],
  );
const exemptionPath = (condition: string) =>
  one(`select a.id || '/exemptions/' || x.id as id from support.exemptions x
    join support.assessments a on a.subject_id = x.subject_id
    join support.doctrine_versions v on v.id = a.version_id and v.word = x.word where ${condition} limit 1`);

async function pagesOf(who: 'everyone' | 'auditor' | 'director' | 'team'): Promise<string[]> {
  const own = await assessmentOf(organisationOf(team));
  const toDo = {
    everyone: async () => [
      '',
      '/windows',
      `/windows/${await windowIn('closed')}`,
      '/doctrines',
      '/doctrines/eco-design',
      '/missions/public',
    ],
    auditor: async () => [
      '',
      '/windows/new',
      `/windows/${await windowIn('awarded')}`,
      `/windows/${await windowIn('in-jury')}/ranking`,
      '/applications',
      `/applications/${await applicationIn('submitted')}`,
      `/applications/${await applicationIn('awarded')}`,
      `/applications/${await applicationIn('agreed')}`,
      '/jury',
      `/jury/${await applicationIn('eligible')}`,
      '/assessments',
      `/assessments/${await exemptionPath('x.decision is null')}`,
      `/assessments/${await exemptionPath("x.decision = 'granted' and x.until > '2026-12-01'")}/withdraw`,
      '/requests',
      `/requests/${await requestIn('examined')}`,
      `/requests/${await requestIn('examined')}/proposal`,
      '/missions',
      `/missions/${await one("select id from support.missions where state = 'under-way' limit 1")}`,
      `/missions/${await one("select id from support.missions where state = 'ended' limit 1")}`,
      '/brigade',
      `/brigade/${await one('select person_id as id from support.brigade_people limit 1')}`,
    ],
    director: async () => ['/applications/new', '/requests', '/requests/new'],
    team: async () => [
      '/assessments',
      '/assessments/new',
      `/assessments/${own}`,
      `/assessments/${own}/declare`,
      `/assessments/${own}/evidence`,
      `/assessments/${own}/exemption`,
    ],
  };
  return toDo[who]();
}

// Each page is read once in French on a wide window and once in English on a telephone.
for (const { locale, width } of [
  { locale: 'fr', width: 1280 },
  { locale: 'en', width: 375 },
]) {
  for (const [who, person] of [
    ['everyone', null],
    ['auditor', auditor],
    ['director', director],
    ['team', team],
  ] as const) {
    test(`pages for ${who} in ${locale} at ${width} px`, async () => {
      const context = await browser.newContext({ locale, viewport: { width, height: 900 } });
      const page = await context.newPage();
      if (person) await signIn(page, person);
      for (const path of await pagesOf(who)) {
        const answer = await page.goto(`${address}/support${path}`);
        assert.equal(answer?.status(), 200, path);
        await assertAccessible(page);
      }
      await context.close();
    });
  }
}

/** Lets a product of the director's organisation be financed without conforming, for a time. */
async function exempt(reference: string): Promise<void> {
  const [applicant, judge] = [await state.signedInAs('digital-director'), await state.signedInAs('auditor')];
  const { rows } = await database.pool.query<{ word: string }>('select word from support.doctrines');
  const begun = await applicant.postJson('/api/v1/support/assessments', {
    name: 'Produit du parcours',
    organisationId: organisationOf(director),
    reference,
    doctrines: rows.map(({ word }) => word),
  });
  for (const id of begun.json<{ ids: string[] }>().ids) {
    const at = `/support/assessments/${id}`;
    const until = '2027-06-30';
    const asked = await applicant.postJson(`/api/v1${at}/exemptions`, { reason: 'Refonte.', until });
    const path = `${at}/exemptions/${asked.json<{ id: string }>().id}`;
    const granted = await judge.post(path, { decision: 'granted', until, reason: 'Le temps.' });
    assert.equal(granted.statusCode, 303);
  }
}

test('a call is opened, an application filed without JavaScript, scored, awarded, agreed on by both and paid', async () => {
  const reference = 'portfolio/project/parcours';
  await exempt(reference);
  const contracts = await listContractsOf(kernel.db, organisationOf(director));
  const contract = contracts.find(({ signedAt, decision }) => signedAt !== null && decision === 'scale');
  assert.ok(contract);
  const contexts = [
    await browser.newContext({ locale: 'fr', viewport: { width: 1280, height: 900 } }),
    await browser.newContext({
      locale: 'fr',
      viewport: { width: 375, height: 900 },
      javaScriptEnabled: false,
    }),
  ];
  const [runner, applicant] = (await Promise.all(contexts.map((context) => context.newPage()))) as [
    Page,
    Page,
  ];
  for (const page of [runner, applicant]) page.setDefaultTimeout(15_000);
  await signIn(runner, auditor);
  await signIn(applicant, director);

  await runner.goto(`${address}/support/windows`);
  await runner.getByRole('link', { name: 'Ouvrir un guichet' }).click();
  await runner.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await runner.getByRole('link', { name: 'Écrivez un titre' }).click();
  await assertAccessible(runner);
  await runner.getByLabel('Titre').fill('Guichet du parcours');
  await runner.getByLabel('Objet').fill('Financer ce qui se mesure.');
  await runner.getByLabel('Budget').fill('100 000');
  await runner.getByLabel('Ouvre le').fill('2026-11-01');
  await runner.getByLabel('Ferme aux candidatures').fill('2026-12-15');
  await runner.getByLabel('Le jury finit').fill('2027-01-31');
  await runner.getByLabel('Critères').fill('60 Effet\n40 Plan');
  await runner.getByLabel('Jurys').fill(`Jury A: ${auditor.email}`);
  await runner.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await runner.getByRole('button', { name: 'Ouvrir le guichet' }).click();
  const windowUrl = runner.url();

  await applicant.goto(windowUrl);
  await applicant.getByRole('link', { name: 'Déposer une candidature' }).click();
  await applicant.getByLabel('Titre').fill('Bourse en dix minutes');
  await applicant.getByLabel('Montant demandé').fill('beaucoup');
  await applicant.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  assert.match(await applicant.title(), /^Erreur/);
  assert.equal(await applicant.getByLabel('Titre').inputValue(), 'Bourse en dix minutes', 'values are kept');
  await applicant.getByLabel('Objet').fill('La demande de bourse.');
  await applicant.getByLabel('Ce que l’argent changera').fill('Dix minutes au lieu de quarante.');
  await applicant.getByLabel('Plan de travail').fill('Trois mois.');
  await applicant.getByLabel('Montant demandé').fill('50 000');
  await applicant.getByLabel('Contrat de succès').selectOption(contract.id);
  await applicant.getByLabel('Référence de l’évaluation').fill(reference);
  await applicant.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await applicant.getByRole('button', { name: 'Déposer' }).click();
  const application = applicant.url();

  await runner.goto(application);
  await runner.getByRole('button', { name: 'Déclarer recevable' }).click();
  await runner.goto(windowUrl);
  await runner.getByRole('button', { name: 'Fermer aux candidatures' }).click();
  await runner.goto(`${address}/support/jury`);
  await runner.getByRole('link', { name: 'Bourse en dix minutes' }).click();
  await runner
    .getByRole('group', { name: /^Effet/ })
    .getByLabel('5', { exact: true })
    .check();
  await runner.getByRole('group', { name: /^Plan/ }).getByLabel('4', { exact: true }).check();
  await runner.getByRole('button', { name: 'Enregistrer mes notes' }).click();
  await runner.goto(windowUrl);
  await runner.getByRole('button', { name: 'Arrêter le classement' }).click();
  await runner.getByRole('link', { name: 'Classement et attributions' }).click();
  await assertAccessible(runner);
  await runner.getByLabel('Montant attribué').fill('40000');
  await runner.getByRole('button', { name: /^Attribuer/ }).click();
  await runner.goto(application);
  await runner
    .getByLabel(/^Tranches/)
    .fill('25000; jalon; 2026-12-20; Ouvert aux usagers\n15000; verdict; 2027-06-01; À généraliser');
  await assertAccessible(runner);
  await runner.getByRole('button', { name: 'Signer pour la direction' }).click();

  await applicant.goto(application);
  assert.equal(await sidewaysScroll(applicant), 0);
  await applicant.getByRole('button', { name: 'Signer la convention' }).click();
  await applicant.getByRole('button', { name: /^Apporter la preuve/ }).click();
  await applicant.getByRole('link', { name: 'Écrivez de 1 à 1000 caractères' }).click();
  assert.match(applicant.url(), /#evidence-/);
  await applicant.getByLabel('Preuve de la tranche 1').fill('https://www.example.org/ouvert');
  assert.equal(await sidewaysScroll(applicant), 0);
  await applicant.getByRole('button', { name: /^Apporter la preuve/ }).click();

  await runner.goto(application);
  await runner.getByRole('button', { name: 'Vérifier 1' }).click();
  await runner.getByRole('button', { name: 'Payer 1' }).click();
  await runner.getByText('Versement', { exact: true }).waitFor();
  await assertAccessible(runner);

  await contexts[1]?.clearCookies();
  await applicant.goto(windowUrl);
  const money = applicant.locator('dl').first();
  for (const [key, amount] of [
    ['Budget', '100 000'],
    ['Engagé', '15 000'],
    ['Versé', '25 000'],
    ['Reste', '60 000'],
  ] as const) {
    const row = money.locator('div', { hasText: key }).first();
    assert.equal(
      ((await row.locator('dd').textContent()) ?? '').replace(/\s/g, ' ').includes(amount),
      true,
      key,
    );
  }
  await applicant.getByRole('link', { name: /^Contrat n°/ }).click();
  assert.match(applicant.url(), new RegExp(contract.id));
  for (const context of contexts) await context.close();
});
