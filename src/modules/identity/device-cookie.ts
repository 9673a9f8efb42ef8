// The cookie of a browser in which an account was entered before: attempts from it are counted apart, so that whoever
// fails on purpose elsewhere does not keep the owner waiting (OWASP, "Slow Down Online Guessing Attacks with Device
// Cookies"). It proves nothing else: it enters nowhere.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '#platform/secret.ts';
import { keyedHash } from './sealed-secret.ts';

/** Name of the cookie. */
export const DEVICE_COOKIE = 'socle-device';
/** Seconds that it is kept: a year. */
export const DEVICE_COOKIE_SECONDS = 365 * 24 * 60 * 60;

function mark(secret: Secret, email: string, nonce: string): string {
  return keyedHash(secret, 'device', `${email} ${nonce}`).toString('base64url');
}

/** A cookie for a browser in which the account of `email` was just entered. */
export function newDeviceCookie(secret: Secret, email: string): string {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${mark(secret, email, nonce)}`;
}

/** Under which key the attempts on `email` from a browser with this cookie are counted. */
export function attemptsKey(secret: Secret, email: string, cookie: string | undefined): Buffer {
  const [nonce = '', given = ''] = (cookie ?? '').slice(0, 200).split('.');
  const expected = Buffer.from(mark(secret, email, nonce));
  const known = Buffer.byteLength(given) === expected.length && timingSafeEqual(Buffer.from(given), expected);
  return keyedHash(secret, 'attempts', known ? `${email} from ${nonce}` : email);
}
