// Links of agents to organisations, from the refused sign-in to the decision and the next one, through the whole
// application; and what happens to those that nobody decides.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { startTestApp, TEST_NOW, type TestClient } from '#test/support/app.ts';
import { walk } from '../hub/hub.fixture.ts';
import { findActor } from '../public.ts';
import { agentEmail, rowsOf, textOf } from './hub-accounts.fixture.ts';
import { linksDesk } from './links-desk.ts';
import { expireLinks, remindOfLinks } from './links-follow-up.actions.ts';

const state = await startTestApp();
const { kernel } = state;
const PAGE = '/organisation-links';
const API = '/api/v1/identity/organisation-links';
const A_DAY = 86_400_000;

const one = async (query: string, values: unknown[] = []): Promise<Record<string, string>> => {
  const [row] = await rowsOf(state, query, values);
  assert.ok(row, query);
  return row as Record<string, string>;
};

async function signedInAs(personId: string): Promise<TestClient> {
  const browser = state.client();
  assert.equal((await browser.post('/sign-in/demonstration', { personId })).statusCode, 303);
  return browser;
}

/** An agent tries to come in. @returns how it ended, and the link as it stands. */
async function tries(email: string) {
  const end = await walk(state.client(), '/sign-in/with/agents?back=/account', { email });
  const link = await one(
    `select l.id, l.state, l.account_id, l.organisation_id, l.reason, l.decided_by, o.name as organisation
     from identity.organisation_links l join identity.accounts a on a.id = l.account_id
     join identity.people p on p.id = a.person_id join identity.organisations o on o.id = l.organisation_id
     where p.email = $1`,
    [email],
  );
  return { ...end, link };
}

/** Makes somebody made up a decider of an organisation. @returns their id. */
async function deciderAt(role: string, organisationId: string, position: number): Promise<string> {
  const { id } = await one(
    `select p.id from identity.people p where p.is_fictitious and p.closed_at is null
     and not exists (select from identity.memberships m where m.person_id = p.id
       and m.role in ('administrator', 'digital-director', 'hr-officer', 'agent'))
     order by p.email offset $1 limit 1`,
    [position],
  );
  await state.database.pool.query(
    `insert into identity.memberships (person_id, organisation_id, role, starts_at) values ($1, $2, $3, $4)`,
    [id, organisationId, role, TEST_NOW],
  );
  return id as string;
}

const messagesTo = (email: string) =>
  rowsOf(state, 'select subject, body from mail.messages where recipient = $1 order by created_at, subject', [
    email,
  ]);

before(async () => {
  await state.database.pool.query(
    `update identity.upstreams set vouches_for_organisation = false where realm = 'agents'`,
  );
});

test('an agent whose provider does not vouch waits, is confirmed by a director above, and gets in', async () => {
  const email = await agentEmail(state);
  const first = await tries(email);
  assert.equal(first.answer.statusCode, 403);
  assert.match(first.answer.body, /link-waiting/);
  assert.equal(first.link.state, 'waiting');
  const { parent_id: parent } = await one('select parent_id from identity.organisations where id = $1', [
    first.link.organisation_id,
  ]);
  const directorId = await deciderAt('digital-director', String(parent ?? first.link.organisation_id), 0);
  const director = await signedInAs(directorId);

  const list = textOf((await director.get(PAGE)).body);
  assert.ok(list.includes(email), list);
  assert.match(list, /En attente : 1/);
  assert.match(list, /moins d’une heure/);
  const desk = textOf((await director.get('/desk')).body);
  const actor = await findActor(kernel.db, directorId, kernel.clock.now());
  assert.ok(actor);
  const [item] = await linksDesk(kernel, actor, 'fr');
  assert.equal(item?.text, 'Un rattachement attend votre décision');
  assert.ok(desk.length > 0);

  const at = `${PAGE}/${first.link.id}`;
  assert.match(textOf((await director.get(at)).body), /SIRET indiqué \d{14}/);
  const empty = await director.post(at, {});
  assert.equal(empty.statusCode, 422);
  assert.match(textOf(empty.body), /Dites si vous confirmez/);
  const unreasoned = await director.post(at, { decision: 'refused', reason: '  ' });
  assert.equal(unreasoned.statusCode, 422);
  assert.match(textOf(unreasoned.body), /Donnez la raison du refus/);

  const done = await director.post(at, { decision: 'accepted' });
  assert.equal(done.headers.location, `${PAGE}?done=decided`);
  const [mail] = await messagesTo(email);
  assert.match(String(mail?.subject), /est confirmé/);
  const entry = await one(
    `select actor::text, data::text from ledger.waiting where kind = 'identity.organisation-link-accepted'`,
  );
  assert.match(String(entry.actor), new RegExp(`${directorId}.*digital-director`));
  assert.ok(!String(entry.data).includes(email));

  const second = await tries(email);
  assert.equal(second.url, 'http://localhost/account');
  assert.equal((await director.post(at, { decision: 'refused', reason: 'trop tard' })).statusCode, 422);
  assert.match(textOf((await director.get(`${PAGE}?list=decided`)).body), /Confirmé/);
});

