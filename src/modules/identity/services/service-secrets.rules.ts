// How a service's secret is kept and recognised. Pure.
import { hash } from 'node:crypto';

/** The hash under which a secret is kept: of 32 random bytes, SHA-256 is enough. */
export function secretHash(plain: string): Buffer {
  return hash('sha256', plain, 'buffer');
}
