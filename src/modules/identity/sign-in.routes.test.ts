import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as OTPAuth from 'otpauth';
import { startTestApp, type TestApp, type TestClient } from '#test/support/app.ts';
import { SoftwareAuthenticator } from './authenticator.fixture.ts';
import { membershipTyped, SOMEBODY } from './identity.fixture.ts';
import { acceptInvitation, invitePerson } from './invitations.actions.ts';
import { addMembership } from './memberships.actions.ts';
import { closeAccount, recordPerson } from './people.actions.ts';
import { listDemonstrationPeople } from './public.ts';

const PASSWORD = 'cheval agrafe pile juste';
const ORIGIN = 'http://localhost';

const demo = await startTestApp();
const real = await startTestApp({ demonstration: false });

/** A real person with a password. */
async function realPerson({ kernel }: TestApp, email: string): Promise<string> {
  const { id } = await recordPerson(kernel, SOMEBODY, { name: 'Ada Lépine', email, locale: 'fr' });
  const { link } = await invitePerson(kernel, SOMEBODY, id, { byMail: false, resetSecondFactors: false });
  await acceptInvitation(kernel, link.split('/').at(-1) as string, {
    password: PASSWORD,
    repeated: PASSWORD,
  });
  return id;
}

const unescaped = (html: string) =>
  html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

/** The options that the page's passkey form hands to the device. */
function passkeyOptions(page: string): { challenge: string } {
  return JSON.parse(unescaped(/data-options="([^"]+)"/.exec(page)?.[1] ?? '{}'));
}

const me = async (client: TestClient) => (await client.getJson('/api/v1/identity/me')).json();

