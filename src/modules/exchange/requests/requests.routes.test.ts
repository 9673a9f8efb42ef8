// Requests through the real application: the whole way from a use case to an accreditation, changed, reopened, revoked;
// each reader's reach; lost updates; hand-over, transfer, reminders and processing times.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { inventedId } from '#modules/identity/public.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { remindOfRequestsJob } from './requests.jobs.ts';

const state = await startTestApp();
const { kernel, database } = state;
const nobody = state.client();
const [applicant, auditor, producer, agent] = await Promise.all([
  state.signedInAs('api-consumer'),
  state.signedInAs('auditor'),
  state.signedInAs('data-producer'),
  state.signedInAs('agent'),
]);

async function signedIn(name: string): Promise<TestClient> {
  const client = state.client();
  const answer = await client.post('/sign-in/demonstration', { personId: inventedId('person', name) });
  assert.equal(answer.statusCode, 303, name);
  return client;
}
const [otherAuditor, otherConsumer] = await Promise.all([
  signedIn('Rémi Delaunay'),
  signedIn('Sébastien Guérin'),
]);

const MET = inventedId('organisation', 'MET-STA');
const DEP = inventedId('organisation', 'DEP-041');
const api = '/api/v1/exchange/requests';

interface Answer {
  id: string;
  number: number;
  version: number;
  state: string;
  isReopened: boolean;
  organisationId: string;
  applicantId: string | null;
  form: Record<string, string>;
  scopes: { api: string; scope: string }[];
  accreditationId: string | null;
  checks: { check: string; level: string }[];
  events: { kind: string; text: string | null }[];
}

const contacts = Object.fromEntries(
  ['dpo', 'controller', 'technical', 'business'].flatMap((who) => [
    [`${who}Name`, `Personne ${who}`],
    [`${who}Email`, `${who}@met-sta.valmarie.example`],
  ]),
);
const rest = { ...contacts, securityState: 'certified', certifiedOn: '2026-01-15' };

