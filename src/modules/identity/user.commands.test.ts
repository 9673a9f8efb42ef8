import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import type { Kernel } from '#platform/kernel.ts';
import { identityKernel, kernelOver, SOMEBODY } from './identity.fixture.ts';
import { acceptInvitation } from './invitations.actions.ts';
import { recordOrganisation } from './organisations.actions.ts';
import { nextStepOf } from './sign-in.actions.ts';
import { userCommands } from './user.commands.ts';

/** Runs `socle user ...` on the kernel. @returns what it prints. */
async function run(
  kernel: Kernel,
  ...words: string[]
): Promise<{ result: Record<string, unknown>; sentence: string }> {
  const printed: { result: Record<string, unknown>; sentence: string }[] = [];
  const socle = new Command('socle').exitOverride();
  userCommands(socle, {
    withKernel: (work) => work(kernel, {}),
    print: (result, sentence) => printed.push({ result: result as Record<string, unknown>, sentence }),
  });
  await socle.parseAsync(['node', 'socle', 'user', ...words]);
  const [only] = printed;
  assert.ok(only && printed.length === 1);
  return only;
}

test('an empty installation gets its first administrator, who must set up a second factor', async (t) => {
  const kernel = await identityKernel(t);
  const { result, sentence } = await run(
    kernel,
    'create-admin',
    '--email',
    'Ada@example.org',
    '--name',
    'Ada Lépine',
  );
  const link = String(result.link);
  assert.match(link, /^http:\/\/localhost:3000\/sign-in\/invitation\/[A-Za-z0-9_-]{43}$/);
  assert.ok(sentence.includes(link));
  const password = 'cheval agrafe pile juste';
  const personId = await acceptInvitation(kernel, link.split('/').at(-1) as string, {
    password,
    repeated: password,
  });
  assert.equal(personId, result.personId);
  assert.equal(await nextStepOf(kernel, personId), 'set-up-second-factor');
});

test('roles are given and ended by address and word', async (t) => {
  const kernel = await identityKernel(t);
  await recordOrganisation(kernel, SOMEBODY, {
    kind: 'directorate',
    name: 'Direction du numérique',
    code: 'DNE',
    siret: '',
    parentId: '',
    existsFrom: '',
    existsUntil: '',
  });
  await run(kernel, 'create-admin', '--email', 'ada@example.org', '--name', 'Ada Lépine');
  await run(kernel, 'add-role', '--email', 'ada@example.org', '--role', 'auditor', '--organisation', 'dne');
  const held = async () => {
    const { result } = await run(kernel, 'list', '--search', 'ada');
    return (result.people as { roles: { role: string; organisationName: string | null }[] }[])[0]?.roles;
  };
  assert.deepEqual((await held())?.map(({ role, organisationName }) => [role, organisationName]).sort(), [
    ['administrator', null],
    ['auditor', 'Direction du numérique'],
  ]);
  await run(kernel, 'end-role', '--email', 'ada@example.org', '--role', 'auditor');
  assert.deepEqual(
    (await held())?.map(({ role }) => role),
    ['administrator'],
  );
});

test('what cannot be done is said in a sentence', async (t) => {
  const kernel = await identityKernel(t);
  await run(kernel, 'create-admin', '--email', 'ada@example.org', '--name', 'Ada Lépine');
  const refused = (...words: string[]) =>
    assert.rejects(run(kernel, ...words), (error: { code: string }) => {
      codes.push(error.code);
      return true;
    });
  const codes: string[] = [];
  await refused('create-admin', '--email', 'not an address', '--name', 'X');
  await refused('create-admin', '--email', 'ada@example.org', '--name', 'Ada');
  await refused('add-role', '--email', 'nobody@example.org', '--role', 'citizen');
  await refused('add-role', '--email', 'ada@example.org', '--role', 'king');
  await refused('add-role', '--email', 'ada@example.org', '--role', 'agent', '--organisation', 'XXX');
  await refused('end-role', '--email', 'ada@example.org', '--role', 'agent');
  await refused('end-role', '--email', 'ada@example.org', '--role', 'administrator');
  assert.deepEqual(codes, [
    'invalid-input',
    'identity.role-is-held-already',
    'identity.nobody-has-address',
    'invalid-input',
    'identity.no-such-organisation',
    'not-found',
    'identity.last-administrator',
  ]);
});

test('a link leads to the public address, and the newest one alone works', async (t) => {
  const first = await identityKernel(t);
  const kernel = kernelOver(first.db, { ...first.config, publicUrl: 'https://socle.example' });
  const made = await run(kernel, 'create-admin', '--email', 'ada@example.org', '--name', 'Ada Lépine');
  const reset = await run(kernel, 'reset', '--email', 'ada@example.org', '--second-factors');
  assert.match(String(reset.result.link), /^https:\/\/socle\.example\/sign-in\/invitation\//);
  const password = 'cheval agrafe pile juste';
  const accept = (link: unknown) =>
    acceptInvitation(kernel, String(link).split('/').at(-1) as string, { password, repeated: password });
  await assert.rejects(accept(made.result.link), { code: 'identity.invitation-is-over' });
  await accept(reset.result.link);
});
