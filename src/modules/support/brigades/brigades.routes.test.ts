// A request for help from its submission to the feedback on its mission, through pages and REST, and who sees what.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { findCorrespondents, inventedId } from '#modules/identity/public.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { insertTestContract } from './brigades.fixture.ts';
import { listBrigade } from './people.repository.ts';

const state = await startTestApp();
const { db } = state.kernel;
const team = await state.signedInAs('product-team');
const auditor = await state.signedInAs('auditor');
const director = await state.signedInAs('digital-director');
const DNE = inventedId('organisation', 'DNE');
const api = '/api/v1/support';

async function signedInAs(name: string): Promise<TestClient> {
  const client = state.client();
  const answer = await client.post('/sign-in/demonstration', { personId: inventedId('person', name) });
  assert.equal(answer.statusCode, 303);
  return client;
}

const form = {
  organisationId: DNE,
  title: 'Rendre le formulaire accessible',
  subject: 'Formulaire de test',
  problem: 'Les personnes qui naviguent au clavier ne passent pas la troisième étape.',
  startsOn: '2026-11-24',
  endsOn: '2027-01-29',
  'days-accessibility': '4,5',
  'days-eco-design': '2',
};

interface Help {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly missionId: string | null;
  readonly team: readonly { personId: string; expertise: string; days: number }[];
}
const read = async (id: string, client = auditor) =>
  (await client.getJson(`${api}/requests/${id}`)).json<Help>();
async function submit(more: Record<string, string> = {}): Promise<Help> {
  const answer = await team.post('/support/requests/new', { ...form, ...more });
  assert.equal(answer.statusCode, 303, answer.body.slice(0, 2000));
  return read(String(answer.headers.location).split('/').at(-1) ?? '', team);
}
async function step(client: TestClient, { id }: Help, name: string, text = '') {
  const { version } = await read(id);
  return client.postJson(`${api}/requests/${id}/steps`, { version, step: name, text });
}

describe('a request for help', () => {
  test('is refused with its values kept and a fault for each wrong field', async () => {
    const answer = await team.post('/support/requests/new', {
      ...form,
      title: 'x',
      endsOn: '2026-11-01',
      'days-ux': 'beaucoup',
      organisationId: inventedId('organisation', 'MEF'),
    });
    assert.equal(answer.statusCode, 422);
    for (const field of ['title', 'endsOn', 'days-ux', 'organisationId'])
      assert.match(answer.body, new RegExp(`href="#${field}"`), field);
    assert.match(answer.body, /value="beaucoup"/);
  });

  test('is its organisation’s and the brigade’s alone', async () => {
    const { id } = await submit();
    assert.equal((await team.get(`/support/requests/${id}`)).statusCode, 200);
    assert.equal((await auditor.get(`/support/requests/${id}`)).statusCode, 200);
    assert.equal((await director.get(`/support/requests/${id}`)).statusCode, 404);
    assert.equal((await step(director, { id } as Help, 'withdraw')).statusCode, 404);
    assert.equal((await state.client().getJson(`${api}/requests/${id}`)).statusCode, 401);
    const seen = (await director.getJson(`${api}/requests`)).json<{ items: { id: string }[] }>();
    assert.ok(seen.items.every((item) => item.id !== id));
  });

  test('is examined by the brigade, not by its requester, and refused with a reason', async () => {
    const help = await submit();
    assert.equal((await step(team, help, 'examine')).statusCode, 403);
    assert.equal((await step(auditor, help, 'refuse')).statusCode, 400);
    assert.equal((await step(auditor, help, 'refuse', 'Hors de notre champ.')).statusCode, 200);
    assert.equal((await step(team, help, 'withdraw')).statusCode, 409);
    const stale = await auditor.postJson(`${api}/requests/${help.id}/steps`, { version: 1, step: 'examine' });
    assert.equal(stale.statusCode, 409);
  });

  test('cannot take another organisation’s contract', async () => {
    const help = await submit();
    const answer = await team.postJson(`${api}/requests/${help.id}/contract`, {
      version: help.version,
      contractId: inventedId('request', 'nothing'),
    });
    assert.equal(answer.statusCode, 400);
  });

  test('two teams proposed at the same moment never take the same days', async () => {
    const needs = { 'days-accessibility': '60', 'days-eco-design': '60' };
    const both = [await submit(needs), await submit(needs)];
    const before = await listBrigade(db, '2026-11-24');
    const answers = await Promise.all(
      both.map(({ id, version }) =>
        auditor.postJson(`${api}/requests/${id}/proposal`, { version, without: [] }),
      ),
    );
    assert.ok(answers.every(({ statusCode }) => statusCode === 200 || statusCode === 409));
    const days = new Map<string, number>();
    for (const { id } of both)
      for (const one of (await read(id)).team)
        days.set(one.personId, (days.get(one.personId) ?? 0) + one.days);
    assert.ok(days.size > 0);
    for (const [personId, sum] of days) {
      const perWeek = before.find((one) => one.personId === personId)?.daysPerWeek ?? 0;
      // Forty-nine working days from 24 November to 29 January.
      assert.ok(sum <= (49 * perWeek) / 5, `${sum} days`);
    }
    for (const help of both) await step(team, help, 'withdraw');
  });
});

