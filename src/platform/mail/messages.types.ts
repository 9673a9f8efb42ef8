// The words for outgoing mail. No query and no mail server lives here.
import type { Locale } from '../i18n/locale.ts';

/** Where a message is: `abandoned` when the mail server refused it for good, or after the last attempt. */
export const MESSAGE_STATES = ['waiting', 'sent', 'abandoned'] as const;

/** One of the states of a message. */
export type MessageState = (typeof MESSAGE_STATES)[number];

/** A message of the outbox. */
export interface OutboxMessage {
  readonly id: string;
  readonly to: string;
  readonly locale: Locale;
  readonly subject: string;
  readonly text: string;
  readonly state: MessageState;
  /** Attempts to deliver it so far. */
  readonly attempts: number;
  /** What the mail server said last, for the log and an operator; null when it said nothing. */
  readonly lastError: string | null;
  readonly createdAt: Date;
  /** When it was sent or abandoned. */
  readonly endedAt: Date | null;
}
