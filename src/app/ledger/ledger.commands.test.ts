// `socle log`: what it prints and how it ends, on a database and, to verify a file, without any.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Command } from 'commander';
import { clockStandingAt } from '#platform/clock.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { ledgerSigner, newLedgerKey } from '#platform/ledger/signer.ts';
import { freshDatabase } from '#test/support/database.ts';
import { type LedgerCommandLine, ledgerCommands, withPendingIntegrated } from './ledger.commands.ts';

const SOURCES = [{ name: 'ledger', folder: new URL('../../platform/ledger/migrations/', import.meta.url) }];
const signer = ledgerSigner(newLedgerKey(), 'socle.test/ledger');
const clock = clockStandingAt(new Date('2026-03-01T10:00:00Z'));
const folder = mkdtempSync(join(tmpdir(), 'socle-log-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'ledger.ndjson');
const keptFile = join(folder, 'kept.txt');

const { db } = await freshDatabase(undefined, SOURCES);

async function append(from: number, count: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let n = from; n < from + count; n++) {
      await appendToLedger(trx, clock.now(), {
        kind: 'trial.happened',
        subject: `trial/thing/${n}`,
        actor: { kind: 'system', name: 'trial' },
        data: { n },
      });
    }
  });
}

/** Runs `socle log …`; without `installation` there is no database to be had. */
async function log(args: string[], installation = true) {
  const printed: { ok: boolean; result: Record<string, unknown>; sentence: string }[] = [];
  const line: LedgerCommandLine = {
    locale: 'en',
    withLedger: (work) => {
      if (!installation) throw new Error('No database was to be opened.');
      return withPendingIntegrated({ db, clock } as unknown as Kernel, signer, work);
    },
    print: (result, sentence) => printed.push({ ok: true, result: { ...result }, sentence }),
    fail: (result, sentence) => printed.push({ ok: false, result: { ...result }, sentence }),
  };
  const socle = new Command('socle').exitOverride();
  ledgerCommands(socle, line);
  await socle.parseAsync(['log', ...args], { from: 'user' });
  assert.equal(printed.length, 1);
  return printed[0] as (typeof printed)[0];
}

test('an empty ledger exports, verifies and lists', async () => {
  assert.equal((await log(['export', file])).result.entries, 0);
  assert.equal((await log(['verify', file], false)).ok, true);
  assert.equal((await log(['list'])).sentence, 'No decision has been entered yet.');
});

test('what waits is counted: export, checkpoint, verification on the spot', async () => {
  await append(0, 5);
  const { sentence } = await log(['checkpoint']);
  assert.match(sentence, /^socle\.test\/ledger\n5\n/);
  writeFileSync(keptFile, `${sentence}\n`);
  await append(5, 3);
  assert.equal((await log(['verify'])).result.entries, 8);
  assert.equal((await log(['export', file])).result.entries, 8);
});

test('a file is verified without a database, against a key and a kept checkpoint', async () => {
  const { ok, sentence } = await log(
    ['verify', file, '--checkpoint', keptFile, '--key', signer.verifierKey],
    false,
  );
  assert.equal(ok, true);
  assert.equal(sentence, 'The ledger is intact: 8 entries, 2 signed checkpoints.');
});

test('the first entry that does not fit is named, and the command fails', async () => {
  const changed = join(folder, 'changed.ndjson');
  writeFileSync(changed, readFileSync(file, 'utf8').replace('trial/thing/6', 'trial/thing/9'));
  const { ok, result, sentence } = await log(['verify', changed], false);
  assert.equal(ok, false);
  assert.match(sentence, /^The ledger does not fit at entry 6: /);
  assert.equal(result.ok, false);
  assert.equal((result.firstFault as { index: number }).index, 6);
});

test('a file that cannot be read is a sentence', async () => {
  await assert.rejects(log(['verify', join(folder, 'nowhere')], false), /ledger-file-unreadable/);
  await assert.rejects(log(['verify', file, '--checkpoint', folder], false), /ledger-file-unreadable/);
});

test('the latest entries are listed first', async () => {
  const { sentence } = await log(['list', '--limit', '2']);
  assert.deepEqual(
    sentence.split('\n').map((row) => row.split('\t')[3]),
    ['trial/thing/7', 'trial/thing/6'],
  );
});
