// Delivering what webhooks are told: claimed, signed, sent through the guarded way out, and tried again until given up.
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { unsealFor } from '#platform/sealed.ts';
import { claimDue, giveUpWaiting, updateAttempt } from './deliveries.repository.ts';
import { updateEnabled } from './webhooks.repository.ts';
import { isGone, isTaken, nextAttemptAfter, signatureOf } from './webhooks.rules.ts';
import type { DeliveryAttempt, DueDelivery } from './webhooks.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret' | 'outgoing' | 'log'>;

/** For which purpose the secrets of webhooks are sealed; each is bound to its webhook's id. */
export const WEBHOOK_SECRET = 'exchange/webhook';

/** How long a delivery is held by whoever sends it: longer than any attempt takes. */
const HELD_MS = 120_000;
const AT_ONCE = 10;
const LONGEST_ERROR = 200;

/** Makes every attempt that is due. @returns how many messages were taken, and how many were not. */
export async function deliverDue(
  kernel: Needs,
  signal?: AbortSignal,
): Promise<{ readonly delivered: number; readonly failed: number }> {
  const { db, clock } = kernel;
  const counts = { delivered: 0, failed: 0 };
  for (;;) {
    signal?.throwIfAborted();
    const now = clock.now();
    const heldUntil = new Date(now.getTime() + HELD_MS);
    const due = await claimDue(db, { now, heldUntil, limit: AT_ONCE });
    if (due.length === 0) return counts;
    const taken = await Promise.all(due.map((delivery) => deliver(kernel, delivery)));
    for (const one of taken) counts[one ? 'delivered' : 'failed'] += 1;
  }
}

async function deliver(kernel: Needs, delivery: DueDelivery): Promise<boolean> {
  const { db, clock } = kernel;
  const attempt = await send(kernel, delivery);
  const now = clock.now();
  if (isTaken(attempt)) {
    await updateAttempt(db, delivery.id, now, { attempt, state: 'delivered', next: null });
    return true;
  }
  const next = isGone(attempt) ? null : nextAttemptAfter(delivery.attempts, now);
  await updateAttempt(db, delivery.id, now, { attempt, state: next ? 'waiting' : 'given-up', next });
  if (isGone(attempt)) await disableGone(kernel, delivery, now);
  return false;
}

async function send(kernel: Needs, delivery: DueDelivery): Promise<DeliveryAttempt> {
  const { id, webhookId, url, payload } = delivery;
  const body = JSON.stringify(payload);
  const timestamp = Math.floor(kernel.clock.now().getTime() / 1000);
  const secrets = [delivery.sealedSecret, delivery.sealedSecretBefore]
    .filter((sealed) => sealed !== null)
    .map((sealed) => unsealFor(kernel.secret, WEBHOOK_SECRET, sealed, webhookId).toString());
  try {
    const answer = await kernel.outgoing.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatureOf(secrets, { id, timestamp, body }),
      },
      body,
    });
    return { status: answer.status, error: null };
  } catch (error) {
    kernel.log.debug({ err: error, webhookId }, 'webhook not reached');
    return { status: null, error: String((error as Error).message).slice(0, LONGEST_ERROR) };
  }
}

/** A receiver that answers 410 asks not to be called again (Standard Webhooks 1.0, "disabling endpoints"). */
async function disableGone({ db }: Needs, { webhookId }: DueDelivery, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await updateEnabled(trx, webhookId, false);
    await giveUpWaiting(trx, webhookId);
    await appendToLedger(trx, now, {
      kind: 'exchange.webhook-disabled',
      subject: `exchange/webhook/${webhookId}`,
      actor: { kind: 'system', name: 'exchange.deliver-webhooks' },
      data: { status: 410 },
    });
  });
}