describe('a mission', () => {
  let id = '';
  let help: Help;
  let expert: TestClient;
  const mission = (rest = '') => `/support/missions/${id}${rest}`;

  before(async () => {
    help = await submit();
    const preview = await auditor.get(`/support/requests/${help.id}/proposal`);
    assert.match(preview.body, /Awa Sissoko/);
    const proposed = await auditor.post(`/support/requests/${help.id}/proposal`, {
      version: String(help.version),
    });
    assert.equal(proposed.statusCode, 303);
    assert.equal((await step(team, help, 'accept')).statusCode, 200);
  });

  test('starts with a signed contract alone', async () => {
    const start = async () =>
      auditor.post(`/support/requests/${help.id}/mission`, {
        version: String((await read(help.id)).version),
      });
    const without = await start();
    assert.equal(without.statusCode, 422);
    assert.match(without.body, /contrat de succès signé/);
    for (const isSigned of [false, true]) {
      const contractId = await insertTestContract(state.kernel, isSigned);
      const { version } = await read(help.id);
      const attached = await team.post(`/support/requests/${help.id}/contract`, {
        version: String(version),
        contractId,
      });
      assert.equal(attached.statusCode, 303);
      assert.equal((await start()).statusCode, isSigned ? 303 : 422);
    }
    const now = await read(help.id);
    assert.equal(now.state, 'under-way');
    id = now.missionId ?? '';
    expert = await signedInAs('Awa Sissoko');
  });

  test('is seen by its members, requester and the brigade', async () => {
    for (const client of [expert, team, auditor]) assert.equal((await client.get(mission())).statusCode, 200);
    assert.equal((await director.get(mission())).statusCode, 404);
  });

  test('takes the days that the calendar allows, from its members alone', async () => {
    const enter = (client: TestClient, week: string, days: string) =>
      client.post(mission('/weeks'), { week, days });
    assert.equal((await enter(team, '2026-11-23', '1')).statusCode, 403);
    // The mission began on Tuesday 24 November, which is today.
    assert.equal((await enter(expert, '2026-11-23', '1,5')).statusCode, 422);
    assert.equal((await enter(expert, '2026-11-30', '1')).statusCode, 422);
    assert.equal((await enter(expert, '2026-11-24', '1')).statusCode, 422);
    assert.equal((await enter(expert, '2026-11-23', '0,5')).statusCode, 303);
    assert.equal((await enter(expert, '2026-11-23', '1')).statusCode, 303);
    const { daysSpent } = (await expert.getJson(`${api}/missions/${id}`)).json<{ daysSpent: number }>();
    assert.equal(daysSpent, 1);
  });

  test('hands in deliverables with links of the web alone, which the requester accepts once', async () => {
    const handIn = (link: string) => expert.post(mission('/deliverables'), { title: 'Audit', link });
    assert.equal((await handIn('javascript:alert(1)')).statusCode, 422);
    assert.equal((await handIn('https://depot.valmarie.example/audit')).statusCode, 303);
    const { deliverables } = (await team.getJson(`${api}/missions/${id}`)).json<{
      deliverables: { id: string }[];
    }>();
    const accept = (client: TestClient) =>
      client.post(mission(`/deliverables/${deliverables[0]?.id}/accept`));
    assert.equal((await accept(auditor)).statusCode, 403);
    assert.equal((await accept(team)).statusCode, 303);
    assert.equal((await accept(team)).statusCode, 404);
  });

  test('ends once its effect was told, then takes one feedback', async () => {
    assert.equal(
      (await team.post(mission('/feedback'), { mark: '5', feedback: 'Très utile.' })).statusCode,
      422,
    );
    assert.equal((await auditor.post(mission('/end'))).statusCode, 422);
    const effect = { effect: 'Le taux de complétion a gagné huit points.', verdictLink: '' };
    assert.equal((await expert.post(mission('/effect'), effect)).statusCode, 303);
    assert.equal((await auditor.post(mission('/end'))).statusCode, 303);
    assert.equal((await expert.post(mission('/effect'), effect)).statusCode, 422);
    assert.equal(
      (await team.post(mission('/feedback'), { mark: '6', feedback: 'Très utile.' })).statusCode,
      422,
    );
    assert.equal(
      (await team.post(mission('/feedback'), { mark: '5', feedback: 'Très utile.' })).statusCode,
      303,
    );
    assert.equal(
      (await team.post(mission('/feedback'), { mark: '1', feedback: 'Non, inutile.' })).statusCode,
      422,
    );
    assert.equal((await read(help.id)).state, 'ended');
  });

  test('is counted in public figures, as page, CSV and JSON', async () => {
    const nobody = state.client();
    assert.equal((await nobody.get('/support/missions/public')).statusCode, 200);
    assert.match((await nobody.get('/support/missions/public.csv')).body, /^expertise,missions,/);
    const { items } = (await nobody.getJson(`${api}/mission-figures`)).json<{
      items: { expertise: string; missions: number; marks: number }[];
    }>();
    const one = items.find(({ expertise }) => expertise === 'accessibility');
    assert.ok(one && one.missions >= 1 && one.marks >= 1);
  });

  test('leaves its trace in the ledger', async () => {
    const { rows } = await sql<{ kind: string }>`
      select kind from ledger.waiting where subject = any (${[`support/mission/${id}`, `support/request/${help.id}`]})`.execute(
      db,
    );
    const kinds = rows.map(({ kind }) => kind);
    for (const kind of [
      'request-submitted',
      'request-team-proposed',
      'request-mission-started',
      'mission-ended',
      'mission-feedback-given',
    ])
      assert.ok(kinds.includes(`support.${kind}`), kind);
  });
});

