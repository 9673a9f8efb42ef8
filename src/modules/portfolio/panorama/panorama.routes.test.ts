// The portfolio through the real application: pages, files and API give the same figures; bad input, nobody and the wrong
// role get what they should.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { formatMillionEuros, formatSignedPercent } from '#platform/i18n/format.ts';
import { startTestApp } from '#test/support/app.ts';
import { pdfText } from '#test/support/pdf-text.ts';

const state = await startTestApp();
const reader = state.client();
const LATEST = '2026-06';

const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true });

describe('the panorama', () => {
  test('opens on the latest edition, says that it is fictitious, and links every part', async () => {
    const { statusCode, body } = await reader.get('/panorama');
    assert.equal(statusCode, 200);
    assert.match(body, /<h1>Panorama des grands projets numériques, juin 2026<\/h1>/);
    assert.match(body, /Données fictives de démonstration/);
    for (const href of [
      `/projects?edition=${LATEST}&amp;origin=demonstration`,
      '/panorama/evolution?origin=demonstration',
      `/panorama/${LATEST}/figures.csv?origin=demonstration`,
    ]) {
      assert.ok(body.includes(`href="${href}"`), href);
    }
  });

  test('the page, its CSV and its JSON say the same', async () => {
    const page = (await reader.get(`/panorama/${LATEST}`)).body;
    const csv = rowsOf((await reader.get(`/panorama/${LATEST}/figures.csv`)).body);
    const json = (await reader.getJson(`/api/v1/portfolio/editions/${LATEST}`)).json();
    const headline = csv.find(({ group }) => group === 'headline');
    assert.equal(json.headline.projects, 60);
    assert.equal(headline?.projects, '60');
    assert.equal(Number(headline?.total_meur), json.headline.totalMeur);
    assert.match(page, /<p class="socle-card__value">60<\/p>/);
    for (const [group, list] of [
      ['ministry', json.byMinistry],
      ['phase', json.byPhase],
      ['band', json.byBand],
      ['zone', json.byZone],
    ] as const) {
      const rows = csv.filter((row) => row.group === group);
      assert.equal(rows.length, list.length, group);
      const projects = rows.reduce((sum, row) => sum + Number(row.projects), 0);
      assert.equal(projects, 60, `every project is in one group of ${group}`);
    }
    assert.equal(csv.filter(({ group }) => group === 'entry').length, json.changes.entries.length);
    assert.equal(csv.filter(({ group }) => group === 'exit').length, json.changes.exits.length);
  });

  test('entries and exits add up from one edition to the next', async () => {
    const { items } = (await reader.getJson('/api/v1/portfolio/evolution')).json();
    assert.equal(items.length, 8);
    for (let i = 1; i < items.length; i++) {
      const [before, after] = [items[i - 1].computed.projects, items[i].computed.projects];
      assert.equal(before + items[i].entries - items[i].exits, after, items[i].month);
    }
    const csv = rowsOf((await reader.get('/panorama/evolution.csv')).body);
    assert.deepEqual(
      csv.map(({ projects }) => Number(projects)),
      items.map((item: { computed: { projects: number } }) => item.computed.projects),
    );
  });

  test('the panel holds each project in each edition, once', async () => {
    const panel = rowsOf((await reader.get('/panorama/panel.csv')).body);
    const { items } = (await reader.getJson('/api/v1/portfolio/evolution')).json();
    const total = items.reduce(
      (sum: number, item: { computed: { projects: number } }) => sum + item.computed.projects,
      0,
    );
    assert.equal(panel.length, total);
    assert.equal(new Set(panel.map(({ id, edition }) => `${id} ${edition}`)).size, total);
  });

  for (const [url, status] of [
    ['/panorama/2011-01', 404],
    ['/panorama/2026-13', 400],
    [`/panorama/${LATEST}?origin=published`, 404],
    [`/panorama/${LATEST}?origin=invented`, 400],
    ['/panorama/evolution?origin=', 400],
    ['/panorama/2011-01/edition.pdf', 404],
    ['/panorama/2026-13/edition.pdf', 400],
    [`/panorama/${LATEST}/edition.pdf?origin=published`, 404],
  ] as const) {
    test(`${url} answers ${status}`, async () => assert.equal((await reader.get(url)).statusCode, status));
  }
});

