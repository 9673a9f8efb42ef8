// Signed notes and the checkpoints in them (C2SP signed-note, tlog-checkpoint), with Ed25519 (RFC 8032). Pure.
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

const ED25519 = 0x01;
/** DER prefix of an Ed25519 SubjectPublicKeyInfo (RFC 8410): the raw key of 32 bytes follows it. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const SIGNATURE_LINE = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/;

/** Size and root of a log at a moment. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** A public key with its name, as verifiers know it. */
export interface Verifier {
  readonly name: string;
  readonly keyHash: Buffer;
  readonly publicKey: KeyObject;
}

function rawKeyOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length);
}

/** First 4 bytes of SHA-256(name || 0x0A || 0x01 || key) (C2SP signed-note). */
function keyHashOf(name: string, rawKey: Uint8Array): Buffer {
  return createHash('sha256')
    .update(name)
    .update('\n')
    .update(Buffer.from([ED25519]))
    .update(rawKey)
    .digest()
    .subarray(0, 4);
}

/** The verifier of `name`'s public key. */
export function verifierOf(name: string, publicKey: KeyObject): Verifier {
  return { name, publicKey, keyHash: keyHashOf(name, rawKeyOf(publicKey)) };
}

/** A verifier as text, `<name>+<hash>+<key>` (C2SP signed-note, verifier keys). */
export function formatVerifier({ name, keyHash, publicKey }: Verifier): string {
  const key = Buffer.concat([Buffer.from([ED25519]), rawKeyOf(publicKey)]);
  return `${name}+${keyHash.toString('hex')}+${key.toString('base64')}`;
}

/** Reads a verifier; null when the text is none, or its hash is not its key's. */
export function parseVerifier(text: string): Verifier | null {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  if (!match) return null;
  const [, name = '', hash = '', encoded = ''] = match;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 33 || bytes[0] !== ED25519) return null;
  const rawKey = bytes.subarray(1);
  if (keyHashOf(name, rawKey).toString('hex') !== hash) return null;
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, rawKey]),
    type: 'spki',
    format: 'der',
  });
  return verifierOf(name, publicKey);
}

/** The text of a checkpoint, without its signature. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** Signs `text`, which ends with a line feed, as a note. */
export function signNote(text: string, verifier: Verifier, privateKey: KeyObject): string {
  const signature = sign(null, Buffer.from(text), privateKey);
  const encoded = Buffer.concat([verifier.keyHash, signature]).toString('base64');
  return `${text}\n\u2014 ${verifier.name} ${encoded}\n`;
}

/** The text of a note that `verifier` signed; null when it is malformed or the signature is not the key's. */
export function openNote(note: string, verifier: Verifier): string | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, end + 1);
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, encoded = ''] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.toString('base64') !== encoded) return null;
    if (name !== verifier.name || !bytes.subarray(0, 4).equals(verifier.keyHash)) continue;
    return verify(null, Buffer.from(text), verifier.publicKey, bytes.subarray(4)) ? text : null;
  }
  return null;
}

/** Reads the text of a checkpoint; null when it is none (C2SP tlog-checkpoint). */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = '', size = '', root = ''] = text.split('\n');
  if (origin === '' || !/^(0|[1-9]\d{0,14})$/.test(size)) return null;
  const bytes = Buffer.from(root, 'base64');
  if (bytes.length !== 32 || bytes.toString('base64') !== root) return null;
  return { origin, size: Number(size), root: bytes };
}

/** The checkpoint in a note that `verifier` signed for its own log; null when it is anything else. */
export function openCheckpoint(note: string, verifier: Verifier): Checkpoint | null {
  const text = openNote(note, verifier);
  const checkpoint = text === null ? null : parseCheckpoint(text);
  // A key's name is its log's origin here: a checkpoint that the key signed for another log is none of this one.
  return checkpoint?.origin === verifier.name ? checkpoint : null;
}
