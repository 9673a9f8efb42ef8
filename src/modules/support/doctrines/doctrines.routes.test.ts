// Doctrines and assessments through the whole application: right answers, bad input, nobody, wrong role, another organisation.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inventedId } from '#modules/identity/public.ts';
import { startTestApp } from '#test/support/app.ts';
import { financingObstacles, recordEvidence } from '../public.ts';
import { listAssessments } from './assessments.repository.ts';
import { remindOfExemptions } from './exemption-reminders.actions.ts';

const { client, signedInAs, kernel, database, integrate } = await startTestApp();
const { db, clock } = kernel;
const team = await signedInAs('product-team');
const agent = await signedInAs('agent');
const auditor = await signedInAs('auditor');
const citizen = await signedInAs('citizen');
const nobody = client();

const REFERENCE = 'portfolio/project/essai-1';
const organisationId = inventedId('organisation', 'DNE');
const NEW = { subjectId: '', name: 'Produit d’essai', organisationId, reference: REFERENCE };

async function begin(doctrine: string, more: Partial<typeof NEW> = {}): Promise<string> {
  const made = await team.postJson('/api/v1/support/assessments', { ...NEW, ...more, doctrines: [doctrine] });
  assert.equal(made.statusCode, 201, made.body);
  return made.json<{ ids: string[] }>().ids[0] as string;
}

async function criteriaOf(word: string): Promise<{ code: string; checkedBy: string }[]> {
  const doctrine = (await nobody.getJson(`/api/v1/support/doctrines/${word}`)).json<{
    versions: { criteria: { code: string; checkedBy: string }[] }[];
  }>();
  return doctrine.versions[0]?.criteria ?? [];
}

async function declareAll(id: string, word: string): Promise<void> {
  const declarations = (await criteriaOf(word)).map(({ code }) => ({ criterion: code, outcome: 'conforms' }));
  const said = await team.postJson(`/api/v1/support/assessments/${id}/declarations`, { declarations });
  assert.equal(said.statusCode, 200, said.body);
}

const obstacleOf = async (word: string, now = clock.now()) =>
  (await financingObstacles(db, REFERENCE, now)).find(({ doctrine }) => doctrine === word);

describe('doctrines', { concurrency: false }, () => {
  test('are public: the list, one, its versions and what they change', async () => {
    const list = await nobody.get('/support/doctrines');
    assert.equal(list.statusCode, 200);
    assert.match(list.body, /Cloud au centre/);
    const one = await nobody.get('/support/doctrines/eco-design');
    assert.match(one.body, /Différence avec la version 1/);
    assert.match(one.body, /RGESN 2024, thème Stratégie/);
    const old = await nobody.get('/support/doctrines/eco-design?version=1');
    assert.match(old.body, /n’est plus en vigueur/);
    assert.match((await nobody.get('/support/doctrines.csv')).body, /^doctrine,title_fr/);
    assert.match((await nobody.get('/support/doctrines/cloud/criteria.csv')).body, /cloud,2,C1/);
    assert.match((await nobody.get('/support/doctrines/cloud/assessments.csv')).body, /Carnet de prévention/);
    assert.equal((await nobody.get('/support/doctrines/nothing')).statusCode, 404);
    assert.equal((await nobody.get('/support/doctrines/cloud?version=9')).statusCode, 404);
    assert.equal((await nobody.get('/support/doctrines/cloud?version=x')).statusCode, 400);
  });

  test('get a next version from an auditor, and from nobody else', async () => {
    const path = '/api/v1/support/doctrines/identity/draft';
    assert.equal((await team.postJson(path, {})).statusCode, 403);
    assert.equal((await nobody.postJson(path, {})).statusCode, 401);
    assert.equal((await auditor.get('/support/doctrines/identity/draft')).statusCode, 409);
    assert.equal((await auditor.post('/support/doctrines/identity/draft/begin')).statusCode, 303);
    assert.equal((await auditor.postJson(path, {})).statusCode, 409);
    const form = await auditor.get('/support/doctrines/identity/draft');
    assert.equal(form.statusCode, 200);
    // A draft is nobody else's to read.
    const hidden = await nobody.getJson('/api/v1/support/doctrines/identity');
    assert.equal(hidden.json<{ versions: unknown[] }>().versions.length, 1);
    const unsaid = await auditor.post('/support/doctrines/identity/draft/publish');
    assert.equal(unsaid.statusCode, 422);
    assert.match(unsaid.body, /href="#changesFr"/);
    const wrong = await auditor.post('/support/doctrines/identity/draft', {
      from: '2026-02-30',
      'criteria.0.code': 'é',
    });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#from"/);
    assert.match(wrong.body, /href="#criteria\.0\.code"/);
    const saved = await auditor.post('/support/doctrines/identity/draft', {
      from: '2026-12-01',
      changesFr: 'Un seul critère.',
      changesEn: 'One criterion.',
      'criteria.0.code': 'D1',
      'criteria.0.textFr': 'Essai',
      'criteria.0.textEn': 'Trial',
      'criteria.0.weight': 'essential',
      'criteria.0.checkedBy': 'declaration',
      'criteria.0.source': 'Texte',
    });
    assert.equal(saved.statusCode, 303, saved.body);
    assert.equal((await auditor.post('/support/doctrines/identity/draft/publish')).statusCode, 303);
    const page = await nobody.get('/support/doctrines/identity');
    assert.match(page.body, /Version 2/);
    assert.match(page.body, /Retiré/);
  });
});

