// Support of tests: a gateway and its keeper that write, sign and make safe without a pause, in a thread of their own, until
// they are told to stop. Never part of an installation.
import { workerData } from 'node:worker_threads';
import { ledgerSigner } from '#platform/ledger/signer.ts';
import { LogKeeper } from './keeper.ts';
import { appendAll, inventedCall, openLog } from './log.fixture.ts';

/** What the thread is started with. */
export interface BusyLog {
  readonly folder: string;
  readonly origin: string;
  readonly keyPem: string;
  /** [0]: entries acknowledged so far; [1]: not 0 when it is to stop. */
  readonly shared: Int32Array;
}

const { folder, origin, keyPem, shared } = workerData as BusyLog;
const log = await openLog(folder, origin);
const keeper = new LogKeeper({ folder, signer: ledgerSigner(keyPem, origin), now: Date.now });
for (let next = 0; Atomics.load(shared, 1) === 0; next += 90) {
  await appendAll(
    log,
    Array.from({ length: 90 }, (_, n) => inventedCall(next + n)),
  );
  Atomics.store(shared, 0, next + 90);
  await keeper.turn({ seals: true });
}
keeper.close();
await log.close();
