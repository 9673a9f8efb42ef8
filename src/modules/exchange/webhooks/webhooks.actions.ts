// Intentions on the webhooks of an organisation, and telling them something in the transaction of what is told.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { sealFor } from '#platform/sealed.ts';
import { isUuid } from '#platform/typed-text.ts';
import {
  consumerInLedger,
  consumersManagedBy,
  managesConsumer,
} from '../accreditations/accreditation-access.rules.ts';
import { WEBHOOK_SECRET } from './deliveries.actions.ts';
import { giveUpWaiting, insertDeliveries, insertDelivery, restartDelivery } from './deliveries.repository.ts';
import { tooManyWebhooks, webhookIsDisabled } from './webhooks.errors.ts';
import { enqueueDelivery } from './webhooks.jobs.ts';
import {
  countWebhooksOf,
  deleteWebhook,
  insertWebhook,
  lockWebhook,
  updateEnabled,
  updateSecret,
} from './webhooks.repository.ts';
import {
  addressAsTyped,
  BOTH_SECRETS_MS,
  faultOfAddress,
  MOST_WEBHOOKS,
  secretOfBytes,
} from './webhooks.rules.ts';
import type { Webhook, WebhookEvent } from './webhooks.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret' | 'config' | 'jobs'>;

/**
 * Puts an event on its way to every enabled webhook of these organisations, within a minute of the commit. `payload` becomes
 * `data` of the message (Standard Webhooks 1.0, "payload structure"); it leaves the house, so it holds no secret and no
 * more of people than is needed.
 */
export async function tellWebhooks(
  trx: Trx,
  now: Date,
  {
    event,
    organisationIds,
    payload,
  }: {
    readonly event: WebhookEvent;
    readonly organisationIds: readonly string[];
    readonly payload: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await insertDeliveries(trx, now, organisationIds, { event, body: bodyOf(now, event, payload) });
}

function bodyOf(now: Date, type: WebhookEvent, data: unknown) {
  return { type, timestamp: now.toISOString(), data };
}

async function record(
  trx: Trx,
  now: Date,
  { id, organisationId, url }: Pick<Webhook, 'id' | 'organisationId' | 'url'>,
  event: 'added' | 'removed' | 'enabled' | 'disabled' | 'secret-replaced',
  actor: Actor,
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `exchange.webhook-${event}`,
    subject: `exchange/webhook/${id}`,
    actor: consumerInLedger(actor, organisationId),
    // The host alone: some receivers put a secret into the path.
    data: { organisationId, host: URL.parse(url)?.host ?? '' },
  });
}

async function managed(trx: Trx, actor: Actor, id: string): Promise<Webhook> {
  const webhook = isUuid(id) ? await lockWebhook(trx, consumersManagedBy(actor), id) : undefined;
  if (!webhook) throw notFound();
  return webhook;
}

const organisationFault: FieldError = {
  field: 'organisationId',
  text: { fr: 'Choisissez une de vos organisations.', en: 'Choose one of your organisations.' },
};

function newSecret({ secret }: Pick<Kernel, 'secret'>, id: string) {
  const plain = secretOfBytes(randomBytes(32));
  return { plain, sealed: sealFor(secret, WEBHOOK_SECRET, plain, id) };
}

/**
 * Registers a webhook of an organisation. Throws `invalid-input` (`organisationId`, `url`), `exchange.too-many-webhooks`.
 * @returns its id, and its secret in plain: the only time that it is shown.
 */
export async function addWebhook(
  kernel: Needs,
  actor: Actor,
  input: { readonly organisationId: string; readonly url: string },
): Promise<{ readonly id: string; readonly secret: string }> {
  const { db, clock, config } = kernel;
  const url = addressAsTyped(input.url);
  const { organisationId } = input;
  const isOurs = isUuid(organisationId) && managesConsumer(actor, organisationId);
  const fault = faultOfAddress(url, { mayBeLocal: config.demo });
  const fields = [...(isOurs ? [] : [organisationFault]), ...(fault ? [fault] : [])];
  if (fields.length > 0) throw invalidInput({ fields });
  const id = randomUUID();
  const { plain, sealed } = newSecret(kernel, id);
  await db.transaction().execute(async (trx) => {
    if ((await countWebhooksOf(trx, organisationId)) >= MOST_WEBHOOKS) throw tooManyWebhooks();
    const now = clock.now();
    const inserted = await insertWebhook(trx, now, { id, organisationId, url, sealedSecret: sealed });
    if (!inserted) throw invalidInput({ fields: [organisationFault] });
    await record(trx, now, { id, organisationId, url }, 'added', actor);
  });
  return { id, secret: plain };
}

/**
 * Replaces the secret of a webhook: messages are signed with both for a day. Throws `not-found`.
 * @returns the new one in plain: the only time that it is shown.
 */
export async function replaceSecret(kernel: Needs, actor: Actor, id: string): Promise<string> {
  const { db, clock } = kernel;
  return db.transaction().execute(async (trx) => {
    const webhook = await managed(trx, actor, id);
    const now = clock.now();
    const { plain, sealed } = newSecret(kernel, webhook.id);
    await updateSecret(trx, webhook.id, sealed, new Date(now.getTime() + BOTH_SECRETS_MS));
    await record(trx, now, webhook, 'secret-replaced', actor);
    return plain;
  });
}

/** Enables or disables a webhook; what waits for one that is disabled is given up. Throws `not-found`. */
export async function setEnabled(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  isEnabled: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const webhook = await managed(trx, actor, id);
    if (webhook.isEnabled === isEnabled) return;
    await updateEnabled(trx, webhook.id, isEnabled);
    if (!isEnabled) await giveUpWaiting(trx, webhook.id);
    await record(trx, clock.now(), webhook, isEnabled ? 'enabled' : 'disabled', actor);
  });
}

/** Takes a webhook away, with what waits for it. Throws `not-found`. */
export async function removeWebhook({ db, clock }: Needs, actor: Actor, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const webhook = await managed(trx, actor, id);
    await deleteWebhook(trx, webhook.id);
    await record(trx, clock.now(), webhook, 'removed', actor);
  });
}

/** Sends a test event now. Throws `not-found`, `exchange.webhook-is-disabled`. @returns the delivery's id. */
export async function sendTest({ db, clock, jobs }: Needs, actor: Actor, id: string): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const webhook = await managed(trx, actor, id);
    if (!webhook.isEnabled) throw webhookIsDisabled();
    const now = clock.now();
    const event = 'webhook.test';
    const body = bodyOf(now, event, { webhook: { id: webhook.id } });
    const delivery = await insertDelivery(trx, now, webhook.id, { event, body });
    await enqueueDelivery(trx, jobs);
    return delivery;
  });
}

/** Sends a delivery again now, under the same `webhook-id`. Throws `not-found`, `exchange.webhook-is-disabled`. */
export async function resendDelivery(
  { db, clock, jobs }: Needs,
  actor: Actor,
  { id, webhookId }: { readonly id: string; readonly webhookId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const webhook = await managed(trx, actor, webhookId);
    if (!webhook.isEnabled) throw webhookIsDisabled();
    const isThere = isUuid(id) && (await restartDelivery(trx, clock.now(), { id, webhookId: webhook.id }));
    if (!isThere) throw notFound();
    await enqueueDelivery(trx, jobs);
  });
}
