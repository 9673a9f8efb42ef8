// Decisions on organisation links, by those who answer for the organisation. One transaction with its line in the ledger.
import type { Actor } from '#platform/access.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { linkIsDecided, ownLink } from './hub-accounts.errors.ts';
import { tellAgent } from './organisation-links.mail.ts';
import { linksReachOf, openedLink } from './organisation-links.reading.ts';
import { lockLink, updateLinkDecision } from './organisation-links.repository.ts';
import { deciderOf, decisionAsTyped, mayBecome } from './organisation-links.rules.ts';
import type { LinkDecisionInput, OrganisationLink } from './organisation-links.types.ts';

/**
 * Confirms or refuses a link; the agent is told, and gets in at their next sign-in where it is confirmed. A refused link
 * may still be confirmed. Throws `not-found` for a link that is not within the actor's reach, `identity.own-link`,
 * `identity.link-is-decided`, or `invalid-input` with a fault for each wrong field.
 */
export async function decideLink(
  { db, clock, mailer, secret }: Pick<Kernel, 'db' | 'clock' | 'mailer' | 'secret'>,
  actor: Actor,
  id: string,
  input: LinkDecisionInput,
): Promise<OrganisationLink> {
  if (!isUuid(id)) throw notFound();
  const reach = await linksReachOf(db, actor);
  return db.transaction().execute(async (trx) => {
    const sealed = await lockLink(trx, reach, id);
    if (!sealed) throw notFound();
    const link = openedLink({ secret }, sealed);
    if (link.personId === actor.personId) throw ownLink();
    const typed = decisionAsTyped(input);
    if ('faults' in typed) throw invalidInput({ fields: typed.faults });
    const { decision, reason } = typed;
    if (!mayBecome(link.state, decision)) throw linkIsDecided({ detail: { state: link.state } });
    const now = clock.now();
    await updateLinkDecision(trx, id, { decision, decidedBy: actor.personId, reason }, now);
    await appendToLedger(trx, now, {
      kind: `identity.organisation-link-${decision}`,
      subject: `identity/account/${link.accountId}`,
      actor: deciderOf(actor),
      data: { linkId: id, organisationId: link.organisationId, before: link.state, reason },
    });
    await tellAgent(trx, mailer, link, typed);
    return { ...link, state: decision, decidedAt: now, decidedByName: actor.name, reason };
  });
}
