// Records the demonstration's past calls as the log of a gateway that is closed: written, signed and taken over by the very
// code of a gateway's log. The key that signs it is kept nowhere, so that nothing can be added to it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '#platform/database/connection.ts';
import { ledgerSigner, newLedgerKey } from '#platform/ledger/signer.ts';
import type { CallRecord } from '../gateway/call-record.types.ts';
import { openAccessLog } from '../gateway/log/access-log.ts';
import { LogKeeper } from '../gateway/log/keeper.ts';
import { LogShipper } from '../gateway/log/shipper.ts';
import { writeRecord } from '../gateway/steps/record.ts';

/** Name of the gateway that is said to have served the past calls. */
export const PAST_GATEWAY = 'demonstration';

/** Writes calls into a log named `origin`, signs it as it stands at `now` and takes it over. */
export async function recordPastCalls(
  db: Db,
  {
    origin,
    calls,
    now,
  }: { readonly origin: string; readonly calls: readonly CallRecord[]; readonly now: Date },
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'socle-demonstration-'));
  try {
    await writeAll(folder, origin, calls);
    const signer = ledgerSigner(newLedgerKey(), origin);
    const moment = () => now.getTime();
    const keeper = new LogKeeper({ folder, signer, now: moment });
    try {
      await keeper.turn();
      const { verifierKey } = signer;
      const shipper = new LogShipper({ db, folder, origin, verifierKey, now: moment });
      if (keeper.published) await shipper.ship(keeper.published);
    } finally {
      keeper.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeAll(folder: string, origin: string, calls: readonly CallRecord[]): Promise<void> {
  const failures: Error[] = [];
  const log = await openAccessLog({
    folder,
    origin,
    callsUnderWay: () => 0,
    onError: (error) => failures.push(error),
  });
  await Promise.all(calls.map((call) => writeRecord(log, call)));
  await log.close();
  if (failures.length > 0) throw failures[0];
}
