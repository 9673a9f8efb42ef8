// The bytes of a leaf: what of an entry the tree commits to. Another form than this one makes another kind of log.
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { leafHash } from './merkle.ts';

/** The fields that a leaf commits to. */
export interface LeafFields {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly subject: string;
  /** Canonical JSON of who did it. */
  readonly actor: string;
  readonly dataHash: Buffer;
}

/** SHA-256(salt || text), `text` being the data's canonical JSON. The salt keeps erased data from being guessed. */
export function dataHashOf(salt: Uint8Array, text: string): Buffer {
  return hash('sha256', Buffer.concat([salt, Buffer.from(text)]), 'buffer');
}

/** Hash of an entry's leaf: over the canonical JSON of its fields, version 1 of the form. */
export function leafHashOf({ id, at, kind, subject, actor, dataHash }: LeafFields): Buffer {
  // Written out in the canonical order of the keys: this runs within each transaction that records anything.
  const text =
    `{"actor":${actor},"at":"${at.toISOString()}","dataHash":"${dataHash.toString('base64')}",` +
    `"id":${canonicalJson(id)},"kind":${canonicalJson(kind)},"subject":${canonicalJson(subject)},"v":1}`;
  return leafHash(Buffer.from(text));
}
