import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import * as OTPAuth from 'otpauth';
import { SoftwareAuthenticator } from './authenticator.fixture.ts';
import { newDeviceCookie } from './device-cookie.ts';
import { identityKernel, membershipTyped, SOMEBODY, type TestKernel } from './identity.fixture.ts';
import { acceptInvitation, invitedBy, invitePerson } from './invitations.actions.ts';
import { addMembership } from './memberships.actions.ts';
import { addPasskey, askForPasskey, offerPasskey, provePasskey, removePasskey } from './passkeys.actions.ts';
import { changePassword } from './password.actions.ts';
import { closeAccount, recordPerson } from './people.actions.ts';
import { renewRecoveryCodes } from './recovery-codes.actions.ts';
import { findSecondFactors } from './second-factors.repository.ts';
import { nextStepOf, proveCode, provePassword } from './sign-in.actions.ts';
import { addTotp, beginTotp, removeTotp } from './totp.actions.ts';

const PASSWORD = 'cheval agrafe pile juste';
const SITE = { origin: 'https://socle.example' };
const EMAIL = 'ada@example.org';
const HANDED_OVER = { byMail: false, resetSecondFactors: false };

/** A person who chose a password. */
async function withPassword(kernel: TestKernel, email = EMAIL): Promise<string> {
  const { id } = await recordPerson(kernel, SOMEBODY, { name: 'Ada Lépine', email, locale: 'en' });
  const { link } = await invitePerson(kernel, SOMEBODY, id, HANDED_OVER);
  await acceptInvitation(kernel, tokenOf(link), { password: PASSWORD, repeated: PASSWORD });
  return id;
}

const tokenOf = (link: string) => link.split('/').at(-1) as string;

const knock = (kernel: TestKernel, password: string, deviceCookie?: string, email = EMAIL) =>
  provePassword(kernel, { email, password, deviceCookie });

const later = (kernel: TestKernel, seconds: number) =>
  kernel.clock.moveTo(new Date(kernel.clock.now().getTime() + seconds * 1000));

const refused = (code: string) => ({ code: `identity.${code}` });

/** Adds an application. @returns what it shows at the present moment, and the recovery codes. */
async function withTotp(kernel: TestKernel, personId: string) {
  const { secret } = await beginTotp(kernel, personId);
  const code = () =>
    OTPAuth.TOTP.generate({
      secret: OTPAuth.Secret.fromBase32(secret.replaceAll(' ', '')),
      timestamp: kernel.clock.now().getTime(),
    });
  const recoveryCodes = await addTotp(kernel, personId, { code: code(), sessionId: 'this' });
  return { code, recoveryCodes };
}

async function withPasskey(kernel: TestKernel, personId: string) {
  const device = new SoftwareAuthenticator();
  const { challenge } = await offerPasskey(kernel, personId, SITE);
  const response = device.create(challenge, SITE.origin);
  const answer = { site: SITE, challenge, response, name: ' Clé bleue ', sessionId: 'this' };
  const recoveryCodes = await addPasskey(kernel, personId, answer);
  return { device, recoveryCodes };
}

test('the right password enters; a wrong one, an unknown address and a closed account get one answer', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  assert.deepEqual(await knock(kernel, PASSWORD), { personId, email: EMAIL });
  assert.deepEqual(await knock(kernel, PASSWORD, undefined, ' ADA@Example.org '), { personId, email: EMAIL });
  await assert.rejects(knock(kernel, `${PASSWORD}.`), refused('wrong-credentials'));
  await assert.rejects(
    knock(kernel, PASSWORD, undefined, 'nobody@example.org'),
    refused('wrong-credentials'),
  );
  await closeAccount(kernel, SOMEBODY, personId);
  await assert.rejects(knock(kernel, PASSWORD), refused('wrong-credentials'));
});

test('guessing is slowed down for known and unknown accounts alike, even a hundred at once', async (t) => {
  const kernel = await identityKernel(t);
  await withPassword(kernel);
  for (const email of [EMAIL, 'nobody@example.org']) {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) => knock(kernel, `guess number ${i}`, undefined, email)),
    );
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'in'));
    assert.equal(codes.filter((code) => code === 'identity.wrong-credentials').length, 5, email);
    assert.equal(codes.filter((code) => code === 'identity.too-many-attempts').length, 95, email);
  }
  await assert.rejects(knock(kernel, PASSWORD), refused('too-many-attempts'));
  later(kernel, 2);
  await knock(kernel, PASSWORD);
  await assert.rejects(knock(kernel, 'wrong again'), refused('wrong-credentials'));
});

