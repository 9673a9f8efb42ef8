// A person's own sessions at the hub: which there are, and which of them the reader's session of Socle stands on.
import type { HubSession } from '#platform/http/session.ts';
import type { Kernel } from '#platform/kernel.ts';
import { OWN_CLIENT_ID } from '../hub/own-service.ts';
import { payloadOf } from '../hub/state.adapter.ts';
import type { OwnHubSession } from './own-connections.types.ts';
import { liveHubSessions, type SealedHubSession } from './own-hub-sessions.repository.ts';

/**
 * The live sessions of these accounts, the latest used first; 100 at most. `present` is what the reader's session of
 * Socle knows of the hub's; undefined when they came in another way.
 */
export async function ownHubSessions(
  kernel: Pick<Kernel, 'db' | 'clock' | 'secret'>,
  accountIds: readonly string[],
  present: HubSession | undefined,
): Promise<OwnHubSession[]> {
  const sessions = await liveHubSessions(kernel.db, accountIds, kernel.clock.now());
  return sessions.map((session) => {
    const { key: _key, content: _content, consumedAt: _consumedAt, ...shown } = session;
    return { ...shown, isPresent: standsOn(kernel, session, present) };
  });
}

/** Tells whether Socle knows this session of the hub by the name that `present` has. */
function standsOn(
  { secret }: Pick<Kernel, 'secret'>,
  session: SealedHubSession,
  present: HubSession | undefined,
): boolean {
  if (!present || present.sid === null || present.realm !== session.realm) return false;
  const { authorizations = {} } = payloadOf({ secret }, session) as {
    authorizations?: Record<string, { sid?: string }>;
  };
  return authorizations[OWN_CLIENT_ID]?.sid === present.sid;
}
