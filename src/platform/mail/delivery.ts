// The jobs of outgoing mail: deliver a message, take up what is due, forget what ended long ago.
import { Type } from 'typebox';
import type { JobDefinition } from '../jobs/job.ts';
import type { Kernel } from '../kernel.ts';
import {
  claimMessage,
  delayMessage,
  deleteOldMessages,
  dueMessages,
  endMessage,
} from './messages.repository.ts';
import { HELD_MS, nextAttemptAfter } from './messages.rules.ts';
import type { MessageState, OutboxMessage } from './messages.types.ts';
import { DELIVER } from './outbox-mailer.ts';
import type { MailTransport } from './transport.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a message stays after it was sent or abandoned, in days: its text may be personal. */
export const MAIL_KEPT_DAYS = 30;

/** Most messages taken up in one run of `mail.deliver-due`. */
const MOST_AT_ONCE = 500;

/** The jobs of mail for the application's list. With `transport` null (no mail server) only the sweep is among them. */
export function mailJobs(transport: MailTransport | null): JobDefinition<never>[] {
  return transport ? [deliverMessage(transport), deliverDue(transport), sweepMail] : [sweepMail];
}

function deliverMessage(
  transport: MailTransport,
): JobDefinition<{ messageId: string }, { state: MessageState | null }> {
  return {
    name: DELIVER,
    title: { fr: 'Envoi d’un courriel', en: 'Delivery of a message' },
    input: Type.Object({ messageId: Type.String({ format: 'uuid' }) }),
    quick: true,
    async run({ messageId }, { kernel }) {
      return { state: await attempt(kernel, transport, messageId) };
    },
  };
}

/** Takes up messages whose next attempt is due, and those written while no mail server was configured. */
function deliverDue(
  transport: MailTransport,
): JobDefinition<object, Record<'tried' | 'sent' | 'abandoned', number>> {
  return {
    name: 'mail.deliver-due',
    title: { fr: 'Envoi des courriels en attente', en: 'Delivery of waiting messages' },
    input: Type.Object({}),
    schedule: '*/5 * * * *',
    async run(_input, { kernel, progress, signal }) {
      const due = await dueMessages(kernel.db, kernel.clock.now(), MOST_AT_ONCE);
      const count = { tried: 0, sent: 0, abandoned: 0 };
      for (const id of due) {
        if (signal.aborted) break;
        const state = await attempt(kernel, transport, id);
        count.tried++;
        if (state === 'sent' || state === 'abandoned') count[state]++;
        progress(count.tried, due.length);
      }
      return count;
    },
  };
}

/** One attempt. Returns the message's state after it; null when the message was not due (another worker has it). */
async function attempt(kernel: Kernel, transport: MailTransport, id: string): Promise<MessageState | null> {
  const { db, clock, log } = kernel;
  const now = clock.now();
  const message = await claimMessage(db, id, now, new Date(now.getTime() + HELD_MS));
  if (!message) return null;
  try {
    const delivery = await transport.deliver(message);
    if (delivery.outcome === 'accepted') {
      await endMessage(db, id, { state: 'sent', lastError: null, now: clock.now() });
      return 'sent';
    }
    log.warn({ message: id, reason: delivery.reason }, 'The mail server refused a message for good.');
    await endMessage(db, id, { state: 'abandoned', lastError: delivery.reason, now: clock.now() });
    return 'abandoned';
  } catch (error) {
    return await delay(kernel, message, error);
  }
}

async function delay(kernel: Kernel, message: OutboxMessage, error: unknown): Promise<MessageState> {
  const { db, clock, log } = kernel;
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  const next = nextAttemptAfter(message.attempts, clock.now());
  log.warn(
    { message: message.id, attempts: message.attempts, reason, next },
    'A message could not be delivered.',
  );
  if (next) {
    await delayMessage(db, message.id, reason, next);
    return 'waiting';
  }
  await endMessage(db, message.id, { state: 'abandoned', lastError: reason, now: clock.now() });
  return 'abandoned';
}

/** Forgets messages 30 days after they were sent or abandoned; one that waits stays. */
const sweepMail: JobDefinition = {
  name: 'mail.sweep',
  title: { fr: 'Nettoyage des courriels envoyés', en: 'Sweep of sent messages' },
  input: Type.Object({}),
  schedule: '27 3 * * *',
  quick: true,
  async run(_input, { kernel, signal }) {
    const before = new Date(kernel.clock.now().getTime() - MAIL_KEPT_DAYS * DAY_MS);
    let deleted = 0;
    let gone = 1000;
    while (gone === 1000 && !signal.aborted) {
      gone = await deleteOldMessages(kernel.db, before, 1000);
      deleted += gone;
    }
    return { deleted };
  },
};
