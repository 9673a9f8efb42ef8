// Work on webhooks: deliver what is due, forget what ended long ago.
import { Type } from 'typebox';
import type { Trx } from '#platform/database/connection.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { JobQueue } from '#platform/jobs/queue.ts';
import { deliverDue } from './deliveries.actions.ts';
import { deleteOldDeliveries } from './deliveries.repository.ts';

const KEPT_DAYS = 90;
const nothing = Type.Object({});
type Nothing = Record<string, never>;

const deliverWebhooks: JobDefinition<Nothing> = {
  name: 'exchange.deliver-webhooks',
  title: { fr: 'Envoi des webhooks', en: 'Delivery of webhooks' },
  input: nothing,
  schedule: '* * * * *',
  quick: true,
  run: (_input, { kernel, signal }) => deliverDue(kernel, signal),
};

const forgetDeliveries: JobDefinition<Nothing> = {
  name: 'exchange.forget-webhook-deliveries',
  title: { fr: 'Oubli des anciens envois de webhooks', en: 'Removal of old webhook deliveries' },
  input: nothing,
  schedule: '37 3 * * *',
  async run(_input, { kernel: { db, clock } }) {
    const before = new Date(clock.now().getTime() - KEPT_DAYS * 86_400_000);
    return { forgotten: await deleteOldDeliveries(db, before) };
  },
};

/** The jobs of webhooks. */
export const webhookJobs: readonly JobDefinition<never>[] = [deliverWebhooks, forgetDeliveries];

/** Asks for the attempts that are due to be made now, if `trx` commits. */
export async function enqueueDelivery(trx: Trx, jobs: JobQueue): Promise<void> {
  await jobs.enqueue(trx, deliverWebhooks.name, {}, null);
}