async function read(client: TestClient, id: string): Promise<Answer> {
  const answer = await client.getJson(`${api}/${id}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

async function put(client: TestClient, id: string, body: unknown) {
  return client.send('PUT', `${api}/${id}`, {
    payload: JSON.stringify(body),
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-csrf-token': await client.csrfToken(),
    },
  });
}

async function begun(template = 'canteen-pricing'): Promise<Answer> {
  const answer = await applicant.postJson(api, { template, organisationId: MET, stage: 'production' });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json();
}

async function submitted(): Promise<Answer> {
  const { id, version } = await begun();
  assert.equal((await put(applicant, id, { version, form: rest })).statusCode, 200);
  const sent = await applicant.postJson(`${api}/${id}/submit`, {
    version: version + 1,
    acceptsTerms: true,
    dpoIsInformed: true,
  });
  assert.equal(sent.statusCode, 200, sent.body);
  return sent.json();
}

const decided = (client: TestClient, { id, version }: Answer, decision: string, text = '') =>
  client.postJson(`${api}/${id}/decision`, { version, decision, text });

/** All that was written to the addresses that hold `part`. */
async function mailTo(part: string): Promise<string> {
  const { rows } = await sql<{ body: string }>`
    select body from mail.messages where recipient like ${`%${part}%`}`.execute(database.db);
  return rows.map(({ body }) => body).join('\n');
}

describe('from a use case to an accreditation', () => {
  test('a use case fills a draft in, with the scopes that are there', async () => {
    const draft = await begun();
    assert.equal(draft.state, 'draft');
    assert.match(draft.form.purpose ?? '', /cantine/);
    assert.ok(
      draft.scopes.some(({ api: slug, scope }) => slug === 'quotient-familial' && scope === 'quotient'),
    );
  });

  test('an incomplete request is refused, each fault named by its field, on the page too', async () => {
    const { id, version } = await begun();
    const sent = await applicant.postJson(`${api}/${id}/submit`, { version, acceptsTerms: true });
    assert.equal(sent.statusCode, 400);
    const fields = sent.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field);
    for (const field of ['dpoEmail', 'securityState', 'dpoIsInformed'])
      assert.ok(fields.includes(field), field);
    const page = await applicant.post(`/exchange/requests/${id}/submit`, { version: String(version) });
    assert.equal(page.statusCode, 422);
    assert.match(page.body, new RegExp(`/exchange/requests/${id}/form/contacts#dpoEmail`));
  });

  test('the blocks are pages, and a save of what somebody else changed is refused with what was typed', async () => {
    const { id, version } = await begun('free');
    const address = `/exchange/requests/${id}/form/project`;
    assert.equal((await applicant.get(address)).statusCode, 200);
    const typed = {
      version: String(version),
      title: 'Mon projet',
      purpose: 'Essayer',
      description: 'Une description de plus de vingt caractères.',
    };
    const saved = await applicant.post(address, typed);
    assert.equal(saved.statusCode, 303);
    assert.match(String(saved.headers.location), /form\/scopes$/);
    const late = await applicant.post(address, { ...typed, title: 'Un autre titre' });
    assert.equal(late.statusCode, 422);
    assert.match(late.body, /Un autre titre/);
    assert.equal((await read(applicant, id)).form.title, 'Mon projet');
    assert.equal((await applicant.get(`/exchange/requests/${id}/form/nothing`)).statusCode, 404);
  });

  test('changes requested, changed, validated once for all producers, each told; reopened, refused, revoked', async () => {
    const first = await submitted();
    assert.equal(first.state, 'submitted');
    assert.equal(
      (await put(applicant, first.id, { version: first.version, form: { title: 'x' } })).statusCode,
      409,
    );
    const without = await decided(auditor, first, 'request-changes');
    assert.equal(without.statusCode, 400);
    const asked = (await decided(auditor, first, 'request-changes', 'Précisez la durée.')).json<Answer>();
    assert.equal(asked.state, 'changes-requested');
    const written = (
      await put(applicant, first.id, { version: asked.version, form: { retention: 'Dix mois.' } })
    ).json<Answer>();
    assert.match(
      (await auditor.get(`/exchange/requests/${first.id}`)).body,
      /année scolaire/,
      'as submitted',
    );
    assert.doesNotMatch((await producer.get(`/exchange/requests/${first.id}`)).body, /Dix mois/);
    const again = (
      await applicant.postJson(`${api}/${first.id}/submit`, {
        version: written.version,
        acceptsTerms: true,
        dpoIsInformed: true,
      })
    ).json<Answer>();
    const instruction = await auditor.get(`/exchange/requests/${first.id}/instruction`);
    assert.match(instruction.body, /Dix mois/);
    assert.match(instruction.body, /année scolaire/);

    assert.equal((await decided(auditor, first, 'validate')).statusCode, 409, 'a version that was not read');
    const valid = (await decided(auditor, again, 'validate')).json<Answer>();
    assert.equal(valid.state, 'validated');
    assert.ok(valid.accreditationId);
    assert.equal((await decided(auditor, again, 'validate')).statusCode, 409);
    const { rows } = await sql<{ purpose: string; grants: number }>`
      select a.purpose, (select count(*) from exchange.grants g where g.accreditation_id = a.id) as grants
      from exchange.accreditations a where a.id = ${valid.accreditationId}`.execute(database.db);
    assert.equal(rows[0]?.purpose, valid.form.purpose);
    assert.equal(rows[0]?.grants, valid.scopes.length);
    const { rows: contactsOf } = await sql<{ email: string }>`
      select distinct contact_email as email from exchange.apis where slug in ('quotient-familial', 'scolarite')`.execute(
      database.db,
    );
    for (const { email } of contactsOf) assert.match(await mailTo(email), /habilité/, email);
    assert.match((await producer.get('/desk')).body, new RegExp(`/exchange/requests/${first.id}"`));

    const reopened = (
      await applicant.postJson(`${api}/${first.id}/reopen`, { version: valid.version })
    ).json<Answer>();
    assert.equal(reopened.isReopened, true);
    assert.equal(reopened.accreditationId, valid.accreditationId, 'in force meanwhile');
    const changed = (
      await put(applicant, first.id, { version: reopened.version, form: { purpose: 'Autre finalité' } })
    ).json<Answer>();
    const resent = (
      await applicant.postJson(`${api}/${first.id}/submit`, {
        version: changed.version,
        acceptsTerms: true,
        dpoIsInformed: true,
      })
    ).json<Answer>();
    const refused = (
      await decided(auditor, resent, 'refuse', 'Autre finalité, autre demande.')
    ).json<Answer>();
    assert.equal(refused.state, 'validated');
    assert.equal(refused.isReopened, false);
    assert.equal(refused.form.purpose, valid.form.purpose, 'as it was validated');
    assert.equal(refused.accreditationId, valid.accreditationId);

    const revoked = await auditor.postJson(`${api}/${first.id}/revoke`, {
      version: refused.version,
      text: 'Le service ferme.',
    });
    assert.equal(revoked.json<Answer>().state, 'revoked');
    assert.equal(revoked.json<Answer>().accreditationId, null);
    const kinds = revoked
      .json<Answer>()
      .events.map(({ kind }) => kind)
      .join(' ');
    assert.equal(kinds, 'create submit request-changes submit validate reopen submit refuse revoke');
    const { rows: ledger } = await sql<{ text: string }>`
      select data::text as text from ledger.waiting where subject = ${`exchange/request/${first.id}`}`.execute(
      database.db,
    );
    assert.equal(ledger.length, 9);
    for (const { text } of ledger) assert.doesNotMatch(text, /cantine|finalité|Personne/);
  });
});

