// How a session at the hub ends: every service that it led to is told (Back-Channel Logout 1.0), what it was granted
// is revoked, and its row is gone.
import type Provider from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import type { Hub } from './hub.ts';
import { endHubSessionRows } from './hub-sessions.repository.ts';
import type { PeopleRealm } from './realms.ts';
import { stateKey } from './state.adapter.ts';
import { removeState, removeStateOfGrant } from './state.repository.ts';

/**
 * Ends the session `uid` of `realm`: it is gone before the services are told, since one of them may not answer.
 * @returns false when it had ended before.
 */
export async function endHubSession(
  kernel: Kernel,
  hub: Hub,
  { realm, origin, uid }: { realm: PeopleRealm; origin: string; uid: string },
): Promise<boolean> {
  const { db, clock } = kernel;
  const provider = await hub.provider(realm, origin);
  const session = await provider.Session.findByUid(uid);
  await endHubSessionRows(db, [uid], clock.now());
  if (!session) return false;
  const { accountId, authorizations = {} } = session;
  await session.destroy();
  for (const { grantId } of Object.values(authorizations)) {
    if (!grantId) continue;
    await removeStateOfGrant(db, grantId);
    await removeState(db, stateKey(kernel, realm, 'Grant', grantId));
  }
  if (accountId) {
    await Promise.all(
      Object.entries(authorizations).map(([clientId, { sid }]) =>
        tellService(kernel, provider, { clientId, accountId, sid }),
      ),
    );
  }
  return true;
}

async function tellService(
  { log }: Pick<Kernel, 'log'>,
  provider: Provider,
  { clientId, accountId, sid }: { clientId: string; accountId: string; sid: string | undefined },
): Promise<void> {
  // The library's types leave this method out.
  const client = (await provider.Client.find(clientId)) as
    | { backchannelLogoutUri?: string; backchannelLogout(accountId: string, sid: string): Promise<void> }
    | undefined;
  if (!client?.backchannelLogoutUri || sid === undefined) return;
  try {
    await client.backchannelLogout(accountId, sid);
  } catch (error) {
    log.warn({ err: error, clientId }, 'a service was not told that a session has ended');
  }
}
