// Recommendations and alerts through pages, REST and jobs: who sees and does what, one decision of two, no step told twice.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { inventedId } from '#modules/identity/public.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { listFileStates } from '../files/facts.repository.ts';
import type { FileFacts } from '../files/files.types.ts';
import { findAlert } from '../watch/alerts.repository.ts';
import { lookAtFiles } from '../watch/watch.actions.ts';
import type { WatchRule } from '../watch/watch.types.ts';
import { issueRecommendations } from './issue.actions.ts';
import { escalateRecommendations } from './recommendations.jobs.ts';
import { listRecommendationSteps } from './recommendations.repository.ts';

const state = await startTestApp();
const { db, clock } = state.kernel;
const TODAY = '2026-11-24';
const auditor = await state.signedInAs('auditor');
const nobody = state.client();
const administrator = await state.signedInAs('administrator');

async function signedInAs(name: string): Promise<TestClient> {
  const client = state.client();
  const answer = await client.post('/sign-in/demonstration', { personId: inventedId('person', name) });
  assert.equal(answer.statusCode, 303);
  return client;
}

const files = await listFileStates(db);
const running = files.filter(({ state: stands }) => stands === 'running');
const inMinistry = (code: string) =>
  running.filter(({ organisationId }) => organisationId === inventedId('organisation', code));
const [file] = inMinistry('MEF') as [FileFacts];
const director = await signedInAs('Hélène Vasseur');
const otherDirector = await signedInAs('Mélanie Jourdain');
const otherAuditor = await signedInAs('Rémi Delaunay');

interface Read {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly escalatedTo: string | null;
  readonly steps: readonly { step: string; by: string | null; level: number | null }[];
}
const api = '/api/v1/recommendations';
const read = async (id: string) => (await auditor.getJson(`${api}/${id}`)).json<Read>();

async function issue(
  text = 'Nommer un directeur de projet à plein temps.',
  dueOn = '2026-12-31',
): Promise<string> {
  const [id] = await db.transaction().execute((trx) =>
    issueRecommendations(trx, {
      now: clock.now(),
      today: TODAY,
      actor: { kind: 'system', name: 'test' },
      items: [
        {
          sourceKind: 'audit',
          sourceId: inventedId('request', 'test'),
          fileId: file.id,
          text,
          ownerId: null,
          dueOn,
        },
      ],
    }),
  );
  return id as string;
}

async function step(client: TestClient, id: string, body: Record<string, unknown>) {
  const { version } = await read(id);
  return client.postJson(`${api}/${id}/steps`, { version, ...body });
}