describe('the brigade', () => {
  test('is run by the directorate alone, which adds people of its own', async () => {
    assert.equal((await auditor.get('/support/brigade')).statusCode, 200);
    assert.equal((await team.get('/support/brigade')).statusCode, 403);
    const emailOf = async (name: string) => {
      const id = inventedId('person', name);
      return (await findCorrespondents(db, [id])).get(id)?.email ?? '';
    };
    const add = async (name: string, days = '2') =>
      auditor.post('/support/brigade/new', {
        email: await emailOf(name),
        daysPerWeek: days,
        'level-ux': '2',
      });
    assert.equal((await add('Hélène Vasseur')).statusCode, 422);
    assert.equal((await add('Béatrice Morvan', '6')).statusCode, 422);
    const added = await add('Béatrice Morvan');
    assert.equal(added.statusCode, 303);
    const here = String(added.headers.location);
    assert.equal(
      (await auditor.post(`${here}/absences`, { from: '2026-12-01', to: '2026-11-30' })).statusCode,
      422,
    );
    assert.equal(
      (await auditor.post(`${here}/absences`, { from: '2026-12-01', to: '2026-12-04' })).statusCode,
      303,
    );
    const week = (await auditor.getJson(`${api}/brigade`))
      .json<{ items: { name: string; freeDays: { week: string; days: number }[] }[] }>()
      .items.find(({ name }) => name === 'Béatrice Morvan')?.freeDays[1];
    // Four of five days away leave a fifth of two days: less than a half day.
    assert.deepEqual(week, { week: '2026-11-30', days: 0 });
    assert.equal((await auditor.post(`${here}/leave`)).statusCode, 303);
    assert.ok((await listBrigade(db, '2026-11-24')).every(({ name }) => name !== 'Béatrice Morvan'));
  });

  test('is there in the demonstration, with requests that wait on the desk', async () => {
    assert.ok((await listBrigade(db, '2026-11-24')).length >= 12);
    assert.match((await auditor.get('/desk')).body, /demande d’aide/);
    for (const address of [
      '/support',
      '/support/requests',
      '/support/missions',
      '/support/requests?state=refused',
    ])
      assert.equal((await auditor.get(address)).statusCode, 200, address);
  });
});
