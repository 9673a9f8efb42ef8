// Funding through the whole application: windows, juries, awards at the same moment, instalments.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import { listContractsOf } from '#modules/impact/public.ts';
import type { Actor } from '#platform/access.ts';
import { isSocleError } from '#platform/errors.ts';
import { startTestApp } from '#test/support/app.ts';
import { listAwards } from '../public.ts';
import { endFunding } from './agreements.actions.ts';
import { awardApplication } from './applications.actions.ts';
import { insertApplication, updateApplication } from './applications.repository.ts';
import { appliesFor } from './funding-access.rules.ts';
import { insertWindow, moveMoney, updateWindowState } from './windows.repository.ts';

const { client, signedInAs, kernel, database } = await startTestApp();
const { db, clock } = kernel;
const [team, stranger, auditor, nobody] = [
  await signedInAs('digital-director'),
  await signedInAs('product-team'),
  await signedInAs('auditor'),
  client(),
];
const people = await listDemonstrationPeople(db, clock.now());
const holder = (role: string) => people.find(({ roles }) => roles.some((held) => held.role === role));
const [teamPerson, auditorPerson] = [holder('digital-director'), holder('auditor')];
assert.ok(teamPerson && auditorPerson);
const organisationId = appliesFor(teamPerson)[0] ?? '';
const asAuditor: Actor = auditorPerson;
const REFERENCE = 'portfolio/project/guichet-essai';
const LINES =
  '3000; jalon; 2026-12-15; Ouvert\n1000; verdict; 2027-06-01; Jugé\n1000; mesure 999999999; 2027-06-01; Atteint';

const totals = async (id: string) => {
  const { rows } = await database.pool.query(
    `select w.budget_cents as budget, w.committed_cents as committed, w.paid_cents as paid, w.left_cents as left,
      (select coalesce(sum(m.committed_cents), 0)::bigint from support.money_moves m where m.window_id = w.id) as moved,
      (select coalesce(sum(m.paid_cents), 0)::bigint from support.money_moves m where m.window_id = w.id) as paid_moved,
      (select coalesce(sum(a.committed_cents), 0)::bigint from support.applications a where a.window_id = w.id) as of_applications
    from support.windows w where id = $1`,
    [id],
  );
  return rows[0];
};

async function assertSums(id: string): Promise<void> {
  const { budget, committed, paid, left, moved, paid_moved, of_applications } = await totals(id);
  assert.equal(committed + paid + left, budget);
  assert.ok(committed >= 0 && paid >= 0 && left >= 0);
  assert.deepEqual([moved, paid_moved, of_applications], [committed, paid, committed]);
}

async function windowWith(count: number, askedCents: number, budgetCents: number) {
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const days = { opensOn: '2026-01-01', closesOn: '2026-02-01', juryUntil: '2026-03-01' };
    const criteria = [{ title: 'Effet', weight: 1 }];
    const juries = [
      { name: 'A', memberIds: [] },
      { name: 'B', memberIds: [] },
    ];
    const id = await insertWindow(trx, now, {
      title: 'Essai',
      subject: 'Essai',
      budgetCents,
      ...days,
      criteria,
      juries,
    });
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) {
      const text = {
        title: `Dossier ${at}`,
        subject: 's',
        subjectRef: '',
        change: 'c',
        plan: 'p',
        contractId: null,
      };
      const applicantId = teamPerson?.personId ?? null;
      const application = await insertApplication(trx, now, {
        ...text,
        windowId: id,
        organisationId,
        applicantId,
        askedCents,
      });
      await updateApplication(trx, application, { state: 'scored' });
      ids.push(application);
    }
    await updateWindowState(trx, id, 'ranked');
    return { id, ids };
  });
}