describe('an assessment', { concurrency: false }, () => {
  test('is begun by a team for its own organisation', async () => {
    assert.equal((await team.get('/support/assessments/new?doctrine=cloud')).statusCode, 200);
    const refused = await team.post('/support/assessments/new', {
      name: 'x',
      reference: 'support/subject/1',
      organisationId: inventedId('organisation', 'DGI'),
    });
    assert.equal(refused.statusCode, 422);
    for (const field of ['name', 'reference', 'organisationId', 'doctrines'])
      assert.match(refused.body, new RegExp(`href="#${field}"`), field);
    const made = await team.post('/support/assessments/new', { ...NEW, doctrines: 'cloud' });
    assert.equal(made.statusCode, 303, made.body);
    assert.match(String(made.headers.location), /^\/support\/assessments\/[0-9a-f-]{36}$/);
    const again = await team.post('/support/assessments/new', { ...NEW, doctrines: 'cloud' });
    assert.equal(again.statusCode, 422);
    assert.equal((await auditor.post('/support/assessments/new', NEW)).statusCode, 403);
    assert.equal((await citizen.get('/support/assessments')).statusCode, 403);
    assert.equal((await nobody.getJson('/support/assessments')).statusCode, 401);
  });

  test('is declared criterion by criterion, without JavaScript', async () => {
    const id = await begin('free-software');
    const path = `/support/assessments/${id}`;
    assert.equal((await team.get(`${path}/declare`)).statusCode, 200);
    const wrong = await team.post(`${path}/declare`, {
      'outcome.L1': 'not-applicable',
      'outcome.L2': 'maybe',
    });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#reason\.L1"/);
    assert.match(wrong.body, /href="#outcome\.L2"/);
    const said = await team.post(`${path}/declare`, {
      'outcome.L1': 'conforms',
      'outcome.L3': 'not-applicable',
      'reason.L3': 'Aucun achat.',
    });
    assert.equal(said.statusCode, 303, said.body);
    const page = await team.get(path);
    assert.match(page.body, /Aucun achat\./);
    assert.match(page.body, /L1/);
    assert.match((await team.get(`${path}/criteria.csv`)).body, /L3,.*,not-applicable,/);
    // Another organisation does not see it, an auditor sees and does not change it.
    for (const at of [path, `${path}/declare`, `${path}/evidence`, `${path}/exemption`])
      assert.equal((await agent.get(at)).statusCode, 404, at);
    assert.equal((await agent.post(`${path}/publish`)).statusCode, 404);
    assert.equal((await nobody.get(path)).statusCode, 404);
    assert.equal((await auditor.get(path)).statusCode, 200);
    assert.equal((await auditor.get(`${path}/declare`)).statusCode, 403);
    assert.equal((await team.post(`${path}/publish`)).statusCode, 303);
    const open = await nobody.get(path);
    assert.equal(open.statusCode, 200);
    assert.doesNotMatch(open.body, /Gaëtan Prévost/);
    assert.equal((await nobody.getJson(`/api/v1${path}`)).statusCode, 200);
    assert.equal((await team.post(`${path}/withdraw`)).statusCode, 303);
    assert.equal((await nobody.get(path)).statusCode, 404);
  });

  test('is contradicted by evidence, which weighs more', async () => {
    const id = await begin('security');
    await declareAll(id, 'security');
    const path = `/support/assessments/${id}`;
    assert.match((await team.get(path)).body, /attendent leur preuve/);
    const noAddress = await team.post(`${path}/evidence`, {
      criterion: 'S1',
      outcome: 'conforms',
      source: 'Décision',
    });
    assert.equal(noAddress.statusCode, 422);
    assert.match(noAddress.body, /href="#url"/);
    const handed = await team.post(`${path}/evidence`, {
      criterion: 'S1',
      outcome: 'conforms',
      source: 'Décision d’homologation',
      url: 'https://essai.example/homologation',
    });
    assert.equal(handed.statusCode, 303, handed.body);
    const of = { subjectRef: REFERENCE, doctrine: 'security', source: 'Audit automatique', url: null };
    await db.transaction().execute(async (trx) => {
      const found = {
        ...of,
        criterion: 'S5',
        outcome: 'does-not',
        at: clock.now(),
        detail: 'TLS 1.0',
      } as const;
      await recordEvidence(trx, found, clock.now());
    });
    const page = await team.get(path);
    assert.match(page.body, /La preuve contredit la déclaration.*S5/);
    assert.match(page.body, /Non conforme/);
    await assert.rejects(
      db
        .transaction()
        .execute((trx) =>
          recordEvidence(
            trx,
            { ...of, criterion: 'Z9', outcome: 'conforms', at: clock.now(), detail: '' },
            clock.now(),
          ),
        ),
      { code: 'invalid-input' },
    );
    const future = await team.postJson(`/api/v1${path}/evidence`, {
      criterion: 'S1',
      outcome: 'conforms',
      source: 'Demain',
      url: 'https://essai.example/',
      at: '2030-01-01T00:00:00Z',
    });
    assert.equal(future.statusCode, 400);
  });

  test('is done anew against a new version with what did not change', async () => {
    // The demonstration's assessment against the version of identity that was just replaced.
    const [old] = await listAssessments(
      db,
      { reach: [organisationId] },
      { doctrine: 'identity' },
      { after: null, limit: 5 },
    );
    assert.ok(old?.versionReplacedAt);
    const renewed = await team.post(`/support/assessments/${old.id}/renew`);
    assert.equal(renewed.statusCode, 303, renewed.body);
    assert.equal((await team.postJson(`/api/v1/support/assessments/${old.id}/renewal`, {})).statusCode, 409);
  });
});