describe('who sees and does what', () => {
  test('another organisation and a citizen’s agent see nothing, a draft is its organisation’s alone', async () => {
    const { id } = await begun();
    for (const client of [otherConsumer, auditor, producer])
      assert.equal((await client.getJson(`${api}/${id}`)).statusCode, 404);
    assert.equal((await agent.getJson(`${api}/${id}`)).statusCode, 403);
    assert.equal((await nobody.getJson(`${api}/${id}`)).statusCode, 401);
    assert.equal((await otherConsumer.get(`/exchange/requests/${id}/form/project`)).statusCode, 404);
    const other = await applicant.postJson(api, {
      template: 'free',
      organisationId: DEP,
      stage: 'production',
    });
    assert.equal(other.statusCode, 403);
  });

  test('once submitted, instructors decide and the producers concerned read alone', async () => {
    const request = await submitted();
    assert.equal((await read(producer, request.id)).state, 'submitted');
    assert.equal((await decided(producer, request, 'validate')).statusCode, 403);
    assert.equal((await decided(applicant, request, 'validate')).statusCode, 403);
    assert.equal(
      (await producer.postJson(`${api}/${request.id}/messages`, { text: 'Bonjour' })).statusCode,
      403,
    );
    const queue = await auditor.get('/exchange/requests/queue');
    assert.match(queue.body, new RegExp(`/exchange/requests/${request.id}"`));
    assert.equal((await applicant.get('/exchange/requests/queue')).statusCode, 403);
  });

  test('applicant and instructor write to each other', async () => {
    const { id } = await submitted();
    assert.equal((await applicant.post(`/exchange/requests/${id}/messages`, { text: '' })).statusCode, 422);
    assert.equal(
      (await auditor.post(`/exchange/requests/${id}/messages`, { text: 'Où sont les données ?' })).statusCode,
      303,
    );
    assert.equal(
      (await applicant.post(`/exchange/requests/${id}/messages`, { text: 'En Valmarie <b>!' })).statusCode,
      303,
    );
    assert.match((await applicant.get(`/exchange/requests/${id}`)).body, /En Valmarie &lt;b&gt;!/);
    assert.match(await mailTo('lea.fontanel'), /Où sont les données/);
    assert.match(await mailTo('anais.kerbrat'), /En Valmarie/);
  });

  test('lists narrow, go on by cursor and leave as CSV', async () => {
    const list = await auditor.getJson(`${api}?state=validated&limit=5`);
    const { items, next } = list.json<{ items: { id: string; state: string }[]; next: string }>();
    assert.equal(items.length, 5);
    assert.ok(items.every((one) => one.state === 'validated'));
    const more = (await auditor.getJson(`${api}?state=validated&limit=5&cursor=${next}`)).json<{
      items: { id: string }[];
    }>();
    assert.ok(more.items.every(({ id }) => !items.some((one) => one.id === id)));
    const csv = await applicant.get('/exchange/requests.csv');
    assert.ok(csv.body.split('\r\n').length > 5);
    assert.doesNotMatch(csv.body, /Haute-Vionne/);
    assert.equal((await auditor.get('/exchange/requests/queue?overdue=on')).statusCode, 200);
  });
});

