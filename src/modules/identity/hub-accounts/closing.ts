// What the hub does when a person's account closes: from the commit on nobody reads their accounts, so that sessions and
// tokens are worth nothing at once; the services that hold sessions of their own are told right after.
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { Hub } from '../hub/hub.ts';
import { endHubSession } from '../hub/session-ends.ts';
import { removeStateOfAccounts } from '../hub/state.repository.ts';
import { endHubSessionRowsOf, sessionsKept } from './own-hub-sessions.repository.ts';
import { accountsOfPerson } from './person-accounts.repository.ts';

/** The job that ends what the hub gave to a person. */
export const END_HUB_SESSIONS = 'identity.end-hub-sessions';

/**
 * Ends every session and token of the person at the hub, if `trx` commits. Called in the transaction that closes the
 * person's account: it marks the sessions as ended, and queues the work that tells the services.
 */
export async function endHubSessionsOfPerson(
  { jobs }: Pick<Kernel, 'jobs'>,
  trx: Trx,
  personId: string,
  now: Date,
): Promise<void> {
  const ids = (await accountsOfPerson(trx, personId)).map(({ id }) => id);
  if (ids.length === 0) return;
  await endHubSessionRowsOf(trx, ids, now);
  await jobs.enqueue(trx, END_HUB_SESSIONS, { personId }, null);
}

/**
 * Ends each session that the hub keeps of the person's accounts, telling the services that it led to, and removes their
 * grants, codes and refresh tokens. May be run again. @returns how many sessions ended.
 */
export async function endHubSessionsNow(
  kernel: Kernel,
  hub: Hub,
  personId: string,
  origin: string,
): Promise<number> {
  const ids = (await accountsOfPerson(kernel.db, personId)).map(({ id }) => id);
  let ended = 0;
  for (const { realm, uid } of await sessionsKept(kernel.db, ids)) {
    if (await endHubSession(kernel, hub, { realm, origin, uid })) ended += 1;
  }
  await removeStateOfAccounts(kernel.db, ids);
  return ended;
}
