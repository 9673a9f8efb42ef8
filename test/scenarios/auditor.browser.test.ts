// An auditor: enters with one click, imports an edition through the web, decides a match, undoes it, and finds it all in
// the ledger. Once without JavaScript.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { assertAccessible } from '#test/support/browser-page.ts';

const state = await startTestApp();
const address = await state.app.listen({ host: '127.0.0.1', port: 0 });
await state.jobs.work(state.kernel);
const browser = await launchBrowser();
after(() => browser.close());

const HEADER =
  'Ministère porteur ,Ministère nom complet,Nom du projet,Projet interministériel,Description et objectifs du projet,Début,Durée prévisionnelle en année,Phase du projet en cours,Coût estimé,Zone fonctionnelle';

function edition(name: string): Buffer {
  const rows = [
    `MEF,Ministère des Finances,${name},Non,"Refonte du calcul, et de la paie",2014-09-01,"4,5",Déploiement,"12,4",Ressources humaines`,
    'MEF,Ministère des Finances,PORTAIL UNIQUE,Oui,<b>Un portail</b>,2015-01-01,3,Cadrage,En cadrage,Relation avec les agents',
  ];
  return Buffer.from([HEADER, ...rows].join('\n'));
}

async function importEdition(
  page: import('playwright-core').Page,
  month: string,
  name: string,
): Promise<void> {
  await page.goto(`${address}/panorama/import`);
  await page.getByLabel('Édition', { exact: true }).fill(month);
  await page
    .getByLabel('Fichier CSV')
    .setInputFiles({ name: 'panorama.csv', mimeType: 'text/csv', buffer: edition(name) });
  await page.getByRole('button', { name: 'Importer' }).click();
  await page.waitForURL(/\/jobs\//);
  await page.getByText('2 lignes lues').waitFor({ timeout: 30_000 });
}

for (const javaScriptEnabled of [true, false]) {
  const [first, second] = javaScriptEnabled ? ['2014-01', '2014-06'] : ['2013-01', '2013-06'];
  const oldName = javaScriptEnabled ? 'PAIE DES AGENTS' : 'GESTION DES CARRIÈRES';
  const newName = javaScriptEnabled ? 'PAYE DES AGENTS 2' : 'GESTION DES CARRIERES ET PARCOURS';
  const about = `« ${newName} » et « ${oldName} »`;

  test(`an edition comes in and a renamed project is recognised ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const context = await browser.newContext({ locale: 'fr', javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${address}/sign-in`);
    await page
      .getByRole('row', { name: /Auditeur/ })
      .first()
      .getByRole('button')
      .click();
    await page.waitForURL(/\/desk/);
    if (javaScriptEnabled) await assertAccessible(page);

    await page.goto(`${address}/panorama/import`);
    await page.getByRole('button', { name: 'Importer' }).click();
    await page.getByText('Choisissez un fichier CSV.').first().waitFor();
    if (javaScriptEnabled) {
      assert.match(await page.title(), /^Erreur/);
      assert.equal(await page.evaluate('document.activeElement.hasAttribute("data-error-summary")'), true);
    }

    await importEdition(page, first, oldName);
    await importEdition(page, second, newName);
    if (javaScriptEnabled) await assertAccessible(page);

    await page.goto(`${address}/panorama/matches`);
    if (javaScriptEnabled) await assertAccessible(page);
    const proposal = page.getByRole('region', { name: about, exact: true });
    await proposal.getByRole('button', { name: /C’est le même projet/ }).click();
    await page.goto(`${address}/panorama/${second}`);
    await page.getByRole('link', { name: 'Tous les projets de cette édition', exact: true }).click();
    await page.getByRole('link', { name: newName }).click();
    assert.ok(await page.getByText(oldName).first().isVisible(), 'the project shows the name that it had');
    if (javaScriptEnabled) await assertAccessible(page);

    await page.goto(`${address}/panorama/matches`);
    await page.getByRole('button', { name: `Annuler la décision ${about}` }).click();
    await page.getByRole('region', { name: about, exact: true }).waitFor();

    await state.integrate();
    await page.goto(`${address}/ledger`);
    for (const kind of ['portfolio.match-undone', 'portfolio.match-accepted', 'portfolio.edition-imported']) {
      assert.ok(await page.getByText(kind).first().isVisible(), kind);
    }
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.goto(`${address}/desk`);
    assert.match(page.url(), /\/sign-in\?back=%2Fdesk/);
    await context.close();
  });
}
