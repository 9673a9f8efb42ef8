// The rules of outgoing mail: what may be sent, and when a message that did not leave is tried again.
import { invalidInput } from '../errors.ts';
import type { MailMessage } from './mailer.ts';

const MINUTE_MS = 60_000;

/** Minutes to wait after each failed attempt: twelve attempts within five days (RFC 5321, section 4.5.4.1). */
const WAITS_MINUTES = [5, 15, 30, 60, 180, 360, 720, 1440, 1440, 1440, 1440];

/** How long a message is held by the worker that tries to send it: well over the time limits of one SMTP dialogue. */
export const HELD_MS = 10 * MINUTE_MS;

/** The moment of the next attempt after `attempts` failed ones; null when the message is given up. */
export function nextAttemptAfter(attempts: number, now: Date): Date | null {
  const minutes = WAITS_MINUTES[attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * MINUTE_MS);
}

// One plain address (RFC 5321): no list, no display name, no comment, nothing that a header could grow from.
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,190}$/u;
const SUBJECT_LENGTH = 200;
const TEXT_LENGTH = 100_000;

/** Tells whether `address` is one plain mail address. */
export function isMailAddress(address: string): boolean {
  return ADDRESS.test(address);
}

/**
 * The message as it may be sent: line breaks and control characters of the subject become spaces, since they would
 * start a header of their own; lengths are bounded. Throws `invalid-input` when `to` is not one plain address.
 */
export function sendableMessage(message: MailMessage): MailMessage {
  if (!isMailAddress(message.to)) {
    throw invalidInput({
      fields: [
        {
          field: 'to',
          text: {
            fr: 'Saisissez une seule adresse électronique, comme nom@exemple.fr.',
            en: 'Enter one e-mail address, such as name@example.com.',
          },
        },
      ],
    });
  }
  const subject = message.subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return {
    to: message.to,
    locale: message.locale,
    subject: cut(subject, SUBJECT_LENGTH),
    text: cut(message.text.replace(/\r\n?/g, '\n').replaceAll('\0', ''), TEXT_LENGTH),
  };
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
