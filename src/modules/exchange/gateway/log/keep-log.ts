// Keeps a log, second by second, until it is told to stop: signs what came, ships what was signed. Signing never waits for
// PostgreSQL, and whatever fails is taken up again from what is safe.
import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from '#platform/database/connection.ts';
import type { LedgerSigner } from '#platform/ledger/signer.ts';
import type { Logger } from '#platform/log.ts';
import { LogKeeper } from './keeper.ts';
import type { KeeperProgress } from './keeper-process.ts';
import { LogShipper } from './shipper.ts';

const SIGN_EVERY_MS = 1_000;
/** Where nothing new was signed, looking costs nothing. */
const LOOK_EVERY_MS = 200;

/** What keeping a log takes. */
export interface KeptLog {
  readonly folder: string;
  readonly signer: LedgerSigner;
  readonly db: Db;
  readonly log: Logger;
  now(): number;
  onProgress(progress: KeeperProgress): void;
}

/** Keeps the log until `stop`, which signs what there is and ships it once more. */
export function keepLog(parts: KeptLog): { stop(): Promise<void> } {
  const { folder, signer, db, log, now, onProgress } = parts;
  const shipper = new LogShipper({
    db,
    folder,
    origin: signer.origin,
    verifierKey: signer.verifierKey,
    now,
    // PostgreSQL may share the machine with the gateway: a backlog takes half of its time at the most.
    pause: (ms) => (stopping.signal.aborted ? Promise.resolve() : wait(ms)),
  });
  const stopping = new AbortController();
  let keeper: LogKeeper | null = null;
  let shipped = 0;
  const failures = new Map<string, string>();

  function tell(what: string, error: unknown): void {
    // Each second for as long as it lasts would bury everything else.
    if (failures.get(what) !== String(error)) log.error({ err: error }, what);
    failures.set(what, String(error));
  }

  async function sign(seals: boolean): Promise<void> {
    try {
      keeper ??= new LogKeeper({ folder, signer, now });
      await keeper.turn({ seals });
      failures.delete(SIGNING);
    } catch (error) {
      tell(SIGNING, error);
      keeper?.close();
      keeper = null;
    }
  }

  async function ship(): Promise<void> {
    const published = keeper?.published;
    if (!published) return;
    try {
      shipped = await shipper.ship(published);
      keeper?.shipped(shipped);
      failures.delete(SHIPPING);
    } catch (error) {
      tell(SHIPPING, error);
    }
  }

  async function signing(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sign(false);
      onProgress({ signed: keeper?.published?.size ?? 0, shipped });
      await pauseUntil(stopping.signal, SIGN_EVERY_MS);
    }
  }

  async function shipping(): Promise<void> {
    while (!stopping.signal.aborted) {
      await ship();
      await pauseUntil(stopping.signal, failures.has(SHIPPING) ? SIGN_EVERY_MS : LOOK_EVERY_MS);
    }
  }

  const signs = signing();
  const ships = shipping();
  return {
    async stop() {
      stopping.abort();
      await signs;
      await sign(true);
      await ships;
      await ship();
      keeper?.close();
    },
  };
}

const SIGNING = 'the log could not be signed; it is tried again';
const SHIPPING = 'the records could not be taken over into the database; it is tried again';

async function pauseUntil(signal: AbortSignal, ms: number): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {});
}
