// Subjects of the ministry's provider: opaque and always the same for a person, and found again without a table. Pure.
import { createCipheriv, createDecipheriv } from 'node:crypto';

const CIPHER = 'aes-256-ecb';
const SUBJECT = /^[A-Za-z0-9_-]{22}$/;

/**
 * The subject of a person: their id, enciphered (OpenID Connect Core 1.0, section 8.1, second method). An id is one block
 * that never repeats, so the cipher needs no chaining. `key` has 32 bytes.
 */
export function subjectOf(key: Buffer, personId: string): string {
  const cipher = createCipheriv(CIPHER, key, null).setAutoPadding(false);
  const block = Buffer.from(personId.replaceAll('-', ''), 'hex');
  return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url');
}

/** The id of the person with this subject, who need not exist; null when it has not the shape of a subject. */
export function personOfSubject(key: Buffer, subject: string): string | null {
  if (!SUBJECT.test(subject)) return null;
  const cipher = createDecipheriv(CIPHER, key, null).setAutoPadding(false);
  const block = Buffer.from(subject, 'base64url');
  const hex = Buffer.concat([cipher.update(block), cipher.final()]).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
