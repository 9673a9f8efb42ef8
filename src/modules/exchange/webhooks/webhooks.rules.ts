// Standard Webhooks 1.0 as Socle speaks it: what is signed and how, when an attempt is made again, which addresses are
// taken. Pure.
import { createHmac } from 'node:crypto';
import type { FieldError } from '#platform/errors.ts';
import type { DeliveryAttempt } from './webhooks.types.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** Attempts in all: with the waits between them, about two days. */
export const MOST_ATTEMPTS = 9;

/** How long messages are signed with both secrets while one replaces the other. */
export const BOTH_SECRETS_MS = DAY_MS;

/** Most webhooks of one organisation. */
export const MOST_WEBHOOKS = 10;

/** What stands before a secret (Standard Webhooks 1.0, "symmetric signatures"). */
const PREFIX = 'whsec_';

/** A secret as it is shown, of its bytes (24 to 64). */
export function secretOfBytes(bytes: Buffer): string {
  return PREFIX + bytes.toString('base64');
}

/**
 * The value of `webhook-signature`: HMAC-SHA-256 of `id.timestamp.body` under each secret, the newest first, as
 * `v1,<base64>` separated by spaces. `timestamp` is in whole seconds.
 */
export function signatureOf(
  secrets: readonly string[],
  { id, timestamp, body }: { readonly id: string; readonly timestamp: number; readonly body: string },
): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    })
    .join(' ');
}

/**
 * When a delivery is tried again after its attempt number `attempts` (from 1) failed at `now`: after 1, 3, 9, … minutes,
 * a day at most; null when it is given up.
 */
export function nextAttemptAfter(attempts: number, now: Date): Date | null {
  if (attempts >= MOST_ATTEMPTS) return null;
  const wait = Math.min(3 ** (attempts - 1) * MINUTE_MS, DAY_MS);
  return new Date(now.getTime() + wait);
}

/** Tells whether the receiver took the message: any 2xx (Standard Webhooks 1.0, "acknowledgement"). */
export function isTaken({ status }: DeliveryAttempt): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** Tells whether the receiver asks for nothing more at this address: 410 Gone. */
export function isGone({ status }: DeliveryAttempt): boolean {
  return status === 410;
}

/** An address as typed, in its normal form; itself where it is none. */
export function addressAsTyped(typed: string): string {
  const text = typed.trim();
  return URL.parse(text)?.href ?? text;
}

/**
 * What is wrong with the address of a webhook: `https` alone, save where `mayBeLocal` (a demonstration, whose receivers
 * stand on the same machine). Private addresses are refused when it is connected to.
 */
export function faultOfAddress(
  address: string,
  { mayBeLocal }: { readonly mayBeLocal: boolean },
): FieldError | null {
  const url = URL.parse(address);
  const isSafe = url?.protocol === 'https:' || (mayBeLocal && url?.protocol === 'http:');
  const isPlain = url !== null && url.username === '' && url.password === '' && url.hash === '';
  if (isSafe && isPlain && address.length <= 500) return null;
  return {
    field: 'url',
    text: {
      fr: 'Saisissez une adresse qui commence par https://, de 500 caractères au plus, sans nom d’utilisateur ni «\u00A0#\u00A0».',
      en: 'Enter an address that starts with https://, of at most 500 characters, without a user name or “#”.',
    },
  };
}
