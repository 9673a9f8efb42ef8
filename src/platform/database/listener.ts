// Notices from PostgreSQL (LISTEN/NOTIFY) on one connection of its own that comes back when it breaks.
import pg from 'pg';
import type { Logger } from '../log.ts';
import type { DatabaseAddress } from './connection.ts';

const RETRY_MS = 1_000;

/** An open ear on the database. */
export interface Listener {
  stop(): Promise<void>;
}

/**
 * Listens to `channel`. `onNotice` runs at each notice; `onConnected(true)` once notices arrive, `onConnected(false)`
 * when they no longer do, so that whoever relies on them can do without meanwhile. It never throws: it tries again.
 * The channel's name must be a plain identifier of our own.
 */
export function listen(
  address: DatabaseAddress,
  channel: string,
  {
    onNotice,
    onConnected,
    log,
  }: { onNotice: (payload: string) => void; onConnected: (up: boolean) => void; log: Logger },
): Listener {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function retry(error?: Error): void {
    onConnected(false);
    client?.removeAllListeners();
    // A second error of a connection already given up must not end the process.
    client?.on('error', () => {});
    client?.end().catch(() => {});
    client = undefined;
    if (stopped) return;
    log.warn({ error: error?.message, channel }, 'notices from the database stopped; connecting again');
    timer = setTimeout(open, RETRY_MS);
  }

  async function open(): Promise<void> {
    const candidate = new pg.Client({ ...address, application_name: `socle ${channel}`, keepAlive: true });
    client = candidate;
    candidate.on('error', retry);
    candidate.on('end', () => retry());
    candidate.on('notification', (notice) => onNotice(notice.payload ?? ''));
    try {
      await candidate.connect();
      await candidate.query(`listen ${candidate.escapeIdentifier(channel)}`);
      if (!stopped && client === candidate) onConnected(true);
    } catch (error) {
      if (client === candidate) retry(error as Error);
    }
  }

  void open();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      client?.removeAllListeners();
      client?.on('error', () => {});
      await client?.end().catch(() => {});
    },
  };
}