describe('money', () => {
  test('many awards at the same moment never pass the budget', async () => {
    const { id, ids } = await windowWith(24, 300_000, 1_000_000);
    const results = await Promise.allSettled(
      ids.map((one) => awardApplication(kernel, asAuditor, one, '3000')),
    );
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    assert.equal(results.length - refused.length, 3);
    assert.ok(refused.every((error) => isSocleError(error) && error.code === 'support.money-is-not-there'));
    assert.deepEqual((await totals(id)).left, 100_000);
    await assertSums(id);
  });

  test('the sums hold while awards and their ends cross, and the table itself refuses more', async () => {
    const { id, ids } = await windowWith(16, 200_000, 1_000_000);
    const cross = ids.map(async (one, rank) => {
      await awardApplication(kernel, asAuditor, one, String(500 + rank * 100));
      if (rank % 2 === 0) await endFunding(kernel, asAuditor, one, 'Annulé');
    });
    const results = await Promise.allSettled(cross);
    assert.ok(results.every((one) => one.status === 'fulfilled' || isSocleError(one.reason)));
    await assertSums(id);
    await assert.rejects(
      database.pool.query('update support.windows set committed_cents = budget_cents + 1 where id = $1', [
        id,
      ]),
      /left_cents/,
    );
  });

  test('random movements of many at once leave the sums right', async () => {
    const { id, ids } = await windowWith(4, 900_000, 1_000_000);
    const kinds = ['awarded', 'paid', 'clawed-back', 'released'] as const;
    const moves = Array.from({ length: 80 }, (_, at) => {
      const [kind, applicationId] = [kinds[(at * 7) % 4] ?? 'paid', ids[at % 4] ?? ''];
      const cents = ((at * 7919) % 90) * 1000;
      return db
        .transaction()
        .execute((trx) =>
          moveMoney(trx, clock.now(), { windowId: id, applicationId, kind, cents, reason: '' }),
        );
    });
    const done = await Promise.all(moves);
    assert.ok(done.includes(true) && done.includes(false));
    await assertSums(id);
  });
});

