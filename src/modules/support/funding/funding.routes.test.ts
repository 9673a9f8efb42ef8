// Funding through the whole application: windows, juries, awards at the same moment, instalments.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { isSocleError } from '#platform/errors.ts';
import { startTestApp } from '#test/support/app.ts';
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
    closesOn: '2026-12-31',
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

  test('a team applies; another organisation sees nothing', async () => {
    const windowId = page.split('/').at(-1) ?? '';
    const typed = {
      windowId,
      organisationId,
      title: 'Essai',
      subject: 'S',
      change: 'C',
      plan: 'P',
      asked: '5000',
    };
    const refused = await team.post('/support/applications/new', {
      ...typed,
      asked: '-1',
      organisationId: windowId,
    });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /href="#asked"/);
    assert.match(refused.body, /href="#organisationId"/);
    const made = await team.post('/support/applications/new', typed);
    assert.equal(made.statusCode, 303, made.body);
    application = String(made.headers.location);
    assert.equal((await stranger.get(application)).statusCode, 404);
    assert.equal((await auditor.get(application)).statusCode, 404, 'a draft is the team’s own');
    assert.equal((await nobody.get(application)).statusCode, 303);
    assert.equal((await team.post(`${application}/submit`)).statusCode, 303);
    assert.equal((await team.post(`${application}/submit`)).statusCode, 422, 'once');
    assert.equal((await team.post(`${application}/award`, { amount: '1' })).statusCode, 403);
    assert.match((await auditor.get(application)).body, /Recevabilité/);
  });

  test('an application that no doctrine assessment covers may not be found eligible when doctrines are in force', async () => {
    const { rows } = await database.pool.query(
      "select 1 from support.doctrine_versions where state = 'published'",
    );
    const answer = await auditor.post(`${application}/find-eligible`);
    assert.equal(answer.statusCode, rows.length > 0 ? 422 : 303);
    const id = application.split('/').at(-1) ?? '';
    await database.pool.query(
      "update support.applications set state = 'eligible', jury_id = (select id from support.juries where window_id = w.id) from support.windows w where w.id = window_id and applications.id = $1",
      [id],
    );
  });

  test('a jury member scores, or declares a conflict and sees no form', async () => {
    const id = application.split('/').at(-1) ?? '';
    await auditor.post(`${page}/steps/close-applications`);
    assert.equal((await auditor.post(`${page}/steps/rank`)).statusCode, 422, 'scores are missing');
    assert.equal((await team.get(`/support/jury/${id}`)).statusCode, 404, 'not on the jury');
    assert.match((await auditor.get('/support/jury')).body, new RegExp(`/support/jury/${id}`));
    assert.equal(
      (await auditor.post(`/support/jury/${id}`, { 'points-0': '6', 'points-1': '5' })).statusCode,
      422,
    );
    assert.equal(
      (await auditor.post(`/support/jury/${id}`, { 'points-0': '4', 'points-1': '5' })).statusCode,
      303,
    );
    assert.match((await auditor.get(`${page}/ranking`)).body, /4,4/);
    const others = (await auditor.get('/support/jury')).body.matchAll(/\/support\/jury\/[0-9a-f-]{36}/g);
    const other = [...others].map(([href]) => href).find((href) => !href.endsWith(id)) ?? '';
    assert.equal((await auditor.post(`${other}/conflict`, { reason: '' })).statusCode, 422);
    assert.equal((await auditor.post(`${other}/conflict`, { reason: 'Ancien employeur' })).statusCode, 303);
    assert.doesNotMatch((await auditor.get(other)).body, /points-0/);
    assert.equal(
      (await auditor.post(other, { 'points-0': '1', 'points-1': '1', 'points-2': '1' })).statusCode,
      403,
    );
    assert.equal((await auditor.post(`${page}/steps/rank`)).statusCode, 303);
    assert.equal((await auditor.post(`${application}/award`, { amount: '5000,01' })).statusCode, 422);
    assert.equal((await auditor.post(`${application}/award`, { amount: '5000' })).statusCode, 303);
    const unsigned = await auditor.post(`${application}/agreement`, {
      instalments: '5000; milestone; 2027-02-01; x',
    });
    assert.match(unsigned.body, /contrat de succès/);
    assert.equal(unsigned.statusCode, 422);
  });

  test('a milestone is paid once it is verified by a third party, then clawed back and closed', async () => {
    const id = application.split('/').at(-1) ?? '';
    const { rows } = await database.pool.query(
      `insert into support.instalments (application_id, position, amount_cents, condition, threshold, text, due_on)
      values ($1, 1, 300000, 'milestone', null, 'x', '2027-02-01'), ($1, 2, 100000, 'verdict', null, 'y', '2027-06-01'),
        ($1, 3, 100000, 'measure', 1e9, 'z', '2027-06-01') returning id`,
      [id],
    );
    await database.pool.query("update support.applications set state = 'agreed' where id = $1", [id]);
    const [first, second, third] = rows.map((row) => `${application}/instalments/${row.id}`);
    assert.equal((await auditor.post(`${first}/pay`)).statusCode, 422, 'not verified');
    assert.equal((await auditor.post(`${first}/verify`)).statusCode, 422, 'no evidence');
    assert.equal((await team.post(`${first}/evidence`, { evidence: '' })).statusCode, 422);
    assert.equal((await stranger.post(`${first}/evidence`, { evidence: 'x' })).statusCode, 404);
    assert.equal((await team.post(`${first}/evidence`, { evidence: 'https://a.example/' })).statusCode, 303);
    assert.equal((await team.post(`${first}/verify`)).statusCode, 403);
    assert.equal((await auditor.post(`${second}/verify`)).statusCode, 422, 'no verdict');
    assert.equal((await auditor.post(`${first}/verify`)).statusCode, 303);
    assert.equal((await auditor.post(`${third}/verify`)).statusCode, 422, 'no contract');
    const measured = await database.pool.query(
      `update support.applications a set contract_id = c.contract_id from (
        select v.contract_id from impact.contract_versions v join impact.indicators i on i.id = (v.terms->>'indicatorId')::uuid
        where v.state = 'in-force' and i.direction = 'up' and exists (select 1 from impact.measures m
          where m.indicator_id = i.id and m.origin = 'measured' and m.day > (v.terms->>'baselineOn')::date)
        order by v.contract_id limit 1) c where a.id = $1`,
      [id],
    );
    assert.equal(measured.rowCount, 1);
    assert.equal((await auditor.post(`${third}/verify`)).statusCode, 422, 'the indicator is below');
    await database.pool.query("update support.instalments set threshold = -1 where condition = 'measure'");
    assert.equal((await team.post(`${third}/evidence`, { evidence: 'x' })).statusCode, 303);
    assert.equal((await auditor.post(`${third}/verify`)).statusCode, 303);
    const paid = await Promise.all([auditor.post(`${first}/pay`), auditor.post(`${first}/pay`)]);
    assert.deepEqual(paid.map(({ statusCode }) => statusCode).sort(), [303, 422], 'paid once');
    assert.equal(
      (await auditor.post(`${application}/clawback`, { amount: '3001', reason: 'r' })).statusCode,
      422,
    );
    assert.equal(
      (await auditor.post(`${application}/clawback`, { amount: '1000', reason: 'r' })).statusCode,
      303,
    );
    assert.equal((await auditor.post(`${application}/end`, { outcome: 'Fini' })).statusCode, 303);
    const state = (await team.getJson(`/api/v1${application}`)).json();
    assert.deepEqual([state.state, state.committedCents, state.paidCents], ['closed', 0, 200_000]);
    await assertSums(page.split('/').at(-1) ?? '');
  });
});