describe('an edition as a PDF', () => {
  const url = `/panorama/${LATEST}/edition.pdf`;
  const get = async (address: string, language: 'fr' | 'en') => {
    const answer = await reader.get(address, { 'accept-language': language });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['content-type'], 'application/pdf');
    return { answer, ...pdfText(answer.rawPayload) };
  };
  // Lines are cut, and the spaces of numbers are not those of the page.
  const plain = (text: string) => text.replace(/\s+/g, ' ');

  for (const [language, title, words] of [
    [
      'fr',
      'Panorama des grands projets numériques, juin 2026',
      ['Données fictives de démonstration', 'Dérive depuis la première référence', 'page 1 sur '],
    ],
    [
      'en',
      'Panorama of major digital projects, June 2026',
      ['Fictitious demonstration data', 'Slippage since the first baseline', 'page 1 of '],
    ],
  ] as const) {
    test(`says in ${language} what the page says, with every project, slippage and definitions`, async () => {
      const { answer, text, ...document } = await get(url, language);
      assert.equal(document.title, title);
      assert.ok(document.pages > 3);
      assert.equal(
        answer.headers['content-disposition'],
        `inline; filename="panorama-${LATEST}-${language}.pdf"`,
      );
      const edition = (await reader.getJson(`/api/v1/portfolio/editions/${LATEST}`)).json();
      const slippage = (await reader.getJson('/api/v1/project-slippage')).json();
      const { items } = (await reader.getJson('/api/v1/portfolio/projects?limit=200')).json();
      for (const said of [
        ...words,
        'panorama/1',
        'slippage/1',
        formatMillionEuros(language, edition.headline.totalMeur),
        formatSignedPercent(language, slippage.all.plain.cost.mean, 1),
        formatSignedPercent(language, slippage.all.corrected.schedule.mean, 1),
        ...edition.byMinistry.map(({ totalMeur }: { totalMeur: number }) =>
          formatMillionEuros(language, totalMeur),
        ),
        ...items.map(({ name }: { name: string }) => name),
      ])
        assert.ok(plain(text).includes(plain(said)), said);
    });
  }

  test('of an earlier month does not mix the slippage of today with it', async () => {
    const { text } = await get('/panorama/2022-12/edition.pdf', 'en');
    assert.match(text, /December 2022/);
    assert.match(plain(text), /not that of the month of this edition/);
    assert.doesNotMatch(text, /slippage\/1|Cost gap/);
  });

  test('is kept as it is, under its name, until the data change', async () => {
    const first = await reader.get(url);
    const again = await reader.get(url);
    assert.ok(first.rawPayload.equals(again.rawPayload));
    for (const header of ['etag', 'content-type', 'content-disposition'])
      assert.equal(again.headers[header], first.headers[header]);
    const held = await reader.get(url, { 'if-none-match': String(first.headers.etag) });
    assert.equal(held.statusCode, 304);
  });

  test('stands on the page beside CSV and JSON, as do the files of slippage', async () => {
    const { body } = await reader.get(`/panorama/${LATEST}`);
    for (const href of [`${url}?origin=demonstration`, '/projects/slippage.csv', '/api/v1/project-slippage'])
      assert.ok(body.includes(`href="${href}"`), href);
  });
});

