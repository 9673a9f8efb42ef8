// Signing out reaches the provider where the person signed in: once the hub's session has ended, the browser goes by
// way of the provider's own end of session, and from there to where the service wanted it.
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import { upstreamSignOutUrl } from '../upstreams/upstream-sign-in.ts';
import { findUpstream } from '../upstreams/upstreams.repository.ts';
import { readAccount } from './accounts.actions.ts';
import { endHubSessionRows, findHubSession } from './hub-sessions.repository.ts';
import { ID_TOKEN_SEAL } from './journal.ts';
import { issuerOf, type PeopleRealm } from './realms.ts';
import { sealFor, unsealFor } from './sealed.ts';

const WAY_SEAL = 'hub/way-after-sign-out';
const WAY_LASTS_MS = 10 * 60 * 1000;
/** Longer addresses do not fit into another address; the person then stays on Socle's own page. */
const LONGEST_WAY = 1_500;

/** Where providers send people back once they have signed out there. */
export function signedOutAddress(origin: string, realm: PeopleRealm): string {
  return `${issuerOf(origin, realm)}/signed-out`;
}

/** Makes `provider`'s sign-out go by way of the upstream. */
export function reachUpstreamAtSignOut(
  kernel: Kernel,
  { realm, origin }: { realm: PeopleRealm; origin: string },
  provider: Provider,
): void {
  provider.use(async (ctx, next) => {
    await next();
    const context = ctx as unknown as KoaContextWithOIDC;
    if (context.oidc?.route !== 'end_session_confirm' || ctx.status !== 303 || !context.oidc.params?.logout)
      return;
    const uid = context.oidc.session?.uid;
    const goal = ctx.response.get('location');
    if (!uid || !goal) return;
    const way = await wayByUpstream(kernel, { realm, origin, uid, goal });
    await endHubSessionRows(kernel.db, [uid], kernel.clock.now());
    if (way) ctx.set('location', way.href);
  });
}

async function wayByUpstream(
  kernel: Kernel,
  { realm, origin, uid, goal }: { realm: PeopleRealm; origin: string; uid: string; goal: string },
): Promise<URL | null> {
  const { db, secret, clock, log } = kernel;
  const session = await findHubSession(db, uid);
  if (!session?.sealedIdToken) return null;
  const account = await readAccount(kernel, session.accountId);
  const upstream = account && (await findUpstream(db, account.upstreamId));
  if (!upstream) return null;
  const until = clock.now().getTime() + WAY_LASTS_MS;
  const way =
    goal.length > LONGEST_WAY ? null : sealFor(secret, WAY_SEAL, JSON.stringify({ goal, until }), realm);
  try {
    return await upstreamSignOutUrl(kernel, upstream, {
      origin,
      idToken: unsealFor(secret, ID_TOKEN_SEAL, session.sealedIdToken, uid).toString(),
      postLogoutRedirectUri: signedOutAddress(origin, realm),
      state: way?.toString('base64url') ?? '',
    });
  } catch (error) {
    // Signed out here is signed out, whether or not the provider answers.
    log.warn({ err: error, upstreamId: upstream.id }, 'the provider could not be asked to end its session');
    return null;
  }
}

/**
 * Where to go on after the provider's end of session: what the hub itself sealed, so that no link can send people
 * elsewhere. Null when it is not ours, too old, or there is none.
 */
export function goalAfterSignOut(
  { secret, clock }: Pick<Kernel, 'secret' | 'clock'>,
  realm: PeopleRealm,
  state: string,
): string | null {
  try {
    const sealed = unsealFor(secret, WAY_SEAL, Buffer.from(state, 'base64url'), realm);
    const { goal, until } = JSON.parse(sealed.toString()) as { goal: string; until: number };
    return clock.now().getTime() < until ? goal : null;
  } catch {
    return null;
  }
}