describe('windows and applications', { concurrency: false }, () => {
  const typedWindow = {
    title: 'Guichet d’essai',
    subject: 'Essayer.',
    budget: '1 000 000',
    opensOn: '2026-11-01',
    closesOn: '2026-12-15',
    juryUntil: '2027-01-31',
    criteria: '60 Effet\n40 Plan',
    jury: `Jury A: ${auditorPerson.email}`,
  };
  let page = '';
  let application = '';

  test('the demonstration’s windows are public, with their data', async () => {
    const list = await nobody.get('/support/windows');
    assert.equal(list.statusCode, 200);
    assert.match(list.body, /Guichet données 2026/);
    const csv = await nobody.get('/support/windows.csv');
    assert.match(csv.body, /^id,title,state/);
    const { items } = (await nobody.getJson('/api/v1/support/windows')).json();
    const ended = items.find((one: { state: string }) => one.state === 'closed');
    assert.equal(ended.committedCents + ended.paidCents + ended.leftCents, ended.budgetCents);
    await assertSums(ended.id);
    const one = await nobody.get(`/support/windows/${ended.id}`);
    assert.match(one.body, /74\s%/);
    assert.doesNotMatch(one.body, /Classement et attributions/);
    assert.match((await nobody.get(`/support/windows/${ended.id}/financed.csv`)).body, /clawed|Arrêté tôt/);
    assert.equal((await nobody.get('/support/windows/x')).statusCode, 404);
  });

  test('an auditor opens a window; nobody else may', async () => {
    assert.equal((await nobody.get('/support/windows/new')).statusCode, 303);
    assert.equal((await team.post('/support/windows/new', typedWindow)).statusCode, 403);
    const refused = await auditor.post('/support/windows/new', {
      ...typedWindow,
      budget: 'x',
      jury: 'A: no@one.example',
    });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /href="#budget"/);
    const unknown = await auditor.post('/support/windows/new', {
      ...typedWindow,
      jury: 'A: no@one.example',
    });
    assert.match(unknown.body, /href="#jury"/);
    const made = await auditor.post('/support/windows/new', typedWindow);
    assert.equal(made.statusCode, 303, made.body);
    page = String(made.headers.location);
    assert.equal((await nobody.get(page)).statusCode, 404, 'a draft is not public');
    assert.equal((await auditor.post(`${page}/steps/rank`)).statusCode, 422);
    assert.equal((await auditor.post(`${page}/steps/jump`)).statusCode, 404);
    assert.equal((await auditor.post(`${page}/steps/open`)).statusCode, 303);
    assert.equal((await nobody.get(page)).statusCode, 200);
  });

  test('a team drafts, changes and submits an application; another organisation sees nothing', async () => {
    const windowId = page.split('/').at(-1) ?? '';
    const typed = {
      windowId,
      organisationId,
      title: 'Essai',
      subject: 'S',
      change: 'C',
      plan: 'P',
      asked: '5000',
      subjectRef: REFERENCE,
    };
    const refused = await team.post('/support/applications/new', {
      ...typed,
      asked: '-1',
      organisationId: windowId,
    });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /href="#asked"/);
    assert.match(refused.body, /href="#organisationId"/);
    const made = await team.post('/support/applications/new', { ...typed, asked: '50000' });
    assert.equal(made.statusCode, 303, made.body);
    application = String(made.headers.location);
    assert.match((await team.get(`${application}/edit`)).body, /value="50000.00"/);
    assert.equal((await auditor.get(`${application}/edit`)).statusCode, 403);
    assert.equal((await stranger.post(`${application}/edit`, typed)).statusCode, 404);
    assert.match((await team.post(`${application}/edit`, { ...typed, title: '' })).body, /href="#title"/);
    assert.equal((await team.post(`${application}/edit`, typed)).statusCode, 303);
    assert.match((await team.get(application)).body, /5\s000\s€/);
    assert.equal((await stranger.get(application)).statusCode, 404);
    assert.equal((await auditor.get(application)).statusCode, 404, 'a draft is the team’s own');
    assert.equal((await nobody.get(application)).statusCode, 303);
    assert.match((await team.get('/desk')).body, /Brouillon à déposer/);
    assert.equal((await team.post(`${application}/submit`)).statusCode, 303);
    assert.equal((await team.post(`${application}/submit`)).statusCode, 422, 'once');
    assert.equal((await team.post(`${application}/edit`, typed)).statusCode, 404, 'no draft any more');
    assert.equal((await team.post(`${application}/award`, { amount: '1' })).statusCode, 403);
    assert.match((await auditor.get('/desk')).body, /Recevabilité à décider/);
  });

  test('it is eligible once no doctrine stands in the way', async () => {
    const refused = await auditor.post(`${application}/find-eligible`);
    assert.equal(refused.statusCode, 422, 'nothing is assessed');
    assert.match((await auditor.get(application)).body, /Accessibilité/);
    const { items } = (await nobody.getJson('/api/v1/support/doctrines')).json<{
      items: { word: string }[];
    }>();
    const subject = { subjectId: '', name: 'Essai', organisationId, reference: REFERENCE };
    const begun = await team.postJson('/api/v1/support/assessments', {
      ...subject,
      doctrines: items.map(({ word }) => word),
    });
    for (const id of begun.json<{ ids: string[] }>().ids) {
      const at = `/api/v1/support/assessments/${id}/exemptions`;
      const asked = await team.postJson(at, { reason: 'Le temps de l’essai.', until: '2027-06-30' });
      const decided = await auditor.post(`${at.slice('/api/v1'.length)}/${asked.json<{ id: string }>().id}`, {
        decision: 'granted',
        until: '2027-06-30',
        reason: 'Oui.',
      });
      assert.equal(decided.statusCode, 303, decided.body);
    }
    assert.match((await auditor.get(application)).body, /Aucune doctrine/);
    assert.equal((await auditor.post(`${application}/find-eligible`)).statusCode, 303);
    assert.match((await team.get(application)).body, /Recevable/);
  });

  test('a jury member scores, or declares a conflict and sees no form', async () => {
    const id = application.split('/').at(-1) ?? '';
    await auditor.post(`${page}/steps/close-applications`);
    assert.equal((await auditor.post(`${page}/steps/rank`)).statusCode, 422, 'scores are missing');
    assert.equal((await team.get(`/support/jury/${id}`)).statusCode, 404, 'not on the jury');
    assert.match((await auditor.get('/support/jury')).body, new RegExp(`/support/jury/${id}`));
    assert.match((await auditor.get('/desk')).body, /Candidature à noter/);
    assert.equal(
      (await auditor.post(`/support/jury/${id}`, { 'points-0': '6', 'points-1': '5' })).statusCode,
      422,
    );
    assert.equal(
      (await auditor.post(`/support/jury/${id}`, { 'points-0': '4', 'points-1': '5' })).statusCode,
      303,
    );
    assert.match((await auditor.get(`${page}/ranking`)).body, /4,4/);
    const others = [...(await auditor.get('/support/jury')).body.matchAll(/\/support\/jury\/[0-9a-f-]{36}/g)]
      .map(([href]) => href)
      .filter((href) => !href.endsWith(id));
    const [other = '', third = ''] = [...new Set(others)];
    assert.equal((await auditor.post(`${other}/conflict`, { reason: '' })).statusCode, 422);
    assert.equal((await auditor.post(`${other}/conflict`, { reason: 'Ancien employeur' })).statusCode, 303);
    assert.doesNotMatch((await auditor.get(other)).body, /points-0/);
    assert.equal(
      (await auditor.post(other, { 'points-0': '1', 'points-1': '1', 'points-2': '1' })).statusCode,
      403,
    );
    const conflicts = `/api/v1/support/applications/${third.split('/').at(-1)}/conflicts`;
    assert.equal((await team.postJson(conflicts, { reason: 'x' })).statusCode, 404, 'not on the jury');
    assert.equal((await auditor.postJson(conflicts, { reason: ' ' })).statusCode, 400);
    assert.equal((await auditor.postJson(conflicts, { reason: 'Un proche y travaille' })).statusCode, 204);
    const declared = (await auditor.getJson(conflicts)).json<{ items: { reason: string }[] }>();
    assert.deepEqual(
      declared.items.map(({ reason }) => reason),
      ['Un proche y travaille'],
    );
    assert.equal((await team.getJson(conflicts)).statusCode, 403);
  });

  test('the award is within what was asked, and the agreement asks for a signed contract', async () => {
    assert.equal((await auditor.post(`${page}/steps/rank`)).statusCode, 303);
    const over = await auditor.post(`${application}/award`, { amount: '5000,01' });
    assert.equal(over.statusCode, 422);
    assert.match((await auditor.post(`${application}/award`, { amount: 'x' })).body, /href="#amount"/);
    assert.equal((await auditor.post(`${application}/award`, { amount: '5000' })).statusCode, 303);
    await assertSums(page.split('/').at(-1) ?? '');
    const unsigned = await auditor.post(`${application}/agreement`, { instalments: LINES });
    assert.match(unsigned.body, /contrat de succès/);
    assert.equal(unsigned.statusCode, 422);
    const contracts = await listContractsOf(db, organisationId);
    const contract = contracts.find(({ decision }) => decision === 'scale');
    assert.ok(contract, 'the demonstration has a contract that is scaled');
    const contractId = contract.id;
    assert.equal((await stranger.post(`${application}/contract`, { contractId })).statusCode, 404);
    assert.match(
      (await team.post(`${application}/contract`, { contractId: 'x' })).body,
      /href="#contractId"/,
    );
    assert.equal((await team.post(`${application}/contract`, { contractId })).statusCode, 303);
  });

  test('the agreement is signed by both sides, as the organisation read it', async () => {
    const signature = `${application}/agreement-signature`;
    const readIn = (body: string) => /name="read" value="([^"]+)"/.exec(body)?.[1] ?? '';
    assert.equal((await team.post(signature, { read: '' })).statusCode, 422, 'nothing is signed yet');
    const wrong = await auditor.post(`${application}/agreement`, {
      instalments: `${LINES}\n1; jalon; 2027-01-01; z`,
    });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#instalments"/);
    const first = 'jalon; 2027-01-31; Ouvert';
    assert.equal(
      (await auditor.post(`${application}/agreement`, { instalments: `5000; ${first}` })).statusCode,
      303,
    );
    const before = readIn((await team.get(application)).body);
    assert.match((await team.get('/desk')).body, /Convention à signer\u00A0: Essai/);
    clock.moveTo(new Date(clock.now().getTime() + 1000));
    assert.equal((await auditor.post(`${application}/agreement`, { instalments: LINES })).statusCode, 303);
    assert.equal((await team.post(signature, { read: before })).statusCode, 422, 'other instalments since');
    const { body } = await team.get(application);
    assert.match(body, /signée par/);
    assert.doesNotMatch((await auditor.get(application)).body, /name="read"/);
    assert.equal((await auditor.post(signature, { read: readIn(body) })).statusCode, 403);
    assert.equal((await stranger.post(signature, { read: readIn(body) })).statusCode, 404);
    assert.equal((await team.post(signature, { read: readIn(body) })).statusCode, 303);
    const read = (await team.getJson(`/api/v1${application}`)).json();
    assert.equal(read.state, 'agreed');
    assert.ok(read.stateSigned.at && read.organisationSigned.at);
    const contractId = read.contractId as string;
    assert.equal((await team.post(`${application}/contract`, { contractId })).statusCode, 422, 'too late');
  });

  test('a milestone, a verdict and a measured value are each verified by a third party, and paid once', async () => {
    const { instalments } = (await team.getJson(`/api/v1${application}`)).json<{
      instalments: { id: string }[];
    }>();
    const [first, second, third] = instalments.map(({ id }) => `${application}/instalments/${id}`);
    const evidenceId = `evidence-${instalments[0]?.id}`;
    assert.equal((await auditor.post(`${first}/pay`)).statusCode, 422, 'not verified');
    assert.equal((await auditor.post(`${first}/verify`)).statusCode, 422, 'no evidence');
    const refused = await team.post(`${first}/evidence`, { evidence: '' });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, new RegExp(`href="#${evidenceId}"`));
    assert.match(refused.body, new RegExp(`id="${evidenceId}"`));
    assert.equal((await stranger.post(`${first}/evidence`, { evidence: 'x' })).statusCode, 404);
    assert.match((await team.get('/desk')).body, /Preuve à apporter\u00A0: Essai/);
    assert.equal((await team.post(`${first}/evidence`, { evidence: 'https://a.example/' })).statusCode, 303);
    assert.equal((await team.post(`${first}/verify`)).statusCode, 403);
    assert.match((await auditor.get('/desk')).body, /Condition à vérifier/);
    assert.equal((await auditor.post(`${first}/verify`)).statusCode, 303);
    assert.match((await auditor.get('/desk')).body, /Versement à faire\u00A0: Essai/);
    assert.equal((await auditor.post(`${second}/verify`)).statusCode, 303, 'the contract is scaled');
    await database.pool.query(`
      update support.instalments i set threshold = threshold * case n.direction when 'up' then 1 else -1 end
      from support.applications a join impact.contracts c on c.id = a.contract_id
      join impact.indicators n on n.id = c.indicator_id
      where i.application_id = a.id and i.threshold is not null`);
    assert.equal((await auditor.post(`${third}/verify`)).statusCode, 422, 'the indicator is not there');
    await database.pool.query(
      'update support.instalments set threshold = -threshold where threshold is not null',
    );
    assert.equal((await auditor.post(`${third}/verify`)).statusCode, 303, 'it is');
    const paid = await Promise.all([auditor.post(`${first}/pay`), auditor.post(`${first}/pay`)]);
    assert.deepEqual(paid.map(({ statusCode }) => statusCode).sort(), [303, 422], 'paid once');
    assert.equal((await auditor.post(`${second}/pay`)).statusCode, 303);
    const { committed, paid: sum, left, budget } = await totals(page.split('/').at(-1) ?? '');
    assert.deepEqual([committed, sum, left], [100_000, 400_000, budget - 500_000]);
    await assertSums(page.split('/').at(-1) ?? '');
  });

  test('what was paid is taken back, what was not goes back, and the window closes with what it brought', async () => {
    const windowId = page.split('/').at(-1) ?? '';
    const [over, back] = [
      await auditor.post(`${application}/clawback`, { amount: '4001', reason: 'r' }),
      await auditor.post(`${application}/clawback`, { amount: '1000', reason: 'Non fait' }),
    ];
    assert.deepEqual([over.statusCode, back.statusCode], [422, 303]);
    await assertSums(windowId);
    assert.equal((await auditor.post(`${page}/steps/end-awards`)).statusCode, 303);
    assert.equal((await auditor.post(`${page}/steps/close`)).statusCode, 422, 'an agreement runs');
    assert.equal((await auditor.post(`${application}/end`, { outcome: 'Fini' })).statusCode, 303);
    assert.equal((await auditor.post(`${page}/steps/close`)).statusCode, 303);
    const state = (await team.getJson(`/api/v1${application}`)).json();
    assert.deepEqual([state.state, state.committedCents, state.paidCents], ['closed', 0, 300_000]);
    await assertSums(windowId);
    const open = (await nobody.get(page)).body;
    for (const word of [/Fini/, /Généraliser/, /Économies déclarées/]) assert.match(open, word);
    const one = (await nobody.getJson(`/api/v1${page}`)).json();
    const [project] = one.projects;
    assert.equal(one.committedCents + one.paidCents + one.leftCents, one.budgetCents);
    assert.equal(project.contract.decision, 'scale');
    assert.ok(project.contract.savings.declared > project.contract.savings.cashed, 'three figures');
    assert.deepEqual(one.savings, project.contract.savings);
    assert.equal(project.applicantId, undefined, 'people are not public');
    const csv = (await nobody.get(`${page}/financed.csv`)).body;
    assert.match(csv, /savings_declared_euros,savings_audited_euros,savings_cashed_euros/);
    assert.match(csv, /Essai,.*,closed,.*,500000,0,300000,Fini,/);
    const awards = await listAwards(db, { contractId: state.contractId });
    const own = awards.find(({ title }) => title === 'Essai');
    assert.deepEqual([own?.awardedCents, own?.paidCents, own?.state], [500_000, 300_000, 'closed']);
    assert.ok((await listAwards(db, { organisationId })).some(({ title }) => title === 'Essai'));
    assert.deepEqual(await listAwards(db, { contractId: 'x' }), []);
  });
});
