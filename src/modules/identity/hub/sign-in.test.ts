// Socle signs in through its own hub: an agent by their ministry's provider, a citizen by theirs, and out again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '#test/support/app.ts';
import { formsOf, sendForm, walk } from './hub.fixture.ts';

const state = await startTestApp();

/** The work address of a person of the demonstration State. */
async function emailOfRole(role: string): Promise<string> {
  const { rows } = await state.database.pool.query(
    `select p.email from identity.people p join identity.memberships m on m.person_id = p.id
     where m.role = $1 and p.email like '%valmarie.example' order by p.email limit 1`,
    [role],
  );
  return rows[0].email;
}

test('an agent enters Socle by their ministry, and is the person whom Socle knew', async () => {
  const browser = state.client();
  const email = await emailOfRole('agent');
  const { answer, url } = await walk(browser, '/sign-in/with/agents?back=/account', { email });
  assert.equal(url, 'http://localhost/account');
  assert.equal(answer.statusCode, 200);
  const me = (await browser.getJson('/api/v1/identity/me')).json();
  const { rows } = await state.database.pool.query('select id from identity.people where email = $1', [
    email,
  ]);
  assert.equal(me.personId, rows[0].id);
  assert.deepEqual(
    me.roles.map(({ role }: { role: string }) => role),
    ['agent'],
  );
});

test('a citizen enters Socle by their provider, and is a new person the first time only', async () => {
  const browser = state.client();
  const { url } = await walk(browser, '/sign-in/with/citizens?back=/account', {});
  assert.equal(url, 'http://localhost/account');
  const first = (await browser.getJson('/api/v1/identity/me')).json();
  assert.deepEqual(first.roles, [{ role: 'citizen', organisationId: null }]);

  const again = state.client();
  await walk(again, '/sign-in/with/citizens', {});
  assert.equal((await again.getJson('/api/v1/identity/me')).json().personId, first.personId);
});

test('signing out reaches the hub and the provider', async () => {
  const browser = state.client();
  await walk(browser, '/sign-in/with/agents', { email: await emailOfRole('agent') });
  let answer = await browser.post('/sign-out');
  const passed: string[] = [];
  for (let step = 0; step < 12; step += 1) {
    const { location } = answer.headers;
    if (location !== undefined) {
      const url = new URL(String(location), 'http://localhost');
      passed.push(url.pathname);
      answer = await browser.get(url.pathname + url.search);
      continue;
    }
    const [form] = formsOf(answer.body).filter(({ method }) => method === 'post');
    if (!form) break;
    answer = await sendForm(browser, { ...form, action: new URL(form.action, 'http://localhost').pathname });
  }
  assert.equal(passed.at(-1), '/signed-out');
  assert.ok(passed.includes('/connect/agents/sign-out'), passed.join());
  assert.ok(
    passed.some((path) => path.startsWith('/demonstration/ministry')),
    passed.join(),
  );
  assert.ok(passed.includes('/connect/agents/signed-out'), passed.join());
  // Nobody is signed in to the hub any more: it asks again.
  const next = await browser.get('/sign-in/with/agents');
  const asked = await browser.get(
    new URL(String(next.headers.location)).pathname + new URL(String(next.headers.location)).search,
  );
  assert.match(String(asked.headers.location), /\/interaction\//);
});