async function ledgerKinds(subject: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select kind from (select kind, at, subject from ledger.waiting
      union all select kind, at, subject from ledger.entries) e where subject = ${subject} order by at`.execute(
    db,
  );
  return rows.map(({ kind }) => kind.replace('portfolio.', ''));
}

describe('a recommendation', () => {
  test('goes from its issue to its end, each step with its author and in the ledger', async () => {
    const id = await issue();
    const owner = file.ownerId;
    assert.equal((await step(director, id, { step: 'accept' })).statusCode, 200);
    assert.equal(
      (await step(director, id, { step: 'plan', plannedOn: '2026-12-15', personId: owner })).statusCode,
      200,
    );
    const evidence = 'Le relevé de décision du comité est au dossier.';
    assert.equal((await step(director, id, { step: 'give-evidence', text: evidence })).statusCode, 200);
    assert.equal((await step(director, id, { step: 'close-implemented' })).statusCode, 403);
    const closed = (await step(auditor, id, { step: 'close-implemented' })).json<Read>();
    assert.equal(closed.state, 'implemented');
    assert.deepEqual(
      closed.steps.map((one) => one.step),
      ['issue', 'accept', 'plan', 'give-evidence', 'close-implemented'],
    );
    assert.equal(closed.steps.at(-1)?.by, 'Anaïs Kerbrat');
    assert.deepEqual((await ledgerKinds(`portfolio/recommendation/${id}`)).toSorted(), [
      'recommendation-accepted',
      'recommendation-evidenced',
      'recommendation-implemented',
      'recommendation-issued',
      'recommendation-planned',
    ]);
    assert.equal(
      (await step(auditor, id, { step: 'send-back', text: 'Trop tard pour revenir.' })).statusCode,
      409,
    );
    await assert.rejects(
      sql`update portfolio.recommendation_steps set text = 'autre' where recommendation_id = ${id}`.execute(
        db,
      ),
      /never changed|snapshot/,
    );
  });

  test('is refused with a reason only, and that ends it', async () => {
    const id = await issue();
    const bare = await step(director, id, { step: 'refuse', text: 'non' });
    assert.equal(bare.statusCode, 400);
    assert.match(bare.body, /"field":"text"/);
    assert.equal((await read(id)).state, 'issued');
    const text = 'Le marché en cours s’achève avant, et le suivant le prévoit.';
    assert.equal((await step(director, id, { step: 'refuse', text })).json<Read>().state, 'refused');
  });

  test('is not closed by an auditor who owns it', async () => {
    const id = await issue();
    await step(director, id, { step: 'accept' });
    await step(director, id, { step: 'give-evidence', text: 'La mesure est publiée depuis hier.' });
    const owner = inventedId('person', 'Rémi Delaunay');
    await sql`update portfolio.recommendations set owner_id = ${owner} where id = ${id}`.execute(db);
    const refused = await step(otherAuditor, id, { step: 'close-implemented' });
    assert.equal(refused.statusCode, 403);
    assert.match(refused.body, /recommendation-by-its-owner/);
    assert.equal((await step(auditor, id, { step: 'close-implemented' })).statusCode, 200);
  });

  test('is nothing to another ministry, and only read by an administrator', async () => {
    const id = await issue();
    assert.equal((await otherDirector.get(`/projects/recommendations/${id}`)).statusCode, 404);
    assert.equal((await step(otherDirector, id, { step: 'accept' })).statusCode, 404);
    assert.equal((await nobody.getJson(`${api}/${id}`)).statusCode, 401);
    assert.equal((await administrator.get(`/projects/recommendations/${id}`)).statusCode, 200);
    assert.equal((await step(administrator, id, { step: 'accept' })).statusCode, 403);
    const seen = (await otherDirector.getJson(`${api}?limit=200`)).json<{ items: { id: string }[] }>();
    assert.ok(seen.items.every((item) => item.id !== id));
  });

  test('takes one step of two at the same time; the other is told', async () => {
    const id = await issue();
    const { version } = await read(id);
    const body = { version, step: 'accept' };
    const answers = await Promise.all([
      director.postJson(`${api}/${id}/steps`, body),
      director.postJson(`${api}/${id}/steps`, body),
    ]);
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 409]);
    assert.equal((await read(id)).steps.length, 2);
  });

  test('keeps what was typed on a refused form', async () => {
    const id = await issue();
    const answer = await director.post(`/projects/recommendations/${id}/steps`, {
      version: '1',
      step: 'refuse',
      text: 'trop',
    });
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, /href="#text"/);
    assert.match(answer.body, />\ntrop<\/textarea>/);
    const chosen = await director.post(`/projects/recommendations/${id}/steps`, { version: '1', step: 'x' });
    assert.equal(chosen.statusCode, 422);
  });
});

describe('the register', () => {
  test('is a page, a CSV and JSON, narrowed alike', async () => {
    const page = await auditor.get('/projects/recommendations?state=planned&overdue=yes');
    assert.equal(page.statusCode, 200);
    const csv = await auditor.get('/projects/recommendations.csv?state=planned&overdue=yes');
    const lines = csv.body.trim().split('\r\n');
    assert.match(lines[0] ?? '', /^number,project,organisation,/);
    const json = await auditor.getJson(`${api}?state=planned&overdue=yes&limit=200`);
    const { items } = json.json<{ items: { state: string; overdue: boolean }[] }>();
    assert.equal(items.length, lines.length - 1);
    assert.ok(items.length > 0 && items.every((one) => one.overdue && one.state === 'planned'));
    assert.equal((await nobody.get('/projects/recommendations')).statusCode, 303);
  });

  test('shows everyone its figures by ministry, and nothing else', async () => {
    const page = await nobody.get('/projects/recommendations/figures');
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /Ministère de l’Économie/);
    assert.match((await nobody.get('/projects/recommendations/figures.csv')).body, /^organisation,issued,/);
    const { items } = (await nobody.getJson('/api/v1/recommendation-figures')).json<{
      items: { issued: number; open: number; refused: number; implemented: number; notImplemented: number }[];
    }>();
    for (const one of items)
      assert.equal(one.issued, one.open + one.refused + one.implemented + one.notImplemented);
  });
});

test('what is overdue is told to each level once, with one mail for each person', async () => {
  const id = await issue('Publier la mesure du délai de traitement.', '2026-11-30');
  const mails = async () =>
    (await sql<{ n: number }>`select count(*) as n from mail.messages`.execute(db)).rows[0]?.n ?? 0;
  const told = async () =>
    (await listRecommendationSteps(db, id)).flatMap(({ details }) => details.level ?? []);
  try {
    clock.moveTo(new Date('2026-11-30T08:00:00Z'));
    await escalateRecommendations(state.kernel);
    assert.deepEqual(await told(), []);
    clock.moveTo(new Date('2026-12-01T08:00:00Z'));
    await escalateRecommendations(state.kernel);
    assert.deepEqual(await told(), [1]);
    const before = await mails();
    // Twice at once, and once more: nothing is repeated.
    await Promise.all([escalateRecommendations(state.kernel), escalateRecommendations(state.kernel)]);
    assert.deepEqual(await told(), [1]);
    assert.equal(await mails(), before);
    clock.moveTo(new Date('2027-02-28T08:00:00Z'));
    await escalateRecommendations(state.kernel);
    assert.deepEqual(await told(), [1, 2, 3, 4]);
    assert.ok((await mails()) > before);
  } finally {
    clock.moveTo(new Date('2026-11-24T10:00:00Z'));
  }
  assert.equal((await read(id)).escalatedTo, 'conference');
});

describe('an alert', () => {
  interface AlertRead {
    readonly id: string;
    readonly fileId: string;
    readonly rule: WatchRule;
    readonly state: string;
    readonly version: number;
    readonly reopened: number;
    readonly decisions: readonly { decision: string; ledgerEntry: string }[];
  }
  const alerts = '/api/v1/alerts';
  const readAlert = async (id: string) => (await auditor.getJson(`${alerts}/${id}`)).json<AlertRead>();

  /** A file of that ministry whose outsourcing is made to fire, with its alert. */
  async function outsourced(code: string, at = 0): Promise<AlertRead> {
    const found = inMinistry(code)[at] as FileFacts;
    await sql`delete from portfolio.alerts where file_id = ${found.id} and not exists
      (select from portfolio.alert_decisions d where d.alert_id = alerts.id)`.execute(db);
    await sql`update portfolio.project_files set outsourced_share = 0.93 where id = ${found.id}`.execute(db);
    await lookAtFiles(state.kernel);
    const { items } = (await auditor.getJson(`${alerts}?rule=outsourcing&state=open&limit=200`)).json<{
      items: AlertRead[];
    }>();
    const alert = items.find(({ fileId }) => fileId === found.id);
    assert.ok(alert, 'the watch opened no alert');
    return alert;
  }
  const reason = 'Le dépassement est connu et borné par le marché en cours.';

  test('is opened once for a file and rule, however often the watch looks', async () => {
    const alert = await outsourced('MEF', 1);
    const again = await lookAtFiles(state.kernel);
    assert.equal(again.opened, 0);
    assert.equal((await readAlert(alert.id)).version, alert.version);
    assert.deepEqual(await ledgerKinds(`portfolio/alert/${alert.id}`), ['alert-opened']);
  });

  test('is its ministry’s to see and the directorate’s to decide', async () => {
    const alert = await outsourced('MEF', 2);
    const body = { version: alert.version, decision: 'audit', reason };
    assert.equal((await director.get(`/projects/watch/${alert.id}`)).statusCode, 200);
    assert.equal((await otherDirector.get(`/projects/watch/${alert.id}`)).statusCode, 404);
    assert.equal((await director.postJson(`${alerts}/${alert.id}/decisions`, body)).statusCode, 403);
    assert.equal((await nobody.postJson(`${alerts}/${alert.id}/decisions`, body)).statusCode, 401);
    const bare = await auditor.postJson(`${alerts}/${alert.id}/decisions`, {
      version: alert.version,
      decision: 'accepted-risk',
      reason: 'non',
    });
    assert.equal(bare.statusCode, 400);
    assert.match(bare.body, /"field":"reason"/);
    assert.match(bare.body, /"field":"until"/);
    assert.equal((await readAlert(alert.id)).state, 'open');
  });

  test('of two decisions at once one wins, the other is told, and the ledger holds one', async () => {
    const alert = await outsourced('MJU', 0);
    const decide = (client: TestClient) =>
      client.postJson(`${alerts}/${alert.id}/decisions`, {
        version: alert.version,
        decision: 'reorientation',
        reason,
      });
    const answers = await Promise.all([decide(auditor), decide(otherAuditor)]);
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 409]);
    const after = await readAlert(alert.id);
    assert.equal(after.decisions.length, 1);
    assert.deepEqual(await ledgerKinds(`portfolio/alert/${alert.id}`), ['alert-opened', 'alert-decided']);
    const { rows } = await sql<{ kind: string; reason: string }>`
      select kind, reason from portfolio.file_events where file_id = ${alert.fileId} order by id desc limit 1`.execute(
      db,
    );
    assert.deepEqual(rows, [{ kind: 'reorientation', reason }]);
  });

  test('opens again after the last day of an accepted risk, not before', async () => {
    const alert = await outsourced('MJU', 1);
    const answer = await auditor.post(`/projects/watch/${alert.id}/decisions`, {
      version: String(alert.version),
      decision: 'accepted-risk',
      reason,
      until: '2026-12-31',
    });
    assert.equal(answer.statusCode, 303, answer.body.slice(0, 500));
    // Not by a session, which ends meanwhile.
    const found = () => findAlert(db, { organisationIds: [], beside: 'submitted' }, alert.id);
    try {
      clock.moveTo(new Date('2026-12-31T20:00:00Z'));
      await lookAtFiles(state.kernel);
      assert.equal((await found())?.state, 'decided');
      // The first moment of the new year where the State is.
      clock.moveTo(new Date('2026-12-31T23:30:00Z'));
      await lookAtFiles(state.kernel);
      assert.equal((await found())?.state, 'open');
      assert.equal((await found())?.reopened, 1);
    } finally {
      clock.moveTo(new Date('2026-11-24T10:00:00Z'));
    }
  });

  test('leads the ministry to ask for support with the project filled in', async () => {
    const alert = await outsourced('MEF', 3);
    await auditor.postJson(`${alerts}/${alert.id}/decisions`, {
      version: alert.version,
      decision: 'support',
      reason,
    });
    const page = await director.get(`/projects/watch/${alert.id}`);
    const href =
      /href="(\/support\/requests\/new\?[^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = await director.get(href);
    assert.equal(form.statusCode, 200);
    const name = inMinistry('MEF')[3]?.name ?? '';
    assert.ok(form.body.includes(`value="${name}"`), 'the project is not filled in');
  });

  test('is on the page of the watch, deepest difficulty first, and in the CSV', async () => {
    const page = await auditor.get('/projects/watch');
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /Externalisation/);
    assert.match((await auditor.get('/projects/watch.csv')).body, /^number,project,/);
    assert.equal((await auditor.get('/projects/watch?organisation=x')).statusCode, 404);
    assert.equal((await nobody.get('/projects/watch')).statusCode, 303);
  });

  test('is on the desks of those whom it concerns', async () => {
    assert.match((await auditor.get('/desk')).body, /Décider|Juger la preuve/);
    assert.equal((await director.get('/desk')).statusCode, 200);
  });
});