describe('an exemption', { concurrency: false }, () => {
  test('is asked by the team, decided by an auditor, and lets finance until its last day', async () => {
    assert.deepEqual((await obstacleOf('cloud'))?.conformity, 'not-assessed');
    const id = await begin('eco-design');
    const path = `/support/assessments/${id}`;
    const wrong = await team.post(`${path}/exemption`, { reason: '', until: '2020-01-01' });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#reason"/);
    assert.match(wrong.body, /href="#until"/);
    const asked = await team.post(`${path}/exemption`, { reason: 'Refonte en cours.', until: '2027-06-30' });
    assert.equal(asked.statusCode, 303, asked.body);
    assert.equal(
      (await team.post(`${path}/exemption`, { reason: 'Encore.', until: '2027-06-30' })).statusCode,
      422,
    );
    assert.equal((await obstacleOf('eco-design'))?.exemption?.state, 'asked');
    assert.match((await auditor.get('/desk')).body, /Décider d’une dérogation/);
    const href = /href="(\/support\/assessments\/[^"]+\/exemptions\/[^"]+)"/.exec(
      (await auditor.get(path)).body,
    )?.[1] as string;
    assert.equal((await team.get(href)).statusCode, 403);
    assert.equal((await auditor.get(`${path}/exemptions/1`)).statusCode, 404);
    const late = await auditor.post(href, { decision: 'granted', until: '2027-07-01', reason: 'Oui.' });
    assert.equal(late.statusCode, 422);
    assert.match(late.body, /href="#until"/);
    const granted = await auditor.post(href, {
      decision: 'granted',
      until: '2027-03-31',
      reason: 'Le temps.',
    });
    assert.equal(granted.statusCode, 303, granted.body);
    assert.equal((await auditor.get(href)).statusCode, 409);
    assert.equal(await obstacleOf('eco-design'), undefined);
    assert.equal(await obstacleOf('eco-design', new Date('2027-03-31T21:00:00Z')), undefined);
    const after = await obstacleOf('eco-design', new Date('2027-03-31T22:30:00Z'));
    assert.equal(after?.exemption?.state, 'expired');
    // Another organisation that writes the same reference down gets nothing from it.
    const others = await financingObstacles(db, REFERENCE, clock.now(), inventedId('organisation', 'DGI'));
    assert.equal(others.length, 7);
  });

  test('is told of before it ends, once each time, and stands in the way again once it is withdrawn', async () => {
    const mails = async () => {
      const { rows } = await database.pool.query(
        "select count(*)::int as n from mail.messages where subject like '%Produit d’essai%'",
      );
      return rows[0].n as number;
    };
    await database.pool.query(
      "update support.exemptions set until = '2027-01-20' where until = '2027-03-31' and word = 'eco-design'",
    );
    assert.equal((await remindOfExemptions(kernel)) > 0, true);
    const first = await mails();
    assert.ok(first >= 1, 'who asked is told');
    await remindOfExemptions(kernel);
    assert.equal(await mails(), first, 'once');
    const { items } = (await team.getJson('/api/v1/support/assessments?doctrine=eco-design')).json<{
      items: { id: string; subjectRef: string }[];
    }>();
    const id = items.find(({ subjectRef }) => subjectRef === REFERENCE)?.id ?? '';
    const path = `/support/assessments/${id}`;
    const read = (await team.getJson(`/api/v1${path}`)).json<{ exemptions: { id: string }[] }>();
    const href = `${path}/exemptions/${read.exemptions[0]?.id}`;
    assert.match((await auditor.get(path)).body, new RegExp(`${href}/withdraw`));
    assert.doesNotMatch((await team.get(path)).body, /withdraw"/);
    assert.equal((await team.post(`${href}/withdraw`, { reason: 'x' })).statusCode, 403);
    assert.equal((await auditor.get(`${path}/exemptions/1/withdraw`)).statusCode, 404);
    assert.match((await auditor.get(`${href}/withdraw`)).body, /Refonte en cours/);
    const empty = await auditor.post(`${href}/withdraw`, { reason: ' ' });
    assert.equal(empty.statusCode, 422);
    assert.match(empty.body, /href="#reason"/);
    assert.equal(await obstacleOf('eco-design'), undefined);
    const done = await auditor.post(`${href}/withdraw`, { reason: 'La refonte est abandonnée.' });
    assert.equal(done.statusCode, 303, done.body);
    assert.ok((await mails()) > first, 'and at its withdrawal');
    assert.equal((await obstacleOf('eco-design'))?.exemption?.state, 'withdrawn');
    assert.match((await team.get(path)).body, /La refonte est abandonnée/);
    const again = await auditor.postJson(`/api/v1${href}/withdrawal`, { reason: 'Encore.' });
    assert.equal(again.statusCode, 409);
    await integrate();
    const { rows } = await database.pool.query(
      "select 1 from ledger.entries where kind = 'support.exemption-withdrawn'",
    );
    assert.equal(rows.length, 1);
  });

  test('is not needed by what conforms', async () => {
    const id = await begin('interoperability');
    await declareAll(id, 'interoperability');
    assert.equal((await obstacleOf('interoperability'))?.conformity, 'partly');
    for (const { code, checkedBy } of await criteriaOf('interoperability')) {
      if (checkedBy !== 'evidence') continue;
      const handed = await auditor.postJson(`/api/v1/support/assessments/${id}/evidence`, {
        criterion: code,
        outcome: 'conforms',
        source: 'Revue de la direction',
      });
      assert.equal(handed.statusCode, 201, handed.body);
    }
    assert.equal(await obstacleOf('interoperability'), undefined);
  });
});

describe('lists', () => {
  test('hold what the reader may see, and pages go on', async () => {
    const own = await team.get('/support/assessments');
    assert.match(own.body, /Simulateur d’aides/);
    assert.doesNotMatch(own.body, /Main courante en ligne/);
    assert.match(
      (await auditor.get('/support/assessments?search=main+courante')).body,
      /Main courante en ligne/,
    );
    assert.doesNotMatch((await team.get('/support/assessments.csv')).body, /Main courante en ligne/);
    type Answer = { items: { id: string; isPublic: boolean }[]; next: string | null };
    const first = (await nobody.getJson('/api/v1/support/published-assessments?limit=2')).json<Answer>();
    assert.equal(first.items.length, 2);
    assert.ok(first.items.every(({ isPublic }) => isPublic));
    const next = await nobody.getJson(`/api/v1/support/published-assessments?limit=2&cursor=${first.next}`);
    assert.notEqual(next.json<Answer>().items[0]?.id, first.items[0]?.id);
    assert.equal((await nobody.getJson('/api/v1/support/published-assessments?limit=0')).statusCode, 400);
    assert.equal((await nobody.getJson('/api/v1/support/assessments')).statusCode, 401);
  });
});
