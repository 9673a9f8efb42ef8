// A mail server for tests, in this process: it refuses until it is told to accept. Never used by a running installation.
import type { Delivery, Envelope, MailTransport } from '#platform/mail/transport.ts';

/** A transport that a test steers. */
export interface FakeSmtp extends MailTransport {
  /** The envelopes that it accepted, oldest first. */
  readonly accepted: readonly Envelope[];
  /** What it answers from here on; `unreachable` makes `deliver` throw. */
  answer(next: Delivery | 'unreachable'): void;
}

/** Makes a fake that refuses every message for good. */
export function fakeSmtp(): FakeSmtp {
  const accepted: Envelope[] = [];
  let next: Delivery | 'unreachable' = { outcome: 'refused', reason: '550 refused by the fake mail server' };
  return {
    accepted,
    answer(answer) {
      next = answer;
    },
    async deliver(envelope) {
      if (next === 'unreachable') throw new Error('The fake mail server does not answer.');
      if (next.outcome === 'accepted') accepted.push(envelope);
      return next;
    },
  };
}
