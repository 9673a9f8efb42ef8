// What the platform asks of a mail server. The real one is in connectors/smtp.
import type { Locale } from '../i18n/locale.ts';

/** A message for one attempt; `id` makes its Message-ID, so that a second copy after a crash can be recognised. */
export interface Envelope {
  readonly id: string;
  readonly to: string;
  readonly locale: Locale;
  readonly subject: string;
  readonly text: string;
}

/** What became of an attempt: the server took the message, or refused it for good and says why. */
export type Delivery =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly reason: string };

/** A way to deliver mail. `deliver` throws when a later attempt may succeed (no answer, a temporary refusal). */
export interface MailTransport {
  deliver(envelope: Envelope): Promise<Delivery>;
}
