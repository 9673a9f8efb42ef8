// What a person sees and decides of their own sign-ins, through the whole application.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '#test/support/app.ts';
import { formsOf, walk } from '../hub/hub.fixture.ts';
import { agentEmail, comeIn, rowsOf, textOf } from './hub-accounts.fixture.ts';
import { accountsOfPerson } from './person-accounts.repository.ts';

const state = await startTestApp();
const { kernel } = state;
const PAGE = '/account/connections';

function citizen() {
  return comeIn(state, 'citizens', {});
}

test('whoever never came in by the hub is told so, and nobody sees nothing', async () => {
  const auditor = await state.signedInAs('auditor');
  const answer = await auditor.get(PAGE);
  assert.equal(answer.statusCode, 200);
  assert.match(textOf(answer.body), /Vous n’êtes jamais entré par un fournisseur d’identité/);
  assert.equal((await state.client().getJson(PAGE)).statusCode, 401);
});

test('a citizen sees their own sign-in, session and provider', async () => {
  const { browser, personId } = await citizen();
  const [account] = await accountsOfPerson(kernel.db, personId);
  assert.equal(account?.realm, 'citizens');
  const answer = await browser.get(PAGE);
  assert.equal(answer.statusCode, 200);
  const text = textOf(answer.body);
  assert.match(text, /Session présente/);
  assert.match(text, /24 novembre 2026/);
  assert.match(text, /Socle Identité de Valmarie \(démonstration\) Niveau de garantie : \S+ Connecté/);
  assert.match(answer.body, new RegExp(`${PAGE}/providers/${account?.upstreamId}/block`));
});

test('nobody sees another’s history, nor ends another’s session', async () => {
  const { browser } = await citizen();
  const other = await comeIn(state, 'agents', { email: await agentEmail(state) });
  const own = textOf((await other.browser.get(PAGE)).body);
  assert.match(own, /Ministères de Valmarie \(démonstration\)/);
  assert.doesNotMatch(own, /Identité de Valmarie/);
  const [theirs] = await rowsOf(
    state,
    `select s.uid from identity.hub_sessions s join identity.accounts a on a.id = s.account_id
     where a.realm = 'citizens' and s.ended_at is null limit 1`,
  );
  const answer = await other.browser.post(`${PAGE}/sessions/end`, { session: String(theirs?.uid) });
  assert.equal(answer.statusCode, 404);
  assert.equal((await browser.getJson('/api/v1/identity/me')).statusCode, 200);
});

test('the history goes on page by page, refusals in words, and is a CSV too', async () => {
  const { browser, personId } = await citizen();
  const [account] = await accountsOfPerson(kernel.db, personId);
  await state.database.pool.query(
    `insert into identity.connections (at, realm, client_id, account_id, outcome, refusal)
     select $2::timestamptz - n * interval '1 minute', 'citizens', '=gone', $1, 'refused',
       case when n = 60 then 'no-such-code' else 'access_denied' end
     from generate_series(1, 60) n`,
    [account?.id, kernel.clock.now()],
  );
  const first = await browser.get(PAGE);
  assert.match(textOf(first.body), /Refusé Vous avez renoncé à vous connecter/);
  assert.doesNotMatch(first.body, /no-such-code/);
  const next = /href="(\/account\/connections\?before=[^"]+)" rel="next"/.exec(first.body)?.[1] ?? '';
  const second = await browser.get(next);
  assert.equal(second.statusCode, 200);
  assert.match(textOf(second.body), /donnez-lui ce code : no-such-code/);
  assert.doesNotMatch(second.body, /rel="next"/);
  const lines = (await browser.get(`${PAGE}.csv`)).body.trim().split('\r\n');
  assert.equal(lines[0], 'at,realm,service,organisation,provider,acr,outcome,code,reason');
  assert.ok(lines.length > 61);
  assert.ok(
    lines.every((line) => !/,=|^=/.test(line)),
    'no cell is a formula',
  );
  assert.equal((await browser.getJson(`${PAGE}?before=x`)).statusCode, 400);
});

