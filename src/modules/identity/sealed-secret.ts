// Secrets at rest that must be read again (the TOTP secret): AES-256-GCM under a key of the installation.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Secret } from '#platform/secret.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals `content` for one person: opened for another, or changed, it is refused. */
export function seal(secret: Secret, personId: string, content: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secret.keyFor('identity/totp'), nonce);
  cipher.setAAD(Buffer.from(personId));
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` made. Throws when it was changed, was made for another person or under another installation's key. */
export function unseal(secret: Secret, personId: string, sealed: Buffer): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', secret.keyFor('identity/totp'), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(personId));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}

/** A keyed hash of `text` for one purpose, by which something is found again without being kept in the clear. */
export function keyedHash(secret: Secret, purpose: string, text: string): Buffer {
  return createHmac('sha256', secret.keyFor(`identity/${purpose}`))
    .update(text)
    .digest();
}
