// Time-based one-time codes (RFC 6238): which code is accepted. Pure: the secret, `now` and the last step are given.
import * as OTPAuth from 'otpauth';

/** Seconds that a code lasts. */
const PERIOD = 30;

function generator(secretBytes: Uint8Array, label: string): OTPAuth.TOTP {
  // SHA-1 and 6 digits: what every authenticator application computes, whatever else the address asks.
  return new OTPAuth.TOTP({
    issuer: 'Socle',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
    secret: new OTPAuth.Secret({ buffer: new Uint8Array(secretBytes).buffer }),
  });
}

/** The address that an authenticator application reads from the picture. */
export function totpAddress(secretBytes: Uint8Array, email: string): string {
  return generator(secretBytes, email).toString();
}

/** The secret as people type it, in groups of four letters and digits (base 32). */
export function totpSecretAsTyped(secretBytes: Uint8Array): string {
  return new OTPAuth.Secret({ buffer: new Uint8Array(secretBytes).buffer }).base32.replace(
    /(.{4})(?=.)/g,
    '$1 ',
  );
}

/**
 * The step whose code was typed, or null when the code is not accepted: it must be that of the present step or a
 * neighbour (clocks differ: RFC 6238, section 5.2) and of a later step than `lastStep`, so that each code serves once.
 */
export function acceptedStep(
  secretBytes: Uint8Array,
  typed: string,
  { now, lastStep }: { now: Date; lastStep: number | null },
): number | null {
  const token = typed.normalize('NFKC').replace(/\s/gu, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = generator(secretBytes, '').validate({ token, timestamp: now.getTime(), window: 1 });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 1000 / PERIOD) + delta;
  return lastStep === null || step > lastStep ? step : null;
}
