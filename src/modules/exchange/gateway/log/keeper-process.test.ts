// The keeper as a process of its own: it signs and ships what the gateway writes, survives being killed, ends when told to.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { migrationSources } from '#app/modules.ts';
import { holderOf } from '#platform/installation/lock.ts';
import { eventually } from '#platform/jobs/job-trial.ts';
import { freshDatabase } from '#test/support/database.ts';
import { silentLog } from '#test/support/silent-log.ts';
import { startKeeper } from './keeper-process.ts';
import { appendAll, inventedCall, newLogFolder, openLog } from './log.fixture.ts';
import { verifyLogFolder } from './verify-log-folder.ts';

test('a keeper signs and ships, is started again when it is killed, and ends when told to', async () => {
  const { db, address } = await freshDatabase(undefined, migrationSources());
  const folder = newLogFolder();
  const origin = 'socle.example/gateway/kept';
  const log = await openLog(folder, origin);
  const append = (count: number) =>
    appendAll(
      log,
      Array.from({ length: count }, () => inventedCall(log.size)),
    );
  const order = { folder, keyFile: join(folder, 'log.key'), origin, address };
  const keeper = startKeeper(order, { ...silentLog, level: 'silent' });
  await append(300);
  await eventually(() => keeper.progress.shipped === 300);
  const first = holderOf(folder)?.pid as number;
  process.kill(first, 'SIGKILL');
  await append(300);
  await eventually(() => keeper.progress.shipped === 600);
  assert.notEqual(holderOf(folder)?.pid, first);
  await append(10);
  await log.close();
  await keeper.stop();
  assert.equal(holderOf(folder), null);
  const verdict = verifyLogFolder(folder);
  assert.deepEqual([verdict.fault, verdict.entries], [null, 610]);
  const { rows } = await sql<{ n: number; last: number }>`
    select count(*) as n, max(index) as last from exchange.access_records`.execute(db);
  assert.deepEqual(rows, [{ n: 610, last: 609 }]);
});
