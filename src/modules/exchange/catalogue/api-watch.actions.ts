// The watch over the servers of open APIs: each is looked at, and whether it answered counts for its day.

import { OutgoingError } from '#platform/http/outgoing.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { sideBySide } from '#platform/side-by-side.ts';
import { addMeasuredDays, listWatchedServers, type WatchedServer } from './api-days.repository.ts';

/** Looks at once, and the longest of one. */
const LOOK = { atOnce: 16, timeoutMs: 4_000 } as const;

/** What one round of the watch came to; servers that the way out does not lead to are not counted. */
export interface ApiWatchRound {
  readonly looked: number;
  readonly down: number;
}

/**
 * Looks at the newest version in service of every open API and adds the looks to the day (UTC). A server is up when it
 * answers anything but a fault of its own (5xx). One on an address that the control plane may not call is not measured.
 */
export async function watchApis({
  db,
  clock,
  outgoing,
}: Pick<Kernel, 'db' | 'clock' | 'outgoing'>): Promise<ApiWatchRound> {
  const servers = await listWatchedServers(db);
  const looks = await sideBySide(servers, LOOK.atOnce, async (server) => ({
    apiId: server.apiId,
    isUp: await answers(outgoing, server),
  }));
  const day = clock.now().toISOString().slice(0, 10);
  const days = looks.flatMap(({ apiId, isUp }) =>
    isUp === null ? [] : [{ apiId, day, checks: 1, checksUp: isUp ? 1 : 0 }],
  );
  await db.transaction().execute(async (trx) => {
    await addMeasuredDays(trx, days);
    await publicDataChanged(trx);
  });
  return { looked: days.length, down: days.filter(({ checksUp }) => checksUp === 0).length };
}

async function answers(outgoing: Kernel['outgoing'], { url }: WatchedServer): Promise<boolean | null> {
  try {
    const answer = await outgoing.fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(LOOK.timeoutMs) });
    return answer.status < 500;
  } catch (error) {
    return isRefusal(error) ? null : false;
  }
}

/** Tells whether the way out refused the address itself, rather than that nobody answered there. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof OutgoingError)) return false;
  if (error.cause === undefined) return true;
  return error.cause instanceof Error && error.cause.cause instanceof OutgoingError;
}
