// The `socle hub` commands: keys are listed without their private part, replaced in time, or at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import { sql } from 'kysely';
import type { Kernel } from '#platform/kernel.ts';
import { ensureSigningKeys, readSigningKeys } from '../hub/signing-keys.actions.ts';
import { orderedForSigning } from '../hub/signing-keys.rules.ts';
import { identityKernel, TEST_NOW } from '../identity.fixture.ts';
import { hubCommands } from './hub.commands.ts';

interface ListedKey {
  readonly realm: string;
  readonly kid: string;
  readonly signs: boolean;
}

/** Runs `socle hub ...` on the kernel. @returns what it prints. */
async function run(
  kernel: Kernel,
  ...words: string[]
): Promise<{ result: Record<string, unknown> & { keys?: ListedKey[] }; sentence: string }> {
  const printed: { result: Record<string, unknown>; sentence: string }[] = [];
  const socle = new Command('socle').exitOverride();
  hubCommands(socle, {
    withKernel: (work) => work(kernel, {}),
    print: (result, sentence) => printed.push({ result: result as Record<string, unknown>, sentence }),
  });
  await socle.parseAsync(['node', 'socle', 'hub', ...words]);
  const [only] = printed;
  assert.ok(only && printed.length === 1);
  return only;
}

test('keys are listed with which of them sign, and without what is private', async (t) => {
  const kernel = await identityKernel(t);
  assert.match((await run(kernel, 'keys')).sentence, /no key yet/);
  await ensureSigningKeys(kernel, 'agents');
  const { result, sentence } = await run(kernel, 'keys');
  assert.deepEqual(
    result.keys?.map(({ realm, signs }) => [realm, signs]),
    [
      ['agents', true],
      ['agents', true],
    ],
  );
  assert.match(sentence, /agents {2}(ES256|RS256) {2}\S+ {2}signs since 2026-11-24/);
  assert.doesNotMatch(JSON.stringify(result) + sentence, /"(d|p|q|jwk)"/);
});

test('new keys sign in two minutes, and the old stay published', async (t) => {
  const kernel = await identityKernel(t);
  const old = (await ensureSigningKeys(kernel, 'citizens')).map(({ kid }) => kid);
  const { result } = await run(kernel, 'rotate-keys', '--realm', 'citizens');
  assert.deepEqual(result, { realm: 'citizens', published: 2, withdrawn: 0 });
  const keys = await readSigningKeys(kernel, 'citizens');
  assert.equal(keys.length, 4);
  assert.deepEqual(
    orderedForSigning(keys, TEST_NOW)
      .slice(0, 2)
      .map(({ kid }) => kid)
      .sort(),
    [...old].sort(),
  );
});

test('with --withdraw-old the new keys sign at once and the old are gone; other realms keep theirs', async (t) => {
  const kernel = await identityKernel(t);
  const old = (await ensureSigningKeys(kernel, 'agents')).map(({ kid }) => kid);
  await ensureSigningKeys(kernel, 'machines');
  const { result, sentence } = await run(kernel, 'rotate-keys', '--realm', 'agents', '--withdraw-old');
  assert.deepEqual(result, { realm: 'agents', published: 2, withdrawn: 2 });
  assert.match(sentence, /Sessions stay/);
  const keys = await readSigningKeys(kernel, 'agents');
  assert.equal(keys.length, 2);
  assert.ok(keys.every(({ kid, signsFrom }) => !old.includes(kid) && signsFrom <= TEST_NOW));
  assert.equal((await readSigningKeys(kernel, 'machines')).length, 2);
  const { rows } = await sql<{ kind: string; actor: string }>`
    select kind, actor::text from ledger.waiting where kind = 'identity.signing-key-withdrawn'`.execute(
    kernel.db,
  );
  assert.equal(rows.length, 2);
  assert.match(String(rows[0]?.actor), /socle hub rotate-keys/);
});

test('a realm that does not exist is refused in words', async (t) => {
  const kernel = await identityKernel(t);
  await assert.rejects(run(kernel, 'rotate-keys', '--realm', 'nobody'), /identity\.unknown-realm/);
});
