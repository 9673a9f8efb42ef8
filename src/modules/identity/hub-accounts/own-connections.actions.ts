// What a person decides of their own sign-ins: end sessions at the hub, block a provider, let it sign them in again.
import { notFound } from '#platform/errors.ts';
import type { HubSession } from '#platform/http/session.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { insertBlock, removeBlock } from '../hub/blocks.repository.ts';
import type { Hub } from '../hub/hub.ts';
import { endHubSession } from '../hub/session-ends.ts';
import { removeStateOfAccounts } from '../hub/state.repository.ts';
import { unblockLinkIsOver } from './hub-accounts.errors.ts';
import { tellOfProvider } from './own-connections.mail.ts';
import type { OwnHubSession, OwnProvider } from './own-connections.types.ts';
import { ownHubSessions } from './own-hub-sessions.ts';
import { providersOfCitizen } from './own-providers.repository.ts';
import { accountsOfPerson } from './person-accounts.repository.ts';
import type { OwnAccount } from './person-accounts.types.ts';
import { readUnblockToken, unblockPath } from './unblock-link.ts';

/** Who decides, from where. */
export interface OwnRequest {
  readonly personId: string;
  readonly origin: string;
  /** The hub's session on which the request's own stands; undefined when the person came in another way. */
  readonly present: HubSession | undefined;
}

/**
 * Ends one of the person's sessions at the hub, or all but the present one; the services that they led to are told.
 * @returns whether the present one ended. Throws `not-found` for a session that is not a live one of theirs.
 */
export async function endOwnHubSessions(
  kernel: Kernel,
  hub: Hub,
  { personId, origin, present }: OwnRequest,
  which: { uid: string } | 'others',
): Promise<{ endedPresent: boolean }> {
  const accounts = await accountsOfPerson(kernel.db, personId);
  const sessions = await ownHubSessions(
    kernel,
    accounts.map(({ id }) => id),
    present,
  );
  const chosen = sessions.filter(({ uid, isPresent }) =>
    which === 'others' ? !isPresent : uid === which.uid,
  );
  if (chosen.length === 0 && which !== 'others') throw notFound();
  if (chosen.length > 0) {
    await kernel.db.transaction().execute((trx) =>
      appendToLedger(trx, kernel.clock.now(), {
        kind: 'identity.hub-sessions-ended',
        subject: `identity/person/${personId}`,
        actor: { kind: 'person', personId },
        data: { sessions: chosen.length },
      }),
    );
  }
  return endAll(kernel, hub, chosen, origin);
}

async function endAll(
  kernel: Kernel,
  hub: Hub,
  sessions: readonly OwnHubSession[],
  origin: string,
): Promise<{ endedPresent: boolean }> {
  for (const { realm, uid } of sessions) await endHubSession(kernel, hub, { realm, origin, uid });
  return { endedPresent: sessions.some(({ isPresent }) => isPresent) };
}

/** The provider as this citizen has to do with it, and their accounts as a citizen. Throws `not-found`. */
export async function findOwnProvider(
  { db }: Pick<Kernel, 'db'>,
  personId: string,
  upstreamId: string,
): Promise<{ provider: OwnProvider; accounts: readonly OwnAccount[] }> {
  const accounts = (await accountsOfPerson(db, personId)).filter(({ realm }) => realm === 'citizens');
  if (!isUuid(upstreamId) || accounts.length === 0) throw notFound();
  const provider = (await providersOfCitizen(db, accounts)).find(({ id }) => id === upstreamId.toLowerCase());
  if (!provider) throw notFound();
  return { provider, accounts };
}

/**
 * Blocks a provider for the person: it signs them in nowhere any more. Its live sessions at the hub end, and what
 * services were granted through it; the sessions of other providers stay.
 * @returns whether the present session ended. Throws `not-found` for people who are no citizens, and for a provider
 * that is neither on offer nor one of theirs.
 */
export async function blockProvider(
  kernel: Kernel,
  hub: Hub,
  { personId, origin, present }: OwnRequest,
  upstreamId: string,
): Promise<{ endedPresent: boolean }> {
  const { provider, accounts } = await findOwnProvider(kernel, personId, upstreamId);
  if (provider.blockedAt === null) {
    const now = kernel.clock.now();
    await kernel.db.transaction().execute(async (trx) => {
      for (const root of rootsOf(accounts)) await insertBlock(trx, root, provider.id, now);
      await appendToLedger(trx, now, {
        kind: 'identity.upstream-blocked',
        subject: `identity/person/${personId}`,
        actor: { kind: 'person', personId },
        data: { upstreamId: provider.id },
      });
      const unblockLink = `${origin}${unblockPath(kernel, { personId, upstreamId: provider.id, blockedAt: now })}`;
      await tellOfProvider(kernel, trx, {
        personId,
        accounts,
        provider,
        event: { kind: 'blocked', unblockLink },
      });
    });
  }
  const blocked = accounts.filter((account) => account.upstreamId === provider.id).map(({ id }) => id);
  const ended = await endAll(kernel, hub, await ownHubSessions(kernel, blocked, present), origin);
  await removeStateOfAccounts(kernel.db, blocked);
  return ended;
}

/** Lets a provider sign the person in again. Throws as `blockProvider` does. */
export async function unblockProvider(
  kernel: Pick<Kernel, 'db' | 'clock' | 'config' | 'mailer' | 'secret'>,
  personId: string,
  upstreamId: string,
): Promise<void> {
  const { provider, accounts } = await findOwnProvider(kernel, personId, upstreamId);
  if (provider.blockedAt === null) return;
  const now = kernel.clock.now();
  await kernel.db.transaction().execute(async (trx) => {
    for (const root of rootsOf(accounts)) await removeBlock(trx, root, provider.id);
    await appendToLedger(trx, now, {
      kind: 'identity.upstream-unblocked',
      subject: `identity/person/${personId}`,
      actor: { kind: 'person', personId },
      data: { upstreamId: provider.id },
    });
    await tellOfProvider(kernel, trx, { personId, accounts, provider, event: { kind: 'unblocked' } });
  });
}

/** The provider that an unblock link is about. Throws `identity.unblock-link-is-over` once its block is gone. */
export async function findProviderOfUnblockLink(
  kernel: Pick<Kernel, 'db' | 'secret'>,
  token: string,
): Promise<{ provider: OwnProvider; personId: string }> {
  const link = readUnblockToken(kernel, token);
  if (!link) throw unblockLinkIsOver({ detail: 'the token was not made here' });
  const { personId, upstreamId, blockedAt } = link;
  const { provider } = await findOwnProvider(kernel, personId, upstreamId);
  if (provider.blockedAt?.getTime() !== blockedAt.getTime()) {
    throw unblockLinkIsOver({ detail: 'the block is gone' });
  }
  return { provider, personId };
}

function rootsOf(accounts: readonly OwnAccount[]): string[] {
  return [...new Set(accounts.map(({ subjectRoot }) => subjectRoot))];
}
