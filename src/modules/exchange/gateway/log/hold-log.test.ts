// A log is held whole while it is written, signed and made safe.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ledgerSigner, newLedgerKey } from '#platform/ledger/signer.ts';
import type { BusyLog } from './hold-log.fixture.ts';
import { holdLogs } from './hold-log.ts';
import { LogKeeper } from './keeper.ts';
import { readState } from './keeper-state.ts';
import { appendAll, inventedCall, newLogFolder, openLog } from './log.fixture.ts';
import { verifyLogFolder } from './verify-log-folder.ts';
import { segmentFile } from './wal.ts';

const ORIGIN = 'log.test/held';
const MOMENTS = 120;
/** Of how many moments one is restored. */
const RESTORED = 12;

/** Holds the logs, and looks whether the state speaks of no more than the entries that are held. */
function hold(folder: string) {
  const held = newLogFolder();
  const files = holdLogs(folder, held);
  const state = readState(join(held, 'main'));
  if (state) {
    const segment = segmentFile('main', state.segment);
    const length = files.find(({ path }) => path === segment)?.size ?? 0;
    assert.ok(state.offset <= length, `${state.offset} of ${length} bytes`);
  }
  return { held, files };
}

/** What a backup makes of what is held: copies, each as long as it was. */
function copyOf({ held, files }: ReturnType<typeof hold>): string {
  const copy = newLogFolder();
  for (const { path, size } of files) {
    const file = join(copy, path);
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(join(held, path), file);
    truncateSync(file, size);
  }
  return copy;
}

test('whatever moment a log is held at, it goes on from there with everything acknowledged', async () => {
  const folder = newLogFolder();
  mkdirSync(join(folder, 'main'));
  const keyPem = newLedgerKey();
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const workerData: BusyLog = { folder: join(folder, 'main'), origin: ORIGIN, keyPem, shared };
  const worker = new Worker(new URL('./hold-log.fixture.ts', import.meta.url), { workerData });
  const ended = new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
  while (Atomics.load(shared, 0) === 0) await wait(5);
  const copies: { folder: string; acknowledged: number }[] = [];
  for (let at = 0; at < MOMENTS; at += 1) {
    const acknowledged = Atomics.load(shared, 0);
    const held = hold(folder);
    if (at % RESTORED === 0) copies.push({ acknowledged, folder: copyOf(held) });
    await wait(1);
  }
  Atomics.store(shared, 1, 1);
  await ended;

  const signer = ledgerSigner(keyPem, ORIGIN);
  for (const copy of copies) {
    const restored = join(copy.folder, 'main');
    const log = await openLog(restored, ORIGIN);
    const [next] = await appendAll(log, [inventedCall(5_000)]);
    assert.ok((next ?? -1) >= copy.acknowledged, `${next} after ${copy.acknowledged}`);
    const keeper = new LogKeeper({ folder: restored, signer, now: Date.now });
    await keeper.turn({ seals: true });
    keeper.close();
    await log.close();
    const { entries, fault } = verifyLogFolder(restored);
    assert.deepEqual({ entries, fault }, { entries: (next ?? 0) + 1, fault: null });
  }
});