describe('hand-over, copy, transfer', () => {
  test('an instructor’s draft is claimed once, by whom it was sent to', async () => {
    const prepared = await auditor.post('/exchange/requests/prepare', {
      template: 'social-transport',
      organisationId: MET,
      stage: 'production',
      email: 'lea.fontanel@met-sta.valmarie.example',
    });
    assert.equal(prepared.statusCode, 303);
    const id = String(prepared.headers.location).split('/').at(-1) as string;
    const draft = await read(auditor, id);
    assert.equal(
      (await put(auditor, id, { version: draft.version, form: { title: 'Préparé' } })).statusCode,
      200,
    );
    await auditor.post(`/exchange/requests/${id}/hand-over`, { version: String(draft.version + 1) });
    const token = /claim\/(\S+)/.exec(await mailTo('lea.fontanel'))?.[1] ?? '';
    assert.ok(token.length > 30);
    const { rows } = await sql<{ hash: Buffer }>`
      select claim_token_hash as hash from exchange.requests where id = ${id}`.execute(database.db);
    assert.ok(!rows[0]?.hash.toString('base64url').includes(token));
    assert.equal((await otherConsumer.get(`/exchange/requests/claim/${token}`)).statusCode, 404);
    assert.equal((await applicant.get(`/exchange/requests/claim/${token}`)).statusCode, 200);
    assert.equal((await applicant.post(`/exchange/requests/claim/${token}`)).statusCode, 303);
    assert.equal((await applicant.post(`/exchange/requests/claim/${token}`)).statusCode, 404);
    assert.equal((await read(applicant, id)).form.title, 'Préparé');
    const late = await put(otherAuditor, id, { version: 9, form: {} });
    assert.equal(late.statusCode, 403, 'it is the applicant’s now');
  });

  test('a copy says the same, and another organisation gets a request once an instructor accepts', async () => {
    const source = await submitted();
    const copy = (await applicant.postJson(`${api}/${source.id}/copy`, { stage: 'sandbox' })).json<Answer>();
    assert.equal(copy.state, 'draft');
    assert.deepEqual(copy.scopes, source.scopes);
    const to = {
      version: copy.version,
      organisationId: DEP,
      email: 'sebastien.guerin@dep-041.valmarie.example',
    };
    const unknown = await applicant.postJson(`${api}/${copy.id}/transfer`, {
      ...to,
      email: 'nobody@dep-041.valmarie.example',
    });
    assert.equal(unknown.statusCode, 400);
    const asked = await applicant.postJson(`${api}/${copy.id}/transfer`, to);
    assert.deepEqual(asked.json(), { waits: true });
    assert.equal((await otherConsumer.getJson(`${api}/${copy.id}`)).statusCode, 404);
    const administrator = await state.signedInAs('administrator');
    const accepted = await administrator.post(`/exchange/requests/${copy.id}/transfer-decision`, {
      version: String(copy.version + 1),
      decision: 'accept',
    });
    assert.equal(accepted.statusCode, 303);
    assert.equal((await read(otherConsumer, copy.id)).organisationId, DEP);
    assert.equal((await applicant.getJson(`${api}/${copy.id}`)).statusCode, 404);
  });
});

describe('what happens by itself', () => {
  test('reminders go out once while nothing moves', async () => {
    const run = { id: '', kernel, requestedBy: null, progress() {}, signal: new AbortController().signal };
    const first = (await remindOfRequestsJob.run({}, run)) as Record<string, number>;
    assert.ok((first['draft-idle'] ?? 0) + (first['decision-late'] ?? 0) > 0, JSON.stringify(first));
    const second = await remindOfRequestsJob.run({}, run);
    assert.deepEqual(second, { 'draft-idle': 0, 'changes-idle': 0, 'decision-late': 0 });
  });

  test('processing times are public, as page, CSV and JSON', async () => {
    const page = await nobody.get('/exchange/requests/times');
    assert.equal(page.statusCode, 200);
    const { months, lastTwelveMonths } = (await nobody.getJson('/api/v1/exchange/request-times')).json<{
      months: { decided: number; medianDays: number; distributorMedianDays: number }[];
      lastTwelveMonths: { decided: number; medianDays: number };
    }>();
    assert.ok(months.length > 20);
    assert.ok(lastTwelveMonths.decided > 10 && lastTwelveMonths.medianDays > 0);
    for (const { medianDays, distributorMedianDays } of months)
      assert.ok(distributorMedianDays <= medianDays);
    assert.equal(
      (await nobody.get('/exchange/requests/times.csv')).body.trim().split('\r\n').length,
      months.length + 1,
    );
  });
});
