// Who decides on organisation links, what may become of one, and what of a decision as typed is wrong. Pure.
import type { Actor, Role } from '#platform/access.ts';
import type { FieldError } from '#platform/errors.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { hasControlCharacter } from '#platform/typed-text.ts';
import type { LinkDecision, LinkDecisionInput, LinkState } from './organisation-links.types.ts';

/** Those who answer for the agents of an organisation, and of all that stand under it. */
export const DECIDING_ROLES: readonly Role[] = ['digital-director', 'hr-officer'];

/** Tells whether the actor decides on every link. */
export function decidesEverywhere({ roles }: Pick<Actor, 'roles'>): boolean {
  return roles.some(({ role }) => role === 'administrator');
}

/** The organisations that the actor answers for; what stands under them is theirs as well. */
export function organisationsDecidedBy({ roles }: Pick<Actor, 'roles'>): string[] {
  const ids = roles.flatMap(({ role, organisationId }) =>
    DECIDING_ROLES.includes(role) && organisationId !== null ? [organisationId] : [],
  );
  return [...new Set(ids)];
}

/** Tells whether the actor decides on any link at all. */
export function decidesLinks(actor: Pick<Actor, 'roles'>): boolean {
  return decidesEverywhere(actor) || organisationsDecidedBy(actor).length > 0;
}

/** Who decides, for the ledger. */
export function deciderOf(actor: Pick<Actor, 'personId' | 'roles'>): LedgerActor {
  const role = decidesEverywhere(actor)
    ? 'administrator'
    : actor.roles.find((held) => DECIDING_ROLES.includes(held.role))?.role;
  return { kind: 'person', personId: actor.personId, ...(role && { role }) };
}

/**
 * Tells whether `decision` may be taken on a link in `state`: on one that waits; and a refused one may still be accepted,
 * since the agent has no other way in when the refusal was a mistake or nobody answered in time.
 */
export function mayBecome(state: LinkState, decision: LinkDecision): boolean {
  return state === 'waiting' || (state === 'refused' && decision === 'accepted');
}

const LONGEST_REASON = 1000;

/** Text of several lines as typed: no space at the ends, one kind of line end. */
function tidiedLines(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
}

/** The decision as typed, or every fault of it. */
export function decisionAsTyped({
  decision,
  reason: typed,
}: LinkDecisionInput):
  | { readonly decision: LinkDecision; readonly reason: string | null }
  | { readonly faults: readonly FieldError[] } {
  const faults: FieldError[] = [];
  const reason = tidiedLines(typed);
  if (decision !== 'accepted' && decision !== 'refused') {
    const text = {
      fr: 'Dites si vous confirmez ce rattachement ou le refusez.',
      en: 'Say whether you confirm or refuse this link.',
    };
    faults.push({ field: 'decision', text });
  }
  if (decision === 'refused' && reason === '') {
    const text = {
      fr: 'Donnez la raison du refus\u00A0: l’agent la reçoit par message.',
      en: 'Give the reason for the refusal: the agent receives it by e-mail.',
    };
    faults.push({ field: 'reason', text });
  }
  if (reason.length > LONGEST_REASON || hasControlCharacter(reason.replaceAll('\n', ''))) {
    const text = { fr: 'Gardez 1\u00A0000 caractères au plus.', en: 'Keep at most 1,000 characters.' };
    faults.push({ field: 'reason', text });
  }
  if (faults.length > 0) return { faults };
  return { decision: decision as LinkDecision, reason: reason === '' ? null : reason };
}