describe('the door of a demonstration', () => {
  test('one click enters as an invented person, and sign-out leaves', async () => {
    const { kernel } = demo;
    const client = demo.client();
    const [person] = await listDemonstrationPeople(kernel.db, kernel.clock.now());
    const page = await client.get('/sign-in');
    assert.equal(page.statusCode, 200);
    assert.ok(page.body.includes(person?.name as string));
    const entered = await client.post('/sign-in/demonstration', { personId: person?.personId as string });
    assert.deepEqual([entered.statusCode, entered.headers.location], [303, '/desk']);
    assert.equal((await me(client)).name, person?.name);
    const left = await client.post('/sign-out');
    assert.deepEqual([left.statusCode, left.headers.location], [303, '/']);
    assert.equal((await client.getJson('/api/v1/identity/me')).statusCode, 401);
  });

  test('it enters as nobody else: a real person, a closed account, an unknown or wrong id', async () => {
    const { kernel } = demo;
    const client = demo.client();
    const real = await realPerson(demo, 'real@example.org');
    const people = await listDemonstrationPeople(kernel.db, kernel.clock.now());
    const closed = people.at(-1)?.personId as string;
    await closeAccount(kernel, SOMEBODY, closed);
    for (const personId of [real, closed, '7f0a3b1e-0000-4000-8000-000000000000']) {
      assert.equal((await client.post('/sign-in/demonstration', { personId })).statusCode, 404);
    }
    assert.equal((await client.post('/sign-in/demonstration', { personId: 'x' })).statusCode, 400);
    assert.equal((await client.getJson('/api/v1/identity/me')).statusCode, 401);
  });

  test('a form without its token is refused', async () => {
    const answer = await demo.client().sendRaw('POST', '/sign-in', 'email=a%40b.fr&password=x', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.equal(answer.statusCode, 403);
  });

  test('the page that asked for sign-in is come back to, and no other site is', async () => {
    const { kernel } = demo;
    const [person] = await listDemonstrationPeople(kernel.db, kernel.clock.now());
    const cases = {
      '/account?x=1': '/account?x=1',
      '//evil.example': '/desk',
      'https://evil.example': '/desk',
    };
    for (const [back, expected] of Object.entries(cases)) {
      const client = demo.client();
      await client.get(`/sign-in?back=${encodeURIComponent(back)}`);
      const entered = await client.post('/sign-in/demonstration', { personId: person?.personId as string });
      assert.equal(entered.headers.location, expected);
    }
  });

  test('the session has another id once somebody is signed in', async () => {
    const client = demo.client();
    await client.get('/sign-in');
    const before = client.cookie;
    const [person] = await listDemonstrationPeople(demo.kernel.db, demo.kernel.clock.now());
    await client.post('/sign-in/demonstration', { personId: person?.personId as string });
    assert.notEqual(client.cookie, before);
  });
});

describe('the door of a real installation', () => {
  test('there is no one-click entry', async () => {
    const id = await realPerson(real, 'oneclick@example.org');
    const client = real.client();
    assert.ok(!(await client.get('/sign-in')).body.includes('/sign-in/demonstration'));
    assert.equal((await client.post('/sign-in/demonstration', { personId: id })).statusCode, 404);
  });

  test('a wrong password keeps the address, says one thing, and is slowed down', async () => {
    await realPerson(real, 'ada@example.org');
    const client = real.client();
    const wrong = await client.post('/sign-in', { email: 'ada@example.org', password: 'wrong' });
    assert.equal(wrong.statusCode, 422);
    assert.ok(wrong.body.includes('value="ada@example.org"'));
    assert.ok(!wrong.body.includes('value="wrong"'));
    assert.match(wrong.body, /<title>Erreur\s: /);
    for (let i = 0; i < 4; i++)
      await client.post('/sign-in', { email: 'ada@example.org', password: 'wrong' });
    const slowed = await client.post('/sign-in', { email: 'ada@example.org', password: PASSWORD });
    assert.equal(slowed.statusCode, 429);
    assert.match(unescaped(slowed.body), /Attendez 2 secondes/);
  });

  test('password alone enters where no role asks for more, with a device cookie', async () => {
    const id = await realPerson(real, 'plain@example.org');
    await addMembership(real.kernel, SOMEBODY, id, membershipTyped());
    const client = real.client();
    const entered = await client.post('/sign-in', { email: 'plain@example.org', password: PASSWORD });
    assert.deepEqual([entered.statusCode, entered.headers.location], [303, '/desk']);
    const cookie = entered.cookies.find(({ name }) => name === 'socle-device');
    assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, 'Lax', '/sign-in']);
    assert.deepEqual((await me(client)).roles, [{ role: 'citizen', organisationId: null }]);
  });

  test('an administrator is led to a second factor before anything else, then gives it', async () => {
    const id = await realPerson(real, 'admin@example.org');
    await addMembership(real.kernel, SOMEBODY, id, membershipTyped({ role: 'administrator' }));
    const client = real.client();
    const password = await client.post('/sign-in', { email: 'admin@example.org', password: PASSWORD });
    assert.equal(password.headers.location, '/sign-in/second-factor/add');
    assert.equal((await client.getJson('/api/v1/identity/me')).statusCode, 401);
    const page = await client.get('/sign-in/second-factor/add');
    assert.equal(page.statusCode, 200);
    assert.match(String(page.headers['cache-control']), /no-store/);
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(page.body)?.[1]?.replaceAll(' ', '') as string;
    const code = () =>
      OTPAuth.TOTP.generate({
        secret: OTPAuth.Secret.fromBase32(secret),
        timestamp: real.kernel.clock.now().getTime(),
      });
    assert.equal((await client.post('/sign-in/second-factor/add/totp', { code: '12' })).statusCode, 422);
    const added = await client.post('/sign-in/second-factor/add/totp', { code: code() });
    assert.equal(added.statusCode, 200);
    const codes = [...added.body.matchAll(/<code>([0-9a-z-]{19})<\/code>/g)].map(
      ([, text]) => text as string,
    );
    assert.equal(codes.length, 10);
    assert.deepEqual((await me(client)).roles, [{ role: 'administrator', organisationId: null }]);

    const again = real.client();
    const next = await again.post('/sign-in', { email: 'admin@example.org', password: PASSWORD });
    assert.equal(next.headers.location, '/sign-in/second-factor');
    const sneaking = await again.get('/sign-in/second-factor/add');
    assert.equal(sneaking.headers.location, '/sign-in', 'a password alone must not add another factor');
    assert.equal((await again.get('/sign-in/second-factor')).statusCode, 200);
    assert.equal(
      (await again.post('/sign-in/second-factor', { code: code() })).statusCode,
      422,
      'it was used',
    );
    const entered = await again.post('/sign-in/second-factor', { code: codes[0] as string });
    assert.equal(entered.headers.location, '/desk');
    assert.equal((await me(again)).personId, id);
  });

  test('a passkey is added and gives its proof; its challenge serves once', async () => {
    const id = await realPerson(real, 'key@example.org');
    const client = real.client();
    await client.post('/sign-in', { email: 'key@example.org', password: PASSWORD });
    const device = new SoftwareAuthenticator();
    const page = await client.get('/account/second-factors/add');
    const response = JSON.stringify(device.create(passkeyOptions(page.body).challenge, ORIGIN));
    const added = await client.post('/account/second-factors/add/passkey', { response, name: 'Bleue' });
    assert.equal(added.statusCode, 200, 'recovery codes are shown');
    assert.equal(
      (await client.post('/account/second-factors/add/passkey', { response, name: 'x' })).statusCode,
      422,
    );

    const again = real.client();
    await again.post('/sign-in', { email: 'key@example.org', password: PASSWORD });
    const { challenge } = passkeyOptions((await again.get('/sign-in/second-factor')).body);
    assert.equal((await again.post('/sign-in/second-factor/passkey', { response: '{' })).statusCode, 422);
    const stale = JSON.stringify(device.get(challenge, ORIGIN));
    assert.equal((await again.post('/sign-in/second-factor/passkey', { response: stale })).statusCode, 422);
    const fresh = passkeyOptions((await again.get('/sign-in/second-factor')).body).challenge;
    const answer = JSON.stringify(device.get(fresh, ORIGIN));
    const entered = await again.post('/sign-in/second-factor/passkey', { response: answer });
    assert.equal(entered.headers.location, '/desk');
    assert.equal((await me(again)).personId, id);
  });

  test('the second factor is not waited for longer than ten minutes, nor given by nobody', async () => {
    const id = await realPerson(real, 'slow@example.org');
    await addMembership(real.kernel, SOMEBODY, id, membershipTyped({ role: 'administrator' }));
    const client = real.client();
    await client.post('/sign-in', { email: 'slow@example.org', password: PASSWORD });
    const start = real.kernel.clock.now();
    real.kernel.clock.moveTo(new Date(start.getTime() + 600_000));
    assert.equal((await client.get('/sign-in/second-factor/add')).headers.location, '/sign-in');
    real.kernel.clock.moveTo(start);
    const nobody = real.client();
    for (const path of ['/sign-in/second-factor', '/sign-in/second-factor/add']) {
      assert.equal((await nobody.get(path)).headers.location, '/sign-in');
    }
    assert.equal((await nobody.post('/sign-in/second-factor', { code: '1' })).headers.location, '/sign-in');
    assert.equal(
      (await nobody.post('/sign-in/second-factor/passkey', { response: '{}' })).headers.location,
      '/sign-in',
    );
  });

  test('an invitation is accepted on its page, once, and its address is kept nowhere', async () => {
    const { kernel } = real;
    const { id } = await recordPerson(kernel, SOMEBODY, {
      name: 'Bob',
      email: 'bob@example.org',
      locale: 'fr',
    });
    await addMembership(kernel, SOMEBODY, id, membershipTyped());
    const { link } = await invitePerson(kernel, SOMEBODY, id, { byMail: false, resetSecondFactors: false });
    const path = new URL(link).pathname;
    const client = real.client();
    const page = await client.get(path);
    assert.equal(page.statusCode, 200);
    assert.equal(page.headers['referrer-policy'], 'no-referrer');
    const short = await client.post(path, { password: 'short', repeated: 'short' });
    assert.equal(short.statusCode, 422);
    assert.match(short.body, /href="#password"/);
    assert.ok(!short.body.includes('value="short"'));
    const accepted = await client.post(path, { password: PASSWORD, repeated: PASSWORD });
    assert.deepEqual([accepted.statusCode, accepted.headers.location], [303, '/desk']);
    assert.equal((await real.client().get(path)).statusCode, 404);
    assert.equal((await real.client().get('/sign-in/invitation/unknown')).statusCode, 404);
  });
});
