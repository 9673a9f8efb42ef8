// The webhook that an address names, as far as whoever asks keeps it. Everything else answers that nothing is there.
import type { FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { consumersManagedBy } from '../accreditations/accreditation-access.rules.ts';
import { listDeliveries } from './deliveries.repository.ts';
import { findWebhook } from './webhooks.repository.ts';
import type { Webhook, WebhookDelivery } from './webhooks.types.ts';

const PAGE_SIZE = 50;

/** The webhook with the id in the address. Throws `not-found` where the actor keeps none. */
export async function webhookAt(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  id: string,
): Promise<Webhook> {
  const reach = consumersManagedBy(actorOf(request));
  const webhook = isUuid(id) ? await findWebhook(db, reach, id) : undefined;
  if (!webhook) throw notFound();
  return webhook;
}

/** One page of a webhook's deliveries, and where the next starts. Throws `not-found` for a cursor that is none. */
export async function pageOfDeliveries(
  { db }: Pick<Kernel, 'db'>,
  webhookId: string,
  cursor: string | undefined,
): Promise<{ readonly items: readonly WebhookDelivery[]; readonly next: string | null }> {
  if (cursor !== undefined && !isUuid(cursor)) throw notFound();
  const found = await listDeliveries(db, webhookId, { after: cursor ?? null, limit: PAGE_SIZE + 1 });
  const items = found.slice(0, PAGE_SIZE);
  return { items, next: found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null };
}