test('a link is hidden from other organisations, and from who decides on none', async () => {
  const email = await agentEmail(state, 1);
  const { link } = await tries(email);
  const { id: elsewhere } = await one(
    `select o.id from identity.organisations o where o.id <> $1 and o.kind = 'local-authority' limit 1`,
    [link.organisation_id],
  );
  const stranger = await signedInAs(await deciderAt('hr-officer', String(elsewhere), 1));
  assert.ok(!(await stranger.get(PAGE)).body.includes(email));
  assert.deepEqual((await stranger.getJson(API)).json(), { items: [], next: null });
  for (const url of [`${PAGE}/${link.id}`, `${API}/${link.id}`, `${PAGE}/nonsense`]) {
    assert.equal((await stranger.getJson(url)).statusCode, 404, url);
  }
  assert.equal((await stranger.post(`${PAGE}/${link.id}`, { decision: 'accepted' })).statusCode, 404);
  assert.equal(
    (await stranger.postJson(`${API}/${link.id}/decision`, { decision: 'accepted' })).statusCode,
    404,
  );
  assert.equal((await state.client().getJson(PAGE)).statusCode, 401);
  const citizen = await state.signedInAs('citizen');
  assert.equal((await citizen.getJson(PAGE)).statusCode, 403);
  assert.equal((await citizen.getJson(API)).statusCode, 403);
});

test('over the API a link is refused with a reason, told to the agent, and confirmed after all', async () => {
  const email = await agentEmail(state, 1);
  const { link } = await tries(email);
  const administrator = await state.signedInAs('administrator');
  const decision = `${API}/${link.id}/decision`;
  const listed = (await administrator.getJson(`${API}?limit=1`)).json();
  assert.equal(listed.items[0].email, email);
  assert.equal(listed.items[0].state, 'waiting');
  assert.equal((await administrator.postJson(decision, { decision: 'perhaps' })).statusCode, 400);
  const unreasoned = await administrator.postJson(decision, { decision: 'refused' });
  assert.equal(unreasoned.statusCode, 400);
  assert.match(unreasoned.body, /reason/);
  const reason = 'Cette personne est partie en mars.';
  const refused = (await administrator.postJson(decision, { decision: 'refused', reason })).json();
  assert.equal(refused.state, 'refused');
  assert.equal(refused.reason, reason);
  const [mail] = await messagesTo(email);
  assert.ok(String(mail?.body).includes(reason));
  const again = await tries(email);
  assert.match(again.answer.body, /link-refused/);

  assert.equal((await administrator.postJson(decision, { decision: 'refused', reason })).statusCode, 409);
  assert.match(textOf((await administrator.get(`${PAGE}/${link.id}`)).body), /Confirmer quand même/);
  assert.equal((await administrator.postJson(decision, { decision: 'accepted' })).statusCode, 200);
  assert.equal((await tries(email)).url, 'http://localhost/account');
  const decided = (await administrator.getJson(`${API}?list=decided&limit=1`)).json();
  assert.equal(decided.items.length, 1);
  const rest = (await administrator.getJson(`${API}?list=decided&cursor=${decided.next}`)).json();
  assert.ok(rest.items.every(({ id }: { id: string }) => id !== decided.items[0].id));
});

test('nobody confirms themselves', async () => {
  const email = await agentEmail(state, 2);
  const { link } = await tries(email);
  const { id } = await one('select id from identity.people where email = $1', [email]);
  await state.database.pool.query(
    `insert into identity.memberships (person_id, organisation_id, role, starts_at) values ($1, $2, 'hr-officer', $3)`,
    [id, link.organisation_id, TEST_NOW],
  );
  const self = await signedInAs(String(id));
  const answer = await self.post(`${PAGE}/${link.id}`, { decision: 'accepted' });
  assert.equal(answer.statusCode, 422);
  assert.match(textOf(answer.body), /une autre personne doit le confirmer/);
  assert.equal((await tries(email)).link.state, 'waiting');
});

test('who decides is reminded once after two working days; after thirty days the link is refused', async () => {
  const email = await agentEmail(state, 3);
  const { link } = await tries(email);
  await state.database.pool.query(`update identity.organisation_links set reminded_at = $2 where id <> $1`, [
    link.id,
    TEST_NOW,
  ]);
  const { parent_id: parent } = await one('select parent_id from identity.organisations where id = $1', [
    link.organisation_id,
  ]);
  const deciderId = await deciderAt('hr-officer', String(parent ?? link.organisation_id), 2);
  // Nobody made up is written to.
  const { email: to } = await one(
    `update identity.people set is_fictitious = false where id = $1 returning email`,
    [deciderId],
  );
  const remind = () => remindOfLinks(kernel, 'https://socle.example');

  kernel.clock.moveTo(new Date(TEST_NOW.getTime() + 1.9 * A_DAY));
  assert.deepEqual(await remind(), { links: 0, messages: 0 });
  kernel.clock.moveTo(new Date(TEST_NOW.getTime() + 2 * A_DAY));
  assert.deepEqual(await remind(), { links: 1, messages: 1 });
  assert.deepEqual(await remind(), { links: 0, messages: 0 });
  const [reminder] = await messagesTo(String(to));
  assert.match(String(reminder?.body), /https:\/\/socle\.example\/organisation-links/);
  const actor = await findActor(kernel.db, deciderId, kernel.clock.now());
  assert.ok(actor);
  assert.deepEqual(
    (await linksDesk(kernel, actor, 'en')).map(({ section }) => section),
    ['waiting', 'late'],
  );

  kernel.clock.moveTo(new Date(TEST_NOW.getTime() + 30 * A_DAY - 1));
  assert.equal(await expireLinks(kernel), 0);
  kernel.clock.moveTo(new Date(TEST_NOW.getTime() + 30 * A_DAY));
  assert.equal(await expireLinks(kernel), 2, 'this one and that of who may not confirm themselves');
  assert.equal(await expireLinks(kernel), 0);
  const after = await one('select state, decided_by from identity.organisation_links where id = $1', [
    link.id,
  ]);
  assert.deepEqual(after, { state: 'refused', decided_by: null });
  assert.match(String((await messagesTo(email)).at(-1)?.body), /en 30 jours/);
  const administrator = await state.signedInAs('administrator');
  assert.match(textOf((await administrator.get(`${PAGE}?list=decided`)).body), /Sans réponse à temps/);
  kernel.clock.moveTo(TEST_NOW);
});
