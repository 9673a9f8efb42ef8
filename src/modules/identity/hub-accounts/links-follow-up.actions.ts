// What happens by itself to links that nobody decides: their deciders are reminded once, and in the end they are refused.
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { findOrganisation, idsUpwardsFrom } from '../organisations.repository.ts';
import { remindDecider, tellAgent } from './organisation-links.mail.ts';
import { openedLink } from './organisation-links.reading.ts';
import {
  markReminded,
  organisationsToRemind,
  peopleToRemind,
  takeWaitingSince,
  updateLinkDecision,
} from './organisation-links.repository.ts';
import { DECIDING_ROLES } from './organisation-links.rules.ts';
import { expiredFrom, overdueFrom } from './working-days.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config' | 'mailer' | 'secret'>;

const BY_ITSELF: LedgerActor = { kind: 'system', name: 'identity' };
const AT_ONCE = 100;

/** Refuses links that nobody decided in time, and tells the agents. @returns how many. */
export async function expireLinks({ db, clock, mailer, secret }: Needs): Promise<number> {
  for (let expired = 0; ; ) {
    const some = await db.transaction().execute(async (trx) => {
      const now = clock.now();
      const links = await takeWaitingSince(trx, expiredFrom(now), AT_ONCE);
      for (const sealed of links) {
        const link = openedLink({ secret }, sealed);
        await updateLinkDecision(trx, link.id, { decision: 'refused', decidedBy: null, reason: null }, now);
        await appendToLedger(trx, now, {
          kind: 'identity.organisation-link-expired',
          subject: `identity/account/${link.accountId}`,
          actor: BY_ITSELF,
          data: { linkId: link.id, organisationId: link.organisationId },
        });
        await tellAgent(trx, mailer, link, 'expired');
      }
      return links.length;
    });
    expired += some;
    if (some < AT_ONCE) return expired;
  }
}

/**
 * Writes to those who decide of links that have waited for two working days, once for each link: to those who answer
 * for the organisation or for one above it, and where there is nobody, to the administrators.
 * @returns how many links, and how many messages.
 */
export async function remindOfLinks(
  kernel: Needs,
  origin: string,
): Promise<{ links: number; messages: number }> {
  const { db, clock, config } = kernel;
  const now = clock.now();
  const from = overdueFrom(now, config.timeZone);
  const done = { links: 0, messages: 0 };
  for (const organisationId of await organisationsToRemind(db, from)) {
    const organisation = await findOrganisation(db, organisationId);
    const organisationIds = await idsUpwardsFrom(db, organisationId);
    const answering = await peopleToRemind(db, { roles: DECIDING_ROLES, organisationIds, now });
    const deciders =
      answering.length > 0
        ? answering
        : await peopleToRemind(db, { roles: ['administrator'], organisationIds: null, now });
    // Nobody to remind today: perhaps tomorrow.
    if (!organisation || deciders.length === 0) continue;
    await db.transaction().execute(async (trx) => {
      const { count, oldest } = await markReminded(trx, organisationId, { from, now });
      if (oldest === null) return;
      const about = { count, oldest, organisationName: organisation.name, origin };
      for (const decider of deciders) await remindDecider(kernel, trx, decider, about);
      done.links += count;
      done.messages += deciders.length;
    });
  }
  return done;
}
