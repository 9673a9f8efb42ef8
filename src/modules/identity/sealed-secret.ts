// Secrets at rest that must be read again (the TOTP secret): AES-256-GCM under a key of the installation.
import { createHmac } from 'node:crypto';
import type { Secret } from '#platform/secret.ts';
import { sealFor, unsealFor } from './hub/sealed.ts';

const PURPOSE = 'totp';

/** Seals `content` for one person: opened for another, or changed, it is refused. */
export function seal(secret: Secret, personId: string, content: Buffer): Buffer {
  return sealFor(secret, PURPOSE, content, personId);
}

/** Opens what `seal` made. Throws when it was changed, was made for another person or under another installation's key. */
export function unseal(secret: Secret, personId: string, sealed: Buffer): Buffer {
  return unsealFor(secret, PURPOSE, sealed, personId);
}

/** A keyed hash of `text` for one purpose, by which something is found again without being kept in the clear. */
export function keyedHash(secret: Secret, purpose: string, text: string): Buffer {
  return createHmac('sha256', secret.keyFor(`identity/${purpose}`))
    .update(text)
    .digest();
}