describe('projects', () => {
  test('search forgets accents and case, filters narrow, sorts sort', async () => {
    const all = (await reader.getJson('/api/v1/portfolio/projects?limit=200')).json();
    assert.equal(all.items.length, 60);
    assert.equal(all.next, null);
    const accented = all.items.find(({ name }: { name: string }) => /[ÉÈÀÊ]/.test(name));
    const plain = accented.name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const found = (await reader.getJson(`/api/v1/portfolio/projects?q=${encodeURIComponent(plain)}`)).json();
    assert.ok(
      found.items.some(({ id }: { id: string }) => id === accented.id),
      plain,
    );

    const build = (
      await reader.getJson('/api/v1/portfolio/projects?phase=build&sort=cost&direction=desc&limit=200')
    ).json();
    assert.ok(build.items.length > 5);
    const costs = build.items.map(({ costMeur }: { costMeur: number | null }) => costMeur ?? -1);
    assert.deepEqual(
      costs,
      costs.toSorted((a: number, b: number) => b - a),
    );
    assert.ok(build.items.every(({ phase }: { phase: string }) => phase === 'build'));
  });

  test('the cursor walks over all of them once', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
      const page = (await reader.getJson(`/api/v1/portfolio/projects?limit=7&sort=cost${cursor}`)).json();
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      next = page.next;
    }
    assert.equal(seen.length, 60);
    assert.equal(new Set(seen).size, 60);
  });

  test('the list keeps its filters in every link, and its CSV has the same rows', async () => {
    const query = `edition=${LATEST}&origin=demonstration&phase=rollout`;
    const { body } = await reader.get(`/projects?${query}`);
    assert.match(body, /aria-sort="ascending"/);
    assert.match(
      body,
      /href="\/projects\?edition=2026-06&amp;origin=demonstration&amp;phase=rollout&amp;sort=cost&amp;direction=asc"/,
    );
    const csv = rowsOf((await reader.get(`/projects.csv?${query}`)).body);
    const { items } = (await reader.getJson(`/api/v1/portfolio/projects?${query}&limit=200`)).json();
    assert.deepEqual(
      csv.map(({ id }) => id),
      items.map(({ id }: { id: string }) => id),
    );
  });

  test('a list that nothing answers says what to do', async () => {
    const { statusCode, body } = await reader.get('/projects?q=xyzzy');
    assert.equal(statusCode, 200);
    assert.match(body, /Aucun projet ne correspond/);
  });

  test('one project has one address: its id leads there', async () => {
    const [project] = (await reader.getJson('/api/v1/portfolio/projects?limit=1')).json().items;
    const moved = await reader.get(`/projects/${project.id}`);
    assert.equal(moved.statusCode, 301);
    assert.equal(moved.headers.location, `/projects/${project.slug}`);
    const page = await reader.get(`/projects/${project.slug}`);
    assert.equal(page.statusCode, 200);
    const history = rowsOf((await reader.get(`/projects/${project.slug}/history.csv`)).body);
    const json = (await reader.getJson(`/api/v1/portfolio/projects/${project.id}`)).json();
    assert.deepEqual(
      history.map(({ edition }) => edition),
      json.states.map(({ month }: { month: string }) => month),
    );
    assert.equal((await reader.get('/projects/no-such-project')).statusCode, 404);
    assert.equal((await reader.getJson('/api/v1/portfolio/projects/p-00000000')).statusCode, 404);
  });

  test('a renamed project shows the names that it had, and the public sees no person', async () => {
    const { rows } = await state.database.pool.query(
      "select p.slug from portfolio.projects p join portfolio.match_proposals m on m.candidate_id = p.id where m.status = 'accepted' limit 1",
    );
    const slug = rows[0]?.slug;
    assert.ok(slug, 'the demonstration holds a decided renaming');
    const { body } = await reader.get(`/projects/${slug}`);
    assert.match(body, /Noms successifs/);
    const json = (await reader.getJson(`/api/v1/portfolio/projects/${slug}`)).json();
    assert.ok(json.names.length > 1);
    assert.equal(JSON.stringify(json.matches).includes('personId'), false);
    assert.equal(JSON.stringify(json.matches).includes('decidedBy'), false);
  });
});

describe('matches', () => {
  test('a decision over the API, its refusal when it is made twice, and its undoing', async () => {
    const auditor = await state.signedInAs('auditor');
    const { items } = (await auditor.getJson('/api/v1/portfolio/matches')).json();
    const [match] = items;
    assert.ok(match, 'the demonstration leaves a proposal undecided');
    const accept = await auditor.postJson(`/api/v1/portfolio/matches/${match.id}/accept`, {});
    assert.equal(accept.statusCode, 200, accept.body);
    assert.equal(accept.json().decision, 'accepted');
    assert.equal(
      (await reader.get(`/projects/${match.row.slug}`)).headers.location,
      `/projects/${match.candidate.slug}`,
    );

    const again = await auditor.postJson(`/api/v1/portfolio/matches/${match.id}/accept`, {});
    assert.equal(again.statusCode, 409);
    assert.equal(again.json().code, 'portfolio.match-decided');
    const onPage = await auditor.post(`/panorama/matches/${match.id}/accept`);
    assert.equal(onPage.statusCode, 409);
    assert.match(onPage.body, /Cette proposition a déjà été décidée/);

    const undo = await auditor.post(`/panorama/matches/${match.id}/undo`);
    assert.equal(undo.statusCode, 303);
    assert.equal((await reader.get(`/projects/${match.row.slug}`)).statusCode, 200);
  });

  test('nobody and other roles may not see or decide', async () => {
    const agent = await state.signedInAs('agent');
    assert.equal((await agent.getJson('/api/v1/portfolio/matches')).statusCode, 403);
    assert.equal((await agent.postJson('/api/v1/portfolio/matches/1/accept', {})).statusCode, 403);
    assert.equal((await reader.getJson('/api/v1/portfolio/matches')).statusCode, 401);
    const auditor = await state.signedInAs('auditor');
    assert.equal((await auditor.postJson('/api/v1/portfolio/matches/999999/accept', {})).statusCode, 404);
    assert.equal((await auditor.postJson('/api/v1/portfolio/matches/x/accept', {})).statusCode, 400);
  });
});