test('who fails on purpose elsewhere does not keep the owner waiting in a browser that was in before', async (t) => {
  const kernel = await identityKernel(t);
  await withPassword(kernel);
  const cookie = newDeviceCookie(kernel.secret, EMAIL);
  for (let i = 0; i < 5; i++)
    await assert.rejects(knock(kernel, `guess number ${i}`), refused('wrong-credentials'));
  await assert.rejects(knock(kernel, PASSWORD), refused('too-many-attempts'));
  await assert.rejects(
    knock(kernel, PASSWORD, newDeviceCookie(kernel.secret, 'bob@example.org')),
    refused('too-many-attempts'),
  );
  await assert.rejects(knock(kernel, PASSWORD, `${cookie.slice(0, -2)}xx`), refused('too-many-attempts'));
  await knock(kernel, PASSWORD, cookie);
});

test('an invitation serves once, for a day, and the newest alone', async (t) => {
  const kernel = await identityKernel(t);
  const { id } = await recordPerson(kernel, SOMEBODY, { name: 'Ada Lépine', email: EMAIL, locale: 'en' });
  const invite = async () => tokenOf((await invitePerson(kernel, SOMEBODY, id, HANDED_OVER)).link);
  const accept = (token: string) =>
    acceptInvitation(kernel, token, { password: PASSWORD, repeated: PASSWORD });
  const [replaced, used] = [await invite(), await invite()];
  await assert.rejects(accept(replaced), refused('invitation-is-over'));
  await assert.rejects(acceptInvitation(kernel, used, { password: 'short', repeated: 'short' }), {
    code: 'invalid-input',
  });
  await assert.rejects(acceptInvitation(kernel, used, { password: PASSWORD, repeated: 'other' }), {
    code: 'invalid-input',
  });
  assert.equal(await accept(used), id);
  await assert.rejects(accept(used), refused('invitation-is-over'));
  const late = await invite();
  later(kernel, 24 * 3600);
  await assert.rejects(invitedBy(kernel, late), refused('invitation-is-over'));
  const { rows } = await sql<{
    dump: string;
  }>`select string_agg(i::text, '') as dump from identity.invitations i`.execute(kernel.db);
  assert.ok(!rows[0]?.dump.includes(late), 'the token itself is nowhere in the database');
});

test('an invitation by mail goes to the person in their language', async (t) => {
  const kernel = await identityKernel(t);
  const { id } = await recordPerson(kernel, SOMEBODY, { name: 'Ada Lépine', email: EMAIL, locale: 'en' });
  const { link } = await invitePerson(kernel, SOMEBODY, id, { byMail: true, resetSecondFactors: false });
  assert.equal(kernel.mail.length, 1);
  assert.equal(kernel.mail[0]?.to, EMAIL);
  assert.match(kernel.mail[0]?.text ?? '', /^Hello Ada Lépine/);
  assert.ok(kernel.mail[0]?.text.includes(link));
});

test('a changed password asks for the present one and tells the owner', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  const change = (current: string) =>
    changePassword(kernel, personId, {
      current,
      password: 'loutre nuage béton sept',
      repeated: 'loutre nuage béton sept',
      sessionId: 'this',
    });
  await assert.rejects(change('not this'), { code: 'invalid-input' });
  await change(PASSWORD);
  await assert.rejects(knock(kernel, PASSWORD), refused('wrong-credentials'));
  await knock(kernel, 'loutre nuage béton sept');
  assert.match(kernel.mail.at(-1)?.text ?? '', /password was changed/);
});

test('after the password: enter, give the second factor, or set one up where the role asks for it', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  assert.equal(await nextStepOf(kernel, personId), 'enter');
  await addMembership(kernel, SOMEBODY, personId, membershipTyped({ role: 'administrator' }));
  assert.equal(await nextStepOf(kernel, personId), 'set-up-second-factor');
  await beginTotp(kernel, personId);
  assert.equal(
    await nextStepOf(kernel, personId),
    'set-up-second-factor',
    'one that is not confirmed counts for nothing',
  );
  await withTotp(kernel, personId);
  assert.equal(await nextStepOf(kernel, personId), 'give-second-factor');
});