test('one session ends alone, the others together; Socle is told as any service', async () => {
  const { browser, personId } = await citizen();
  const second = await citizen();
  const third = await citizen();
  assert.equal(second.personId, personId);
  const sessionOf = async (at: typeof browser) => {
    const [form] = formsOf((await at.get(PAGE)).body).filter(({ action }) =>
      action.endsWith('/sessions/end'),
    );
    const own = form?.buttons.find(({ text }) => text.includes('sortir'));
    return own?.value ?? '';
  };
  const isIn = async (at: typeof browser) => (await at.getJson('/api/v1/identity/me')).statusCode === 200;
  const ended = await browser.post(`${PAGE}/sessions/end`, { session: await sessionOf(second.browser) });
  assert.equal(ended.headers.location, `${PAGE}?done=ended`);
  assert.equal(await isIn(second.browser), false);
  assert.equal(await isIn(third.browser), true);
  assert.match(textOf((await browser.get(`${PAGE}?done=ended`)).body), /services concernés ont été prévenus/);

  await browser.post(`${PAGE}/sessions/end`, { session: 'others' });
  assert.equal(await isIn(third.browser), false);
  assert.equal(await isIn(browser), true);

  const last = await browser.post(`${PAGE}/sessions/end`, { session: await sessionOf(browser) });
  assert.equal(last.headers.location, '/signed-out');
  assert.equal(await isIn(browser), false);
  const [left] = await rowsOf(
    state,
    `select count(*) as count from identity.hub_sessions s join identity.accounts a on a.id = s.account_id
     where a.person_id = $1 and s.ended_at is null`,
    [personId],
  );
  assert.equal(Number(left?.count), 0);
  const entries = await rowsOf(
    state,
    `select kind from ledger.waiting where kind = 'identity.hub-sessions-ended' and subject = $1`,
    [`identity/person/${personId}`],
  );
  assert.equal(entries.length, 3);
});

test('a blocked provider signs in nobody any more, until it is unblocked', async () => {
  const { browser, personId } = await citizen();
  const agent = await comeIn(state, 'agents', { email: await agentEmail(state) });
  const elsewhere = await citizen();
  const [account] = await accountsOfPerson(kernel.db, personId);
  const provider = `${PAGE}/providers/${account?.upstreamId}`;
  const asked = textOf((await browser.get(`${provider}/block`)).body);
  assert.match(asked, /vous serez déconnecté aussitôt/);
  assert.match(asked, /le seul fournisseur d’identité/);
  assert.equal((await agent.browser.get(`${provider}/block`)).statusCode, 404, 'agents block nobody');
  assert.equal((await agent.browser.post(`${provider}/block`)).statusCode, 404);
  assert.equal((await browser.get(`${PAGE}/providers/nonsense/block`)).statusCode, 404);

  const blocked = await browser.post(`${provider}/block`);
  assert.equal(blocked.headers.location, '/signed-out');
  for (const at of [browser, elsewhere.browser]) {
    assert.equal((await at.getJson('/api/v1/identity/me')).statusCode, 401);
  }
  assert.equal((await agent.browser.getJson('/api/v1/identity/me')).statusCode, 200, 'the others stay');
  const mail = await rowsOf(state, `select body from mail.messages where subject like 'Vous avez bloqué%'`);
  assert.equal(mail.length, 1);

  const refused = await walk(state.client(), '/sign-in/with/citizens?back=/account', {});
  assert.equal(refused.answer.statusCode, 403);
  assert.match(refused.answer.body, /upstream-blocked/);

  const way = /http:\/\/localhost(\/identity-providers\/unblock\/\S+)/.exec(String(mail[0]?.body))?.[1] ?? '';
  const nobody = state.client();
  assert.match(textOf((await nobody.get(way)).body), /Débloquer Identité de Valmarie/);
  assert.equal((await nobody.getJson(`${way}x`)).statusCode, 404);
  assert.equal((await nobody.post(way)).headers.location, '/sign-in');
  assert.equal((await nobody.getJson(way)).json().code, 'identity.unblock-link-is-over');
  const again = await citizen();
  await state.database.pool.query(
    `insert into identity.upstream_blocks (subject_root, upstream_id, at) values ($1, $2, now())`,
    [account?.subjectRoot, account?.upstreamId],
  );
  assert.match(textOf((await again.browser.get(PAGE)).body), /Bloqué depuis le/);
  assert.match(textOf((await again.browser.get(`${provider}/unblock`)).body), /de nouveau vous connecter/);
  assert.equal((await again.browser.post(`${provider}/unblock`)).statusCode, 303);
  await citizen();
  const kinds = await rowsOf(
    state,
    `select kind from ledger.waiting where subject = $1 and kind like 'identity.upstream-%' order by at`,
    [`identity/person/${personId}`],
  );
  assert.deepEqual(kinds.map(({ kind }) => kind).sort(), [
    'identity.upstream-blocked',
    'identity.upstream-unblocked',
    'identity.upstream-unblocked',
  ]);
});
