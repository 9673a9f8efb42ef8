// Recovery codes, for whoever lost their second factor: made, written, hashed. Each serves once; none is kept in the clear.
import { randomBytes } from 'node:crypto';
import type { Secret } from '#platform/secret.ts';
import { keyedHash } from './sealed-secret.ts';

const HOW_MANY = 10;
/** 32 letters and digits that are not taken for one another (Crockford's base 32, in lower case). */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;

/** Ten new codes of 80 random bits each, in groups of four, to be shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: HOW_MANY }, () =>
    [...randomBytes(LENGTH)]
      .map((byte) => ALPHABET[byte % ALPHABET.length])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  );
}

/** The hash by which a code is kept and found, whatever spaces, hyphens or capitals it is typed with. */
export function recoveryCodeHash(secret: Secret, personId: string, typed: string): Buffer {
  const plain = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s-]/gu, '')
    .replace(/[il]/g, '1')
    .replaceAll('o', '0');
  return keyedHash(secret, 'recovery-code', `${personId} ${plain}`);
}
