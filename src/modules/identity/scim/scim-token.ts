// The text of a token of provisioning: made, read from a header, hashed. It knows no organisation.
import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'scim_';

/** A new token of 32 random bytes. The prefix lets scanners of leaked secrets know it. */
export function newScimToken(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 of a token, the only form in which it is kept: 32 random bytes need no slower one. */
export function hashScimToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token in an Authorization header (RFC 6750, 2.1); null when there is none of the right shape. */
export function tokenInHeader(header: string | undefined): string | null {
  const [, token] = /^bearer +(scim_[\w-]{43})$/i.exec(header ?? '') ?? [];
  return token ?? null;
}
