// The mailer that modules get: it writes to the outbox, and lets a job deliver. It speaks to no mail server itself.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Mailer } from './mailer.ts';
import { insertMessage } from './messages.repository.ts';
import { sendableMessage } from './messages.rules.ts';

/** The job that delivers one message. */
export const DELIVER = 'mail.deliver';

/**
 * Makes the mailer. With `delivers` false (no mail server is configured) messages only wait in the outbox;
 * they leave once one is configured.
 */
export function outboxMailer(options: { jobs: JobQueue; clock: Clock; delivers: boolean }): Mailer {
  return {
    async send(trx, message) {
      const id = randomUUID();
      await insertMessage(trx, id, sendableMessage(message), options.clock.now());
      if (options.delivers) await options.jobs.enqueue(trx, DELIVER, { messageId: id }, null);
    },
  };
}