describe('the upload of an edition', () => {
  const body = (fields: Record<string, string>, file: { name: string; content: string } | null) => {
    const parts = Object.entries(fields).map(
      ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    if (file)
      parts.push(
        `--x\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: text/csv\r\n\r\n${file.content}\r\n`,
      );
    return `${parts.join('')}--x--\r\n`;
  };
  const type = { 'content-type': 'multipart/form-data; boundary=x' };

  test('refuses, beside the field, what is typed wrong, and keeps it', async () => {
    const auditor = await state.signedInAs('auditor');
    const _csrf = await auditor.csrfToken();
    for (const [edition, file, sentence] of [
      ['2016-13', { name: 'a.csv', content: 'x' }, /n’est pas un mois/],
      ['2098-01', { name: 'a.csv', content: 'x' }, /est dans le futur/],
      ['2016-11', null, /Choisissez un fichier CSV/],
      ['2016-11', { name: '', content: '' }, /Choisissez un fichier CSV/],
      ['2016-11', { name: 'a.csv', content: '' }, /Le fichier est vide/],
    ] as const) {
      const answer = await auditor.sendRaw('POST', '/panorama/import', body({ _csrf, edition }, file), type);
      assert.equal(answer.statusCode, 422, edition);
      assert.match(answer.body, sentence);
      assert.ok(answer.body.includes(`value="${edition}"`), 'what was typed is kept');
    }
  });

  test('refuses a file that is too large, and keeps nothing of it', async () => {
    const auditor = await state.signedInAs('auditor');
    const _csrf = await auditor.csrfToken();
    for (const megabytes of [51, 70]) {
      const file = { name: 'large.csv', content: 'x'.repeat(megabytes * 1024 * 1024) };
      const answer = await auditor.sendRaw('POST', '/panorama/import', body({ _csrf }, file), type);
      assert.equal(answer.statusCode, 422, `${megabytes} MB: ${answer.statusCode}`);
      assert.match(answer.body, /50 Mo/);
    }
    const { rows } = await state.database.pool.query('select count(*) as count from portfolio.uploads');
    assert.equal(Number(rows[0]?.count), 0);
  });

  test('refuses a form without its token, and a role that may not', async () => {
    const auditor = await state.signedInAs('auditor');
    const file = { name: 'a.csv', content: 'x' };
    assert.equal(
      (await auditor.sendRaw('POST', '/panorama/import', body({ edition: '2016-11' }, file), type))
        .statusCode,
      403,
    );
    const agent = await state.signedInAs('agent');
    const _csrf = await agent.csrfToken();
    assert.equal(
      (await agent.sendRaw('POST', '/panorama/import', body({ _csrf }, file), type)).statusCode,
      403,
    );
  });

  test('a name that is a formula or markup stays text everywhere', async () => {
    const auditor = await state.signedInAs('auditor');
    const _csrf = await auditor.csrfToken();
    const content = [
      'Ministère porteur,Ministère nom complet,Nom du projet,Projet interministériel,Description et objectifs du projet,Début,Durée prévisionnelle en année,Phase du projet en cours,Coût estimé,Zone fonctionnelle',
      'MEF,Ministère,=HYPERLINK("x"),Non,<script>alert(1)</script>,2014-09-01,3,Cadrage,En cadrage,Zone',
      'MEF,Ministère,<img src=x onerror=alert(1)>,Non,texte,2014-09-01,3,Déploiement,5,Zone',
    ]
      .join('\n')
      .replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"');
    await state.jobs.work(state.kernel);
    const answer = await auditor.sendRaw(
      'POST',
      '/panorama/import',
      body({ _csrf, edition: '2012-01' }, { name: 'a.csv', content }),
      type,
    );
    assert.equal(answer.statusCode, 303, answer.body);
    const job = String(answer.headers.location);
    for (let i = 0; i < 100; i++) {
      if ((await auditor.get(job)).body.includes('2 lignes lues')) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const page = (await reader.get('/projects?edition=2012-01')).body;
    assert.ok(page.includes('&lt;img src=x onerror=alert(1)&gt;'));
    assert.ok(!page.includes('<img src=x'));
    const csv = rowsOf((await reader.get('/projects.csv?edition=2012-01')).body);
    assert.ok(csv.some(({ name }) => name === '\'=HYPERLINK("x")'));
  });
});
