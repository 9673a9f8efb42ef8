import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestApp } from '#test/support/app.ts';
import { membershipTyped, SOMEBODY } from './identity.fixture.ts';
import { acceptInvitation, invitePerson } from './invitations.actions.ts';
import { addMembership } from './memberships.actions.ts';
import { recordPerson } from './people.actions.ts';
import { findSecondFactors } from './second-factors.repository.ts';

const PASSWORD = 'cheval agrafe pile juste';
const NEXT = 'loutre nuage béton sept';

const demo = await startTestApp();
const real = await startTestApp({ demonstration: false });

describe('one’s own account', () => {
  async function signedIn(email: string, password = PASSWORD) {
    const { kernel } = real;
    const { id } = await recordPerson(kernel, SOMEBODY, { name: 'Ada Lépine', email, locale: 'fr' });
    await addMembership(kernel, SOMEBODY, id, membershipTyped());
    const { link } = await invitePerson(kernel, SOMEBODY, id, { byMail: false, resetSecondFactors: false });
    await acceptInvitation(kernel, link.split('/').at(-1) as string, { password, repeated: password });
    const client = real.client();
    await client.post('/sign-in', { email, password });
    return { id, client };
  }

  const isIn = async (client: { getJson(url: string): Promise<{ statusCode: number }> }) =>
    (await client.getJson('/api/v1/identity/me')).statusCode === 200;

  test('nobody sees it', async () => {
    const client = real.client();
    const page = await client.get('/account');
    assert.deepEqual([page.statusCode, page.headers.location], [303, '/sign-in?back=%2Faccount']);
    assert.equal((await client.post('/account/password', {})).statusCode, 401);
    assert.equal((await client.post('/account/sessions/end', { session: 'others' })).statusCode, 401);
  });

  test('it shows details, roles and sessions', async () => {
    const { client } = await signedIn('shows@example.org');
    const page = await client.get('/account');
    assert.equal(page.statusCode, 200);
    for (const text of ['Ada Lépine', 'shows@example.org', 'Usager', 'Celle-ci'])
      assert.ok(page.body.includes(text), text);
  });

  test('a changed password ends the other sessions and keeps this one', async () => {
    const { client } = await signedIn('change@example.org');
    const other = real.client();
    await other.post('/sign-in', { email: 'change@example.org', password: PASSWORD });
    const typed = { current: 'not it', password: NEXT, repeated: NEXT };
    const wrong = await client.post('/account/password', typed);
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#current"/);
    const changed = await client.post('/account/password', { ...typed, current: PASSWORD });
    assert.deepEqual([changed.statusCode, changed.headers.location], [303, '/account']);
    assert.deepEqual([await isIn(client), await isIn(other)], [true, false]);
  });

  test('one ends another session of one’s own, and no one else’s', async () => {
    const { client } = await signedIn('sessions@example.org');
    const other = real.client();
    await other.post('/sign-in', { email: 'sessions@example.org', password: PASSWORD });
    const { client: stranger } = await signedIn('stranger@example.org');
    const idHash = /name="session" value="([0-9a-f]{64})"/.exec(
      (await client.get('/account')).body,
    )?.[1] as string;
    await stranger.post('/account/sessions/end', { session: idHash });
    assert.equal(await isIn(other), true);
    assert.equal((await client.post('/account/sessions/end', { session: 'x' })).statusCode, 400);
    await client.post('/account/sessions/end', { session: idHash });
    assert.deepEqual([await isIn(client), await isIn(other)], [true, false]);
  });

  test('a second factor is removed with the password', async () => {
    const { client, id } = await signedIn('factor@example.org');
    const { kernel } = real;
    await real.database.pool.query(
      `insert into identity.passkeys (credential_id, person_id, name, public_key, counter, transports, created_at)
       values ('abc', $1, 'Bleue', '', 0, '{}', now())`,
      [id],
    );
    const passkey = (await findSecondFactors(kernel.db, id)).passkeys[0]?.id as string;
    const path = `/account/second-factors/${passkey}/remove`;
    assert.ok((await client.get('/account')).body.includes(path));
    assert.equal((await client.get(path)).statusCode, 200);
    assert.equal((await client.post(path, { current: 'not it' })).statusCode, 422);
    assert.equal((await client.post('/account/recovery-codes')).statusCode, 200);
    assert.equal((await client.post(path, { current: PASSWORD })).headers.location, '/account');
    assert.equal((await findSecondFactors(kernel.db, id)).passkeys.length, 0);
    for (const unknown of ['totp', passkey, 'x']) {
      assert.equal((await client.get(`/account/second-factors/${unknown}/remove`)).statusCode, 404, unknown);
    }
    assert.equal((await client.post('/account/recovery-codes')).statusCode, 404, 'no factor is left');
  });
});

test('a person of the demonstration sees their account and has no password to change', async () => {
  const client = await demo.signedInAs('auditor');
  const page = await client.get('/account');
  assert.ok(page.body.includes('Anaïs Kerbrat'));
  assert.ok(!page.body.includes('/account/password'));
  const answer = await client.post('/account/password', { current: '', password: NEXT, repeated: NEXT });
  assert.equal(answer.statusCode, 422);
});
