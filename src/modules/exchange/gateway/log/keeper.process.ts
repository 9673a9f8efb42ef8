// The program of the keeper's process: it is told by its parent what to keep, and ends when told to, or with its parent.
import '../../../../compile-cache.ts';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { KeeperOrder } from './keeper-process.ts';

const [order] = (await once(process, 'message')) as [KeeperOrder];
const ended = Promise.race([once(process, 'SIGTERM'), once(process, 'disconnect')]);
// A terminal sends it to the gateway too, which ends its calls first and then this process.
process.on('SIGINT', () => {});
const [{ default: pino }, { connect }, { takeLock }, { loadLedgerSigner }, { keepLog }] = await Promise.all([
  import('pino'),
  import('#platform/database/connection.ts'),
  import('#platform/installation/lock.ts'),
  import('#platform/ledger/signer.ts'),
  import('./keep-log.ts'),
]);

const LOCK_PAUSE_MS = 200;
const { folder, keyFile, origin, address, logLevel } = order;
const log = pino({ level: logLevel }, pino.destination(2));
// The calls go first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

// The keeper of a gateway that was killed may be in its last turn.
let lock = takeLock(folder, 'server', new Date());
let isOver = false;
ended.then(() => {
  isOver = true;
});
while (!lock && !isOver) {
  await wait(LOCK_PAUSE_MS);
  lock = takeLock(folder, 'server', new Date());
}

if (lock) {
  const connection = connect(address, { max: 2 });
  const kept = keepLog({
    folder,
    signer: loadLedgerSigner({ keyFile, origin }),
    db: connection.db,
    log,
    now: Date.now,
    onProgress: (progress) => {
      if (process.connected) process.send?.(progress, () => {});
    },
  });
  await ended;
  await kept.stop();
  await connection.close();
  lock.release();
}
process.exit(0);
