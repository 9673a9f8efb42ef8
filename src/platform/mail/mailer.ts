// The door to outgoing mail that actions use.
import type { Trx } from '../database/connection.ts';
import type { Locale } from '../i18n/locale.ts';

/** A message to one person, in their language, plain text. */
export interface MailMessage {
  readonly to: string;
  readonly locale: Locale;
  readonly subject: string;
  readonly text: string;
}

/** Sends mail: a message is queued in the caller's transaction and leaves only if that commits. */
export interface Mailer {
  send(trx: Trx, message: MailMessage): Promise<void>;
}