test('a code of the application serves once', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  const { code } = await withTotp(kernel, personId);
  await assert.rejects(proveCode(kernel, personId, code()), refused('wrong-code'));
  later(kernel, 30);
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => proveCode(kernel, personId, code())));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('codes are guessed no faster than passwords', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  await withTotp(kernel, personId);
  for (let i = 0; i < 5; i++)
    await assert.rejects(proveCode(kernel, personId, '000000'), refused('wrong-code'));
  await assert.rejects(proveCode(kernel, personId, '000000'), refused('too-many-attempts'));
});

test('recovery codes come with the first factor, serve once each and can be replaced', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  const { recoveryCodes } = await withTotp(kernel, personId);
  assert.equal(recoveryCodes?.length, 10);
  const [first, second] = recoveryCodes as [string, string];
  await proveCode(kernel, personId, first.toUpperCase().replaceAll('-', ' '));
  await assert.rejects(proveCode(kernel, personId, first), refused('wrong-code'));
  assert.equal((await findSecondFactors(kernel.db, personId)).recoveryCodesLeft, 9);
  assert.equal(
    (await withPasskey(kernel, personId)).recoveryCodes,
    null,
    'the second factor brings no new ones',
  );
  const [renewed] = await renewRecoveryCodes(kernel, personId);
  await assert.rejects(proveCode(kernel, personId, second), refused('wrong-code'));
  await proveCode(kernel, personId, renewed as string);
});

test('a passkey proves its person, to its challenge, from its site', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  const { device, recoveryCodes } = await withPasskey(kernel, personId);
  assert.equal(recoveryCodes?.length, 10);
  const [passkey] = (await findSecondFactors(kernel.db, personId)).passkeys;
  assert.equal(passkey?.name, 'Clé bleue');
  const { challenge } = await askForPasskey(kernel, personId, SITE);
  const prove = (response: unknown) => provePasskey(kernel, personId, { site: SITE, challenge, response });
  await prove(device.get(challenge, SITE.origin));
  await assert.rejects(prove(device.get('b3RoZXI', SITE.origin)), refused('wrong-passkey'));
  await assert.rejects(prove(device.get(challenge, 'https://evil.example')), refused('wrong-passkey'));
  await assert.rejects(
    prove(new SoftwareAuthenticator().get(challenge, SITE.origin)),
    refused('wrong-passkey'),
  );
  await assert.rejects(prove({}), refused('wrong-passkey'));
});

test('a passkey whose counter does not go forward is taken for a copy', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  const { device } = await withPasskey(kernel, personId);
  const prove = async () => {
    const { challenge } = await askForPasskey(kernel, personId, SITE);
    await provePasskey(kernel, personId, {
      site: SITE,
      challenge,
      response: device.get(challenge, SITE.origin),
    });
  };
  await prove();
  device.counter -= 1;
  await assert.rejects(prove(), refused('wrong-passkey'));
  await prove();
});

test('the last second factor stays where the role asks for one', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  await addMembership(kernel, SOMEBODY, personId, membershipTyped({ role: 'administrator' }));
  await withTotp(kernel, personId);
  await withPasskey(kernel, personId);
  await removeTotp(kernel, personId);
  const [passkey] = (await findSecondFactors(kernel.db, personId)).passkeys;
  await assert.rejects(removePasskey(kernel, personId, passkey?.id ?? ''), refused('last-second-factor'));
  assert.equal((await findSecondFactors(kernel.db, personId)).passkeys.length, 1);
  const reset = await invitePerson(kernel, SOMEBODY, personId, { byMail: false, resetSecondFactors: true });
  assert.ok(reset.link);
  assert.deepEqual(await findSecondFactors(kernel.db, personId), {
    totpSince: null,
    passkeys: [],
    recoveryCodesLeft: 0,
  });
  assert.equal(await nextStepOf(kernel, personId), 'set-up-second-factor');
});

test('the secret of the application is sealed in the database', async (t) => {
  const kernel = await identityKernel(t);
  const personId = await withPassword(kernel);
  const { secret } = await beginTotp(kernel, personId);
  assert.equal((await beginTotp(kernel, personId)).secret, secret, 'a page shown again shows the same');
  const bytes = OTPAuth.Secret.fromBase32(secret.replaceAll(' ', '')).bytes;
  const { rows } = await sql<{
    sealed_secret: Buffer;
  }>`select sealed_secret from identity.totp_secrets`.execute(kernel.db);
  assert.ok(!rows[0]?.sealed_secret.includes(Buffer.from(bytes)));
});
