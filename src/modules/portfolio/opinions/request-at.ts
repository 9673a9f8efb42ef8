// The request that an address names, as far as whoever asks sees it; and the line that each event leaves in the ledger.
import type { Actor } from '#platform/access.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import { type ClockState, clockOn } from './clock.rules.ts';
import type { OpinionRequest } from './opinions.types.ts';
import { requestsSeenBy } from './request-access.rules.ts';
import { findRequest, lockRequest } from './requests.repository.ts';

/** The request with this id. Throws `not-found` where the actor sees none. */
export async function requestAt(db: Db, actor: Actor, id: string): Promise<OpinionRequest> {
  const found = isUuid(id) ? await findRequest(db, requestsSeenBy(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockedRequestAt(trx: Trx, actor: Actor, id: string): Promise<OpinionRequest> {
  const found = isUuid(id) ? await lockRequest(trx, requestsSeenBy(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}

/** Where the clock of a request stands on `today`; null for a draft and a closed one. */
export function clockOf(
  {
    state,
    submittedOn,
    delayMonths,
    waits,
  }: Pick<OpinionRequest, 'state' | 'submittedOn' | 'delayMonths' | 'waits'>,
  today: string,
): ClockState | null {
  if (submittedOn === null || delayMonths === null || (state !== 'submitted' && state !== 'suspended'))
    return null;
  return clockOn({ submittedOn, delayMonths, suspensions: waits }, today);
}

/** Writes one line about a request into the ledger. */
export async function recordRequestEvent(
  trx: Trx,
  now: Date,
  requestId: string,
  {
    kind,
    actor,
    data,
  }: { readonly kind: string; readonly actor: LedgerActor; readonly data: Record<string, unknown> },
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `portfolio.opinion-request-${kind}`,
    subject: `portfolio/opinion-request/${requestId}`,
    actor,
    data,
  });
}
