// What is kept and must be read again, sealed: AES-256-GCM under a key of the installation for each purpose.
import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { Secret } from './secret.ts';

const CIPHER: CipherGCMTypes = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

// Deriving a key costs more than sealing with it.
const derived = new WeakMap<Secret, Map<string, KeyObject>>();

/** The key for one purpose (`<module>/<noun>`), derived once. */
export function keyFor(secret: Secret, purpose: string): KeyObject {
  let keys = derived.get(secret);
  if (!keys) {
    keys = new Map();
    derived.set(secret, keys);
  }
  let key = keys.get(purpose);
  if (!key) {
    key = createSecretKey(secret.keyFor(purpose));
    keys.set(purpose, key);
  }
  return key;
}

/** Seals `content` for one purpose. With `bound` (an id, for one) it opens only where the same is given. */
export function sealFor(secret: Secret, purpose: string, content: string | Buffer, bound = ''): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(secret, purpose), nonce);
  cipher.setAAD(Buffer.from(bound));
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealFor` made. Throws when it was changed, or made for another purpose, id or installation. */
export function unsealFor(secret: Secret, purpose: string, sealed: Buffer, bound = ''): Buffer {
  const decipher = createDecipheriv(CIPHER, keyFor(secret, purpose), sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
