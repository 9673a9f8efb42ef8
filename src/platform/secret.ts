// The installation's secret: made once, kept in a file that its owner alone reads, never in the database or a log.
import { hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const BYTES = 32;

/** Derives the keys of one installation from its secret. */
export interface Secret {
  /** 32 bytes for one purpose (HKDF-SHA-256, RFC 5869); another purpose gets other bytes. */
  keyFor(purpose: string): Buffer;
}

/** A secret over `bytes`, for tests and for `loadSecret`. */
export function secretOf(bytes: Buffer): Secret {
  return { keyFor: (purpose) => Buffer.from(hkdfSync('sha256', bytes, Buffer.alloc(0), purpose, BYTES)) };
}

/**
 * Reads the secret from `file`, and makes it (mode 0600) where there is none.
 * @throws Error with a sentence when the file holds something else.
 */
export function loadSecret(file: string): Secret {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two processes that start at once, one makes the file and the other reads it.
    writeFileSync(file, `${randomBytes(BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const bytes = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (bytes.length !== BYTES) throw new Error(`${file} does not hold a secret of ${BYTES} bytes in base64.`);
  return secretOf(bytes);
}
